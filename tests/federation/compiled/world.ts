import { composeServices } from '@theguild/federation-composition';
import {
  buildASTSchema,
  buildSchema,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { RunningSubgraph } from '../../../subgraphs/kit/subgraph-definition.ts';
import { hash } from './seeded-random.ts';

const FEDERATION = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import:
  ["@key", "@shareable", "@external", "@requires", "@provides", "@interfaceObject", "@inaccessible"])\n`;
const MACHINERY = `
  directive @key(fields: String!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE
  directive @shareable repeatable on OBJECT | FIELD_DEFINITION
  directive @external on OBJECT | FIELD_DEFINITION
  directive @requires(fields: String!) on FIELD_DEFINITION
  directive @provides(fields: String!) on FIELD_DEFINITION
  directive @interfaceObject on OBJECT
  directive @inaccessible on FIELD_DEFINITION | OBJECT | ENUM_VALUE
  scalar _Any
`;

/** What is broken in a world: whole subgraphs, and single fields of single records. */
export interface Breakage {
  readonly down: ReadonlySet<string>;
  isBroken(coordinate: string): boolean;
}

export const SOUND: Breakage = { down: new Set(), isBroken: () => false };

/**
 * A small federated graph over made-up data that depends on nothing but names: the record `User 3` has the same name
 * wherever it is asked. Ids that end in 9 are not there. The monolith resolves the composed schema over the same data.
 */
export interface World {
  readonly name: string;
  readonly supergraphSdl: string;
  readonly apiSchema: GraphQLSchema;
  readonly monolith: GraphQLSchema;
  readonly subgraphs: readonly RunningSubgraph[];
  /** Without these others cannot be reached, in ways that a monolith does not know. */
  readonly bridges: readonly string[];
}

/** What resolvers of a world look at and write to. */
export interface WorldContext {
  readonly breakage: Breakage;
  /** Mutations in the order in which they were carried out. */
  readonly log: string[];
}

interface RecordReference {
  readonly __typename: string;
  readonly id: string;
  /** Fields that came with the representation. */
  readonly given?: Readonly<Record<string, unknown>>;
}

/** Fields by the subgraphs that resolve them themselves, and what they require. */
interface FieldOwner {
  readonly subgraphs: string[];
  readonly requires: SelectionSetNode | undefined;
}

const MAX_LENGTH = 3;

/** @param sdl by subgraph name, without the link to the Federation specification. */
export function makeWorld(name: string, sdl: Readonly<Record<string, string>>, bridges: readonly string[] = []): World {
  const services = Object.entries(sdl).map(([service, text]) => ({
    name: service,
    url: `http://${service}.example`,
    typeDefs: parse(FEDERATION + text),
  }));
  const { supergraphSdl, publicSdl, errors } = composeServices(services);
  if (errors !== undefined && errors.length > 0) throw new Error(errors.map(({ message }) => message).join('; '));
  if (supergraphSdl === undefined || publicSdl === undefined) throw new Error('nothing composed');
  const owners = new Map<string, FieldOwner>();
  for (const { name: service, typeDefs } of services) noteOwners(service, typeDefs, owners);
  const apiSchema = buildSchema(publicSdl);
  const monolith = withResolvers(buildSchema(publicSdl), apiSchema, owners, undefined);
  const subgraphs = services.map(({ name: service, typeDefs }): RunningSubgraph => {
    const schema = withResolvers(subgraphSchema(typeDefs), apiSchema, owners, service);
    return { name: service, sdl: FEDERATION, schema, createContext: notUsed, close: async () => {} };
  });
  return { name, supergraphSdl, apiSchema, monolith, subgraphs, bridges };
}

function notUsed(): never {
  throw new Error('the context of a world is made by its test');
}

function subgraphSchema(typeDefs: DocumentNode): GraphQLSchema {
  const definitions = typeDefs.definitions.filter(({ kind }) => kind !== Kind.SCHEMA_EXTENSION);
  const entities = definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION && has(definition.directives, 'key') ? [definition.name.value] : [],
  );
  const machinery = parse(
    entities.length === 0
      ? MACHINERY
      : `${MACHINERY} union _Entity = ${entities.join(' | ')}
         type Query { _entities(representations: [_Any!]!): [_Entity]! }`,
  ).definitions;
  const entry = machinery.find((definition) => definition.kind === Kind.OBJECT_TYPE_DEFINITION);
  const hasQuery = definitions.some((definition) => isQuery(definition));
  const base: DefinitionNode[] = definitions.map((definition) =>
    isQuery(definition)
      ? { ...definition, fields: [...(definition.fields ?? []), ...(entry?.fields ?? [])] }
      : definition,
  );
  base.push(...machinery.filter((definition) => !hasQuery || definition !== entry));
  return buildASTSchema({ kind: Kind.DOCUMENT, definitions: base }, { assumeValid: true });
}

function isQuery(definition: DefinitionNode): definition is ObjectTypeDefinitionNode {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === 'Query';
}

function noteOwners(service: string, typeDefs: DocumentNode, owners: Map<string, FieldOwner>): void {
  for (const definition of typeDefs.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const field of definition.fields ?? []) {
      if (has(field.directives, 'external')) continue;
      const requires = argumentOf(field.directives, 'requires');
      const key = `${definition.name.value}.${field.name.value}`;
      const known = owners.get(key);
      if (known !== undefined) known.subgraphs.push(service);
      else
        owners.set(key, { subgraphs: [service], requires: requires === undefined ? undefined : selection(requires) });
    }
  }
}

function selection(fields: string): SelectionSetNode {
  const [definition] = parse(`{${fields}}`).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no selection');
  return definition.selectionSet;
}

function has(directives: readonly ConstDirectiveNode[] | undefined, name: string): boolean {
  return directives?.some((directive) => directive.name.value === name) ?? false;
}

function argumentOf(directives: readonly ConstDirectiveNode[] | undefined, name: string): string | undefined {
  const value = directives?.find((directive) => directive.name.value === name)?.arguments?.[0]?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}

/** @param service undefined for the monolith. */
function withResolvers(
  schema: GraphQLSchema,
  api: GraphQLSchema,
  owners: ReadonlyMap<string, FieldOwner>,
  service: string | undefined,
): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isAbstractType(type)) type.resolveType = (value: RecordReference) => value.__typename;
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.name === '_entities') {
        field.resolve = (_source, { representations }: { representations: Record<string, unknown>[] }) =>
          representations.map((representation) => findRecord(representation, schema, api));
      } else {
        field.resolve = resolverOf(type.name, field.name, field.type, api, owners, service);
      }
    }
  }
  return schema;
}

/** Keys are never broken: which subgraph tells them is for the planner to choose. */
function isKey(typename: string, name: string): boolean {
  return /^(id|sku|code|maker)$/.test(name) || typename === 'Maker';
}

function isThere(id: string): boolean {
  return !id.endsWith('9');
}

function findRecord(
  representation: Record<string, unknown>,
  schema: GraphQLSchema,
  api: GraphQLSchema,
): RecordReference | null {
  const typename = String(representation.__typename);
  const ids = typeof representation.id === 'string' ? [representation.id] : ['0', '1', '2', '3', '4', '5'];
  const found = ids.find((id) =>
    Object.entries(representation).every(([name, value]) => {
      // What is required rather than a key is not compared.
      if (name === 'id' || name === '__typename' || !/^(sku|code|serial)$/.test(name)) return true;
      const type = typeOfField(typename, name, api);
      return (
        JSON.stringify(plain(type, fieldValue(typename, id, name, type, api), value, api)) === JSON.stringify(value)
      );
    }),
  );
  if (found === undefined || !isThere(found)) return null;
  const type = schema.getType(typename);
  const concrete = isAbstractType(type) ? concreteType(schema.getPossibleTypes(type), found) : typename;
  return { __typename: concrete, id: found, given: representation };
}

/** The value as plain data in the shape of `like`. */
function plain(type: GraphQLOutputType, value: unknown, like: unknown, api: GraphQLSchema): unknown {
  if (typeof like !== 'object' || like === null || value == null) return value;
  const reference = value as RecordReference;
  return Object.fromEntries(
    Object.entries(like).map(([name, inner]) => {
      const fieldType = typeOfField(getNamedType(type).name, name, api);
      return [name, plain(fieldType, fieldValue(reference.__typename, reference.id, name, fieldType, api), inner, api)];
    }),
  );
}

function typeOfField(typename: string, name: string, api: GraphQLSchema): GraphQLOutputType {
  const type = api.getType(typename);
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
  if (field === undefined) throw new Error(`no field ${typename}.${name}`);
  return field.type;
}

function resolverOf(
  typename: string,
  name: string,
  type: GraphQLOutputType,
  api: GraphQLSchema,
  owners: ReadonlyMap<string, FieldOwner>,
  service: string | undefined,
): GraphQLFieldResolver<RecordReference | undefined, WorldContext> {
  return (source, args: Record<string, unknown>, { breakage, log }, info) => {
    const isRoot = info.path.prev === undefined;
    const id = source?.id ?? 'root';
    const owner = owners.get(`${typename}.${name}`) ?? interfaceObjectOwner(typename, name, api, owners);
    // A broken field is broken under every type name, for an interface object has only the interface's.
    const coordinate = `${isRoot ? typename : ''}.${name} ${id}`;
    if (service === undefined && owner !== undefined) {
      const down = [owner, ...requiredOwners(typename, owner.requires, api, owners)].find(({ subgraphs }) =>
        subgraphs.every((subgraph) => breakage.down.has(subgraph)),
      );
      if (down !== undefined) throw unavailable(down.subgraphs[0] ?? '');
    }
    if (!isRoot && !isThere(id) && name !== 'id') return null;
    if (!isKey(typename, name) && breakage.isBroken(coordinate)) {
      throw new GraphQLError(`broken ${name}`, { extensions: { code: 'BROKEN' } });
    }
    if (typename === 'Mutation') log.push(`${name} ${JSON.stringify(args)}`);
    if (name === 'id') return id;
    if (isRoot) return fieldValue(typename, JSON.stringify(args), name, type, api);
    if (owner?.requires !== undefined) {
      const required =
        service === undefined
          ? requiredOf({ __typename: source?.__typename ?? typename, id }, owner.requires, api, owners, breakage)
          : inShape(source?.given ?? {}, owner.requires);
      return `${name} of ${JSON.stringify(required)} ${JSON.stringify(args)}`;
    }
    const value = fieldValue(typename, id, name, type, api);
    return Object.keys(args).length > 0 && typeof value === 'string' ? `${value} ${JSON.stringify(args)}` : value;
  };
}

function unavailable(subgraph: string): GraphQLError {
  return new GraphQLError('down', { extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph } });
}

function interfaceObjectOwner(
  typename: string,
  name: string,
  api: GraphQLSchema,
  owners: ReadonlyMap<string, FieldOwner>,
): FieldOwner | undefined {
  const type = api.getType(typename);
  if (!isObjectType(type)) return undefined;
  return type.getInterfaces().flatMap(({ name: outer }) => owners.get(`${outer}.${name}`) ?? [])[0];
}

function requiredOwners(
  typename: string,
  requires: SelectionSetNode | undefined,
  api: GraphQLSchema,
  owners: ReadonlyMap<string, FieldOwner>,
): FieldOwner[] {
  return (requires?.selections ?? []).flatMap((field) => {
    if (field.kind !== Kind.FIELD) return [];
    const owner = owners.get(`${typename}.${field.name.value}`);
    const inner = getNamedType(typeOfField(typename, field.name.value, api)).name;
    return [
      ...(owner === undefined ? [] : [owner, ...requiredOwners(typename, owner.requires, api, owners)]),
      ...requiredOwners(inner, field.selectionSet, api, owners),
    ];
  });
}

/** What a subgraph would be told of the required fields: broken ones are null, or what holds them is. */
function requiredOf(
  { __typename: typename, id }: RecordReference,
  requires: SelectionSetNode,
  api: GraphQLSchema,
  owners: ReadonlyMap<string, FieldOwner>,
  breakage: Breakage,
): Record<string, unknown> | null {
  const required: Record<string, unknown> = {};
  for (const field of requires.selections) {
    if (field.kind !== Kind.FIELD) throw new Error('only fields are required here');
    const name = field.name.value;
    const type = typeOfField(typename, name, api);
    const value = breakage.isBroken(`.${name} ${id}`) ? null : inner(fieldValue(typename, id, name, type, api));
    if (value === null && isNonNullType(type)) return null;
    required[name] = value;
    function inner(item: unknown): unknown {
      if (Array.isArray(item)) return item.map(inner);
      const computed = owners.get(`${typename}.${name}`)?.requires;
      if (computed !== undefined) {
        const told = requiredOf({ __typename: typename, id }, computed, api, owners, breakage);
        return `${name} of ${JSON.stringify(told)} ${defaultArguments(typename, name, api)}`;
      }
      const below = field.kind === Kind.FIELD ? field.selectionSet : undefined;
      return below === undefined || item == null
        ? item
        : requiredOf(item as RecordReference, below, api, owners, breakage);
    }
  }
  return required;
}

function defaultArguments(typename: string, name: string, api: GraphQLSchema): string {
  const type = api.getType(typename);
  const args = isObjectType(type) ? (type.getFields()[name]?.args ?? []) : [];
  return JSON.stringify(Object.fromEntries(args.map((argument) => [argument.name, argument.defaultValue])));
}

/** The given fields in the order in which they are required. */
function inShape(given: Readonly<Record<string, unknown>>, requires: SelectionSetNode): Record<string, unknown> {
  return Object.fromEntries(
    requires.selections.map((field) => {
      if (field.kind !== Kind.FIELD) throw new Error('only fields are required here');
      const below = field.selectionSet;
      const inner = (item: unknown): unknown => {
        if (Array.isArray(item)) return item.map(inner);
        return below === undefined || item == null ? item : inShape(item as Record<string, unknown>, below);
      };
      return [field.name.value, inner(given[field.name.value])];
    }),
  );
}

/** The value that a record has; entities and values are references, resolved field by field. */
function fieldValue(typename: string, id: string, name: string, type: GraphQLOutputType, api: GraphQLSchema): unknown {
  // One article has one stock-keeping unit, or it could not be found by it.
  if (name === 'sku') return { __typename: 'Sku', id: `Sku ${id}` };
  if (name === 'code' && typename === 'Sku') return `code of ${id}`;
  // Under the API's type and under every type name alike: an interface object does not know the concrete one.
  const seed = `${typename === 'Query' || typename === 'Mutation' ? typename : ''}.${name} ${id}`;
  const apiType = api.getType(typename);
  const known = isObjectType(apiType) || isInterfaceType(apiType) ? apiType.getFields()[name]?.type : undefined;
  return make(seed, known ?? type, api);
}

function make(seed: string, type: GraphQLOutputType, api: GraphQLSchema): unknown {
  if (!isNonNullType(type) && hash(`null ${seed}`) % 7 === 0) return null;
  const inner = isNonNullType(type) ? type.ofType : type;
  if (isListType(inner)) {
    const length = hash(`length ${seed}`) % (MAX_LENGTH + 1);
    return Array.from({ length }, (_item, index) => make(`${seed} ${index}`, inner.ofType, api));
  }
  return makeNamed(seed, getNamedType(inner), api);
}

function makeNamed(seed: string, type: GraphQLNamedType, api: GraphQLSchema): unknown {
  const value = hash(seed);
  if (type.name === 'Int') return value % 100;
  if (type.name === 'Boolean') return value % 2 === 0;
  if (type.name === 'Float') return (value % 100) / 8;
  if (type.name === 'JSON') return { [`key${value % 3}`]: [value % 10, null, { deep: value % 2 === 0 }] };
  if (isEnumType(type)) return type.getValues()[value % type.getValues().length]?.name;
  if (!isObjectType(type) && !isAbstractType(type)) return `${type.name.toLowerCase()} ${value % 1_000}`;
  const id = value % 17 === 0 && !hasSeveralKeys(type.name) ? '9' : String(value % 6);
  const possible = isAbstractType(type) ? api.getPossibleTypes(type) : [type];
  // The type depends on the id, so that one id is one record behind an interface.
  const concrete = concreteType(possible, id);
  return { __typename: concrete, id: isEntity(concrete, api) ? id : `${concrete} ${value % 6}` };
}

function concreteType(possible: readonly GraphQLObjectType[], id: string): string {
  const type = possible[Number(id) % possible.length];
  if (type === undefined) throw new Error('no possible type');
  return type.name;
}

function isEntity(typename: string, api: GraphQLSchema): boolean {
  const type = api.getType(typename);
  return isObjectType(type) && 'id' in type.getFields();
}

/** A reference by another key than the id cannot tell the id of a record that is not there. */
function hasSeveralKeys(typename: string): boolean {
  return typename === 'Article' || typename === 'Media' || typename === 'Book' || typename === 'Film';
}
