import { isRightCode, rights } from '../../../kit/codes/rights.ts';
import { defineConnection, pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import {
  type ClientChangeRow,
  type ClientItemChange as ClientItemChangeShape,
  type clientChangeKinds,
  findChangesOfClients,
} from '../../store/clients/client-change-rows.ts';
import { type ClientRow, clientList, findClients } from '../../store/clients/client-rows.ts';
import { type ClientSecretRow, findLiveSecrets } from '../../store/clients/client-secret-rows.ts';
import { builder, PageInfo } from '../builder.ts';

const CLIENT_CARD: DataCard = {
  source: 'data-authority',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'ON_CHANGE',
};
const STEWARDS_ONLY = { ...CLIENT_CARD, right: 'catalog.steward' } as const;

export const ClientKind = builder.enumType('ClientKind', {
  description: '接入方类型 Kind of a client.',
  values: {
    SYSTEM: { description: '部门系统 A department’s system.' },
    APPLICATION: { description: '应用 An application that people use.' },
    STEWARD: { description: '数据专员 A tool of the data stewards.' },
  },
});

const ClientSecret = builder.objectRef<ClientSecretRow>('ClientSecret').implement({
  description: '接入方密钥 A live secret of a client; the secret itself is kept nowhere.',
  card: CLIENT_CARD,
  fields: (t) => ({
    secretId: t.exposeString('id', { description: '密钥编号 Id to revoke it by.' }),
    issuedAt: t.expose('issuedAt', { type: 'DateTime', description: '签发时间 When it was issued.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: '失效时间 When it ends.' }),
  }),
});

const ClientChangeKind = builder.enumType('ClientChangeKind', {
  description: '接入方变更种类 What was done to a client.',
  values: {
    REGISTERED: { description: '登记 It was registered.' },
    CHANGED: { description: '变更 Its terms were changed.' },
    SECRET_ISSUED: { description: '签发密钥 A secret was issued.' },
    SECRET_REVOKED: { description: '撤销密钥 A secret was ended.' },
    OPERATIONS_TRUSTED: { description: '受信操作登记 Documents were registered.' },
    OPERATIONS_RETIRED: { description: '受信清单停用 A version of a scenario was ended.' },
  } satisfies Record<(typeof clientChangeKinds)[number], { description: string }>,
});

const ClientItemChange = builder.objectRef<ClientItemChangeShape>('ClientItemChange').implement({
  description: '接入方变更项 One item of a client before and after; lists are separated by spaces.',
  card: CLIENT_CARD,
  fields: (t) => ({
    item: t.exposeString('item', { description: '项目 Name of the item, as in `Client`.' }),
    before: t.exposeString('before', { nullable: true, description: '变更前 Before; null where there was none.' }),
    after: t.exposeString('after', { nullable: true, description: '变更后 Afterwards.' }),
  }),
});

const ClientChange = builder.objectRef<ClientChangeRow>('ClientChange').implement({
  description: '接入方变更记录 Who did what to a client, when and why.',
  card: CLIENT_CARD,
  fields: (t) => ({
    kind: t.field({ type: ClientChangeKind, description: '种类 What was done.', resolve: ({ kind }) => kind }),
    changedAt: t.expose('changedAt', { type: 'DateTime', description: '时间 When.' }),
    changedByClientId: t.exposeString('changedBy', { description: '办理接入方 Client that did it.' }),
    departmentCode: t.exposeString('departmentCode', { description: '办理部门代码 Code of its department.' }),
    reason: t.exposeString('reason', { nullable: true, description: '理由 Why; null where none was given.' }),
    items: t.field({
      type: [ClientItemChange],
      description: '变更项 What is different since.',
      resolve: ({ items }) => [...items],
    }),
  }),
});

export const Client = builder.objectRef<ClientRow>('Client');
Client.implement({
  description: '接入方 Who may call the graph, for which area, with which rights.',
  card: CLIENT_CARD,
  fields: (t) => ({
    clientId: t.exposeString('id', { description: '接入方代码 Id of the client.' }),
    name: t.exposeString('name', { description: '名称 Name.' }),
    kind: t.field({ type: ClientKind, description: '类型 Kind.', resolve: ({ kind }) => kind }),
    departmentCode: t.exposeString('departmentCode', { description: '所属部门代码 Code of its department.' }),
    jurisdictionCodes: t.stringList({
      description: '辖区代码 Division or grid codes whose rows it may see.',
      resolve: ({ jurisdictionCodes }) => [...jurisdictionCodes],
    }),
    rights: t.stringList({ description: '权限代码 Its rights.', resolve: (client) => [...client.rights] }),
    rightNames: t.stringList({
      description: '权限名称 Their names in Chinese.',
      resolve: (client) => client.rights.map((right) => (isRightCode(right) ? rights[right].zh : right)),
    }),
    costBudgetPerMinute: t.exposeInt('costBudgetPerMinute', {
      description: '每分钟代价额度 Cost points that it may spend.',
      card: { unit: '点/分钟 points per minute' },
    }),
    active: t.exposeBoolean('active', { description: '是否启用 Whether it may call at all.' }),
    trustedOnly: t.exposeBoolean('trustedOnly', {
      description: '仅限受信操作 Whether it may run registered documents only.',
    }),
    redirectUris: t.stringList({
      description: '回调地址 Where people who log in at it are sent back to; empty for one with secrets.',
      resolve: ({ redirectUris }) => [...redirectUris],
    }),
    scenarioCodes: t.stringList({
      description: '可用场景 Scenarios that it may state; empty: all that its department may.',
      resolve: ({ scenarioCodes }) => [...scenarioCodes],
    }),
    history: t.field({
      type: [ClientChange],
      description: '变更记录 What was done to it, the newest first; 100 at most.',
      resolve: ({ id }, _args, { store, trace, loaders }) =>
        loaders.get<ClientChangeRow[]>('clientChanges', (ids) => findChangesOfClients(store, ids, trace)).load(id),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: '登记时间 When it was registered.' }),
    liveSecrets: t.field({
      type: [ClientSecret],
      description: '有效密钥 Its live secrets, the newest first; two at most.',
      resolve: ({ id }, _args, { store, trace, loaders }) =>
        loaders
          .get<ClientSecretRow[]>('clientSecrets', (ids) => findLiveSecrets(store, ids, new Date(), trace))
          .load(id),
    }),
  }),
});

const ClientConnection = defineConnection(builder, 'Client', Client, PageInfo);

builder.queryFields((t) => ({
  client: t.field({
    type: Client,
    nullable: true,
    description: '按代码查接入方 A client by its id.',
    card: STEWARDS_ONLY,
    args: { clientId: t.arg.string({ required: true, description: '接入方代码 Id of the client.' }) },
    resolve: async (_root, { clientId }, { store, trace }) => (await findClients(store, [clientId], trace))[0] ?? null,
  }),
  clients: t.field({
    type: ClientConnection,
    nullable: true,
    description: '接入方列表 Clients by id.',
    card: STEWARDS_ONLY,
    args: pageArguments(t.arg),
    resolve: (_root, page, context, info) => rootPage(clientList, page, { sort: 'ID', filter: {} }, context, info),
  }),
}));
