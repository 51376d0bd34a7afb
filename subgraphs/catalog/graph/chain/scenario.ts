import { departmentName } from '../../../kit/codes/departments.ts';
import { isRefusal, type Refusal } from '../../../kit/codes/refusals.ts';
import { defineConnection, pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { GRAPH_CARD, KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { describeScenario, type ScenarioDescribed } from '../../rules/chain/describe-scenario.ts';
import {
  findOperationsOfScenarios,
  findScenarios,
  type OperationDocumentRow,
  type ScenarioRow,
  scenarioList,
} from '../../store/chain/scenario-rows.ts';
import { builder, PageInfo, Provenance, refusalTypes } from '../builder.ts';
import { CATALOG_CARD } from '../entities.ts';

const OperationDocument = builder.objectRef<OperationDocumentRow>('OperationDocument').implement({
  description: '操作文档 An operation document that this hub ships: example, test and trusted document at once.',
  card: CATALOG_CARD,
  fields: (t) => ({
    name: t.exposeString('name', { description: '名称 Name of its file.' }),
    title: t.exposeString('title', { description: '标题 Title in both languages.' }),
    articleRows: t.exposeStringList('articleRows', { description: '行号 Rows of the domain register that it proves.' }),
    document: t.exposeString('document', { description: '文档 The GraphQL document.' }),
  }),
});

const Scenario = builder.objectRef<ScenarioRow>('Scenario');
const ScenarioConnection = defineConnection(builder, 'Scenario', Scenario, PageInfo);

Scenario.implement({
  description: '应用场景 One of the city’s digital scenarios.',
  card: CATALOG_CARD,
  fields: (t) => ({
    code: t.exposeString('code', { description: '场景代码 Stable code.' }),
    ordinal: t.exposeInt('ordinal', { description: '序号 Place in the city’s list.', card: { unit: '位 place' } }),
    name: t.exposeString('name', { nullable: true, description: '名称 Name; null while it is pending.' }),
    displayName: t.string({
      description: '显示名称 Its name, or 待补 while the sources give none.',
      card: { derivedFrom: 'name or 待补' },
      resolve: ({ name }) => name ?? '待补',
    }),
    departmentName: t.string({
      nullable: true,
      description: '牵头部门 Department that owns it.',
      resolve: ({ departmentCode }) => (departmentCode === null ? null : departmentName(departmentCode).zh),
    }),
    articleRows: t.exposeStringList('articleRows', {
      description: '出处行号 Rows of the domain register that name it.',
    }),
    operations: t.field({
      type: [OperationDocument],
      description: '操作文档 Operation documents that serve it.',
      card: KEY_CARD,
      resolve: ({ code }, _args, { store, trace, loaders }) =>
        loaders
          .get<OperationDocumentRow[]>('operationsOfScenario', (codes) =>
            findOperationsOfScenarios(store, codes, trace),
          )
          .load(code),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Who described it last.',
      card: KEY_CARD,
      resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
    }),
  }),
});

builder.queryField('scenarios', (t) =>
  t.field({
    type: ScenarioConnection,
    description: '应用场景列表 The city’s scenarios in their order.',
    args: {
      ...pageArguments(t.arg),
      namePending: t.arg.boolean({ description: '名称待补 true: only those without a name; false: only named ones.' }),
    },
    resolve: (_root, { namePending, ...page }, context, info) =>
      rootPage(scenarioList, page, { sort: 'ORDINAL', filter: { namePending } }, context, info),
  }),
);

const DescribeScenarioInput = builder.inputType('DescribeScenarioInput', {
  description: '场景登记 What a scenario is called, who owns it, what serves it.',
  fields: (t) => ({
    code: t.string({ required: true, description: '场景代码 Code of the scenario.' }),
    name: t.string({ required: true, description: '名称 2 to 40 characters.' }),
    departmentCode: t.string({ required: true, description: '牵头部门代码 Code of its owner.' }),
    operationNames: t.stringList({ required: true, description: '操作文档 Names of the documents that serve it.' }),
    idempotencyKey: t.string({
      required: true,
      description: '幂等键 8 to 128 visible characters; the same key and input give the same answer once more.',
    }),
  }),
});

const DescribeScenarioSuccess = builder
  .objectRef<ScenarioDescribed & { __typename: 'DescribeScenarioSuccess' }>('DescribeScenarioSuccess')
  .implement({
    description: '场景登记完成 The scenario was described.',
    card: GRAPH_CARD,
    fields: (t) => ({
      scenario: t.field({
        type: Scenario,
        nullable: true,
        description: '应用场景 The scenario.',
        resolve: async ({ code }, _args, { store, trace }) => (await findScenarios(store, [code], trace))[0] ?? null,
      }),
    }),
  });

const DescribeScenarioPayload = builder.unionType('DescribeScenarioPayload', {
  description: '场景登记结果 Done, or why not.',
  types: [DescribeScenarioSuccess, refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
  resolveType: (value) => (value as { __typename: string }).__typename,
});

builder.mutationField('describeScenario', (t) =>
  t.field({
    type: DescribeScenarioPayload,
    nullable: true,
    description: '场景登记 Fills in a scenario’s name, owner and operation documents.',
    card: { right: 'catalog.steward' },
    args: { input: t.arg({ type: DescribeScenarioInput, required: true, description: '输入 What to fill in.' }) },
    resolve: async (_root, { input }, { store, caller, clock }) => {
      const result: ScenarioDescribed | Refusal = await describeScenario(store, caller, clock, input);
      return isRefusal(result) ? result : { __typename: 'DescribeScenarioSuccess' as const, ...result };
    },
  }),
);
