import { dateInChina } from '../../../kit/clock.ts';
import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { requestMachine } from '../../rules/sharing/request-machine.ts';
import { findGrantsOfRequests, type SharingGrantRow } from '../../store/sharing/grant-rows.ts';
import { sharingRequestList } from '../../store/sharing/request-rows.ts';
import { builder, Deadline, Department, Provenance, Transition, TransitionStep } from '../builder.ts';
import {
  MATTER_CARD,
  requestLoader,
  SharingGrant,
  SharingRequest,
  SharingRequestConnection,
} from '../matters/entities.ts';
import { runningDeadline, runningDuty, stepsOf } from '../matters/matter-fields.ts';
import { SharingMode, SharingRequestState } from '../matters/vocabulary.ts';
import { SharingAttribute } from '../vocabulary.ts';

SharingRequest.implement({
  description: '共享申请 A department asks the source of some items to share them.',
  card: MATTER_CARD,
  entity: requestLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: ({ id }) => globalId('SharingRequest', id),
    }),
    requestingDepartment: t.field({
      type: Department,
      description: '需求部门 Who asks.',
      resolve: ({ requestingDepartment }) => ({ code: requestingDepartment }),
    }),
    providingDepartment: t.field({
      type: Department,
      description: '提供部门 Who is asked: the source of the items.',
      resolve: ({ providingDepartment }) => ({ code: providingDepartment }),
    }),
    clientId: t.exposeString('clientId', { description: '接入方 Client for which it is asked.' }),
    legalBasisCode: t.exposeString('legalBasisCode', { description: '合法性基础 Code of the legal basis.' }),
    basisText: t.exposeString('basisText', { description: '使用依据 The basis in words.' }),
    scenarioCode: t.exposeString('scenarioCode', { description: '使用场景 Code of the scenario.' }),
    purposeText: t.exposeString('purposeText', { description: '使用目的 The purpose in words.' }),
    coordinates: t.exposeStringList('coordinates', { description: '信息项 Items that are asked for.' }),
    divisionCodes: t.exposeStringList('divisionCodes', { description: '区域范围 Area, as division codes.' }),
    rowsText: t.exposeString('rowsText', {
      nullable: true,
      description: '数据范围说明 Which rows, in words; binding between the departments, enforced is the area.',
    }),
    mode: t.field({ type: SharingMode, description: '共享方式 Mode.', resolve: ({ mode }) => mode }),
    validFrom: t.expose('validFrom', { type: 'LocalDate', description: '使用开始日期 First day.' }),
    validUntil: t.expose('validUntil', { type: 'LocalDate', description: '使用截止日期 Last day.' }),
    attribute: t.field({
      type: SharingAttribute,
      description: '共享属性 Strictest attribute of the items; decides how long the answer may take.',
      resolve: ({ attribute }) => attribute,
    }),
    state: t.field({ type: SharingRequestState, description: '状态 State.', resolve: ({ state }) => state }),
    submittedAt: t.expose('submittedAt', { type: 'DateTime', description: '申请时间 When it was submitted.' }),
    deadline: t.field({
      type: Deadline,
      nullable: true,
      description: '期限 Until when somebody has to act; null where nobody has to.',
      resolve: ({ id }, _args, context) => runningDeadline(id, context),
    }),
    dutyOf: t.field({
      type: Department,
      nullable: true,
      description: '责任部门 Who has to act now.',
      resolve: async ({ id }, _args, context) => {
        const duty = await runningDuty(id, context);
        return duty === null ? null : { code: duty.departmentCode };
      },
    }),
    grant: t.field({
      type: SharingGrant,
      nullable: true,
      description: '共享授权 The grant it led to.',
      resolve: ({ id }, _args, { loaders, store, caller, trace }) =>
        loaders
          .get<SharingGrantRow | null>('grantOfRequest', (ids) => findGrantsOfRequests(store, ids, caller, trace))
          .load(id),
    }),
    availableTransitions: t.field({
      type: [Transition],
      description: '可用流转 What the caller may do with it now.',
      resolve: async (row, _args, context) => {
        const duty = await runningDuty(row.id, context);
        const overdue = duty !== null && duty.dueOn < dateInChina(context.clock.now());
        return requestMachine.availableTransitions(row.state, context.caller, { ...row, overdue });
      },
    }),
    steps: t.field({
      type: [TransitionStep],
      description: '办理记录 Every step with its reasons, oldest first.',
      resolve: ({ id }, _args, context) => stepsOf(id, requestMachine, context),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
    }),
  }),
});

const Filter = builder.inputType('SharingRequestFilter', {
  description: '申请筛选 Which requests; all given conditions hold together.',
  fields: (t) => ({
    state: t.field({ type: SharingRequestState, description: '状态 State.' }),
    requestingDepartment: t.string({ description: '需求部门代码 Code of the department that asks.' }),
    providingDepartment: t.string({ description: '提供部门代码 Code of the department that is asked.' }),
  }),
});

builder.queryField('sharingRequests', (t) =>
  t.field({
    type: SharingRequestConnection,
    description: '共享申请清单 Requests, newest first: those the department has a part in, all for the data authority.',
    card: MATTER_CARD,
    args: { ...pageArguments(t.arg), filter: t.arg({ type: Filter, description: '筛选 Which requests.' }) },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(sharingRequestList, page, { sort: 'SUBMITTED_AT', filter: { ...filter } }, context, info),
  }),
);
