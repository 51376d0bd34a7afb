import { globalId } from '../../../kit/global-id.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import {
  changeOrganization,
  dissolveOrganization,
  ratePropertyService,
} from '../../rules/bodies/change-organization.ts';
import { changesOfOrganization, type OrganizationChangeRow } from '../../store/bodies/organization-change-rows.ts';
import { builder, Provenance, refusalTypes, StandardAddress } from '../builder.ts';
import { ORGANIZATION_CARD } from '../cards.ts';
import { Organization, organizationLoader } from '../entities.ts';
import { type Context, loadShortList } from '../entity-loading.ts';
import { IDEMPOTENCY_KEY_DESCRIPTION } from '../mutations.ts';
import { contactFields } from './contact-fields.ts';

const REFUSALS = [refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict];
const WRITE_CARD = { source: 'civil-affairs', right: 'organization.write' } as const;
const RESULT = {
  field: 'organization',
  type: Organization,
  description: '组织 The body as it now is.',
  load: ({ organizationId }: { readonly organizationId: string }, context: Context) =>
    organizationLoader.load(organizationId, context),
};

const BodyItem = builder.enumType('OrganizationItem', {
  description: '变更事项 What of a body was changed.',
  values: {
    NAME: { description: '名称 Name.' },
    PHONE: { description: '电话 Telephone.' },
    ADDRESS: { description: '地址 Address.' },
    ESTATE: { description: '小区 Estate.' },
    RATING: { description: '评级 Rating of a property service.' },
    DISSOLUTION: { description: '注销 Dissolution.' },
  },
});

const OrganizationChange = builder.objectRef<OrganizationChangeRow>('OrganizationChange').implement({
  description: '机构变更 That something of a body was changed, from what to what.',
  card: ORGANIZATION_CARD,
  fields: (t) => ({
    item: t.field({ type: BodyItem, description: '事项 What.', resolve: ({ item }) => item }),
    formerValue: t.string({
      nullable: true,
      description: '变更前 As it was before; null: nothing, or an estate.',
      resolve: ({ item, formerValue }) => (item === 'ESTATE' ? null : formerValue),
    }),
    value: t.string({
      nullable: true,
      description: '变更后 As it was from then on; null for an estate.',
      resolve: ({ item, value }) => (item === 'ESTATE' ? null : value),
    }),
    formerEstate: t.field({
      type: StandardAddress,
      nullable: true,
      description: '变更前小区 The estate before.',
      resolve: ({ item, formerValue }) =>
        item === 'ESTATE' && formerValue !== null ? { id: globalId('StandardAddress', formerValue) } : null,
    }),
    changedOn: t.expose('changedOn', { type: 'LocalDate', description: '变更日期 First day.' }),
    note: t.exposeString('note', { nullable: true, description: '说明（依据） On what ground.' }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
    }),
  }),
});

builder.objectField(Organization, 'changes', (t) =>
  t.field({
    type: [OrganizationChange],
    description: '变更记录 What was changed of the body, the latest first; ratings are among it.',
    card: KEY_CARD,
    resolve: ({ id }, _args, context) => loadShortList(changesOfOrganization, id, context),
  }),
);

defineMutation(builder, {
  name: 'changeOrganization',
  description: '变更组织登记 Changes name, telephone, address or estate of a body; what it was stays on record.',
  card: WRITE_CARD,
  input: builder.inputType('ChangeOrganizationInput', {
    description: '组织变更 Which body, and what differs from now on; what is left out stays.',
    fields: (t) => ({
      organizationId: t.id({ required: true, description: '组织 The body.' }),
      name: t.string({ description: '名称 2 to 120 characters.' }),
      ...contactFields(t),
      changedOn: t.field({ type: 'LocalDate', required: true, description: '变更日期 First day.' }),
      note: t.string({ description: '说明 2 to 120 characters.' }),
      idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => changeOrganization(context, input),
  result: RESULT,
});

defineMutation(builder, {
  name: 'ratePropertyService',
  description: '物业服务评级 Rates a property service with one to five stars; former ratings stay on record.',
  card: WRITE_CARD,
  input: builder.inputType('RatePropertyServiceInput', {
    description: '评级 Which property service, how many stars, on what ground.',
    fields: (t) => ({
      organizationId: t.id({ required: true, description: '物业服务 The property service.' }),
      rating: t.int({ required: true, description: '星级 1 to 5.' }),
      ratedOn: t.field({ type: 'LocalDate', required: true, description: '评定日期 Day; after that of the last one.' }),
      basis: t.string({ required: true, description: '依据 2 to 120 characters.' }),
      idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => ratePropertyService(context, input),
  result: RESULT,
});

defineMutation(builder, {
  name: 'dissolveOrganization',
  description: '注销组织 Dissolves a body; every relation that it stood in ends with it, and all stays on record.',
  card: WRITE_CARD,
  input: builder.inputType('DissolveOrganizationInput', {
    description: '注销 Which body, when and why.',
    fields: (t) => ({
      organizationId: t.id({ required: true, description: '组织 The body.' }),
      dissolvedOn: t.field({ type: 'LocalDate', required: true, description: '注销日期 First day without it.' }),
      reason: t.string({ required: true, description: '原因 2 to 80 characters.' }),
      idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => dissolveOrganization(context, input),
  result: RESULT,
});
