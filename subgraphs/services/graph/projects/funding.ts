import { pageArguments, pageBelow, rootPage } from '../../../kit/graph/connection.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { requireDivisionCode } from '../../../kit/store/division-filter.ts';
import { setUpFunding } from '../../rules/projects/contract.ts';
import {
  type FundingPurpose,
  type FundingSource,
  fundingPurposes,
  fundingSources,
  purchaseModes,
} from '../../rules/projects/vocabulary.ts';
import { contractsBelow } from '../../store/projects/contract-rows.ts';
import { type FundingSum, fundingList, sumFundings } from '../../store/projects/funding-rows.ts';
import { builder, Department } from '../builder.ts';
import { entityFields } from '../entity-fields.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { plainRefusals } from '../refusal-lists.ts';
import { ContractConnection, Funding, FundingConnection, fundingLoader } from './project-entities.ts';
import { FundingPurposeType, FundingSourceType, MONEY_CARD, PROJECT_CARD, YUAN } from './vocabulary.ts';

Funding.implement({
  description:
    '经费盘子 A year’s money of one source for one purpose; contracts and commissions never take more than it has.',
  card: MONEY_CARD,
  entity: fundingLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    ...entityFields(t, 'Funding'),
    source: t.field({
      type: FundingSourceType,
      description: '资金来源 Where it comes from.',
      resolve: (row) => row.source as FundingSource,
    }),
    purpose: t.field({
      type: FundingPurposeType,
      description: '用途 What it is for.',
      resolve: (row) => row.purpose as FundingPurpose,
    }),
    year: t.exposeInt('year', { description: '年度 Year.' }),
    name: t.string({
      description: '名称（轮次） Its name or round; 待补 while none is known.',
      resolve: ({ name }) => name ?? '待补',
    }),
    divisionCode: t.exposeString('divisionCode', { description: '区划代码 Of which division.' }),
    department: t.field({
      type: Department,
      description: '管理部门 Who holds it.',
      resolve: (row) => ({ code: row.departmentCode }),
    }),
    budgetYuan: t.exposeInt('budgetYuan', {
      nullable: true,
      description: '预算 Its budget; null (待补) where no source gives the amount.',
      card: YUAN,
    }),
    committedYuan: t.exposeInt('committedYuan', {
      description: '已安排 What contracts and commissions have taken.',
      card: { ...YUAN, derivedFrom: 'sum of Contract.amountYuan and CommunityTask.feeYuan' },
    }),
    remainingYuan: t.int({
      nullable: true,
      description: '余额 What is left; null without a known budget.',
      card: { ...YUAN, derivedFrom: 'budgetYuan - committedYuan' },
      resolve: ({ budgetYuan, committedYuan }) => (budgetYuan === null ? null : budgetYuan - committedYuan),
    }),
    contracts: t.field({
      type: ContractConnection,
      description: '合同 Contracts out of it, in the caller’s area.',
      card: PROJECT_CARD,
      args: pageArguments(t.arg),
      resolve: ({ id }, page, context, info) =>
        pageBelow(
          contractsBelow,
          { column: 't.funding_id', cast: 'uuid', key: id },
          page,
          { sort: 'ID', filter: {} },
          context,
          info,
        ),
    }),
  }),
});

interface ShareShape extends FundingSum {
  readonly total: number;
}
const NAMES: Readonly<Record<string, { readonly zh: string }>> = {
  ...fundingSources,
  ...fundingPurposes,
  ...purchaseModes,
};

const FundingShare = builder.objectRef<ShareShape>('FundingShare').implement({
  description: '资金占比 A part of a year’s money.',
  card: { ...MONEY_CARD, derivedFrom: 'sums of Funding and Contract' },
  fields: (t) => ({
    code: t.exposeString('value', { description: '代码 Source, purpose or mode.' }),
    name: t.string({ description: '名称 In Chinese.', resolve: ({ value }) => NAMES[value]?.zh ?? value }),
    yuan: t.exposeFloat('yuan', { description: '金额 Sum of what is known.', card: YUAN }),
    share: t.float({
      nullable: true,
      description: '占比 Of the sum, 0 to 1; null where nothing is known.',
      resolve: ({ yuan, total }) => (total === 0 ? null : yuan / total),
    }),
    count: t.exposeInt('count', { description: '笔数 How many.', card: { unit: '笔 items' } }),
    unknownCount: t.exposeInt('unknown', {
      description: '金额待补笔数 Of them, without a known amount.',
      card: { unit: '笔 items' },
    }),
  }),
});

interface FiguresShape {
  readonly year: number;
  readonly divisionCode: string;
  readonly sums: readonly FundingSum[];
}
const sharesBy = (by: FundingSum['by'], { sums }: FiguresShape): ShareShape[] => {
  const own = sums.filter((sum) => sum.by === by);
  const total = own.reduce((all, { yuan }) => all + yuan, 0);
  return own.map((sum) => ({ ...sum, total }));
};

const FundingFigures = builder.objectRef<FiguresShape>('FundingFigures').implement({
  description: '资金构成 A division’s money of a year and what it is made of.',
  card: { ...MONEY_CARD, derivedFrom: 'sums of Funding and Contract' },
  fields: (t) => ({
    year: t.exposeInt('year', { description: '年度 Year.' }),
    divisionCode: t.exposeString('divisionCode', { description: '区划代码 Division.' }),
    totalYuan: t.float({
      description: '总额 Sum of the budgets that are known.',
      card: YUAN,
      resolve: (figures) => sharesBy('SOURCE', figures).reduce((sum, { yuan }) => sum + yuan, 0),
    }),
    bySource: t.field({
      type: [FundingShare],
      description: '按来源 By source.',
      resolve: (figures) => sharesBy('SOURCE', figures),
    }),
    byPurpose: t.field({
      type: [FundingShare],
      description: '按用途 By purpose.',
      resolve: (figures) => sharesBy('PURPOSE', figures),
    }),
    byPurchaseMode: t.field({
      type: [FundingShare],
      description: '购买服务按方式 Purchases by mode, special or comprehensive.',
      resolve: (figures) => sharesBy('MODE', figures),
    }),
  }),
});

const FundingFilter = builder.inputType('FundingFilter', {
  description: '经费筛选 Which money; all given conditions hold together.',
  fields: (t) => ({
    divisionCode: t.string({ description: '区划代码 Of this very division.' }),
    source: t.field({ type: FundingSourceType, description: '来源 Of this source.' }),
    year: t.int({ description: '年度 Of this year.' }),
  }),
});

builder.queryFields((t) => ({
  fundings: t.field({
    type: FundingConnection,
    description: '经费盘子 Money by year, the newest first.',
    args: { ...pageArguments(t.arg), filter: t.arg({ type: FundingFilter, description: '筛选 Which.' }) },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(fundingList, page, { sort: 'YEAR', filter: { ...filter } }, context, info),
  }),
  fundingFigures: t.field({
    type: FundingFigures,
    nullable: true,
    description: '资金构成 A division’s own money of a year: total and shares.',
    args: {
      year: t.arg.int({ required: true, description: '年度 Year.' }),
      divisionCode: t.arg.string({ required: true, description: '区划代码 4, 6, 9 or 12 digits.' }),
    },
    resolve: async (_root, { year, divisionCode }, { store, trace }) => {
      const code = requireDivisionCode('divisionCode', divisionCode, [4, 6, 9, 12]);
      return { year, divisionCode: code, sums: await sumFundings(store, year, code, trace) };
    },
  }),
}));

defineMutation(builder, {
  name: 'setUpFunding',
  description: '设立经费 Sets up a year’s money of the caller’s department.',
  card: { source: 'civil-affairs', right: 'funding.write' },
  input: builder.inputType('SetUpFundingInput', {
    description: '经费 How much, from where, for what.',
    fields: (t) => ({
      source: t.field({ type: FundingSourceType, required: true, description: '来源 Where it comes from.' }),
      purpose: t.field({ type: FundingPurposeType, required: true, description: '用途 What for.' }),
      year: t.int({ required: true, description: '年度 2000 to 2100.' }),
      name: t.string({ required: true, description: '名称（轮次） 2 to 80 characters.' }),
      divisionCode: t.string({ required: true, description: '区划代码 In the caller’s area.' }),
      budgetYuan: t.int({ required: true, description: '预算 In yuan.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => setUpFunding(context, input),
  result: {
    field: 'funding',
    type: Funding,
    description: '经费 The money.',
    load: ({ fundingId }, context) => fundingLoader.load(fundingId, context),
  },
});
