import { globalId } from '../../kit/global-id.ts';
import { ACCESS_SUBJECT, personSubject } from '../../kit/graph/access-subject.ts';
import { KEY_CARD } from '../../kit/graph/data-card.ts';
import { loadProvenance } from '../../kit/graph/provenance.ts';
import { findMembershipsOf, type MembershipRow } from '../store/membership-rows.ts';
import { Person, Provenance } from './builder.ts';
import { MEMBERSHIP, MEMBERSHIP_CARD } from './cards.ts';
import { Membership, memberLoader, organizationLoader, PartyMember, PartyOrganization } from './entities.ts';
import { PartyMemberCategory } from './vocabulary.ts';

const ofOrganization = organizationLoader.below(({ organizationId }: { readonly organizationId: string }) =>
  globalId('PartyOrganization', organizationId),
);

PartyMember.implement({
  description: '党员 That a person is a party member. Not found at all without the right party.membership.',
  card: MEMBERSHIP_CARD,
  entity: memberLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    accessSubject: t.id({
      ...ACCESS_SUBJECT,
      reads: ['personId'],
      resolve: ({ personId }) => personSubject(personId),
    }),
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      reads: ['id'],
      resolve: (member) => globalId('PartyMember', member.id),
    }),
    person: t.field({
      type: Person,
      nullable: true,
      description: '本人 The member as a person.',
      card: MEMBERSHIP,
      reads: ['personId'],
      resolve: (member) => ({ id: globalId('Person', member.personId) }),
    }),
    category: t.field({
      type: PartyMemberCategory,
      nullable: true,
      description: '党员类别 Full or probationary.',
      card: MEMBERSHIP,
      reads: ['category'],
      resolve: (member) => member.category,
    }),
    joinedOn: t.expose('joinedOn', {
      type: 'LocalDate',
      nullable: true,
      description: '入党日期 Day of joining.',
      card: MEMBERSHIP,
    }),
    organization: t.field({
      type: PartyOrganization,
      nullable: true,
      description: '所在党组织 The organization that the member belongs to now.',
      card: MEMBERSHIP,
      reads: ['organizationId'],
      ...ofOrganization,
    }),
    employedMember: t.exposeBoolean('employedMember', {
      nullable: true,
      description: '在职党员 Whether the member is in employment and reports to the community as well.',
      card: MEMBERSHIP,
    }),
    mobileMember: t.exposeBoolean('mobileMember', {
      nullable: true,
      description: '流动党员 Whether the member lives away from the place of registration.',
      card: MEMBERSHIP,
    }),
    memberships: t.field({
      type: [Membership],
      nullable: true,
      description: '组织关系 Where the member belonged, newest first, closed ones included; 50 at most.',
      card: MEMBERSHIP,
      args: {
        asOf: t.arg({ type: 'LocalDate', description: '只取当日有效的 Only those valid on this day.' }),
      },
      reads: ['id'],
      resolve: (member, { asOf }, context) => {
        const { store, caller, trace } = context;
        return context.loaders
          .get<MembershipRow[]>(`memberships:${asOf ?? ''}`, (ids) =>
            findMembershipsOf(store, ids, asOf ?? null, caller, trace),
          )
          .load(member.id);
      },
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      reads: ['provenanceId'],
      resolve: (member, _args, context) => loadProvenance(member.provenanceId, context),
    }),
  }),
});

Membership.implement({
  description: '组织关系 That a member belongs to an organization, from when to when.',
  card: MEMBERSHIP_CARD,
  fields: (t) => ({
    organization: t.field({
      type: PartyOrganization,
      nullable: true,
      description: '党组织 The organization.',
      card: MEMBERSHIP,
      ...ofOrganization,
    }),
    validFrom: t.expose('validFrom', {
      type: 'LocalDate',
      nullable: true,
      description: '起始日期 First day.',
      card: MEMBERSHIP,
    }),
    validTo: t.expose('validTo', {
      type: 'LocalDate',
      nullable: true,
      description: '终止日期 First day on which it no longer holds; null while it is live.',
      card: MEMBERSHIP,
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (membership, _args, context) => loadProvenance(membership.provenanceId, context),
    }),
  }),
});
