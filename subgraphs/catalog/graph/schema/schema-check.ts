import { departmentName } from '../../../kit/codes/departments.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import type { LintFinding } from '../../../kit/schema-check/schema-judgement.ts';
import { type CheckedChange, checkSchema, type SchemaCheck } from '../../rules/schema/check-schema.ts';
import { schemaCheckText } from '../../rules/schema/schema-check-text.ts';
import type { ClientUse } from '../../store/schema/schema-use.ts';
import { builder, Department } from '../builder.ts';

/** How the graph is used tells about its users: for stewards. */
const CHECK_CARD: DataCard = {
  source: 'data-authority',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'REALTIME',
};

export const SchemaVerdict = builder.enumType('SchemaVerdict', {
  description: '评审结论 What a schema check came to.',
  values: {
    PASSED: { description: '通过 May land.' },
    FAILED: { description: '不通过 Must not land as it is.' },
  },
});

const SchemaChangeLevel = builder.enumType('SchemaChangeLevel', {
  description: '变更等级 What a change does to existing documents.',
  values: {
    BREAKING: { description: '破坏性 Documents stop working.' },
    DANGEROUS: { description: '有风险 Documents work and may mean something else.' },
    SAFE: { description: '安全 Documents do not notice.' },
  },
});

export const SchemaClientUse = builder.objectRef<ClientUse>('SchemaClientUse').implement({
  description: '受影响的接入方 A client that ran what a change touches, within the last year.',
  card: CHECK_CARD,
  fields: (t) => ({
    clientId: t.exposeString('clientId', { description: '接入方代码 Id of the client.' }),
    clientName: t.exposeString('clientName', { nullable: true, description: '接入方名称 Its name.' }),
    departmentCode: t.exposeString('departmentCode', { nullable: true, description: '部门代码 Its department.' }),
    departmentName: t.string({
      nullable: true,
      description: '部门名称 That department in Chinese.',
      resolve: ({ departmentCode: code }) => (code === null ? null : departmentName(code).zh),
    }),
    operationCount: t.exposeInt('operationCount', {
      description: '操作数 Different operations of it.',
      card: { unit: '个 operations' },
    }),
    requestCount: t.exposeFloat('requestCount', {
      description: '请求数 Requests within the year.',
      card: { unit: '次 requests' },
    }),
    lastSeenAt: t.expose('lastSeenAt', { type: 'DateTime', description: '最近使用 When it last did.' }),
    acknowledgedAt: t.expose('acknowledgedAt', {
      type: 'DateTime',
      nullable: true,
      description: '知悉时间 When it said that it does without what goes.',
    }),
    operationNames: t.stringList({
      description: '操作名 Names of some of the operations.',
      resolve: ({ operationNames }) => [...operationNames],
    }),
  }),
});

export const SchemaChange = builder.objectRef<CheckedChange>('SchemaChange').implement({
  description: '图谱变更 One difference between the graph as it is and as it would be.',
  card: CHECK_CARD,
  fields: (t) => ({
    kind: t.exposeString('kind', { description: '变更类型 Kind, for example FIELD_REMOVED.' }),
    coordinate: t.exposeString('coordinate', { description: '坐标 Type.field, Type.field(argument:), Enum.VALUE.' }),
    level: t.field({ type: SchemaChangeLevel, description: '等级 How grave it is.', resolve: ({ level }) => level }),
    messageZh: t.exposeString('messageZh', { description: '中文说明 What changes, in Chinese.' }),
    messageEn: t.exposeString('messageEn', { description: '英文说明 What changes, in English.' }),
    ownerCode: t.exposeString('sourceDepartment', {
      nullable: true,
      description: '数源部门代码 Department that owns it; null where it only exists on the graph.',
    }),
    removalOn: t.field({
      type: 'LocalDate',
      nullable: true,
      description: '约定移除日期 Day on which it was announced to go.',
      resolve: ({ removalOn }) => removalOn,
    }),
    usedBy: t.field({
      type: [SchemaClientUse],
      description: '受影响的接入方 Who used it within the last year, the latest first; empty for safe changes.',
      resolve: ({ usedBy }) => [...usedBy],
    }),
  }),
});

const SchemaLintFinding = builder.objectRef<LintFinding>('SchemaLintFinding').implement({
  description: '规范问题 A rule that a changed part breaks.',
  card: CHECK_CARD,
  fields: (t) => ({
    rule: t.exposeString('rule', {
      description: '规则 name, name-pinyin, description, card, unit, deprecation, removal or source.',
    }),
    coordinate: t.exposeString('coordinate', { description: '坐标 The part to mend.' }),
    messageZh: t.exposeString('messageZh', { description: '中文说明 What is wrong, in Chinese.' }),
    messageEn: t.exposeString('messageEn', { description: '英文说明 What is wrong, in English.' }),
  }),
});

export const SchemaCheckType = builder.objectRef<SchemaCheck>('SchemaCheck').implement({
  description: '图谱变更评审 What a change of contracts would do.',
  card: CHECK_CARD,
  fields: (t) => ({
    verdict: t.field({ type: SchemaVerdict, description: '结论 Whether it may land.', resolve: (c) => c.verdict }),
    checkedAt: t.expose('checkedAt', { type: 'DateTime', description: '评审时间 When.' }),
    composes: t.boolean({
      description: '可否合成 Whether the contracts still fit together.',
      resolve: ({ compositionFindings }) => compositionFindings.length === 0,
    }),
    compositionFindings: t.stringList({
      description: '合成问题 Why they do not compose.',
      resolve: ({ compositionFindings }) => [...compositionFindings],
    }),
    changes: t.field({
      type: [SchemaChange],
      description: '变更 The gravest first; at most 400 grave and 200 safe ones.',
      resolve: ({ changes }) => [...changes],
    }),
    breakingCount: t.int({
      description: '破坏性变更数 Breaking changes.',
      card: { unit: '项 changes' },
      resolve: ({ changeCounts }) => changeCounts.BREAKING,
    }),
    dangerousCount: t.int({
      description: '有风险变更数 Dangerous changes.',
      card: { unit: '项 changes' },
      resolve: ({ changeCounts }) => changeCounts.DANGEROUS,
    }),
    safeCount: t.int({
      description: '安全变更数 Safe changes.',
      card: { unit: '项 changes' },
      resolve: ({ changeCounts }) => changeCounts.SAFE,
    }),
    lint: t.field({
      type: [SchemaLintFinding],
      description: '规范问题 Rules that the changed parts break.',
      resolve: ({ lint }) => [...lint],
    }),
    owners: t.field({
      type: [Department],
      description: '须会签部门 Departments that own what changes.',
      resolve: ({ owners }) => owners.map((code) => ({ code })),
    }),
    documentCount: t.exposeInt('documentCount', {
      description: '对照的操作数 Recorded documents that the changes were held against.',
      card: { unit: '个 documents' },
    }),
    since: t.expose('since', { type: 'LocalDate', description: '对照起始日 First day of the record that counted.' }),
    text: t.string({ description: '一页纸 The whole verdict as one page of plain text.', resolve: schemaCheckText }),
  }),
});

export const ProposedContractInput = builder.inputType('ProposedContractInput', {
  description: '拟议契约 A subgraph’s contract as it is to be. Give sdl or sdlGzipBase64.',
  fields: (t) => ({
    subgraph: t.string({ required: true, description: '子图 Its name; a new name joins the graph.' }),
    sdl: t.string({ description: '契约原文 The contract in SDL.' }),
    sdlGzipBase64: t.string({ description: '压缩的契约 The same, gzip-compressed, as base64.' }),
  }),
});

builder.queryFields((t) => ({
  schemaCheck: t.field({
    type: SchemaCheckType,
    nullable: true,
    description: '图谱变更评审 Judges contracts before they land: do they compose, what breaks, for whom.',
    card: { ...CHECK_CARD, right: 'catalog.steward' },
    args: {
      contracts: t.arg({ type: [ProposedContractInput], required: true, description: '拟议契约 What would change.' }),
      contract: t.arg.string({ description: '契约变体 Judge what the clients of this contract would see.' }),
    },
    resolve: (_root, { contract, contracts }, { store, clock, trace }) =>
      checkSchema(store, clock, contracts, trace, contract),
  }),
}));
