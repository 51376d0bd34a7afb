import { type GraphQLLeafType, isEnumType, isSpecifiedScalarType } from 'graphql';

/** How a leaf of an answer is made of the value that a resolver, or a property, gives. */
export interface LeafCompletion {
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

/** @param refuse throws; called for what would be an error. */
export function completeLeaf(type: GraphQLLeafType, isNonNull: boolean, refuse: () => never): LeafCompletion {
  const names = isEnumType(type) ? new Map(type.getValues().map(({ name, value }) => [value, name])) : undefined;
  return {
    isPlain: isSpecifiedScalarType(type) ? PLAIN[type.name] : undefined,
    complete: (value) => {
      if (value == null) return isNonNull ? refuse() : null;
      if (typeof value === 'function' || value instanceof Error) return refuse();
      const serialized: unknown = names === undefined ? type.serialize(value) : names.get(value);
      return serialized ?? refuse();
    },
  };
}
