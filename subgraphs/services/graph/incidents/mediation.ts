import { dateInChina } from '../../../kit/clock.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { advanceMediation, mediationMachine, openMediation } from '../../rules/incidents/mediate.ts';
import { deadlineRule, term } from '../../rules/term.ts';
import { type MediationRow, mediationList } from '../../store/incidents/mediation-rows.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder, Community, Deadline, Provenance, transitionTypes } from '../builder.ts';
import { Incident, incidentLoader, Mediation, MediationConnection, mediationLoader } from '../entities.ts';
import { deadlineOf, ruleInForce } from '../governance-rule.ts';
import { loadHistory } from '../history.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { eventEnum, stateEnum } from '../machine-events.ts';
import { plainRefusals, stepRefusals } from '../refusal-lists.ts';

const MediationState = stateEnum('MediationState', mediationMachine);
const MediationKind = builder.enumType('MediationKind', {
  description: '调解方式 Who mediates where.',
  values: {
    PEOPLES_MEDIATION: { description: '人民调解 By the people’s mediation committee.' },
    ON_THE_SPOT: { description: '就地调解 On the spot, where the parties live.' },
    JUDGE_IN_VILLAGE: { description: '法官驻镇联村 With the judge linked to the village.' },
  },
});

/** Until when the court may be asked to confirm; null without an agreement. */
async function confirmation(mediation: MediationRow, context: SubgraphContext<ServicesStore>) {
  const { agreedOn } = mediation;
  if (agreedOn === null) return null;
  const rule = await ruleInForce('MEDIATION_CONFIRMATION', new Date(`${agreedOn}T04:00:00Z`), context);
  const { dueOn } = term(context.calendar, agreedOn, deadlineRule(rule));
  return deadlineOf(rule, agreedOn, dueOn, context.clock.now(), context);
}

Mediation.implement({
  description: '人民调解 A mediation of a dispute.',
  card: { source: 'justice', sharing: 'CONDITIONAL', grade: 2, category: 'GOVERNMENT', updateCycle: 'ON_CHANGE' },
  entity: mediationLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({ description: '全局编号 Global id.', card: KEY_CARD, resolve: (row) => globalId('Mediation', row.id) }),
    incident: t.field({
      type: Incident,
      nullable: true,
      description: '矛盾纠纷 The dispute; null outside the caller’s area.',
      ...incidentLoader.below(({ incidentId }: { readonly incidentId: string }) => globalId('Incident', incidentId)),
    }),
    kind: t.field({ type: MediationKind, description: '调解方式 How it is held.', resolve: (row) => row.kind }),
    state: t.field({ type: MediationState, description: '调解状态 Where it stands.', resolve: (row) => row.state }),
    heldOn: t.expose('heldOn', { type: 'LocalDate', description: '调解日期 When it is held.' }),
    venue: t.exposeString('venue', { description: '调解地点 Where it is held.' }),
    mediatorName: t.exposeString('mediatorName', { description: '调解员 Who mediates.' }),
    confirmationDeadline: t.field({
      type: Deadline,
      nullable: true,
      description: '司法确认期限 Until when both parties may ask the court to confirm; null without an agreement.',
      resolve: (row, _args, context) => confirmation(row, context),
    }),
    community: t.field({
      type: Community,
      description: '所在社区 Community of the dispute.',
      card: KEY_CARD,
      resolve: (row) => ({ id: globalId('Community', row.communityCode) }),
    }),
    availableTransitions: t.field({
      type: [transitionTypes.Transition],
      description: '可用流转 What the caller may do with it now.',
      resolve: async (row, _args, context) => {
        const deadline = await confirmation(row, context);
        const facts = {
          agreedOn: row.agreedOn,
          confirmUntil: deadline?.dueOn ?? null,
          today: dateInChina(context.clock.now()),
        };
        return mediationMachine.availableTransitions(row.state, context.caller, facts);
      },
    }),
    history: t.field({
      type: [transitionTypes.TransitionStep],
      description: '流转记录 Steps in their order, the first 100.',
      resolve: (row, _args, context) => loadHistory(row.id, mediationMachine, context),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (row, _args, context) => loadProvenance(row.provenanceId, context),
    }),
  }),
});

const MediationFilter = builder.inputType('MediationFilter', {
  description: '调解筛选 Which mediations; all given conditions hold together.',
  fields: (t) => ({
    kind: t.field({ type: MediationKind, description: '调解方式 How it is held.' }),
    incidentId: t.id({ description: '事件 Mediations of this dispute.' }),
    divisionCode: t.string({ description: '区划代码 4, 6, 9 or 12 digits.' }),
  }),
});

builder.queryField('mediations', (t) =>
  t.field({
    type: MediationConnection,
    description: '调解列表 Mediations in the caller’s area, the latest first.',
    args: { ...pageArguments(t.arg), filter: t.arg({ type: MediationFilter, description: '筛选 Which ones.' }) },
    resolve: (_root, { filter, ...page }, context, info) => {
      const { incidentId, ...others } = filter ?? {};
      // An id of another type finds nothing, like an unknown one.
      const key =
        incidentId == null ? null : (findUuidKey('Incident', incidentId) ?? '00000000-0000-0000-0000-000000000000');
      return rootPage(mediationList, page, { sort: 'HELD_ON', filter: { ...others, incidentId: key } }, context, info);
    },
  }),
);

const OpenMediationInput = builder.inputType('OpenMediationInput', {
  description: '开启调解 Which dispute, how, where, by whom.',
  fields: (t) => ({
    incidentId: t.id({ required: true, description: '矛盾纠纷 The dispute, inside the caller’s area.' }),
    kind: t.field({ type: MediationKind, required: true, description: '调解方式 How it is held.' }),
    venue: t.string({ required: true, description: '调解地点 2 to 100 characters.' }),
    mediatorName: t.string({ required: true, description: '调解员 2 to 40 characters.' }),
    heldOn: t.field({ type: 'LocalDate', required: true, description: '调解日期 When it is held.' }),
    idempotencyKey: idempotencyKey(t),
  }),
});

const mediationResult = {
  field: 'mediation',
  type: Mediation,
  description: '调解 The mediation.',
  load: ({ mediationId }: { mediationId: string }, context: SubgraphContext<ServicesStore>) =>
    mediationLoader.load(mediationId, context),
};

defineMutation(builder, {
  name: 'openMediation',
  description: '开启调解 Opens a mediation of a dispute.',
  card: { source: 'justice', right: 'mediation.write' },
  input: OpenMediationInput,
  refusals: plainRefusals,
  run: (input, context) => openMediation(context, input),
  result: mediationResult,
});

const AdvanceMediationInput = builder.inputType('AdvanceMediationInput', {
  description: '调解流转 One step with a mediation.',
  fields: (t) => ({
    mediationId: t.id({ required: true, description: '调解 The mediation, inside the caller’s area.' }),
    event: t.field({
      type: eventEnum('MediationEvent', mediationMachine),
      required: true,
      description: '流转 What to do.',
    }),
    note: t.string({ description: '协议或原因 2 to 500 characters.' }),
    idempotencyKey: idempotencyKey(t),
  }),
});

defineMutation(builder, {
  name: 'advanceMediation',
  description: '调解流转 Takes one step with a mediation.',
  card: { source: 'justice', right: 'mediation.write' },
  input: AdvanceMediationInput,
  refusals: stepRefusals,
  run: (input, context) => advanceMediation(context, input),
  result: mediationResult,
});
