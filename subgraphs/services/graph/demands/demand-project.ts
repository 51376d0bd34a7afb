import { dateInChina } from '../../../kit/clock.ts';
import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, pageBelow, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import {
  type EvaluationSide,
  evaluationSides,
  type ProjectState,
  projectMachine,
} from '../../rules/demands/demand-machine.ts';
import { advanceDemandProject, evaluateProject, openDemandProject } from '../../rules/demands/demand-project.ts';
import type { ServiceField } from '../../rules/projects/vocabulary.ts';
import {
  type EvaluationRow,
  findEvaluations,
  findProjectFacts,
  type ProjectFactsRow,
  projectDemands,
  projectList,
} from '../../store/demands/demand-rows.ts';
import { findProjectWorkers } from '../../store/demands/linkage-rows.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder, CommunityWorker, Deadline, Department } from '../builder.ts';
import { communityField, entityFields, machineFields } from '../entity-fields.ts';
import { termOf } from '../governance-rule.ts';
import { enteredAt, loadHistory } from '../history.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { eventEnum, stateEnum } from '../machine-events.ts';
import { namedEnum } from '../named-enum.ts';
import {
  DemandConnection,
  DemandProject,
  DemandProjectConnection,
  demandProjectLoader,
} from '../projects/project-entities.ts';
import { PROJECT_CARD, ServiceFieldType, YUAN } from '../projects/vocabulary.ts';
import { plainRefusals, stepRefusals } from '../refusal-lists.ts';
import { Satisfaction } from '../vocabulary.ts';

const EvaluationSideType = namedEnum('EvaluationSide', '评估方 Which side evaluates.', evaluationSides);
const ProjectStateType = stateEnum('DemandProjectState', projectMachine);
type Context = SubgraphContext<ServicesStore>;

const ProjectEvaluation = builder.objectRef<EvaluationRow>('ProjectEvaluation').implement({
  description: '项目评估 What one side says of the project.',
  card: PROJECT_CARD,
  fields: (t) => ({
    side: t.field({
      type: EvaluationSideType,
      description: '评估方 Side.',
      resolve: (row) => row.side as EvaluationSide,
    }),
    grade: t.field({
      type: Satisfaction,
      description: '评价 Grade.',
      resolve: (row) => row.grade as typeof Satisfaction.$inferType,
    }),
    comment: t.exposeString('comment', { description: '意见 In words.' }),
    department: t.field({
      type: Department,
      description: '登记部门 Who recorded it.',
      resolve: (row) => ({ code: row.departmentCode }),
    }),
    givenAt: t.expose('givenAt', { type: 'DateTime', description: '时间 When.' }),
  }),
});

DemandProject.implement({
  description: '民需项目 A project out of demands, in five ordered steps; closed only with both evaluations.',
  card: PROJECT_CARD,
  entity: demandProjectLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    ...entityFields(t, 'DemandProject'),
    ...machineFields(t, projectMachine, async (row, context) => {
      const facts = await context.loaders
        .get<ProjectFactsRow>('project:facts', (ids) => findProjectFacts(context.store, ids, context.trace))
        .load(row.id);
      return projectMachine.availableTransitions(row.state as ProjectState, context.caller, {
        ...facts,
        demands: row.demandCount,
      });
    }),
    title: t.exposeString('title', { description: '名称 Title.' }),
    field: t.field({ type: ServiceFieldType, description: '领域 Field.', resolve: (row) => row.field as ServiceField }),
    step: t.field({
      type: ProjectStateType,
      description: '五步所处步骤 Which of the five steps.',
      resolve: (row) => row.state as ProjectState,
    }),
    plan: t.exposeString('plan', { nullable: true, description: '项目方案 Its plan; null before the design.' }),
    plannedBudgetYuan: t.exposeInt('plannedBudgetYuan', { description: '计划经费 What it may cost.', card: YUAN }),
    openedAt: t.expose('openedAt', { type: 'DateTime', description: '立项时间 When it was opened.' }),
    deadline: t.field({
      type: Deadline,
      nullable: true,
      description: '本步期限 Until when the next step is taken; null without a clock.',
      resolve: async (row, _args, context) => {
        const code = projectMachine.clockOf(row.state as ProjectState);
        if (code === undefined) return null;
        return termOf(
          code,
          dateInChina(enteredAt(await loadHistory(row.id, projectMachine, context), row.openedAt)),
          context,
        );
      },
    }),
    demandCount: t.exposeInt('demandCount', {
      description: '民需条数 Demands in it.',
      card: { unit: '条 demands', derivedFrom: 'count of Demand' },
    }),
    demands: t.field({
      type: DemandConnection,
      description: '民需 The demands in it.',
      args: pageArguments(t.arg),
      resolve: ({ id }, page, context, info) =>
        pageBelow(
          projectDemands,
          { column: 't.project_id', cast: 'uuid', key: id },
          page,
          { sort: 'ID', filter: {} },
          context,
          info,
        ),
    }),
    workers: t.field({
      type: [CommunityWorker],
      description: '项目社工 Social workers that its linkages give it.',
      card: KEY_CARD,
      resolve: async ({ id }, _args, context) => {
        const workers = await context.loaders
          .get<string[]>('project:workers', (ids) => findProjectWorkers(context.store, ids, context.trace))
          .load(id);
        return workers.map((key) => ({ id: globalId('CommunityWorker', key) }));
      },
    }),
    evaluations: t.field({
      type: [ProjectEvaluation],
      description: '双向评估 One of each side.',
      resolve: ({ id }, _args, context) =>
        context.loaders
          .get<EvaluationRow[]>('project:evaluations', (ids) => findEvaluations(context.store, ids, context.trace))
          .load(id),
    }),
    community: communityField(t),
  }),
});

const ProjectFilter = builder.inputType('DemandProjectFilter', {
  description: '项目筛选 Which projects; all given conditions hold together.',
  fields: (t) => ({
    field: t.field({ type: ServiceFieldType, description: '领域 Of this field.' }),
    state: t.field({ type: ProjectStateType, description: '步骤 In this step.' }),
    divisionCode: t.string({ description: '区划代码 4, 6, 9 or 12 digits.' }),
  }),
});

builder.queryField('demandProjects', (t) =>
  t.field({
    type: DemandProjectConnection,
    description: '民需项目 Projects in the caller’s area, the newest first.',
    args: { ...pageArguments(t.arg), filter: t.arg({ type: ProjectFilter, description: '筛选 Which ones.' }) },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(projectList, page, { sort: 'OPENED_AT', filter: { ...filter } }, context, info),
  }),
);

const result = {
  field: 'project',
  type: DemandProject,
  description: '项目 The project as it stands now.',
  load: ({ projectId }: { projectId: string }, context: Context) => demandProjectLoader.load(projectId, context),
};
const card = { source: 'civil-affairs', right: 'demand.write' } as const;
const PROJECT = '项目 The project, inside the caller’s area.';

defineMutation(builder, {
  name: 'openDemandProject',
  description: '立项 Opens a project out of demands of one community and field.',
  card,
  input: builder.inputType('OpenDemandProjectInput', {
    description: '立项 Which demands become which project.',
    fields: (t) => ({
      communityId: t.id({
        references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
        required: true,
        description: '社区 The community, inside the caller’s area.',
      }),
      field: t.field({ type: ServiceFieldType, required: true, description: '领域 Field.' }),
      title: t.string({ required: true, description: '名称 2 to 120 characters.' }),
      demandIds: t.idList({ required: true, description: '民需 1 to 100 demands that are in no project.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => openDemandProject(context, input),
  result,
});

defineMutation(builder, {
  name: 'advanceDemandProject',
  description: '推进民需项目 Takes the next of the five steps.',
  card,
  input: builder.inputType('AdvanceDemandProjectInput', {
    description: '推进 Which step.',
    fields: (t) => ({
      projectId: t.id({ required: true, description: PROJECT }),
      event: t.field({
        type: eventEnum('DemandProjectEvent', projectMachine),
        required: true,
        description: '流转 What to do.',
      }),
      plan: t.string({ description: '方案 10 to 2000 characters; for DESIGN.' }),
      plannedBudgetYuan: t.int({ description: '计划经费 In yuan; for DESIGN.' }),
      note: t.string({ description: '说明 2 to 500 characters.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: stepRefusals,
  run: (input, context) => advanceDemandProject(context, input),
  result,
});

defineMutation(builder, {
  name: 'evaluateProject',
  description: '双向评估 Gives the evaluation of one side, once.',
  card,
  input: builder.inputType('EvaluateProjectInput', {
    description: '评估 Which side says what.',
    fields: (t) => ({
      projectId: t.id({ required: true, description: PROJECT }),
      side: t.field({ type: EvaluationSideType, required: true, description: '评估方 Side.' }),
      grade: t.field({ type: Satisfaction, required: true, description: '评价 Grade.' }),
      comment: t.string({ required: true, description: '意见 2 to 500 characters.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => evaluateProject(context, input),
  result,
});
