import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
  NoFragmentCyclesRule,
  OverlappingFieldsCanBeMergedRule,
  parse,
  validate,
} from 'graphql';
import type { SeededRandom } from './seeded-random.ts';

/** What the writer does not look after; all else is valid as it is written. */
const LEFT_TO_LUCK = [OverlappingFieldsCanBeMergedRule, NoFragmentCyclesRule];

export interface RandomOperation {
  readonly text: string;
  readonly variables: Record<string, unknown>;
}

/** A valid operation over the schema: aliases, arguments, fragments, repeated fields, `@skip` and `@include`. */
export function randomOperation(
  schema: GraphQLSchema,
  random: SeededRandom,
  kind: 'query' | 'mutation',
): RandomOperation {
  for (let attempt = 0; attempt < 200; attempt++) {
    const operation = new OperationWriter(schema, random).write(kind);
    const document = parse(operation.text);
    if (validate(schema, document, LEFT_TO_LUCK, { maxErrors: 1 }).length > 0) continue;
    const [error] = validate(schema, document);
    if (error !== undefined) throw error;
    return operation;
  }
  throw new Error('no valid operation');
}

class OperationWriter {
  readonly #schema: GraphQLSchema;
  readonly #random: SeededRandom;
  readonly #definitions: string[] = [];
  readonly #variables: Record<string, unknown> = {};
  readonly #fragments: { name: string; type: GraphQLNamedType; text: string }[] = [];
  #size = 0;

  constructor(schema: GraphQLSchema, random: SeededRandom) {
    this.#schema = schema;
    this.#random = random;
  }

  write(kind: 'query' | 'mutation'): RandomOperation {
    const root = kind === 'query' ? this.#schema.getQueryType() : this.#schema.getMutationType();
    if (root == null) throw new Error(`no ${kind}`);
    const body = this.#selections(root, 1);
    const definitions = this.#definitions.length === 0 ? '' : `(${this.#definitions.join(', ')})`;
    const fragments = this.#fragments.map(({ name, type, text }) => `fragment ${name} on ${type.name} ${text}`);
    return { text: [`${kind} Q${definitions} ${body}`, ...fragments].join('\n'), variables: this.#variables };
  }

  #selections(type: GraphQLNamedType, depth: number): string {
    const random = this.#random;
    const count = 1 + random.below(depth === 1 ? 4 : 5);
    const selections = Array.from({ length: count }, () => this.#selection(type, depth));
    return `{ ${selections.join(' ')} }`;
  }

  #selection(type: GraphQLNamedType, depth: number): string {
    const random = this.#random;
    const isRoot = depth === 1;
    const choice = random.next();
    this.#size++;
    if (isAbstractType(type) && choice < 0.5) {
      const possible = random.pick(this.#schema.getPossibleTypes(type));
      return `... on ${possible.name}${this.#condition()} ${this.#selections(possible, depth)}`;
    }
    if (choice < 0.06) return `... ${this.#condition()} ${this.#selections(type, depth)}`;
    if (choice < 0.12 && isObjectType(type)) {
      const outer = random.pick([type, ...type.getInterfaces()]);
      return `... on ${outer.name}${this.#condition()} ${this.#selections(outer, depth)}`;
    }
    if (choice < 0.2) return this.#spread(type, depth);
    const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    if (choice < 0.26 || fields.length === 0) {
      return `${random.chance(0.3) ? `${this.#alias()}: ` : ''}__typename${this.#condition()}`;
    }
    if (isRoot && choice < 0.28 && type === this.#schema.getQueryType()) {
      const about = random.pick(Object.keys(this.#schema.getTypeMap()));
      return `__type(name: "${about}") { name kind fields { name } }`;
    }
    return this.#field(random.pick(fields), depth);
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const random = this.#random;
    const type = getNamedType(field.type);
    const alias = random.chance(0.25) ? `${this.#alias()}: ` : '';
    const head = `${alias}${field.name}${this.#arguments(field)}${this.#condition()}`;
    if (isLeafType(type)) return head;
    if (depth >= 6 || this.#size > 60) return `${head} { __typename }`;
    return `${head} ${this.#selections(type, depth + 1)}`;
  }

  /** Often the name of a field, which makes for clashes with keys and required fields. */
  #alias(): string {
    return this.#random.pick(['a', 'b', 'c', 'id', 'name', 'price', 'x_y', 'code', 'weight', 'sku']);
  }

  #spread(type: GraphQLNamedType, depth: number): string {
    const known = this.#fragments.filter((fragment) => fragment.type === type);
    if (known.length > 0 && this.#random.chance(0.5)) {
      return `...${this.#random.pick(known).name}${this.#condition()}`;
    }
    const name = `F${this.#fragments.length}`;
    const fragment = { name, type: this.#schema.getQueryType() as GraphQLNamedType, text: '' };
    // Reserved first, and under another type, so that no fragment spreads itself.
    this.#fragments.push(fragment);
    const text = this.#selections(type, depth);
    Object.assign(fragment, { type, text });
    return `...${name}${this.#condition()}`;
  }

  #arguments(field: GraphQLField<unknown, unknown>): string {
    const given = field.args.flatMap((argument) => {
      if (!isNonNullType(argument.type) && this.#random.chance(0.4)) return [];
      if (!this.#random.chance(0.4)) return [`${argument.name}: ${this.#literal(argument.type)}`];
      const name = `v${this.#definitions.length}`;
      const hasDefault = this.#random.chance(0.3) && !isNonNullType(argument.type);
      this.#definitions.push(
        `$${name}: ${String(argument.type)}${hasDefault ? ` = ${this.#literal(argument.type)}` : ''}`,
      );
      if (!hasDefault || this.#random.chance(0.5)) this.#variables[name] = this.#value(argument.type);
      return [`${argument.name}: $${name}`];
    });
    return given.length === 0 ? '' : `(${given.join(', ')})`;
  }

  #literal(type: GraphQLInputType): string {
    const named = getNullableType(type);
    const value = this.#value(type);
    return isEnumType(named) ? String(value) : JSON.stringify(value);
  }

  #value(type: GraphQLInputType): unknown {
    const named = getNullableType(type);
    if (isEnumType(named)) return this.#random.pick(named.getValues()).name;
    if (String(named) === 'Int') return this.#random.below(5);
    if (String(named) === 'Boolean') return this.#random.chance(0.5);
    return String(this.#random.below(7));
  }

  #condition(): string {
    const random = this.#random;
    if (!random.chance(0.16)) return '';
    const one = () => {
      const directive = random.pick(['skip', 'include']);
      if (random.chance(0.25)) return `@${directive}(if: ${random.chance(0.5)})`;
      const reused = random.chance(0.6) ? ['c0', 'c1'].find((name) => name in this.#variables) : undefined;
      if (reused !== undefined) return `@${directive}(if: $${reused})`;
      const name = ['c0', 'c1', 'c2'].find((candidate) => !(candidate in this.#variables));
      if (name === undefined) return `@${directive}(if: true)`;
      this.#definitions.push(`$${name}: Boolean!`);
      this.#variables[name] = random.chance(0.5);
      return `@${directive}(if: $${name})`;
    };
    const first = one();
    return ` ${first}`;
  }
}
