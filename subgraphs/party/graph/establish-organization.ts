import { GRAPH_CARD } from '../../kit/graph/data-card.ts';
import {
  establishedKinds,
  establishOrganization,
  type OrganizationChanged,
  renewTerm,
} from '../rules/establish-organization.ts';
import { builder } from './builder.ts';
import { organizationLoader, PartyOrganization } from './entities.ts';
import { answer, IDEMPOTENCY_KEY_DESCRIPTION, payloadUnion, type Succeeded } from './party-mutation.ts';
import { PartyHostKind } from './vocabulary.ts';

const KINDS: Record<(typeof establishedKinds)[number], string> = {
  GENERAL_BRANCH: '党总支 General branch.',
  BRANCH: '党支部 Branch.',
  GRID_BRANCH: '网格党支部 Branch of a grid.',
  JOINT_BRANCH: '联合党支部 Branch of several bodies.',
  MICRO_GRID_GROUP: '微网格党小组 Group of a micro-grid.',
  GROUP: '党小组 Group of a stairwell, a civic team or a unit.',
};

const EstablishedPartyOrganizationKind = builder.enumType('EstablishedPartyOrganizationKind', {
  description: '可成立的党组织类型 Kinds that are set up from below.',
  values: Object.fromEntries(establishedKinds.map((kind) => [kind, { description: KINDS[kind] }])) as Record<
    (typeof establishedKinds)[number],
    { description: string }
  >,
});

const PartyOrganizationSuccess = builder
  .objectRef<Succeeded<OrganizationChanged, 'PartyOrganizationSuccess'>>('PartyOrganizationSuccess')
  .implement({
    description: '党组织登记完成 The organization was set up, or its term renewed.',
    card: GRAPH_CARD,
    fields: (t) => ({
      organization: t.field({
        type: PartyOrganization,
        nullable: true,
        description: '党组织 The organization as it is now.',
        resolve: ({ organizationId }, _args, context) => organizationLoader.load(organizationId, context),
      }),
    }),
  });
const PartyOrganizationPayload = payloadUnion(
  'PartyOrganizationPayload',
  '党组织登记结果 Done, or why not.',
  PartyOrganizationSuccess,
);

const EstablishPartyOrganizationInput = builder.inputType('EstablishPartyOrganizationInput', {
  description: '成立党组织 What is set up below which organization, with whom.',
  fields: (t) => ({
    kind: t.field({ type: EstablishedPartyOrganizationKind, required: true, description: '类型 Kind.' }),
    name: t.string({ required: true, description: '名称 4 to 60 characters, once below one organization.' }),
    parentOrganizationId: t.id({
      required: true,
      description: '上级党组织 The organization above; the new one lies where it does.',
    }),
    gridId: t.id({
      references: { type: 'Grid', refusal: 'GRID_NOT_FOUND' },
      description: '网格 Demanded for a grid branch; a grid has one.',
    }),
    microGridId: t.id({
      references: { type: 'MicroGrid', refusal: 'MICRO_GRID_NOT_FOUND' },
      description: '微网格 Demanded for its group, in the grid of the branch above; a micro-grid has one.',
    }),
    coveredUnits: t.stringList({
      description: '覆盖单位 Demanded for a joint branch: two units or more, 2 to 60 characters each.',
    }),
    hostKind: t.field({ type: PartyHostKind, description: '依托单位类型 Demanded for a group.' }),
    hostName: t.string({ description: '依托单位 Demanded for a group.' }),
    memberIds: t.idList({
      required: true,
      description: '党员 Who is to belong to it; a branch needs so many full members by rule.',
    }),
    establishedOn: t.field({ type: 'LocalDate', required: true, description: '成立日期 Day; not in the future.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const RenewPartyTermInput = builder.inputType('RenewPartyTermInput', {
  description: '换届 Which organization elected whom on which day.',
  fields: (t) => ({
    organizationId: t.id({ required: true, description: '党组织 The organization.' }),
    secretaryName: t.string({ required: true, description: '书记姓名 As published, 2 to 30 characters.' }),
    electedOn: t.field({ type: 'LocalDate', required: true, description: '选举日期 Day; not in the future.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const CARD = { source: 'party-organization', right: 'party.write' } as const;

builder.mutationFields((t) => ({
  establishPartyOrganization: t.field({
    type: PartyOrganizationPayload,
    nullable: true,
    description: '成立党组织 Sets up an organization of the size that the rule in force demands, with its term.',
    card: CARD,
    args: {
      input: t.arg({ type: EstablishPartyOrganizationInput, required: true, description: '输入 What is set up.' }),
    },
    resolve: (_root, { input }, context) =>
      answer('PartyOrganizationSuccess', context, (rule) => establishOrganization(rule, input)),
  }),
  renewPartyTerm: t.field({
    type: PartyOrganizationPayload,
    nullable: true,
    description: '换届 Begins a new term, as long as the rule in force says.',
    card: CARD,
    args: { input: t.arg({ type: RenewPartyTermInput, required: true, description: '输入 Who was elected.' }) },
    resolve: (_root, { input }, context) =>
      answer('PartyOrganizationSuccess', context, (rule) => renewTerm(rule, input)),
  }),
}));
