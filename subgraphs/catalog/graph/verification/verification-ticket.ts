import { dateInChina } from '../../../kit/clock.ts';
import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { ANY_ENTITY } from '../../../kit/graph/input-references.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { advanceTicket } from '../../rules/verification/advance-ticket.ts';
import { fileVerificationTicket } from '../../rules/verification/file-verification-ticket.ts';
import { ticketMachine } from '../../rules/verification/ticket-machine.ts';
import { verificationTicketList } from '../../store/verification/ticket-rows.ts';
import { builder, Deadline, Department, Provenance, Transition, TransitionStep } from '../builder.ts';
import { MATTER_CARD, ticketLoader, VerificationTicket, VerificationTicketConnection } from '../matters/entities.ts';
import { runningDeadline, runningDuty, stepsOf } from '../matters/matter-fields.ts';
import { asPayload, definePayload, IDEMPOTENCY_KEY } from '../matters/payload.ts';
import { VerificationTicketEvent, VerificationTicketState } from '../matters/vocabulary.ts';

VerificationTicket.implement({
  description: '校核申请 A department that uses an item says that its value for one thing is wrong.',
  card: MATTER_CARD,
  entity: ticketLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: ({ id }) => globalId('VerificationTicket', id),
    }),
    coordinate: t.exposeString('coordinate', { description: '信息项坐标 The item.' }),
    entityId: t.exposeID('entityId', { description: '对象 Global id of the thing it is wrong for.', card: KEY_CARD }),
    requestingDepartment: t.field({
      type: Department,
      description: '提出部门 Who filed it.',
      resolve: ({ requestingDepartment }) => ({ code: requestingDepartment }),
    }),
    sourceDepartment: t.field({
      type: Department,
      description: '数源部门 Who has to answer it.',
      resolve: ({ sourceDepartment }) => ({ code: sourceDepartment }),
    }),
    description: t.exposeString('description', { description: '问题说明 What is wrong.' }),
    answer: t.exposeString('answer', { nullable: true, description: '答复 What the source answered.' }),
    state: t.field({ type: VerificationTicketState, description: '状态 State.', resolve: ({ state }) => state }),
    filedAt: t.expose('filedAt', { type: 'DateTime', description: '提出时间 When it was filed.' }),
    deadline: t.field({
      type: Deadline,
      nullable: true,
      description: '期限 Until when the source has to answer; null once it has.',
      resolve: ({ id }, _args, context) => runningDeadline(id, context),
    }),
    availableTransitions: t.field({
      type: [Transition],
      description: '可用流转 What the caller may do with it now.',
      resolve: async (row, _args, context) => {
        const duty = await runningDuty(row.id, context);
        const overdue = duty !== null && duty.dueOn < dateInChina(context.clock.now());
        return ticketMachine.availableTransitions(row.state, context.caller, { ...row, overdue });
      },
    }),
    steps: t.field({
      type: [TransitionStep],
      description: '办理记录 Every step, oldest first.',
      resolve: ({ id }, _args, context) => stepsOf(id, ticketMachine, context),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
    }),
  }),
});

const Filter = builder.inputType('VerificationTicketFilter', {
  description: '校核筛选 Which tickets; all given conditions hold together.',
  fields: (t) => ({
    state: t.field({ type: VerificationTicketState, description: '状态 State.' }),
    requestingDepartment: t.string({ description: '提出部门代码 Code of the department that filed it.' }),
    sourceDepartment: t.string({ description: '数源部门代码 Code of the source.' }),
  }),
});

const FileInput = builder.inputType('FileVerificationTicketInput', {
  description: '校核申请 Which value is wrong, and why.',
  fields: (t) => ({
    coordinate: t.string({ required: true, description: '信息项坐标 Type.field.' }),
    entityId: t.id({
      references: { type: ANY_ENTITY, refusal: 'OBJECT_UNKNOWN' },
      required: true,
      description: '对象 Global id of the thing.',
    }),
    description: t.string({ required: true, description: '问题说明 2 to 500 characters, no personal numbers.' }),
    idempotencyKey: t.string(IDEMPOTENCY_KEY),
  }),
});

const AdvanceInput = builder.inputType('AdvanceVerificationTicketInput', {
  description: '校核流转 Which step to take with which ticket.',
  fields: (t) => ({
    id: t.id({ required: true, description: '校核申请 The ticket.' }),
    event: t.field({ type: VerificationTicketEvent, required: true, description: '流转 The step.' }),
    note: t.string({ description: '答复 Up to 500 characters.' }),
    idempotencyKey: t.string(IDEMPOTENCY_KEY),
  }),
});

const ticket = {
  field: 'ticket',
  type: VerificationTicket,
  loader: ticketLoader,
  zh: '校核申请',
  en: 'The ticket.',
};
const FilePayload = definePayload('FileVerificationTicket', ticket);
const AdvancePayload = definePayload('AdvanceVerificationTicket', ticket, ['TRANSITION']);

builder.queryField('verificationTickets', (t) =>
  t.field({
    type: VerificationTicketConnection,
    description: '校核清单 Tickets, newest first: those the department has a part in, all for the data authority.',
    card: MATTER_CARD,
    args: { ...pageArguments(t.arg), filter: t.arg({ type: Filter, description: '筛选 Which tickets.' }) },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(verificationTicketList, page, { sort: 'FILED_AT', filter: { ...filter } }, context, info),
  }),
);

builder.mutationFields((t) => ({
  fileVerificationTicket: t.field({
    type: FilePayload,
    nullable: true,
    description: '提出校核 Tells the source of an item that a value is wrong; starts the clock of its answer.',
    card: { right: 'sharing.write' },
    args: { input: t.arg({ type: FileInput, required: true, description: '输入 Which value and why.' }) },
    resolve: async (_root, { input }, context) => {
      const result = await fileVerificationTicket(context, { ...input, entityId: String(input.entityId) });
      context.loaders.clear();
      return asPayload('FileVerificationTicket', result);
    },
  }),
  advanceVerificationTicket: t.field({
    type: AdvancePayload,
    nullable: true,
    description: '办理校核 Corrects, confirms or withdraws.',
    card: { right: 'sharing.write' },
    args: { input: t.arg({ type: AdvanceInput, required: true, description: '输入 Which step.' }) },
    resolve: async (_root, { input }, context) => {
      const result = await advanceTicket(context, { ...input, id: String(input.id) });
      context.loaders.clear();
      return asPayload('AdvanceVerificationTicket', result);
    },
  }),
}));
