import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { advanceDevelopment, type Developed, registerApplicant } from '../../rules/development/develop-member.ts';
import { developmentEvents, developmentMachine } from '../../rules/development/development-machine.ts';
import { builder, refusalTypes, transitionTypes } from '../builder.ts';
import { MEMBERSHIP } from '../cards.ts';
import { memberLoader, PartyMember } from '../entities.ts';
import { answer, IDEMPOTENCY_KEY_DESCRIPTION, type Succeeded } from '../party-mutation.ts';

const DevelopmentEventEnum = builder.enumType('PartyDevelopmentEvent', {
  description: '发展党员步骤 A step towards full membership.',
  values: Object.fromEntries(
    developmentEvents.map((event) => {
      const { en, zh } = developmentMachine.eventName(event);
      return [event, { description: `${zh} ${en}.` }];
    }),
  ) as Record<(typeof developmentEvents)[number], { description: string }>,
});

const DevelopMemberSuccess = builder
  .objectRef<Succeeded<Developed, 'DevelopMemberSuccess'>>('DevelopMemberSuccess')
  .implement({
    description: '发展党员登记完成 The step is on record.',
    card: GRAPH_CARD,
    fields: (t) => ({
      member: t.field({
        type: PartyMember,
        nullable: true,
        description: '当事人 Who was taken a step further, as he is now.',
        card: MEMBERSHIP,
        resolve: ({ memberId }, _args, context) => memberLoader.load(memberId, context),
      }),
    }),
  });

const DevelopMemberPayload = builder.unionType('DevelopMemberPayload', {
  description: '发展党员登记结果 Done, or why not.',
  types: [
    DevelopMemberSuccess,
    refusalTypes.InvalidInput,
    refusalTypes.NotFound,
    refusalTypes.Conflict,
    transitionTypes.TransitionRefusal,
  ],
  resolveType: (value) => (value as { __typename: string }).__typename,
});

const RegisterPartyApplicantInput = builder.inputType('RegisterPartyApplicantInput', {
  description: '入党申请登记 Who has applied to which branch.',
  fields: (t) => ({
    personId: t.id({
      references: { type: 'Person', refusal: 'PERSON_NOT_FOUND' },
      required: true,
      description: '申请人 The person.',
    }),
    organizationId: t.id({ required: true, description: '党支部 The branch or general branch applied to.' }),
    gridId: t.id({
      references: { type: 'Grid', refusal: 'GRID_NOT_FOUND' },
      required: true,
      description: '居住网格 The grid that he lives in.',
    }),
    appliedOn: t.field({ type: 'LocalDate', required: true, description: '申请日期 Day; not in the future.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const AdvancePartyMemberInput = builder.inputType('AdvancePartyMemberInput', {
  description: '发展党员步骤 Who takes which step on which day.',
  fields: (t) => ({
    memberId: t.id({ required: true, description: '当事人 Applicant, activist, candidate or probationary member.' }),
    event: t.field({ type: DevelopmentEventEnum, required: true, description: '步骤 The step.' }),
    on: t.field({ type: 'LocalDate', required: true, description: '日期 Day of the decision; not in the future.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const CARD = { source: 'party-organization', right: 'membership.write' } as const;

builder.mutationFields((t) => ({
  registerPartyApplicant: t.field({
    type: DevelopMemberPayload,
    nullable: true,
    description: '入党申请登记 Puts somebody on record who has applied for membership.',
    card: CARD,
    args: { input: t.arg({ type: RegisterPartyApplicantInput, required: true, description: '输入 Who applied.' }) },
    resolve: (_root, { input }, context) =>
      answer('DevelopMemberSuccess', context, (rule) => registerApplicant(rule, input)),
  }),
  advancePartyMember: t.field({
    type: DevelopMemberPayload,
    nullable: true,
    description: '发展党员 Takes somebody the next step: activist, candidate, probationary, full.',
    card: CARD,
    args: { input: t.arg({ type: AdvancePartyMemberInput, required: true, description: '输入 The step.' }) },
    resolve: (_root, { input }, context) =>
      answer('DevelopMemberSuccess', context, (rule) => advanceDevelopment(rule, input)),
  }),
}));
