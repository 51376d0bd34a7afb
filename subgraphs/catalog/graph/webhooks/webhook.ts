import { isRefusal } from '../../../kit/codes/refusals.ts';
import { type DataCard, GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { groupByKey, type SubgraphContext } from '../../../kit/subgraph-context.ts';
import { MAX_WEBHOOKS, registerWebhook, switchWebhookOf, type WebhookChanged } from '../../rules/webhooks/webhooks.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import {
  type DeadLetterRow,
  findDeadLetters,
  findWebhook,
  findWebhooksOf,
  type WebhookRow,
} from '../../store/webhooks/webhook-rows.ts';
import { builder, refusalTypes } from '../builder.ts';

const WEBHOOK_CARD: DataCard = {
  source: 'data-authority',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'REALTIME',
};
const WRITE = { right: 'webhook.write' } as const;

const WebhookState = builder.enumType('WebhookState', {
  description: '推送状态 Whether changes are delivered.',
  values: {
    ACTIVE: { description: '推送中 Changes are delivered, or tried again.' },
    DISABLED: { description: '已停用 Nothing is delivered until it is switched on again.' },
  },
});

const DeadLetterState = builder.enumType('WebhookDeadLetterState', {
  description: '死信状态 What became of a dead letter.',
  values: {
    DEAD: { description: '未送达 Given up; it may be sent again.' },
    WAITING: { description: '待补发 To be sent again.' },
    DELIVERED: { description: '已补发 Sent again, and taken.' },
    WITHDRAWN: { description: '已撤回 Not sent again: the client may not learn of it any more.' },
  },
});

const DeadLetter = builder.objectRef<DeadLetterRow>('WebhookDeadLetter').implement({
  description: '死信 A change that could not be delivered after all attempts; the next ones went on.',
  card: WEBHOOK_CARD,
  fields: (t) => ({
    deadLetterId: t.exposeString('id', { description: '死信编号 Id.' }),
    cursor: t.exposeString('cursor', {
      description: '变更游标，可用 change(cursor) 取回 Cursor of the change, for change(cursor).',
    }),
    body: t.exposeString('body', { description: '报文 What was sent: a CloudEvent in JSON.' }),
    attempts: t.exposeInt('attempts', { description: '尝试次数 How often it was tried.' }),
    lastStatus: t.exposeInt('lastStatus', {
      nullable: true,
      description: '最后的 HTTP 状态 HTTP status of the last attempt.',
    }),
    lastError: t.exposeString('lastError', { nullable: true, description: '最后的错误代码 Code of the last failure.' }),
    diedAt: t.expose('diedAt', { type: 'DateTime', description: '放弃时刻 When it was given up.' }),
    state: t.field({ type: DeadLetterState, description: '状态 State.', resolve: ({ state }) => state }),
    resentAt: t.expose('resentAt', {
      type: 'DateTime',
      nullable: true,
      description: '申请补发时刻 When it was last asked to be sent again.',
    }),
  }),
});

export const Webhook = builder.objectRef<WebhookRow>('Webhook').implement({
  description: '变更推送 Where a client is told of changes, as signed CloudEvents, and how that goes.',
  card: WEBHOOK_CARD,
  fields: (t) => ({
    webhookId: t.exposeString('id', { description: '推送编号 Id.' }),
    clientId: t.exposeString('clientId', { description: '接入方 Client whose rights and area apply.' }),
    url: t.exposeString('url', { description: '推送地址 Address.' }),
    types: t.stringList({
      description: '类型筛选，空为全部 Types of objects or changes; none: all.',
      resolve: ({ types }) => [...types],
    }),
    divisions: t.stringList({
      description: '区划筛选，空为全部辖区 Codes of areas; none: the client’s whole area.',
      resolve: ({ divisions }) => [...divisions],
    }),
    state: t.field({ type: WebhookState, description: '状态 State.', resolve: ({ state }) => state }),
    stateReason: t.exposeString('stateReason', {
      nullable: true,
      description:
        '停用原因：OWNER 自行停用，GONE 对方返回 410，CURSOR_EXPIRED 超出保留期，CLIENT 接入方停用 Why it is disabled.',
    }),
    cursor: t.exposeString('cursor', { description: '已送达至 How far it has been told.' }),
    attempts: t.exposeInt('attempts', { description: '当前变更已失败次数 Failed attempts at the next change.' }),
    nextAttemptAt: t.expose('nextAttemptAt', { type: 'DateTime', description: '下次尝试 When it is tried next.' }),
    deliveredCount: t.exposeInt('deliveredCount', { description: '已送达数 Changes that were delivered.' }),
    deadCount: t.exposeInt('deadCount', { description: '死信数 Changes that were given up.' }),
    lastStatus: t.exposeInt('lastStatus', {
      nullable: true,
      description: '最近的 HTTP 状态 HTTP status of the last attempt.',
    }),
    lastError: t.exposeString('lastError', {
      nullable: true,
      description: '最近的错误代码 Code of the last failure; null after a success.',
    }),
    lastDeliveredAt: t.expose('lastDeliveredAt', {
      type: 'DateTime',
      nullable: true,
      description: '最近送达 Last delivery.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: '登记时刻 When it was registered.' }),
    deadLetters: t.field({
      type: [DeadLetter],
      description: '死信，新的在前，至多 50 条 The newest dead letters, 50 at most.',
      resolve: ({ id }, _args, { store, trace, loaders }) =>
        loaders
          .get<DeadLetterRow[]>('webhookDeadLetters', async (ids) =>
            groupByKey(ids, await findDeadLetters(store, ids, trace), ({ webhookId }) => webhookId),
          )
          .load(id),
    }),
  }),
});

builder.queryField('webhooks', (t) =>
  t.field({
    type: [Webhook],
    nullable: true,
    description: `本接入方的变更推送 Webhooks of the calling client, ${MAX_WEBHOOKS} at most.`,
    card: WRITE,
    resolve: (_root, _args, { store, caller, trace }) => findWebhooksOf(store, caller.clientId, trace),
  }),
);

type Answer<More = object> = WebhookChanged & More & { readonly __typename: string };
const webhookOf = async ({ webhookId }: WebhookChanged, { store, trace }: SubgraphContext<CatalogStore>) =>
  (await findWebhook(store, webhookId, trace)) ?? null;

const RegisterWebhookSuccess = builder
  .objectRef<Answer<{ secret: string | null }>>('RegisterWebhookSuccess')
  .implement({
    description: '推送登记完成 The webhook was registered.',
    card: GRAPH_CARD,
    fields: (t) => ({
      secret: t.exposeString('secret', {
        nullable: true,
        description:
          '签名密钥 The signing secret (Standard Webhooks), shown this once; null when the answer is given again.',
      }),
      webhook: t.field({
        type: Webhook,
        nullable: true,
        description: '推送 The webhook.',
        resolve: (answer, _args, context) => webhookOf(answer, context),
      }),
    }),
  });
const SwitchWebhookSuccess = builder.objectRef<Answer>('SwitchWebhookSuccess').implement({
  description: '推送已切换 The webhook was switched.',
  card: GRAPH_CARD,
  fields: (t) => ({
    webhook: t.field({
      type: Webhook,
      nullable: true,
      description: '推送 The webhook.',
      resolve: (answer, _args, context) => webhookOf(answer, context),
    }),
  }),
});

const resolveType = (value: unknown) => (value as { __typename: string }).__typename;
const RegisterWebhookPayload = builder.unionType('RegisterWebhookPayload', {
  description: '推送登记结果 Done, or why not.',
  types: [RegisterWebhookSuccess, refusalTypes.InvalidInput, refusalTypes.Conflict],
  resolveType,
});
const SwitchWebhookPayload = builder.unionType('SwitchWebhookPayload', {
  description: '推送切换结果 Done, or why not.',
  types: [SwitchWebhookSuccess, refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
  resolveType,
});

const KEY_DESCRIPTION = '幂等键 8 to 128 visible characters; the same key and input give the same answer once more.';
const RegisterWebhookInput = builder.inputType('RegisterWebhookInput', {
  description: '推送登记 Where to tell of what.',
  fields: (t) => ({
    url: t.string({ required: true, description: '推送地址 An https address that is reachable from the hub.' }),
    types: t.stringList({
      required: true,
      defaultValue: [],
      description: '对象类型或变更类型 Types of objects or of changes; none: all.',
    }),
    divisions: t.stringList({
      required: true,
      defaultValue: [],
      description: '区划代码 Codes of areas; none: the whole area.',
    }),
    idempotencyKey: t.string({ required: true, description: KEY_DESCRIPTION }),
  }),
});
const SwitchWebhookInput = builder.inputType('SwitchWebhookInput', {
  description: '推送切换 Which webhook to switch off or on.',
  fields: (t) => ({
    webhookId: t.string({ required: true, description: '推送编号 Id of the webhook.' }),
    active: t.boolean({ required: true, description: '是否推送 Whether changes are delivered.' }),
    idempotencyKey: t.string({ required: true, description: KEY_DESCRIPTION }),
  }),
});

builder.mutationFields((t) => ({
  registerWebhook: t.field({
    type: RegisterWebhookPayload,
    nullable: true,
    description: '登记变更推送 Has the client told of changes from now on, at least once and in order, signed.',
    card: WRITE,
    args: { input: t.arg({ type: RegisterWebhookInput, required: true, description: '输入 Where to tell of what.' }) },
    resolve: async (_root, { input }, { store, caller, clock }) => {
      const result = await registerWebhook(store, caller, clock, input);
      return isRefusal(result) ? result : { __typename: 'RegisterWebhookSuccess', ...result };
    },
  }),
  switchWebhook: t.field({
    type: SwitchWebhookPayload,
    nullable: true,
    description: '停用或启用变更推送 Switches a webhook off or on; on again, it goes on where it was.',
    card: WRITE,
    args: { input: t.arg({ type: SwitchWebhookInput, required: true, description: '输入 Which one.' }) },
    resolve: async (_root, { input }, { store, caller, clock }) => {
      const result = await switchWebhookOf(store, caller, clock, input);
      return isRefusal(result) ? result : { __typename: 'SwitchWebhookSuccess', ...result };
    },
  }),
}));
