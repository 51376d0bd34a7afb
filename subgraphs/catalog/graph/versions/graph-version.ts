import { dateInChina } from '../../../kit/clock.ts';
import { globalId } from '../../../kit/global-id.ts';
import { defineConnection, pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import { judgeInWorker } from '../../../kit/schema-check/judge-in-worker.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import type { ProposalRow } from '../../store/proposals/proposal-rows.ts';
import { findVersionTexts } from '../../store/versions/graph-release.ts';
import {
  findGraphLoads,
  findGraphVersions,
  findHeadNumber,
  findSchemaTexts,
  findVersionContracts,
  type GraphLoadRow,
  type GraphVersionRow,
  graphVersionList,
  type VersionContractRow,
} from '../../store/versions/version-rows.ts';
import { builder, Department, PageInfo } from '../builder.ts';
import { proposalLoader, SchemaProposal } from '../matters/entities.ts';
import { SchemaChange } from '../schema/schema-check.ts';

/** How the graph came to be what it is: for those who take part in changing it. */
export const VERSION_CARD: DataCard = {
  source: 'data-authority',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'REALTIME',
};
const PROPOSERS = { ...VERSION_CARD, right: 'schema.propose' } as const;

type Context = SubgraphContext<CatalogStore>;
const textOf = (hash: string, { loaders, store, trace }: Context) =>
  loaders.get<string | null>('schemaTexts', (hashes) => findSchemaTexts(store, hashes, trace)).load(hash);

const VersionOrigin = builder.enumType('GraphVersionOrigin', {
  description: '版本由来 What made a version of the graph.',
  values: {
    START: { description: '代码上线 Newer code started.' },
    PROPOSAL: { description: '提案发布 A proposal was published.' },
    ROLLBACK: { description: '退回旧版 An older version was put in force again.' },
    ADMISSION: { description: '外部子图接入 A department’s own subgraph joined.' },
    END: { description: '外部子图退出 A department’s own subgraph left.' },
  },
});

const VersionContract = builder.objectRef<VersionContractRow>('GraphVersionContract').implement({
  description: '版本契约 One subgraph’s contract within a version.',
  card: VERSION_CARD,
  fields: (t) => ({
    subgraph: t.exposeString('graph', { description: '子图 Its name.' }),
    hash: t.exposeString('hash', { description: '指纹 SHA-256 of the contract.' }),
    url: t.exposeString('url', { nullable: true, description: '外部地址 Where an external subgraph is served.' }),
    sdl: t.string({
      nullable: true,
      description: '契约原文 The contract in SDL.',
      resolve: ({ hash }, _args, context) => textOf(hash, context),
    }),
  }),
});

const GraphLoad = builder.objectRef<GraphLoadRow>('GraphLoad').implement({
  description: '版本装载 What came of a version in one hub.',
  card: VERSION_CARD,
  fields: (t) => ({
    hubId: t.exposeString('hubId', { description: '枢纽编号 Id of the running hub.' }),
    loaded: t.exposeBoolean('loaded', {
      description: '是否装载 Whether it serves it; one that does not load leaves the older one serving.',
    }),
    reason: t.exposeString('reason', { nullable: true, description: '未装载的原因 Why it does not.' }),
    loadedAt: t.expose('loadedAt', { type: 'DateTime', description: '时间 When.' }),
  }),
});

export const GraphVersion = builder.objectRef<GraphVersionRow>('GraphVersion');
GraphVersion.implement({
  description: '图谱发布版本 A graph as it was published: contracts, author, reason, and what became of it.',
  card: VERSION_CARD,
  fields: (t) => ({
    number: t.exposeInt('number', { description: '版本号 From 1.', card: { unit: '版 version' } }),
    inForce: t.boolean({
      description: '是否现行 Whether it is the one to be served.',
      resolve: async ({ number }, _args, { loaders, store, trace }) => {
        const head = loaders.get<number | null>('graphHead', async (keys) => {
          const found = await findHeadNumber(store, trace);
          return keys.map(() => found);
        });
        return (await head.load('')) === number;
      },
    }),
    hash: t.exposeString('supergraphHash', { description: '指纹 SHA-256 of the supergraph.' }),
    origin: t.field({ type: VersionOrigin, description: '由来 What made it.', resolve: ({ origin }) => origin }),
    department: t.field({
      type: Department,
      description: '发布部门 Department that published it.',
      resolve: ({ departmentCode }) => ({ code: departmentCode }),
    }),
    clientId: t.exposeString('clientId', { description: '发布方 Client that published it.' }),
    note: t.exposeString('note', { nullable: true, description: '说明 Why, in its author’s words.' }),
    rolledBackTo: t.exposeInt('rolledBackTo', {
      nullable: true,
      description: '退回的版本 The version that it puts in force again.',
      card: { unit: '版 version' },
    }),
    proposal: t.field({
      type: SchemaProposal,
      nullable: true,
      description: '提案 The proposal that it publishes.',
      resolve: async ({ proposalId }, _args, context): Promise<ProposalRow | null> =>
        proposalId === null ? null : proposalLoader.load(globalId('SchemaProposal', proposalId), context),
    }),
    publishedAt: t.expose('publishedAt', { type: 'DateTime', description: '发布时间 When.' }),
    contracts: t.field({
      type: [VersionContract],
      description: '各子图契约 The contracts that it was composed of.',
      resolve: ({ number }, _args, { loaders, store, trace }) =>
        loaders
          .get<VersionContractRow[]>('versionContracts', (numbers) => findVersionContracts(store, numbers, trace))
          .load(String(number)),
    }),
    supergraphSdl: t.string({
      nullable: true,
      description: '总图原文 The supergraph in SDL.',
      resolve: ({ supergraphHash }, _args, context) => textOf(supergraphHash, context),
    }),
    loads: t.field({
      type: [GraphLoad],
      description: '装载情况 What came of it in the hubs, the latest first.',
      resolve: ({ number }, _args, { loaders, store, trace }) =>
        loaders
          .get<GraphLoadRow[]>('graphLoads', (numbers) => findGraphLoads(store, numbers, trace))
          .load(String(number)),
    }),
  }),
});

/** A version by its number; all of an operation share one statement. */
export function versionByNumber(number: number, { loaders, store, trace }: Context): Promise<GraphVersionRow | null> {
  return loaders
    .get<GraphVersionRow | null>('graphVersions', (numbers) => findGraphVersions(store, numbers, trace))
    .load(String(number));
}

const GraphVersionConnection = defineConnection(builder, 'GraphVersion', GraphVersion, PageInfo);
const isNumber = (number: number) => number > 0;

builder.queryFields((t) => ({
  graphVersion: t.field({
    type: GraphVersion,
    nullable: true,
    description: '图谱版本 A published version of the graph by its number; the one in force where none is given.',
    card: PROPOSERS,
    args: { number: t.arg.int({ description: '版本号 Number of the version.' }) },
    resolve: async (_root, { number }, context) => {
      const wanted = number ?? (await findHeadNumber(context.store, context.trace));
      return wanted === null || !isNumber(wanted) ? null : versionByNumber(wanted, context);
    },
  }),
  graphVersions: t.field({
    type: GraphVersionConnection,
    nullable: true,
    description: '图谱版本列表 Every published version of the graph, newest first; all are kept.',
    card: PROPOSERS,
    args: pageArguments(t.arg),
    resolve: (_root, page, context, info) =>
      rootPage(graphVersionList, page, { sort: 'NUMBER', filter: {} }, context, info),
  }),
  graphDifference: t.field({
    type: [SchemaChange],
    nullable: true,
    description:
      '版本差异 What changes for clients from one version to another, the gravest first; null where one is not kept.',
    card: PROPOSERS,
    args: {
      from: t.arg.int({ required: true, description: '起始版本号 Number of the older version.' }),
      to: t.arg.int({ required: true, description: '目标版本号 Number of the newer version.' }),
    },
    resolve: async (_root, { from, to }, { clock, store, trace }) => {
      if (!isNumber(from) || !isNumber(to)) return null;
      trace.recordStatement('catalog', 'catalog.version_texts');
      const [older, newer] = await Promise.all([findVersionTexts(store.pool, from), findVersionTexts(store.pool, to)]);
      if (older === null || newer === null) return null;
      const plain = ({ contracts }: typeof older) =>
        contracts.map(({ name, sdl, url }) => ({ name, sdl, url: url ?? undefined }));
      const { changes } = await judgeInWorker({
        live: plain(older),
        liveSupergraphSdl: older.supergraphSdl,
        proposed: plain(newer),
        removed: older.contracts
          .map(({ name }) => name)
          .filter((name) => newer.contracts.every((c) => c.name !== name)),
        today: dateInChina(clock.now()),
      });
      return changes.map((change) => ({ ...change, usedBy: [] }));
    },
  }),
}));
