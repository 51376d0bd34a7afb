import { splitGlobalId } from '../../kit/global-id.ts';
import type { EntityLoader } from '../../kit/graph/entity-loader.ts';
import { foreignEntity } from '../../kit/graph/foreign-entity.ts';
import { ANY_ENTITY } from '../../kit/graph/input-references.ts';
import type { SubgraphContext } from '../../kit/subgraph-context.ts';
import type { CatalogStore } from '../store/catalog-store.ts';
import { builder } from './builder.ts';
import { dataFieldLoader, systemLoader } from './entities.ts';
import { grantLoader, proposalLoader, requestLoader, submissionLoader, ticketLoader } from './matters/entities.ts';

/** Types of this subgraph's own. */
const own: ReadonlyMap<string, EntityLoader<object, CatalogStore>> = new Map<
  string,
  EntityLoader<object, CatalogStore>
>([
  ['DepartmentSystem', systemLoader],
  ['DataField', dataFieldLoader],
  ['CatalogueSubmission', submissionLoader],
  ['SharingRequest', requestLoader],
  ['SharingGrant', grantLoader],
  ['VerificationTicket', ticketLoader],
  ['SchemaProposal', proposalLoader],
]);

const REFERENCE = { type: ANY_ENTITY, refusal: 'OBJECT_UNKNOWN' } as const;

/**
 * `node(id)` has one owner. This subgraph only knows which types have global ids; the subgraph that owns the type is
 * asked whether it is there for the caller, and for every further field.
 */
export function defineNode(foreignTypes: readonly string[]): ForeignEntities {
  const entities = new Map(foreignTypes.map((typeName) => [typeName, foreignEntity(builder, typeName)] as const));
  foreign = new Set(foreignTypes);
  builder.queryField('node', (t) =>
    t.field({
      type: 'Node',
      nullable: true,
      description: '按全局编号取对象 Anything by its global id.',
      args: {
        id: t.arg.id({ required: true, references: REFERENCE, description: '全局编号 Global id.' }),
      },
      resolve: (_root, { id }, context) =>
        context.caller.missingReferences?.includes(id) === false ? findNode(id, context) : null,
    }),
  );
  return entities;
}

/** The entities of the other subgraphs as this one refers to them, by type. */
export type ForeignEntities = ReadonlyMap<string, ReturnType<typeof foreignEntity<CatalogStore>>>;

/** Types of the other subgraphs; set when the schema is built. */
let foreign: ReadonlySet<string> = new Set();

/** An object by its global id; one of another subgraph is only named, and its owner says whether it is there. */
export async function findNode(id: string, context: SubgraphContext<CatalogStore>): Promise<object | null> {
  const typeName = splitGlobalId(id)?.typeName;
  if (typeName === undefined) return null;
  if (foreign.has(typeName)) return { __typename: typeName, id };
  const row = (await own.get(typeName)?.load(id, context)) ?? null;
  return row === null ? null : { ...row, __typename: typeName };
}
