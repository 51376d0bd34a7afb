import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal } from '../../../kit/codes/refusals.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { admitSubgraph, type SubgraphAdmitted } from '../../rules/external/admit-subgraph.ts';
import { announceMaintenance, MAX_MAINTENANCE_DAYS } from '../../rules/external/announce-maintenance.ts';
import { endSubgraph } from '../../rules/external/end-subgraph.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import {
  type ExternalSubgraphRow,
  type FieldLatencyRow,
  findExternalSubgraphs,
  findFieldLatencies,
  findMaintenanceWindows,
  type MaintenanceWindowRow,
} from '../../store/external/external-rows.ts';
import { builder, Department, refusalTypes } from '../builder.ts';
import { CATALOG_CARD } from '../entities.ts';
import { IDEMPOTENCY_KEY } from '../matters/payload.ts';
import { GraphVersion, versionByNumber } from '../versions/graph-version.ts';

const EXTERNAL_CARD: DataCard = { ...CATALOG_CARD, sharing: 'CONDITIONAL', grade: 2, updateCycle: 'REALTIME' };
/** What is shown of health and latency. */
const SHOWN_DAYS = 7;
/** An error later than that is of now. */
const FRESH_MILLISECONDS = 15 * 60_000;

type Context = SubgraphContext<CatalogStore>;

const latenciesOf = (name: string, { clock, loaders, store, trace }: Context) => {
  const since = dateInChina(new Date(clock.now().getTime() - (SHOWN_DAYS - 1) * 86_400_000));
  return loaders
    .get<FieldLatencyRow[]>('fieldLatencies', (names) => findFieldLatencies(store, names, since, trace))
    .load(name);
};
const windowsOf = (name: string, { clock, loaders, store, trace }: Context) =>
  loaders
    .get<MaintenanceWindowRow[]>('maintenance', (names) => findMaintenanceWindows(store, names, clock.now(), trace))
    .load(name);

/** The bound of the bucket in which the share lies, in milliseconds; null where nothing was asked. */
function percentile({ buckets }: Pick<FieldLatencyRow, 'buckets'>, share: number): number | null {
  const total = buckets.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (const [place, count] of buckets.entries()) {
    seen += count;
    if (total > 0 && seen >= total * share) return 2 ** place;
  }
  return null;
}

const MILLISECONDS = { unit: '毫秒 milliseconds' } as const;
const REQUESTS = { unit: '次 requests' } as const;

const FieldLatency = builder.objectRef<FieldLatencyRow>('FieldLatency').implement({
  description: '字段时延 How a field of an external subgraph has answered within seven days.',
  card: EXTERNAL_CARD,
  fields: (t) => ({
    coordinate: t.exposeString('coordinate', { description: '坐标 Type.field.' }),
    requestCount: t.exposeFloat('requestCount', { description: '请求数 Requests that asked for it.', card: REQUESTS }),
    errorCount: t.exposeFloat('errorCount', { description: '失败数 Those that failed.', card: REQUESTS }),
    medianMilliseconds: t.float({
      nullable: true,
      description: '中位时延上限 Half of the requests took no longer; to the next power of two.',
      card: MILLISECONDS,
      resolve: (row) => percentile(row, 0.5),
    }),
    p95Milliseconds: t.float({
      nullable: true,
      description: '95% 时延上限 95 of 100 requests took no longer; to the next power of two.',
      card: MILLISECONDS,
      resolve: (row) => percentile(row, 0.95),
    }),
    lastSeenAt: t.expose('lastSeenAt', { type: 'DateTime', description: '最近请求 When it was asked for last.' }),
    lastErrorAt: t.expose('lastErrorAt', {
      type: 'DateTime',
      nullable: true,
      description: '最近失败 When that failed last.',
    }),
  }),
});

const MaintenanceWindow = builder.objectRef<MaintenanceWindowRow>('MaintenanceWindow').implement({
  description: '维护窗口 When an external subgraph is not asked.',
  card: EXTERNAL_CARD,
  fields: (t) => ({
    startsAt: t.expose('startsAt', { type: 'DateTime', description: '开始 From when.' }),
    endsAt: t.expose('endsAt', { type: 'DateTime', description: '结束 Until when.' }),
    reason: t.exposeString('reason', { description: '原因 Why.' }),
  }),
});

const Health = builder.enumType('ExternalSubgraphHealth', {
  description: '运行状况 How an external subgraph answers.',
  values: {
    UP: { description: '正常 It answers.' },
    DEGRADED: { description: '部分失败 Some requests of the last quarter of an hour failed.' },
    DOWN: { description: '不可用 The last request failed.' },
    MAINTENANCE: { description: '维护中 Its department maintains it just now.' },
    UNASKED: { description: '尚无请求 It has not been asked within seven days.' },
    ENDED: { description: '已退出 It has left the graph.' },
  },
});

const ExternalSubgraph = builder.objectRef<ExternalSubgraphRow>('ExternalSubgraph').implement({
  description: '外部子图 A department’s own service that takes part in the graph.',
  card: EXTERNAL_CARD,
  fields: (t) => ({
    name: t.exposeString('name', { description: '子图 Its name.' }),
    url: t.exposeString('url', { description: '地址 Where it is served.' }),
    department: t.field({
      type: Department,
      description: '所属部门 Its department.',
      resolve: ({ departmentCode }) => ({ code: departmentCode }),
    }),
    active: t.exposeBoolean('active', { description: '是否在图中 Whether it is part of the graph.' }),
    admittedAt: t.expose('admittedAt', { type: 'DateTime', description: '接入时间 When it joined.' }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true, description: '退出时间 When it left.' }),
    health: t.field({
      type: Health,
      description: '运行状况 How it answers now.',
      resolve: async ({ active, name }, _args, context) => {
        if (!active) return 'ENDED';
        const now = context.clock.now();
        const [windows, fields] = await Promise.all([windowsOf(name, context), latenciesOf(name, context)]);
        if (windows.some(({ startsAt }) => startsAt <= now)) return 'MAINTENANCE';
        const seen = Math.max(0, ...fields.map(({ lastSeenAt }) => lastSeenAt.getTime()));
        const failed = Math.max(0, ...fields.map(({ lastErrorAt }) => lastErrorAt?.getTime() ?? 0));
        if (seen === 0) return 'UNASKED';
        if (failed >= seen) return 'DOWN';
        return failed > now.getTime() - FRESH_MILLISECONDS ? 'DEGRADED' : 'UP';
      },
    }),
    fields: t.field({
      type: [FieldLatency],
      description: '字段时延 Its fields that were asked for within seven days.',
      resolve: ({ name }, _args, context) => latenciesOf(name, context),
    }),
    maintenance: t.field({
      type: [MaintenanceWindow],
      description: '维护窗口 Windows that have not ended.',
      resolve: ({ name }, _args, context) => windowsOf(name, context),
    }),
  }),
});

const externalByName = async (name: string, { store, trace }: Context) =>
  (await findExternalSubgraphs(store, trace)).find((known) => known.name === name) ?? null;

builder.queryField('externalSubgraphs', (t) =>
  t.field({
    type: [ExternalSubgraph],
    nullable: true,
    description: '外部子图清单 Departments’ own services in the graph, and those that have left, by name.',
    card: { ...EXTERNAL_CARD, right: 'schema.propose' },
    resolve: (_root, _args, { store, trace }) => findExternalSubgraphs(store, trace),
  }),
);

const AdmitInput = builder.inputType('AdmitSubgraphInput', {
  description: '接入外部子图 Which service joins.',
  fields: (t) => ({
    name: t.string({ required: true, description: '子图名 2 to 40 lower-case letters, digits or hyphens.' }),
    url: t.string({ required: true, description: '地址 Where it answers GraphQL.' }),
    departmentCode: t.string({ required: true, description: '所属部门代码 Code of its department.' }),
    sdl: t.string({ required: true, description: '契约 Its contract, as its _service gives it.' }),
    idempotencyKey: t.string(IDEMPOTENCY_KEY),
  }),
});
const EndInput = builder.inputType('EndSubgraphInput', {
  description: '退出外部子图 Which service leaves, and why.',
  fields: (t) => ({
    name: t.string({ required: true, description: '子图名 Its name.' }),
    reason: t.string({ required: true, description: '原因 2 to 300 characters.' }),
    idempotencyKey: t.string(IDEMPOTENCY_KEY),
  }),
});
const MaintenanceInput = builder.inputType('AnnounceMaintenanceInput', {
  description: '公布维护窗口 When a service is not to be asked.',
  fields: (t) => ({
    subgraph: t.string({ required: true, description: '子图名 Its name.' }),
    startsAt: t.field({ type: 'DateTime', required: true, description: '开始 From when.' }),
    endsAt: t.field({
      type: 'DateTime',
      required: true,
      description: `结束 Until when, ${MAX_MAINTENANCE_DAYS} days later at most.`,
    }),
    reason: t.string({ required: true, description: '原因 2 to 300 characters.' }),
    idempotencyKey: t.string(IDEMPOTENCY_KEY),
  }),
});

const AdmitSuccess = builder
  .objectRef<SubgraphAdmitted & { readonly __typename: string }>('AdmitSubgraphSuccess')
  .implement({
    description: '接入完成 The service has joined.',
    card: GRAPH_CARD,
    fields: (t) => ({
      subgraph: t.field({
        type: ExternalSubgraph,
        nullable: true,
        description: '外部子图 The service.',
        resolve: ({ name }, _args, context) => externalByName(name, context),
      }),
      version: t.field({
        type: GraphVersion,
        nullable: true,
        description: '新版本 The version that has it.',
        resolve: ({ number }, _args, context) => versionByNumber(number, context),
      }),
      signatureKey: t.exposeString('signatureKey', {
        nullable: true,
        description:
          '验签密钥 Base64url of the key (HS256) of the header x-yiyun-caller, by which the service knows the hub and the caller; shown this once, null when the answer is given again.',
      }),
    }),
  });
const AdmitPayload = builder.unionType('AdmitSubgraphPayload', {
  description: '接入结果 Done, or why not.',
  types: [AdmitSuccess, refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
  resolveType: (value) => (value as { __typename: string }).__typename,
});

builder.mutationField('admitSubgraph', (t) =>
  t.field({
    type: AdmitPayload,
    nullable: true,
    description:
      '接入外部子图 Has a department’s own service join the graph: composed, checked, probed; hubs ask it within seconds.',
    card: { right: 'schema.publish' },
    args: { input: t.arg({ type: AdmitInput, required: true, description: '输入 Which service.' }) },
    resolve: async (_root, { input }, context) => {
      const result = await admitSubgraph(context, input, context.trace);
      context.loaders.clear();
      return isRefusal(result) ? result : { __typename: 'AdmitSubgraphSuccess', ...result };
    },
  }),
);

const REFUSALS = [refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict];

defineMutation(builder, {
  name: 'endSubgraph',
  description: '退出外部子图 Has a service leave the graph; refused while clients use it.',
  card: { right: 'schema.publish' },
  input: EndInput,
  refusals: REFUSALS,
  run: (input, context) => endSubgraph(context, input, context.trace),
  result: {
    field: 'subgraph',
    type: ExternalSubgraph,
    description: '外部子图 The service.',
    load: ({ name }, context) => externalByName(name, context),
  },
});

defineMutation(builder, {
  name: 'announceMaintenance',
  description: '公布维护窗口 Says when the own department’s service is not asked; its fields are typed gaps then.',
  card: { right: 'schema.propose' },
  input: MaintenanceInput,
  refusals: REFUSALS,
  run: (input, context) => announceMaintenance(context, input),
  result: {
    field: 'subgraph',
    type: ExternalSubgraph,
    description: '外部子图 The service.',
    load: ({ subgraph }, context) => externalByName(subgraph, context),
  },
});
