import { dayNumber } from '../../../kit/calendar/china-day.ts';
import { type Deadline, deadlineAt } from '../../../kit/calendar/deadline.ts';
import type { DeadlineRule } from '../../../kit/calendar/deadline-rule.ts';
import { dateInChina } from '../../../kit/clock.ts';
import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { type DataCard, KEY_CARD } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { advanceTask, assignTask, commissionTask } from '../../rules/burden/community-task.ts';
import { type TaskState, taskMachine } from '../../rules/burden/task-machine.ts';
import { type CommunityTaskRow, taskList } from '../../store/burden/task-rows.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder, Deadline as DeadlineType, Department } from '../builder.ts';
import { communityField, entityFields, machineFields } from '../entity-fields.ts';
import { ruleInForce } from '../governance-rule.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { eventEnum, stateEnum } from '../machine-events.ts';
import { Funding, fundingLoader } from '../projects/project-entities.ts';
import { plainRefusals, stepRefusals } from '../refusal-lists.ts';
import {
  AdmissionItem,
  admissionItemLoader,
  CommunityTask,
  CommunityTaskConnection,
  communityTaskLoader,
} from './burden-entities.ts';

const TASK_CARD: DataCard = {
  source: 'civil-affairs',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'REALTIME',
};
/** 交办期限 — the last day that the department set: by the item of the list, or as it was commissioned off the list. */
async function taskDeadline(row: CommunityTaskRow, context: SubgraphContext<ServicesStore>): Promise<Deadline | null> {
  const { admissionItemId: id, assignedAt, dueOn } = row;
  if (taskMachine.isTerminal(row.state as TaskState)) return null;
  const startedOn = dateInChina(assignedAt);
  const item = id === null ? null : await admissionItemLoader.load(globalId('AdmissionItem', id), context);
  const offList = id === null ? await ruleInForce('ADMISSION_OFF_LIST', assignedAt, context) : null;
  const rule: DeadlineRule = {
    ...{ code: 'ASSIGNED_TERM', amount: dayNumber(dueOn) - dayNumber(startedOn), unit: 'CALENDAR_DAY' },
    ...{ titleZh: '交办时确定的完成期限', titleEn: 'Done by the day that was set with the task' },
    ...{ legalBasis: offList?.legalBasis ?? item?.legalBasis ?? '待补', effectiveFrom: startedOn },
    basisConfirmed: offList?.basisConfirmed ?? false,
  };
  const { calendar } = context;
  // A day that was set does not move with the calendar.
  const due = { dueOn, certainty: 'FINAL', calendarVersion: calendar.versionOf(startedOn, dueOn) } as const;
  return deadlineAt(calendar, due, rule, context.clock.now());
}

const TaskStateType = stateEnum('CommunityTaskState', taskMachine);

CommunityTask.implement({
  description: '社区交办事项 What a department asks of a community: on the admission list, or commissioned for a fee.',
  card: TASK_CARD,
  entity: communityTaskLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    ...entityFields(t, 'CommunityTask'),
    ...machineFields(t, taskMachine, (row, { caller }) =>
      taskMachine.availableTransitions(row.state as TaskState, caller, { assignedBy: row.departmentCode }),
    ),
    title: t.exposeString('title', { description: '事项 What is asked.' }),
    state: t.field({
      type: TaskStateType,
      description: '状态 Where it stands.',
      resolve: (row) => row.state as TaskState,
    }),
    department: t.field({
      type: Department,
      description: '交办部门 Who asks.',
      resolve: (row) => ({ code: row.departmentCode }),
    }),
    onList: t.boolean({
      description: '是否清单内 Whether it stands on the admission list.',
      resolve: ({ admissionItemId }) => admissionItemId !== null,
    }),
    admissionItem: t.field({
      type: AdmissionItem,
      nullable: true,
      description: '清单事项 The item of the list; null for what is commissioned.',
      card: KEY_CARD,
      resolve: ({ admissionItemId: id }, _args, context) =>
        id === null ? null : admissionItemLoader.load(globalId('AdmissionItem', id), context),
    }),
    feeYuan: t.exposeInt('feeYuan', { description: '委托费用 Fee; 0 on the list.', card: { unit: '元 yuan' } }),
    funding: t.field({
      type: Funding,
      nullable: true,
      description: '经费来源 The money that the fee comes from.',
      card: KEY_CARD,
      resolve: ({ fundingId: id }, _args, context) =>
        id === null ? null : fundingLoader.load(globalId('Funding', id), context),
    }),
    assignedAt: t.expose('assignedAt', { type: 'DateTime', description: '交办时间 When it was asked.' }),
    dueOn: t.expose('dueOn', { type: 'LocalDate', description: '完成期限 Last day.' }),
    deadline: t.field({
      type: DeadlineType,
      nullable: true,
      description: '完成期限详情 The deadline that was set with the task, with its basis; null once it is done.',
      resolve: (row, _args, context) => taskDeadline(row, context),
    }),
    overdue: t.boolean({
      description: '是否逾期 Whether it is not done and its last day has passed.',
      resolve: ({ state, dueOn }, _args, { clock }) =>
        !taskMachine.isTerminal(state as TaskState) && dueOn < dateInChina(clock.now()),
    }),
    community: communityField(t),
  }),
});

const TaskFilter = builder.inputType('CommunityTaskFilter', {
  description: '交办筛选 Which tasks; all given conditions hold together.',
  fields: (t) => ({
    state: t.field({ type: TaskStateType, description: '状态 In this state.' }),
    departmentCode: t.string({ description: '部门 Of this department.' }),
    divisionCode: t.string({ description: '区划代码 4, 6, 9 or 12 digits.' }),
  }),
});

builder.queryField('communityTasks', (t) =>
  t.field({
    type: CommunityTaskConnection,
    description: '社区交办事项 Tasks in the caller’s area, the newest first.',
    args: { ...pageArguments(t.arg), filter: t.arg({ type: TaskFilter, description: '筛选 Which ones.' }) },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(taskList, page, { sort: 'ASSIGNED_AT', filter: { ...filter } }, context, info),
  }),
);

type InputFields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0];
const taskInput = (t: InputFields) => ({
  communityId: t.id({
    references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
    required: true,
    description: '社区 The community, inside the caller’s area.',
  }),
  title: t.string({ required: true, description: '事项 2 to 120 characters.' }),
  dueOn: t.field({ type: 'LocalDate', required: true, description: '完成期限 Today or later.' }),
  idempotencyKey: idempotencyKey(t),
});
const result = {
  field: 'task',
  type: CommunityTask,
  description: '事项 The task as it stands now.',
  load: ({ taskId }: { taskId: string }, context: SubgraphContext<ServicesStore>) =>
    communityTaskLoader.load(taskId, context),
};

defineMutation(builder, {
  name: 'assignTask',
  description: '交办 Asks of a community what stands on the admission list; anything else is refused with the basis.',
  card: { source: 'civil-affairs', right: 'task.assign' },
  input: builder.inputType('AssignTaskInput', {
    description: '交办 What, of whom, by which item of the list.',
    fields: (t) => ({
      ...taskInput(t),
      admissionItemId: t.id({ description: '清单事项 The item of the list; without one it is off the list.' }),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => assignTask(context, input),
  result,
});

defineMutation(builder, {
  name: 'commissionTask',
  description: '委托 Asks of a community what is off the list, for a fee.',
  card: { source: 'civil-affairs', right: 'task.assign' },
  input: builder.inputType('CommissionTaskInput', {
    description: '委托 What, of whom, for which fee.',
    fields: (t) => ({
      ...taskInput(t),
      fundingId: t.id({ required: true, description: '经费 Money of the caller’s department.' }),
      feeYuan: t.int({ required: true, description: '费用 Above 0, in yuan.' }),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => commissionTask(context, input),
  result,
});

defineMutation(builder, {
  name: 'advanceTask',
  description: '推进交办事项 Takes on, finishes, returns or withdraws a task.',
  card: { source: 'civil-affairs', right: 'task.advance' },
  input: builder.inputType('AdvanceTaskInput', {
    description: '推进 Which step.',
    fields: (t) => ({
      taskId: t.id({ required: true, description: '事项 The task, inside the caller’s area.' }),
      event: t.field({
        type: eventEnum('CommunityTaskEvent', taskMachine),
        required: true,
        description: '流转 What to do.',
      }),
      note: t.string({ description: '说明 2 to 500 characters.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: stepRefusals,
  run: (input, context) => advanceTask(context, input),
  result,
});
