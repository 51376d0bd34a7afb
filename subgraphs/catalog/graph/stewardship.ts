import { defineConnection, pageArguments, pageBelow, rootPage } from '../../kit/graph/connection.ts';
import type { DataCard } from '../../kit/graph/data-card.ts';
import {
  type FieldUsageRow,
  fieldUsageList,
  type OperationUsageRow,
  operationUsageList,
  type RecordedOperationRow,
  recordedOperationList,
  type SchemaVersionRow,
  schemaVersionList,
} from '../store/stewardship-rows.ts';
import { builder, PageInfo } from './builder.ts';
import { DataField } from './entities.ts';

/** How the graph is used tells about its users: for stewards. */
const STEWARD_CARD: DataCard = {
  source: 'data-authority',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'REALTIME',
};
const STEWARDS_ONLY = { ...STEWARD_CARD, right: 'catalog.steward' } as const;

const OperationUsage = builder.objectRef<OperationUsageRow>('OperationUsage');
const OperationUsageConnection = defineConnection(builder, 'OperationUsage', OperationUsage, PageInfo);
OperationUsage.implement({
  description: '操作用量 Use of an operation by one client on one day.',
  card: STEWARD_CARD,
  fields: (t) => ({
    clientId: t.exposeString('clientId', { description: '接入方 Client.' }),
    day: t.expose('day', { type: 'LocalDate', description: '日期 Day.' }),
    requestCount: t.exposeFloat('requestCount', { description: '请求数 Requests.', card: { unit: '次 requests' } }),
    errorCount: t.exposeFloat('errorCount', {
      description: '含错误的请求数 Requests answered with an error.',
      card: { unit: '次 requests' },
    }),
    lastSeenAt: t.expose('lastSeenAt', { type: 'DateTime', description: '最近一次 Last time.' }),
  }),
});

const RecordedOperation = builder.objectRef<RecordedOperationRow>('RecordedOperation');
const RecordedOperationConnection = defineConnection(builder, 'RecordedOperation', RecordedOperation, PageInfo);
RecordedOperation.implement({
  description: '操作登记 An operation that was seen, without any value.',
  card: STEWARD_CARD,
  fields: (t) => ({
    hash: t.exposeString('hash', { description: '指纹 SHA-256 of the normalised document.' }),
    name: t.exposeString('name', { nullable: true, description: '操作名 Name in the document.' }),
    operationType: t.exposeString('operationType', { description: '操作类型 query, mutation or subscription.' }),
    document: t.exposeString('document', { description: '文档 The document with its literals taken out.' }),
    coordinates: t.exposeStringList('coordinates', { description: '字段坐标 Fields it touches.' }),
    firstSeenAt: t.expose('firstSeenAt', { type: 'DateTime', description: '首次出现 First seen.' }),
    lastSeenAt: t.expose('lastSeenAt', { type: 'DateTime', description: '最近出现 Last seen.' }),
    usage: t.field({
      type: OperationUsageConnection,
      description: '用量 Use by client and day, newest first.',
      args: pageArguments(t.arg),
      resolve: (operation, page, context, info) =>
        pageBelow(
          operationUsageList,
          { column: 't.operation_hash', cast: 'text', key: operation.hash },
          page,
          { sort: 'DAY', filter: {} },
          context,
          info,
        ),
    }),
  }),
});

const FieldUsage = builder.objectRef<FieldUsageRow>('FieldUsage');
const FieldUsageConnection = defineConnection(builder, 'FieldUsage', FieldUsage, PageInfo);
FieldUsage.implement({
  description: '字段用量 Use of a field by one client on one day.',
  card: STEWARD_CARD,
  fields: (t) => ({
    clientId: t.exposeString('clientId', { description: '接入方 Client.' }),
    day: t.expose('day', { type: 'LocalDate', description: '日期 Day.' }),
    requestCount: t.exposeFloat('requestCount', { description: '请求数 Requests.', card: { unit: '次 requests' } }),
    lastSeenAt: t.expose('lastSeenAt', { type: 'DateTime', description: '最近一次 Last time.' }),
  }),
});

builder.objectField(DataField, 'usage', (t) =>
  t.field({
    type: FieldUsageConnection,
    nullable: true,
    description: '用量 Use by client and day, newest first.',
    card: STEWARDS_ONLY,
    args: pageArguments(t.arg),
    resolve: (field, page, context, info) =>
      pageBelow(
        fieldUsageList,
        { column: 't.coordinate', cast: 'text', key: field.coordinate },
        page,
        { sort: 'DAY', filter: {} },
        context,
        info,
      ),
  }),
);

const SchemaVersion = builder.objectRef<SchemaVersionRow>('SchemaVersion');
const SchemaVersionConnection = defineConnection(builder, 'SchemaVersion', SchemaVersion, PageInfo);
SchemaVersion.implement({
  description: '图谱版本 A schema as it was published.',
  card: STEWARD_CARD,
  fields: (t) => ({
    graph: t.exposeString('graph', { description: '图谱 Name of the subgraph, or supergraph.' }),
    hash: t.exposeString('hash', { description: '指纹 SHA-256 of the SDL.' }),
    sdl: t.exposeString('sdl', { description: 'SDL 原文 The schema itself.' }),
    publishedAt: t.expose('publishedAt', { type: 'DateTime', description: '发布时间 When it went live.' }),
  }),
});

builder.queryFields((t) => ({
  recordedOperations: t.field({
    type: RecordedOperationConnection,
    nullable: true,
    description: '操作登记列表 Operations that were seen.',
    card: STEWARDS_ONLY,
    args: {
      ...pageArguments(t.arg),
      coordinate: t.arg.string({ description: '坐标 Only those that touch this field, Type.field.' }),
    },
    resolve: (_root, { coordinate, ...page }, context, info) =>
      rootPage(recordedOperationList, page, { sort: 'HASH', filter: { coordinate } }, context, info),
  }),
  schemaVersions: t.field({
    type: SchemaVersionConnection,
    nullable: true,
    description: '图谱版本列表 Published schemas, newest first.',
    card: STEWARDS_ONLY,
    args: {
      ...pageArguments(t.arg),
      graph: t.arg.string({ description: '图谱 Only this subgraph, or supergraph.' }),
    },
    resolve: (_root, { graph, ...page }, context, info) =>
      rootPage(schemaVersionList, page, { sort: 'PUBLISHED_AT', filter: { graph } }, context, info),
  }),
}));
