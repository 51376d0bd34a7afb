import { entitiesResolver } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import {
  buildSchema,
  type GraphQLDirective,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  isObjectType,
  lexicographicSortSchema,
} from 'graphql';
import { isPromise } from '../batch-loader.ts';
import { RestingText } from '../resting-text.ts';
import type { SubgraphContext } from '../subgraph-context.ts';
import { CARD_DIRECTIVE_SDL } from './data-card.ts';
import { forgetDefinitions } from './forget-definitions.ts';
import type { EntityOptions, GraphExtensions } from './graph-plugin.ts';
import { REFERENCES_DIRECTIVE_SDL } from './input-references.ts';
import { ROWS_DIRECTIVE_SDL, type RowScope } from './row-scope.ts';
import { selectedFields } from './selected-fields.ts';

/** A subgraph's contract and its executable form. */
export interface FederatedSchema {
  /** The contract as reviewed under `schema/`: Federation 2, without `_entities` and `_service`. */
  readonly sdl: string;
  /** The executable schema, `_entities` and `_service` included. */
  readonly schema: GraphQLSchema;
}

const CARD_SPECIFICATION = 'https://specs.yiyun.example/card/v1.0';
const LINKS = [
  '@link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@inaccessible", "@composeDirective", "@external", "@requires"])',
  `@link(url: "${CARD_SPECIFICATION}", import: ["@card", "@references", "@rows"])`,
  '@composeDirective(name: "@card")',
  '@composeDirective(name: "@references")',
  '@composeDirective(name: "@rows")',
];

/**
 * Turns the schema of the subgraph `name`, built with `createGraphBuilder`, into a Federation 2 subgraph. The contract
 * is printed when it is first asked for.
 *
 * @param printed the contract, where this very code was printed before.
 */
export function federateSchema(name: string, built: GraphQLSchema, printed?: string): FederatedSchema {
  const entities = Object.values(built.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && entityOf(type) !== undefined,
  );
  for (const type of entities) {
    const entity = entityOf(type) as EntityOptions<SubgraphContext>;
    installReferenceResolver(type, entity);
    if (entity.rows !== undefined) printRows(type, name, entity.rows);
  }
  let contract = printed === undefined ? undefined : new RestingText(printed);
  const readContract = () => {
    contract ??= new RestingText(printContract(built));
    return contract.text;
  };
  const byName = new Map(entities.map((type) => [type.name, entityOf(type) as EntityOptions<SubgraphContext>]));
  const query = built.getQueryType();
  if (query == null) throw new Error('A subgraph needs a Query type');
  const Any = new GraphQLScalarType({ name: '_Any', serialize: (value) => value });
  const Service = new GraphQLObjectType({ name: '_Service', fields: { sdl: { type: GraphQLString } } });
  const Entity = new GraphQLUnionType({
    name: '_Entity',
    types: entities,
    resolveType: (value) => (value as { __typename: string }).__typename,
  });
  const queryConfig = query.toConfig();
  const federatedQuery = new GraphQLObjectType({
    ...queryConfig,
    fields: {
      ...queryConfig.fields,
      _service: { type: new GraphQLNonNull(Service), resolve: () => ({ sdl: readContract() }) },
      ...(entities.length === 0
        ? {}
        : {
            _entities: {
              type: new GraphQLNonNull(new GraphQLList(Entity)),
              args: { representations: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(Any))) } },
              resolve: (_source: unknown, args: { representations?: unknown }, context: SubgraphContext, info) => {
                const representations = args.representations as Representation[]; // by the argument's type
                return (
                  resolvePlainly(byName, representations, context, info) ??
                  entitiesResolver({ representations, context, info })
                );
              },
            },
          }),
    },
  });
  const config = built.toConfig();
  const schema = new GraphQLSchema({
    ...config,
    query: federatedQuery,
    types: [...config.types.filter((type) => type !== query), Service, Any, ...(entities.length === 0 ? [] : [Entity])],
  });
  if (printed !== undefined) {
    forgetDefinitions(built);
    forgetDefinitions(schema);
  }
  return {
    get sdl() {
      return readContract();
    },
    schema,
  };
}

function entityOf(type: GraphQLObjectType): EntityOptions<SubgraphContext> | undefined {
  return (type.extensions as GraphExtensions).entity;
}

/**
 * The reference resolver has one shape, `resolveReferences(ids, columns, context)`. `entitiesResolver` asks one by
 * one; the operation's loader gathers what it asks within one step into one call.
 */
function installReferenceResolver(type: GraphQLObjectType, entity: EntityOptions<SubgraphContext>): void {
  const resolveReference = (
    reference: { readonly id: string; readonly [key: string]: unknown },
    context: SubgraphContext,
    info: GraphQLResolveInfo,
  ) => {
    if (reference.id === undefined) return resolveByKey(type.name, entity, reference, context);
    const loader = context.loaders.get<object | null>(`reference:${type.name}`, async (ids) =>
      entity.resolveReferences(ids, selectedFields(info), context),
    );
    const loaded = loader.load(reference.id);
    const { __typename: _type, id: _id, ...required } = reference;
    return Object.keys(required).length === 0 ? loaded : withRequired(loaded, required);
  };
  type.extensions = { ...type.extensions, apollo: { subgraph: { resolveReference } } };
}

/** A reference to an entity, as a gateway sends it. */
interface Representation {
  readonly __typename: string;
  readonly [key: string]: unknown;
}

interface TypedRow {
  __typename?: string;
}

/**
 * References of one type by nothing but their ids: all at once, as one promise, or none where all are there already.
 * Undefined for others. A failure is that of each entity, as when they are asked for one by one.
 */
function resolvePlainly(
  entities: ReadonlyMap<string, EntityOptions<SubgraphContext>>,
  representations: readonly Representation[],
  context: SubgraphContext,
  info: GraphQLResolveInfo,
): readonly (object | null)[] | Promise<readonly (object | null)[]> | undefined {
  const typeName = representations[0]?.__typename;
  const entity = typeName === undefined ? undefined : entities.get(typeName);
  if (typeName === undefined || entity === undefined) return undefined;
  const ids: string[] = [];
  for (const representation of representations) {
    if (representation.__typename !== typeName || typeof representation.id !== 'string') return undefined;
    for (const key in representation) if (key !== 'id' && key !== '__typename') return undefined;
    ids.push(representation.id);
  }
  const typed = (rows: readonly (object | null)[]) => {
    for (const row of rows) if (row !== null) (row as TypedRow).__typename = typeName;
    return rows;
  };
  const rows = entity.resolveReferences(ids, selectedFields(info), context);
  return isPromise(rows)
    ? rows.then(typed, (error: unknown) => ids.map(() => (error instanceof Error ? error : new Error(String(error)))))
    : typed(rows);
}

/** `@requires`: what another subgraph says of the entity, beside what this one does. */
async function withRequired(loaded: Promise<object | null>, required: object): Promise<object | null> {
  const entity = await loaded;
  return entity === null ? null : { ...entity, ...required };
}

/** By another unique key than the id; null when the entity has no such key. */
function resolveByKey(
  typeName: string,
  { resolveBy = {} }: EntityOptions<SubgraphContext>,
  reference: Readonly<Record<string, unknown>>,
  context: SubgraphContext,
): Promise<object | null> | null {
  const [key, find] = Object.entries(resolveBy).find(([name]) => typeof reference[name] === 'string') ?? [];
  if (key === undefined || find === undefined) return null;
  return context.loaders
    .get<object | null>(`reference:${typeName}:${key}`, (values) => find(values, context))
    .load(String(reference[key]));
}

function printRows(type: GraphQLObjectType, owner: string, { scope }: RowScope): void {
  const { directives } = type.extensions as { directives?: object };
  type.extensions = { ...type.extensions, directives: { ...directives, rows: { owner, scope } } };
}

const ownDirectives = ['card', 'references', 'rows'].map(
  (name) =>
    buildSchema(
      `${CARD_DIRECTIVE_SDL} ${REFERENCES_DIRECTIVE_SDL} ${ROWS_DIRECTIVE_SDL} type Query { _: Int }`,
    ).getDirective(name) as GraphQLDirective, // declared in the text above
);

function printContract(built: GraphQLSchema): string {
  const config = built.toConfig();
  const withDirective = new GraphQLSchema({ ...config, directives: [...config.directives, ...ownDirectives] });
  const printed = printSchemaWithDirectives(lexicographicSortSchema(withDirective)).replace(
    /^schema \{[\s\S]*?\n\}\n*/m,
    '',
  );
  return `extend schema\n  ${LINKS.join('\n  ')}\n\n${printed.trim()}\n`;
}
