import { isRefusal } from '../../../kit/codes/refusals.ts';
import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { changeClient } from '../../rules/clients/change-client.ts';
import { issueClientSecret, MAX_SECRET_DAYS, revokeClientSecret } from '../../rules/clients/client-secrets.ts';
import { MAX_COST_BUDGET } from '../../rules/clients/client-terms.ts';
import { registerClient } from '../../rules/clients/register-client.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { findClients } from '../../store/clients/client-rows.ts';
import { builder, refusalTypes } from '../builder.ts';
import { Client, ClientKind } from './client.ts';

/** What all answers about a client carry. */
export interface OfClient {
  readonly __typename: string;
  readonly clientId: string;
}

export const findClient = async ({ clientId }: OfClient, { store, trace }: SubgraphContext<CatalogStore>) =>
  (await findClients(store, [clientId], trace))[0] ?? null;

export const KEY_DESCRIPTION =
  '幂等键 8 to 128 visible characters; the same key and input give the same answer once more.';

const RegisterClientInput = builder.inputType('RegisterClientInput', {
  description: '接入方登记 Which client to register.',
  fields: (t) => ({
    clientId: t.string({ required: true, description: '接入方代码 3 to 64 lower-case letters, digits, hyphens.' }),
    name: t.string({ required: true, description: '名称 2 to 80 characters.' }),
    kind: t.field({ type: ClientKind, required: true, description: '类型 Kind.' }),
    departmentCode: t.string({ required: true, description: '所属部门代码 Code of its department.' }),
    jurisdictionCodes: t.stringList({ required: true, description: '辖区代码 Codes of 4, 6, 9, 12 or 15 digits.' }),
    rights: t.stringList({ required: true, defaultValue: [], description: '权限代码 Rights that it gets.' }),
    redirectUris: t.stringList({
      required: true,
      defaultValue: [],
      description: '回调地址 Where people who log in are sent back to; none for a system with secrets.',
    }),
    scenarioCodes: t.stringList({
      required: true,
      defaultValue: [],
      description: '可用场景 Scenarios that it may state; none: all that its department may.',
    }),
    costBudgetPerMinute: t.int({
      required: true,
      defaultValue: 1_000_000,
      description: `每分钟代价额度 Cost points per minute, 1 to ${MAX_COST_BUDGET}.`,
    }),
    idempotencyKey: t.string({ required: true, description: KEY_DESCRIPTION }),
  }),
});

const IssueClientSecretInput = builder.inputType('IssueClientSecretInput', {
  description: '签发密钥 For whom, and for how long.',
  fields: (t) => ({
    clientId: t.string({ required: true, description: '接入方代码 Id of the client.' }),
    validDays: t.int({ required: true, defaultValue: 90, description: `有效天数 1 to ${MAX_SECRET_DAYS}.` }),
    idempotencyKey: t.string({ required: true, description: KEY_DESCRIPTION }),
  }),
});

const RevokeClientSecretInput = builder.inputType('RevokeClientSecretInput', {
  description: '撤销密钥 Which secret to end.',
  fields: (t) => ({
    clientId: t.string({ required: true, description: '接入方代码 Id of the client.' }),
    secretId: t.string({ required: true, description: '密钥编号 Id of the secret.' }),
    idempotencyKey: t.string({ required: true, description: KEY_DESCRIPTION }),
  }),
});

const ChangeClientInput = builder.inputType('ChangeClientInput', {
  description: '接入方变更 What is not given stays as it is.',
  fields: (t) => ({
    clientId: t.string({ required: true, description: '接入方代码 Id of the client.' }),
    active: t.boolean({ description: '是否启用 Whether it may call at all.' }),
    trustedOnly: t.boolean({ description: '仅限受信操作 Whether it may run registered documents only.' }),
    costBudgetPerMinute: t.int({ description: `每分钟代价额度 Cost points per minute, 1 to ${MAX_COST_BUDGET}.` }),
    name: t.string({ description: '名称 2 to 80 characters.' }),
    jurisdictionCodes: t.stringList({ description: '辖区代码 The whole list; codes of 4, 6, 9, 12 or 15 digits.' }),
    rights: t.stringList({ description: '权限代码 All its rights from now on.' }),
    scenarioCodes: t.stringList({
      description: '可用场景 All scenarios that it may state from now on; an empty list: all that its department may.',
    }),
    redirectUris: t.stringList({ description: '回调地址 The whole list; of a client at which people log in.' }),
    reason: t.string({ description: '理由 Why, 2 to 200 characters; kept in its history.' }),
    idempotencyKey: t.string({ required: true, description: KEY_DESCRIPTION }),
  }),
});

const RegisterClientSuccess = builder.objectRef<OfClient>('RegisterClientSuccess').implement({
  description: '接入方登记完成 The client was registered.',
  card: GRAPH_CARD,
  fields: (t) => ({
    client: t.field({
      type: Client,
      nullable: true,
      description: '接入方 The client.',
      resolve: (answer, _args, context) => findClient(answer, context),
    }),
  }),
});

const IssueClientSecretSuccess = builder
  .objectRef<OfClient & { secretId: string; secret: string | null; expiresAt: string }>('IssueClientSecretSuccess')
  .implement({
    description: '密钥签发完成 The secret was issued.',
    card: GRAPH_CARD,
    fields: (t) => ({
      secretId: t.exposeString('secretId', { description: '密钥编号 Id to revoke it by.' }),
      secret: t.exposeString('secret', {
        nullable: true,
        description: '密钥 The secret, shown this once; null when the answer is given again.',
      }),
      expiresAt: t.field({
        type: 'DateTime',
        description: '失效时间 When it ends.',
        resolve: ({ expiresAt }) => new Date(expiresAt),
      }),
      client: t.field({
        type: Client,
        nullable: true,
        description: '接入方 The client.',
        resolve: (answer, _args, context) => findClient(answer, context),
      }),
    }),
  });

const ChangeClientSuccess = builder.objectRef<OfClient>('ChangeClientSuccess').implement({
  description: '接入方变更完成 The client was changed.',
  card: GRAPH_CARD,
  fields: (t) => ({
    client: t.field({
      type: Client,
      nullable: true,
      description: '接入方 The client.',
      resolve: (answer, _args, context) => findClient(answer, context),
    }),
  }),
});

const refusals = [refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict] as const;
const resolveType = (value: unknown) => (value as { __typename: string }).__typename;

const RegisterClientPayload = builder.unionType('RegisterClientPayload', {
  description: '接入方登记结果 Done, or why not.',
  types: [RegisterClientSuccess, refusalTypes.InvalidInput, refusalTypes.Conflict],
  resolveType,
});
const IssueClientSecretPayload = builder.unionType('IssueClientSecretPayload', {
  description: '密钥签发结果 Done, or why not.',
  types: [IssueClientSecretSuccess, ...refusals],
  resolveType,
});
export const ChangeClientPayload = builder.unionType('ChangeClientPayload', {
  description: '接入方变更结果 Done, or why not.',
  types: [ChangeClientSuccess, ...refusals],
  resolveType,
});
const WRITE = { right: 'client.write' } as const;

builder.mutationFields((t) => ({
  registerClient: t.field({
    type: RegisterClientPayload,
    nullable: true,
    description: '接入方登记 Registers a client of the graph.',
    card: WRITE,
    args: { input: t.arg({ type: RegisterClientInput, required: true, description: '输入 What to register.' }) },
    resolve: async (_root, { input }, { store, caller, clock }) => {
      const result = await registerClient(store, caller, clock, input);
      return isRefusal(result) ? result : { __typename: 'RegisterClientSuccess', ...result };
    },
  }),
  issueClientSecret: t.field({
    type: IssueClientSecretPayload,
    nullable: true,
    description: '签发密钥 Issues a secret, beside the one in use.',
    card: WRITE,
    args: { input: t.arg({ type: IssueClientSecretInput, required: true, description: '输入 For whom.' }) },
    resolve: async (_root, { input }, { store, caller, clock }) => {
      const result = await issueClientSecret(store, caller, clock, input);
      return isRefusal(result) ? result : { __typename: 'IssueClientSecretSuccess', ...result };
    },
  }),
  revokeClientSecret: t.field({
    type: ChangeClientPayload,
    nullable: true,
    description: '撤销密钥 Ends a secret at once.',
    card: WRITE,
    args: { input: t.arg({ type: RevokeClientSecretInput, required: true, description: '输入 Which one.' }) },
    resolve: async (_root, { input }, { store, caller, clock }) => {
      const result = await revokeClientSecret(store, caller, clock, input);
      return isRefusal(result) ? result : { __typename: 'ChangeClientSuccess', ...result };
    },
  }),
  changeClient: t.field({
    type: ChangeClientPayload,
    nullable: true,
    description:
      '接入方变更 Changes a client’s rights, area, scenarios or limits, or switches it off or on; takes effect within two seconds, whatever tokens are about.',
    card: WRITE,
    args: { input: t.arg({ type: ChangeClientInput, required: true, description: '输入 What to change.' }) },
    resolve: async (_root, { input }, { store, caller, clock }) => {
      const result = await changeClient(store, caller, clock, input);
      return isRefusal(result) ? result : { __typename: 'ChangeClientSuccess', ...result };
    },
  }),
}));
