import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { bookFundEntry, type FundEntryBooked } from '../../rules/bodies/book-fund-entry.ts';
import { type EngagementStarted, endEngagement, startEngagement } from '../../rules/bodies/engage.ts';
import { type OrganizationRegistered, registerOrganization } from '../../rules/bodies/register-organization.ts';
import { builder } from '../builder.ts';
import {
  Engagement,
  engagementLoader,
  Fund,
  FundEntry,
  fundEntryLoader,
  fundLoader,
  Organization,
  organizationLoader,
} from '../entities.ts';
import { answer, IDEMPOTENCY_KEY_DESCRIPTION, payloadUnion, type Succeeded } from '../mutations.ts';
import { contactFields } from './contact-fields.ts';
import {
  EngagementRole,
  FundEntryKind,
  OrganizationKind,
  SocialOrganizationField,
  SocialOrganizationForm,
  SocialOrganizationRegistration,
} from './vocabulary.ts';

const REGISTERED = 'RegisterOrganizationSuccess';
const ENGAGED = 'EngagementSuccess';
const BOOKED = 'BookFundEntrySuccess';

const RegisterOrganizationInput = builder.inputType('RegisterOrganizationInput', {
  description: '组织登记 A body for the register.',
  fields: (t) => ({
    kind: t.field({ type: OrganizationKind, required: true, description: '类型 Kind.' }),
    name: t.string({ required: true, description: '名称 2 to 120 characters.' }),
    divisionCode: t.string({ required: true, description: '区划代码 City to community that it belongs to.' }),
    form: t.field({ type: SocialOrganizationForm, description: '形式 Of a social organization.' }),
    field: t.field({ type: SocialOrganizationField, description: '领域 Of a social organization.' }),
    registration: t.field({
      type: SocialOrganizationRegistration,
      description: '登记或备案 Of a social organization.',
    }),
    uscc: t.string({ description: '统一社会信用代码 GB 32100, 18 characters; demanded of a registered one.' }),
    parentId: t.id({ description: '上级机构 The body that it is a unit of.' }),
    ...contactFields(t),
    establishedOn: t.field({ type: 'LocalDate', required: true, description: '成立日期 First day.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const RegisterOrganizationSuccess = builder
  .objectRef<Succeeded<OrganizationRegistered, typeof REGISTERED>>(REGISTERED)
  .implement({
    description: '组织登记完成 The body is in the register.',
    card: GRAPH_CARD,
    fields: (t) => ({
      organization: t.field({
        type: Organization,
        nullable: true,
        description: '组织 The body.',
        resolve: ({ organizationId }, _args, context) => organizationLoader.load(organizationId, context),
      }),
    }),
  });

const StartEngagementInput = builder.inputType('StartEngagementInput', {
  description: '建立关系 Who becomes what to whom: a holder of the city by id, or somebody outside by name.',
  fields: (t) => ({
    role: t.field({ type: EngagementRole, required: true, description: '关系 Role.' }),
    subjectId: t.id({ required: true, description: '对象 The body, community or worker that it is about.' }),
    holderId: t.id({ description: '担任者 A community worker or a body.' }),
    externalName: t.string({ description: '外部担任者 Name of somebody or a body outside the register.' }),
    externalPlace: t.string({ description: '外地所在 Where that one is at home.' }),
    validFrom: t.field({ type: 'LocalDate', required: true, description: '起 First day.' }),
    endFormer: t.boolean({
      required: true,
      defaultValue: false,
      description: '同时终止前任 Whether the former holder of an exclusive role ends on that day.',
    }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const EndEngagementInput = builder.inputType('EndEngagementInput', {
  description: '终止关系 Which relation ends, when and why.',
  fields: (t) => ({
    engagementId: t.id({ required: true, description: '关系 The relation.' }),
    validTo: t.field({ type: 'LocalDate', required: true, description: '止 First day on which it no longer holds.' }),
    reason: t.string({ required: true, description: '原因 2 to 80 characters.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const EngagementSuccess = builder.objectRef<Succeeded<EngagementStarted, typeof ENGAGED>>(ENGAGED).implement({
  description: '关系变更完成 The relation as it now is.',
  card: GRAPH_CARD,
  fields: (t) => ({
    engagement: t.field({
      type: Engagement,
      nullable: true,
      description: '关系 The relation.',
      resolve: ({ engagementId }, _args, context) => engagementLoader.load(engagementId, context),
    }),
    endedEngagement: t.field({
      type: Engagement,
      nullable: true,
      description: '终止的关系 The relation that ended.',
      resolve: ({ endedEngagementId }, _args, context) =>
        endedEngagementId === null ? null : engagementLoader.load(endedEngagementId, context),
    }),
  }),
});

const BookFundEntryInput = builder.inputType('BookFundEntryInput', {
  description: '收支入账 Money in or out of a fund.',
  fields: (t) => ({
    fundId: t.id({ required: true, description: '经费 The fund.' }),
    kind: t.field({ type: FundEntryKind, required: true, description: '类型 Kind.' }),
    amountYuan: t.int({ required: true, description: '金额 Whole yuan, above zero.' }),
    purpose: t.string({ required: true, description: '用途 2 to 120 characters.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const BookFundEntrySuccess = builder.objectRef<Succeeded<FundEntryBooked, typeof BOOKED>>(BOOKED).implement({
  description: '入账完成 The entry is booked.',
  card: GRAPH_CARD,
  fields: (t) => ({
    fund: t.field({
      type: Fund,
      nullable: true,
      description: '经费 The fund.',
      resolve: ({ fundId }, _args, context) => fundLoader.load(fundId, context),
    }),
    entry: t.field({
      type: FundEntry,
      nullable: true,
      description: '收支 The entry.',
      resolve: ({ entryId }, _args, context) => fundEntryLoader.load(entryId, context),
    }),
  }),
});

const RegisterPayload = payloadUnion(
  'RegisterOrganizationPayload',
  '组织登记结果 Done, or why not.',
  RegisterOrganizationSuccess,
);
const EngagementPayload = payloadUnion('EngagementPayload', '关系变更结果 Done, or why not.', EngagementSuccess);
const BookPayload = payloadUnion('BookFundEntryPayload', '入账结果 Done, or why not.', BookFundEntrySuccess);

const WRITE_CARD = { source: 'civil-affairs', right: 'organization.write' } as const;

builder.mutationFields((t) => ({
  registerOrganization: t.field({
    type: RegisterPayload,
    nullable: true,
    description: '登记组织 Enters a body into the register; a wrong credit code is refused with its position.',
    card: WRITE_CARD,
    args: { input: t.arg({ type: RegisterOrganizationInput, required: true, description: '输入 The body.' }) },
    resolve: (_root, { input }, context) => answer(REGISTERED, context, (rule) => registerOrganization(rule, input)),
  }),
  startEngagement: t.field({
    type: EngagementPayload,
    nullable: true,
    description: '建立关系 Begins a relation: legal adviser, supervisor, member, incubatee, property service.',
    card: WRITE_CARD,
    args: { input: t.arg({ type: StartEngagementInput, required: true, description: '输入 The relation.' }) },
    resolve: (_root, { input }, context) => answer(ENGAGED, context, (rule) => startEngagement(rule, input)),
  }),
  endEngagement: t.field({
    type: EngagementPayload,
    nullable: true,
    description: '终止关系 Ends a relation.',
    card: WRITE_CARD,
    args: { input: t.arg({ type: EndEngagementInput, required: true, description: '输入 Which one.' }) },
    resolve: (_root, { input }, context) => answer(ENGAGED, context, (rule) => endEngagement(rule, input)),
  }),
  bookFundEntry: t.field({
    type: BookPayload,
    nullable: true,
    description: '经费入账 Books money into or out of a fund; the balance never goes below zero.',
    card: WRITE_CARD,
    args: { input: t.arg({ type: BookFundEntryInput, required: true, description: '输入 The entry.' }) },
    resolve: (_root, { input }, context) => answer(BOOKED, context, (rule) => bookFundEntry(rule, input)),
  }),
}));
