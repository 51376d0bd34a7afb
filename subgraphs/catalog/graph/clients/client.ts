import { isRightCode, rights } from '../../../kit/codes/rights.ts';
import { defineConnection, pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
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
