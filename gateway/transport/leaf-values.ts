import { type GraphQLLeafType, isEnumType, isSpecifiedScalarType } from 'graphql';

/** How a leaf of an answer is made of the value that a resolver, or a property, gives. */
export interface LeafOfProperty {
  /** JavaScript that says of the variable `v` that it is in the answer as it is; undefined: nothing is certain to be. */
  readonly isPlain: string | undefined;
  readonly complete: (value: unknown) => unknown;
}

const PLAIN: Readonly<Record<string, string>> = {
  String: 'typeof v==="string"',
  ID: 'typeof v==="string"',
  Boolean: 'typeof v==="boolean"',
  Int: 'typeof v==="number"&&(v|0)===v',
};

/** Makes leaves; what would be an error is `refuse`d. */
export class LeafValues {
  readonly #refuse: () => never;

  constructor(refuse: () => never) {
    this.#refuse = refuse;
  }

  ofProperty(type: GraphQLLeafType, isNonNull: boolean): LeafOfProperty {
    const isPlain = isSpecifiedScalarType(type) ? PLAIN[type.name] : undefined;
    const serialize = isEnumType(type) ? this.#namesOf(type) : (value: unknown) => type.serialize(value);
    const complete = (value: unknown): unknown => {
      if (value == null) return isNonNull ? this.#refuse() : null;
      if (typeof value === 'function' || value instanceof Error) return this.#refuse();
      const serialized = serialize(value);
      return serialized == null ? this.#refuse() : serialized;
    };
    return { isPlain, complete };
  }

  #namesOf(type: Extract<GraphQLLeafType, { getValues: unknown }>): (value: unknown) => unknown {
    const names = new Map<unknown, string>(type.getValues().map(({ name, value }) => [value, name]));
    return (value) => names.get(value) ?? this.#refuse();
  }
}
