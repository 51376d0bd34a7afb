import { dateInChina } from '../../../kit/clock.ts';
import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import type { EntityLoader } from '../../../kit/graph/entity-loader.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { dutyList, type MatterType } from '../../store/matters/duty-rows.ts';
import { builder, Deadline, Department } from '../builder.ts';
import {
  Duty,
  DutyConnection,
  MATTER_CARD,
  proposalLoader,
  requestLoader,
  submissionLoader,
  ticketLoader,
} from './entities.ts';
import { dutyDeadline } from './matter-fields.ts';
import { MatterKind } from './vocabulary.ts';

const matterLoaders: Readonly<Record<MatterType, EntityLoader<object, CatalogStore>>> = {
  CatalogueSubmission: submissionLoader,
  SharingRequest: requestLoader,
  VerificationTicket: ticketLoader,
  SchemaProposal: proposalLoader,
};

Duty.implement({
  description: '待办时限 Which department has to act on which matter until when.',
  card: MATTER_CARD,
  fields: (t) => ({
    matterKind: t.field({
      type: MatterKind,
      description: '事项类型 Kind of the matter.',
      resolve: ({ subjectType }) => subjectType,
    }),
    matter: t.field({
      type: 'Node',
      nullable: true,
      description: '事项 The matter.',
      resolve: async ({ subjectType, subjectId }, _args, context) => {
        const row = await matterLoaders[subjectType].load(globalId(subjectType, subjectId), context);
        return row === null ? null : { ...row, __typename: subjectType };
      },
    }),
    department: t.field({
      type: Department,
      description: '责任部门 The department that has to act.',
      resolve: ({ departmentCode }) => ({ code: departmentCode }),
    }),
    startedOn: t.expose('startedOn', { type: 'LocalDate', description: '起算日 Day on which the clock began.' }),
    deadline: t.field({
      type: Deadline,
      description: '期限 Until when.',
      resolve: (duty, _args, context) => dutyDeadline(duty, context),
    }),
    escalatedAt: t.expose('escalatedAt', {
      type: 'DateTime',
      nullable: true,
      description: '逾期上报时间 When the data authority was told that it is overdue.',
    }),
  }),
});

const DutyFilter = builder.inputType('DutyFilter', {
  description: '待办筛选 Which duties; all given conditions hold together.',
  fields: (t) => ({
    departmentCode: t.string({ description: '责任部门代码 Code of the department that has to act.' }),
    matterKind: t.field({ type: MatterKind, description: '事项类型 Kind of the matter.' }),
    overdue: t.boolean({ description: '仅逾期 true: only those whose last day has passed.' }),
    dueBefore: t.field({ type: 'LocalDate', description: '早于该日到期 Only those due before this day.' }),
  }),
});

builder.queryField('duties', (t) =>
  t.field({
    type: DutyConnection,
    description:
      '待办清单 Running duties by their last day: the caller’s department’s own, all for the data authority.',
    card: MATTER_CARD,
    args: { ...pageArguments(t.arg), filter: t.arg({ type: DutyFilter, description: '筛选 Which duties.' }) },
    resolve: (_root, { filter, ...page }, context, info) => {
      const { overdue, dueBefore, departmentCode, matterKind } = filter ?? {};
      const today = dateInChina(context.clock.now());
      // Overdue means that the last day lies before today; the earlier of two bounds holds.
      const bound = overdue !== true ? dueBefore : dueBefore != null && dueBefore < today ? dueBefore : today;
      const conditions = { departmentCode, subjectType: matterKind, dueBefore: bound };
      return rootPage(dutyList, page, { sort: 'DUE_ON', filter: conditions }, context, info);
    },
  }),
);
