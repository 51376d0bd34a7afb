import { findCodeKey, globalId } from '../../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { type DataCard, KEY_CARD } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { coversCode } from '../../../kit/store/place-scope.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import {
  type BurdenKind,
  type BurdenState,
  burdenKinds,
  burdenMachine,
  clearBurdenItem,
  registerBurdenItem,
} from '../../rules/burden/burden-item.ts';
import { type BurdenFigures, burdenList, findBurdenFigures } from '../../store/burden/burden-rows.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder, Community, Deadline, Department } from '../builder.ts';
import { communityField, entityFields, machineFields } from '../entity-fields.ts';
import { termOf } from '../governance-rule.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { eventEnum, stateEnum } from '../machine-events.ts';
import { namedEnum } from '../named-enum.ts';
import { plainRefusals, stepRefusals } from '../refusal-lists.ts';
import { BurdenItem, BurdenItemConnection, burdenItemLoader } from './burden-entities.ts';

const BURDEN_CARD: DataCard = {
  source: 'civil-affairs',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'ON_CHANGE',
};
const BurdenKindType = namedEnum('BurdenKind', '负担种类 What burdens a community.', burdenKinds);
const BurdenStateType = stateEnum('BurdenState', burdenMachine);

BurdenItem.implement({
  description:
    '减负清理事项 An inspection, an appraisal, a temporary body: kept on a legal basis, merged, or cleared away.',
  card: BURDEN_CARD,
  entity: burdenItemLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    ...entityFields(t, 'BurdenItem'),
    ...machineFields(t, burdenMachine, (row, { caller }) =>
      burdenMachine.availableTransitions(row.state as BurdenState, caller, { hasBasis: row.legalBasis !== null }),
    ),
    kind: t.field({ type: BurdenKindType, description: '种类 Kind.', resolve: (row) => row.kind as BurdenKind }),
    title: t.exposeString('title', { description: '名称 What it is.' }),
    department: t.field({
      type: Department,
      description: '设立部门 Who set it up.',
      resolve: (row) => ({ code: row.departmentCode }),
    }),
    legalBasis: t.exposeString('legalBasis', {
      nullable: true,
      description: '依据 Law and article; null without one.',
    }),
    state: t.field({
      type: BurdenStateType,
      description: '清理结果 What became of it.',
      resolve: (row) => row.state as BurdenState,
    }),
    mergedInto: t.field({
      type: BurdenItem,
      nullable: true,
      description: '并入事项 The item that it went into.',
      card: KEY_CARD,
      resolve: ({ mergedIntoId: id }, _args, context) =>
        id === null ? null : burdenItemLoader.load(globalId('BurdenItem', id), context),
    }),
    registeredOn: t.expose('registeredOn', { type: 'LocalDate', description: '登记日期 When it was registered.' }),
    reviewDeadline: t.field({
      type: Deadline,
      nullable: true,
      description: '审核期限 Until when it is reviewed; null once it was.',
      resolve: (row, _args, context) =>
        burdenMachine.isTerminal(row.state as BurdenState) ? null : termOf('BURDEN_REVIEW', row.registeredOn, context),
    }),
    community: communityField(t),
  }),
});

const COUNT = { unit: '项 items', derivedFrom: 'counts of CommunityTask, BurdenItem and Inspection' } as const;
const CommunityBurden = builder.objectRef<BurdenFigures>('CommunityBurden').implement({
  description: '社区负担 What a community carries, and what was cleared away.',
  card: BURDEN_CARD,
  fields: (t) => ({
    listTaskCount: t.exposeInt('listTasks', { description: '清单内交办 Tasks on the list.', card: COUNT }),
    commissionedTaskCount: t.exposeInt('commissionedTasks', {
      description: '付费委托 Commissioned tasks.',
      card: COUNT,
    }),
    returnedTaskCount: t.exposeInt('returnedTasks', { description: '退回事项 Tasks that were returned.', card: COUNT }),
    registeredCount: t.exposeInt('registered', {
      description: '登记的负担 Items registered, before clearing.',
      card: COUNT,
    }),
    keptCount: t.exposeInt('kept', { description: '保留 Items kept.', card: COUNT }),
    mergedCount: t.exposeInt('merged', { description: '合并 Items merged.', card: COUNT }),
    clearedCount: t.exposeInt('cleared', { description: '取消 Items cleared away.', card: COUNT }),
    inspectionVisitCount: t.exposeInt('inspectionVisits', {
      description: '检查上门次数 Joint visits, planned and done.',
      card: { ...COUNT, unit: '次 visits' },
    }),
  }),
});

builder.objectField(Community, 'burden', (t) =>
  t.field({
    type: CommunityBurden,
    nullable: true,
    description: '社区负担 What the community carries; null outside the caller’s area.',
    card: BURDEN_CARD,
    resolve: ({ id }, _args, context) => {
      const code = findCodeKey('Community', 12, id);
      if (code === undefined || !coversCode(context.caller, code)) return null;
      return context.loaders
        .get<BurdenFigures | null>('community:burden', (codes) =>
          findBurdenFigures(context.store, codes, context.trace),
        )
        .load(code);
    },
  }),
);

const BurdenFilter = builder.inputType('BurdenItemFilter', {
  description: '减负筛选 Which items; all given conditions hold together.',
  fields: (t) => ({
    kind: t.field({ type: BurdenKindType, description: '种类 Of this kind.' }),
    state: t.field({ type: BurdenStateType, description: '结果 In this state.' }),
    divisionCode: t.string({ description: '区划代码 4, 6, 9 or 12 digits.' }),
  }),
});

builder.queryField('burdenItems', (t) =>
  t.field({
    type: BurdenItemConnection,
    description: '减负清理事项 Items in the caller’s area, the newest first.',
    args: { ...pageArguments(t.arg), filter: t.arg({ type: BurdenFilter, description: '筛选 Which ones.' }) },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(burdenList, page, { sort: 'REGISTERED_ON', filter: { ...filter } }, context, info),
  }),
);

const result = {
  field: 'item',
  type: BurdenItem,
  description: '事项 The item as it stands now.',
  load: ({ burdenItemId }: { burdenItemId: string }, context: SubgraphContext<ServicesStore>) =>
    burdenItemLoader.load(burdenItemId, context),
};

defineMutation(builder, {
  name: 'registerBurdenItem',
  description: '登记负担 Registers what the caller’s department burdens a community with.',
  card: { source: 'civil-affairs', right: 'burden.write' },
  input: builder.inputType('RegisterBurdenItemInput', {
    description: '登记 What, where, on which basis.',
    fields: (t) => ({
      communityId: t.id({
        references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
        required: true,
        description: '社区 The community, inside the caller’s area.',
      }),
      kind: t.field({ type: BurdenKindType, required: true, description: '种类 Kind.' }),
      title: t.string({ required: true, description: '名称 2 to 120 characters.' }),
      legalBasis: t.string({
        description: '依据 Law and article, 4 to 300 characters; without one it cannot be kept.',
      }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => registerBurdenItem(context, input),
  result,
});

defineMutation(builder, {
  name: 'clearBurdenItem',
  description: '清理负担 Keeps, merges or clears away.',
  card: { source: 'civil-affairs', right: 'burden.write' },
  input: builder.inputType('ClearBurdenItemInput', {
    description: '清理 Which item, and how.',
    fields: (t) => ({
      itemId: t.id({ required: true, description: '事项 The item, inside the caller’s area.' }),
      event: t.field({
        type: eventEnum('BurdenEvent', burdenMachine),
        required: true,
        description: '流转 What to do.',
      }),
      mergedIntoId: t.id({ description: '并入事项 A kept item of the same community; for MERGE.' }),
      note: t.string({ description: '说明 2 to 500 characters.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: stepRefusals,
  run: (input, context) => clearBurdenItem(context, input),
  result,
});
