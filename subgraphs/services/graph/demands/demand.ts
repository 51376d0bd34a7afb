import { dateInChina } from '../../../kit/clock.ts';
import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import {
  type DemandSource,
  type DemandState,
  demandMachine,
  demandSources,
} from '../../rules/demands/demand-machine.ts';
import { answerDemand, recordDemand } from '../../rules/demands/demand-project.ts';
import type { ServiceField } from '../../rules/projects/vocabulary.ts';
import { demandList } from '../../store/demands/demand-rows.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder, Deadline } from '../builder.ts';
import { communityField, entityFields, machineFields } from '../entity-fields.ts';
import { termOf } from '../governance-rule.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { stateEnum } from '../machine-events.ts';
import { namedEnum } from '../named-enum.ts';
import {
  Demand,
  DemandConnection,
  DemandProject,
  demandLoader,
  demandProjectLoader,
} from '../projects/project-entities.ts';
import { PROJECT_CARD, ServiceFieldType } from '../projects/vocabulary.ts';
import { plainRefusals, stepRefusals } from '../refusal-lists.ts';

const DemandSourceType = namedEnum('DemandSource', '民需来源 Where a demand came in.', demandSources);
const DemandStateType = stateEnum('DemandState', demandMachine);

Demand.implement({
  description: '民需 What residents need, found by one of three lines or the stewards’ station.',
  card: PROJECT_CARD,
  entity: demandLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    ...entityFields(t, 'Demand'),
    ...machineFields(t, demandMachine, (row, { caller }) =>
      demandMachine
        .availableTransitions(row.state as DemandState, caller, {})
        // Those are taken by the project that the demand is in.
        .filter(({ event }) => event !== 'MEET' && event !== 'RELEASE'),
    ),
    title: t.exposeString('title', { description: '内容 What is needed.' }),
    source: t.field({
      type: DemandSourceType,
      description: '来源 Where it came in.',
      resolve: (row) => row.source as DemandSource,
    }),
    field: t.field({ type: ServiceFieldType, description: '领域 Field.', resolve: (row) => row.field as ServiceField }),
    state: t.field({
      type: DemandStateType,
      description: '状态 Where it stands.',
      resolve: (row) => row.state as DemandState,
    }),
    foundAt: t.expose('foundAt', { type: 'DateTime', description: '发现时间 When it was found.' }),
    deadline: t.field({
      type: Deadline,
      nullable: true,
      description: '答复或立项期限 Until when it is answered or taken into a project; null once it was.',
      resolve: (row, _args, context) =>
        row.state === 'FOUND' ? termOf('DEMAND_ANSWER', dateInChina(row.foundAt), context) : null,
    }),
    project: t.field({
      type: DemandProject,
      nullable: true,
      description: '民需项目 The project that it is in.',
      card: KEY_CARD,
      ...demandProjectLoader.below(({ projectId }: { readonly projectId: string | null }) =>
        projectId === null ? null : globalId('DemandProject', projectId),
      ),
    }),
    community: communityField(t),
  }),
});

const DemandFilter = builder.inputType('DemandFilter', {
  description: '民需筛选 Which demands; all given conditions hold together.',
  fields: (t) => ({
    source: t.field({ type: DemandSourceType, description: '来源 Of this source.' }),
    field: t.field({ type: ServiceFieldType, description: '领域 Of this field.' }),
    state: t.field({ type: DemandStateType, description: '状态 In this state.' }),
    divisionCode: t.string({ description: '区划代码 4, 6, 9 or 12 digits.' }),
  }),
});

builder.queryField('demands', (t) =>
  t.field({
    type: DemandConnection,
    description: '民需 Demands in the caller’s area, the newest first.',
    args: { ...pageArguments(t.arg), filter: t.arg({ type: DemandFilter, description: '筛选 Which ones.' }) },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(demandList, page, { sort: 'FOUND_AT', filter: { ...filter } }, context, info),
  }),
);

const result = {
  field: 'demand',
  type: Demand,
  description: '民需 The demand as it stands now.',
  load: ({ demandId }: { demandId: string }, context: SubgraphContext<ServicesStore>) =>
    demandLoader.load(demandId, context),
};
const card = { source: 'civil-affairs', right: 'demand.write' } as const;

defineMutation(builder, {
  name: 'recordDemand',
  description: '归集民需 Records a demand that one of the four sources has found.',
  card,
  input: builder.inputType('RecordDemandInput', {
    description: '民需 What, where, from which source.',
    fields: (t) => ({
      communityId: t.id({
        references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
        required: true,
        description: '社区 The community, inside the caller’s area.',
      }),
      source: t.field({ type: DemandSourceType, required: true, description: '来源 Source.' }),
      field: t.field({ type: ServiceFieldType, required: true, description: '领域 Field.' }),
      title: t.string({ required: true, description: '内容 2 to 120 characters; no personal numbers.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => recordDemand(context, input),
  result,
});

defineMutation(builder, {
  name: 'answerDemand',
  description: '答复民需 Answers a demand that becomes no project.',
  card,
  input: builder.inputType('AnswerDemandInput', {
    description: '答复 Which demand, what is answered.',
    fields: (t) => ({
      demandId: t.id({ required: true, description: '民需 The demand, inside the caller’s area.' }),
      note: t.string({ required: true, description: '答复 2 to 500 characters.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: stepRefusals,
  run: (input, context) => answerDemand(context, input),
  result,
});
