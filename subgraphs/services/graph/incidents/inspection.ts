import { dateInChina } from '../../../kit/clock.ts';
import { graphProblem } from '../../../kit/codes/problems.ts';
import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { findUsccFlaw } from '../../../kit/uscc.ts';
import { advanceInspection } from '../../rules/incidents/advance-inspection.ts';
import { inspectionMachine } from '../../rules/incidents/inspection-machine.ts';
import { planInspection } from '../../rules/incidents/plan-inspection.ts';
import { findInspectionParts, type InspectionPartRow, inspectionList } from '../../store/incidents/inspection-rows.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder, Community, Department, Provenance } from '../builder.ts';
import { Inspection, InspectionConnection, inspectionLoader } from '../entities.ts';
import { machineFields } from '../entity-fields.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { eventEnum, stateEnum } from '../machine-events.ts';
import { plainRefusals, stepRefusals } from '../refusal-lists.ts';

const INSPECTION_CARD: DataCard = {
  source: 'justice',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'ON_CHANGE',
};

const InspectionState = stateEnum('InspectionState', inspectionMachine);

const InspectionPart = builder.objectRef<InspectionPartRow>('InspectionPart').implement({
  description: '参检部门 What a department looks at during the visit.',
  card: INSPECTION_CARD,
  fields: (t) => ({
    department: t.field({
      type: Department,
      description: '部门 Department.',
      resolve: ({ departmentCode }) => ({ code: departmentCode }),
    }),
    matter: t.exposeString('matter', { description: '检查事项 What it looks at.' }),
    askedOn: t.expose('askedOn', { type: 'LocalDate', description: '原计划日期 Day that it had planned by itself.' }),
  }),
});

function loadParts(id: string, context: SubgraphContext<ServicesStore>): Promise<InspectionPartRow[]> {
  return context.loaders
    .get<InspectionPartRow[]>('inspection:parts', (ids) => findInspectionParts(context.store, ids, context.trace))
    .load(id);
}

Inspection.implement({
  description: '联合检查 One visit to one organization, by one or several departments.',
  card: INSPECTION_CARD,
  entity: inspectionLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({ description: '全局编号 Global id.', card: KEY_CARD, resolve: (row) => globalId('Inspection', row.id) }),
    organizationUscc: t.exposeString('organizationUscc', { description: '统一社会信用代码 Whom it visits.' }),
    plannedOn: t.expose('plannedOn', { type: 'LocalDate', description: '检查日期 Day of the visit.' }),
    state: t.field({ type: InspectionState, description: '检查状态 Where it stands.', resolve: (row) => row.state }),
    ...machineFields(t, inspectionMachine, async (row, context) =>
      inspectionMachine.availableTransitions(row.state, context.caller, {
        plannedOn: row.plannedOn,
        today: dateInChina(context.clock.now()),
        departments: (await loadParts(row.id, context)).map(({ departmentCode }) => departmentCode),
      }),
    ),
    parts: t.field({
      type: [InspectionPart],
      description: '参检部门 Departments that take part, by code.',
      resolve: (row, _args, context) => loadParts(row.id, context),
    }),
    community: t.field({
      type: Community,
      description: '所在社区 Community of the visit.',
      card: KEY_CARD,
      resolve: (row) => ({ id: globalId('Community', row.communityCode) }),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (row, _args, context) => loadProvenance(row.provenanceId, context),
    }),
  }),
});

const InspectionFilter = builder.inputType('InspectionFilter', {
  description: '检查筛选 Which visits; all given conditions hold together.',
  fields: (t) => ({
    organizationUscc: t.string({ description: '统一社会信用代码 Visits to this organization.' }),
    year: t.int({ description: '年度 Visits of this year.' }),
    divisionCode: t.string({ description: '区划代码 4, 6, 9 or 12 digits.' }),
  }),
});

builder.queryField('inspections', (t) =>
  t.field({
    type: InspectionConnection,
    description: '检查计划 Visits in the caller’s area, the latest first.',
    args: { ...pageArguments(t.arg), filter: t.arg({ type: InspectionFilter, description: '筛选 Which visits.' }) },
    resolve: (_root, { filter, ...page }, context, info) => {
      const flaw = filter?.organizationUscc == null ? undefined : findUsccFlaw(filter.organizationUscc);
      if (flaw !== undefined) {
        throw graphProblem('FILTER_INVALID', {
          filter: 'filter.organizationUscc',
          reasonZh: `统一社会信用代码第 ${flaw.position} 位有误：${flaw.reasonZh}`,
          reasonEn: `the credit code is wrong at position ${flaw.position}: ${flaw.reasonEn}`,
        });
      }
      if (filter?.year != null && (filter.year < 1949 || filter.year > 2200)) {
        throw graphProblem('FILTER_INVALID', { filter: 'year', reasonZh: '年度有误', reasonEn: 'no such year' });
      }
      return rootPage(inspectionList, page, { sort: 'PLANNED_ON', filter: { ...filter } }, context, info);
    },
  }),
);

const PlanInspectionInput = builder.inputType('PlanInspectionInput', {
  description: '检查计划 Whom to inspect, when, for what.',
  fields: (t) => ({
    organizationUscc: t.string({ required: true, description: '统一社会信用代码 18 characters.' }),
    communityId: t.id({
      references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
      required: true,
      description: '所在社区 Community of the visit, inside the caller’s area.',
    }),
    plannedOn: t.field({ type: 'LocalDate', required: true, description: '计划日期 Today or later.' }),
    matter: t.string({ required: true, description: '检查事项 2 to 200 characters.' }),
    idempotencyKey: idempotencyKey(t),
  }),
});

const result = {
  field: 'inspection',
  type: Inspection,
  description: '检查 The visit, one’s own or the joint one.',
  load: ({ inspectionId }: { inspectionId: string }, context: SubgraphContext<ServicesStore>) =>
    inspectionLoader.load(inspectionId, context),
};

defineMutation(builder, {
  name: 'planInspection',
  description:
    '计划检查 Plans a visit, or joins the one that another department already plans within the merging window.',
  card: { source: 'justice', right: 'inspection.plan' },
  input: PlanInspectionInput,
  refusals: plainRefusals,
  run: (input, context) => planInspection(context, input),
  result,
});

defineMutation(builder, {
  name: 'advanceInspection',
  description: '检查流转 Records that a visit was held, leaves a joint one to the others, or cancels the own one.',
  card: { source: 'justice', right: 'inspection.plan' },
  input: builder.inputType('AdvanceInspectionInput', {
    description: '检查流转 Which step.',
    fields: (t) => ({
      inspectionId: t.id({ required: true, description: '检查 The visit, inside the caller’s area.' }),
      event: t.field({
        type: eventEnum('InspectionEvent', inspectionMachine),
        required: true,
        description: '流转 What to do.',
      }),
      note: t.string({ description: '说明 2 to 500 characters.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: stepRefusals,
  run: (input, context) => advanceInspection(context, input),
  result,
});
