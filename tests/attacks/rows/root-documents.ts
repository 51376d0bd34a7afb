import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
} from 'graphql';
import type { Harvest } from './harvest.ts';
import { isPageType, selectAll } from './selections.ts';

export interface RootDocument {
  /** `Query.field(argument)`: what a failure names. */
  readonly name: string;
  readonly document: string;
  readonly variables: readonly Readonly<Record<string, unknown>>[];
  /** Whether it returns pages that a cursor can be taken from. */
  readonly isPaged: boolean;
  /** Whether an optional argument is given. */
  readonly isFiltered: boolean;
}

/** How many values are tried for one argument. */
const TRIES = 6;

/**
 * Every root field of the queries: with what it must be given, and with each optional argument and each filter on its
 * own, values taken from what has been seen in either district. A field for whose arguments nothing was seen is left
 * out.
 */
export function rootDocuments(schema: GraphQLSchema, harvest: Harvest): RootDocument[] {
  return Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field): RootDocument[] => {
    if (field.name.startsWith('_')) return [];
    const output = getNamedType(field.type);
    const page = field.args.some(({ name }) => name === 'first') ? { first: 10 } : {};
    const required = field.args.filter(isRequiredArgument);
    const base = cartesian(
      required.map(({ name, type }) => valuesOf(name, type, harvest).map((value) => ({ [name]: value }))),
    );
    if (base.length === 0) return [];
    const make = (label: string, optional: string | undefined, variables: readonly object[]): RootDocument => {
      // What lies further below is reached from the entities themselves; a filter only changes which of them come.
      const body = selectAll(schema, output, optional === undefined ? 1 : 0);
      const used = field.args.filter(
        ({ name }) => name in page || name === optional || required.some((one) => one.name === name),
      );
      const declared = [...used, ...field.args.filter(({ name }) => name === 'after')];
      const head = declared.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
      const given = declared.map(({ name }) => `${name}: $${name}`).join(', ');
      const [declaration, call] = declared.length === 0 ? ['', ''] : [`(${head})`, `(${given})`];
      return {
        name: `Query.${field.name}${label}`,
        document: `query ${declaration} { ${field.name}${call}${body === '' ? '' : ` { ${body} }`} }`,
        variables: variables.map((own) => ({ ...page, ...own })),
        isPaged: isPageType(output),
        isFiltered: optional !== undefined,
      };
    };
    const optional = field.args.filter((one) => !isRequiredArgument(one) && !['first', 'after'].includes(one.name));
    return [
      make('', undefined, base),
      ...optional.flatMap(({ name, type }) => {
        const values = valuesOf(name, type, harvest);
        const variables = values.map((value) => ({ ...base[0], [name]: value }));
        return variables.length === 0 ? [] : [make(`(${name}:)`, name, variables)];
      }),
    ];
  });
}

function valuesOf(name: string, type: GraphQLInputType, harvest: Harvest): unknown[] {
  const named = getNamedType(type);
  if (isListType(isNonNullType(type) ? type.ofType : type)) {
    return valuesOf(name, named, harvest).map((value) => [value]);
  }
  if (isEnumType(named)) return named.getValues().map(({ name: value }) => value);
  if (isInputObjectType(named)) {
    const fields = Object.values(named.getFields());
    if (fields.some((field) => isNonNullType(field.type) && field.defaultValue === undefined)) return [];
    return fields.flatMap((field) =>
      valuesOf(field.name, field.type, harvest)
        .slice(0, TRIES)
        .map((value) => ({ [field.name]: value })),
    );
  }
  if (named.name === 'Boolean') return [true, false];
  if (named.name === 'ID') return idsFor(name, harvest);
  const known = harvest
    .valuesFor(name)
    .filter((value) => (typeof value === 'number') === ['Int', 'Float'].includes(named.name));
  return spread(known, TRIES);
}

/** Ids of the type that an argument's name speaks of; of every type where it speaks of none. */
function idsFor(name: string, harvest: Harvest): string[] {
  const wanted = name.replace(/Ids?$/, '').toLowerCase();
  const types = [...harvest.ids.keys()];
  const named = types.filter((type) => wanted !== '' && type.toLowerCase().endsWith(wanted));
  return (named.length > 0 ? named : types).flatMap((type) => harvest.someIds(type, named.length > 0 ? TRIES : 4));
}

/** Some of a list, from all over it. */
function spread<Value>(values: readonly Value[], count: number): Value[] {
  const step = Math.max(1, Math.floor(values.length / count));
  return values.filter((_value, index) => index % step === 0).slice(0, count);
}

function cartesian(parts: readonly (readonly object[])[]): object[] {
  return parts.reduce<object[]>(
    (known, part) => known.flatMap((one) => part.map((more) => ({ ...one, ...more }))),
    [{}],
  );
}
