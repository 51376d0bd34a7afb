import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { type DataCard, KEY_CARD } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { decideAdmissionChange, proposeAdmissionChange } from '../../rules/burden/admission.ts';
import {
  type AdmissionChange,
  type AdmissionState,
  admissionChanges,
  admissionMachine,
} from '../../rules/burden/admission-machine.ts';
import { admissionList } from '../../store/burden/admission-rows.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder, Department } from '../builder.ts';
import { entityFields, machineFields } from '../entity-fields.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { eventEnum, stateEnum } from '../machine-events.ts';
import { namedEnum } from '../named-enum.ts';
import { plainRefusals, stepRefusals } from '../refusal-lists.ts';
import { AdmissionItem, AdmissionItemConnection, admissionItemLoader } from './burden-entities.ts';

export const ADMISSION_CARD: DataCard = {
  source: 'civil-affairs',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  category: 'PUBLIC',
  updateCycle: 'YEARLY',
};
const ADMISSION = '事项 The item of the list.';

const AdmissionChangeType = namedEnum('AdmissionChange', '调整类型 How the list changes.', admissionChanges);
const AdmissionStateType = stateEnum('AdmissionState', admissionMachine);

AdmissionItem.implement({
  description: '准入清单事项 Something that a department may ask of communities, or a proposal to change that.',
  card: ADMISSION_CARD,
  entity: admissionItemLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    ...entityFields(t, 'AdmissionItem'),
    ...machineFields(t, admissionMachine, (row, { caller }) =>
      admissionMachine
        .availableTransitions(row.state as AdmissionState, caller, {
          change: row.change,
          proposedBy: row.departmentCode,
        })
        // That one is taken by a decided change.
        .filter(({ event }) => event !== 'REPLACE'),
    ),
    change: t.field({
      type: AdmissionChangeType,
      description: '调整类型 How it changes the list.',
      resolve: (row) => row.change as AdmissionChange,
    }),
    state: t.field({
      type: AdmissionStateType,
      description: '状态 Where it stands.',
      resolve: (row) => row.state as AdmissionState,
    }),
    department: t.field({
      type: Department,
      description: '责任部门 Whose matter it is.',
      resolve: (row) => ({ code: row.departmentCode }),
    }),
    title: t.exposeString('title', { description: '事项名称 What is asked.' }),
    legalBasis: t.exposeString('legalBasis', { description: '法律依据 Law and article.' }),
    validYear: t.exposeInt('validYear', { description: '清单年度 Year of the list.' }),
    countyCode: t.exposeString('countyCode', { description: '县(市、区)代码 Whose list it is.' }),
    proposedOn: t.expose('proposedOn', { type: 'LocalDate', description: '提出日期 When it was proposed.' }),
    validFrom: t.expose('validFrom', {
      type: 'LocalDate',
      nullable: true,
      description: '列入日期 First day on the list; null while it is proposed.',
    }),
    validTo: t.expose('validTo', {
      type: 'LocalDate',
      nullable: true,
      description: '退出日期 First day off the list; null while it is on it.',
    }),
    replaces: t.field({
      type: AdmissionItem,
      nullable: true,
      description: '原版本 The version that it changes or takes off.',
      card: KEY_CARD,
      ...admissionItemLoader.below(({ replacesId }: { readonly replacesId: string | null }) =>
        replacesId === null ? null : globalId('AdmissionItem', replacesId),
      ),
    }),
  }),
});

const AdmissionFilter = builder.inputType('AdmissionItemFilter', {
  description: '清单筛选 Which items; all given conditions hold together.',
  fields: (t) => ({
    state: t.field({ type: AdmissionStateType, description: '状态 In this state.' }),
    departmentCode: t.string({ description: '部门 Of this department.' }),
    asOf: t.field({ type: 'LocalDate', description: '只取该日在清单的 Only those on the list on this day.' }),
  }),
});

builder.queryField('admissionItems', (t) =>
  t.field({
    type: AdmissionItemConnection,
    description: '准入清单 A county’s list of what may be asked of communities, with its proposals.',
    args: {
      ...pageArguments(t.arg),
      countyCode: t.arg.string({ required: true, description: '县(市、区)代码 Six digits.' }),
      filter: t.arg({ type: AdmissionFilter, description: '筛选 Which ones.' }),
    },
    resolve: (_root, { countyCode, filter, ...page }, context, info) =>
      rootPage(admissionList, page, { sort: 'ID', filter: { ...filter, countyCode } }, context, info),
  }),
);

const result = {
  field: 'item',
  type: AdmissionItem,
  description: '事项 The item, or the proposal.',
  load: ({ admissionItemId }: { admissionItemId: string }, context: SubgraphContext<ServicesStore>) =>
    admissionItemLoader.load(admissionItemId, context),
};

defineMutation(builder, {
  name: 'proposeAdmissionChange',
  description: '提出清单调整 Proposes to change a county’s list, with its legal basis; in January only.',
  card: { source: 'civil-affairs', right: 'admission.propose' },
  input: builder.inputType('ProposeAdmissionChangeInput', {
    description: '清单调整 What to change, on which basis.',
    fields: (t) => ({
      change: t.field({ type: AdmissionChangeType, required: true, description: '调整类型 How.' }),
      countyCode: t.string({ required: true, description: '县(市、区)代码 Six digits, inside the caller’s area.' }),
      itemId: t.id({ description: '原事项 The item to change or take off; not for ADD.' }),
      title: t.string({ required: true, description: '事项名称 2 to 120 characters.' }),
      legalBasis: t.string({ required: true, description: '法律依据 Law and article, 4 to 300 characters.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => proposeAdmissionChange(context, input),
  result,
});

defineMutation(builder, {
  name: 'decideAdmissionChange',
  description: '审定清单调整 Decides on a proposal; not by the department that made it.',
  card: { source: 'civil-affairs', right: 'admission.decide' },
  input: builder.inputType('DecideAdmissionChangeInput', {
    description: '审定 Which proposal, and how.',
    fields: (t) => ({
      itemId: t.id({ required: true, description: ADMISSION }),
      event: t.field({
        type: eventEnum('AdmissionEvent', admissionMachine),
        required: true,
        description: '流转 What to do.',
      }),
      note: t.string({ description: '理由 2 to 500 characters.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: stepRefusals,
  run: (input, context) => decideAdmissionChange(context, input),
  result,
});
