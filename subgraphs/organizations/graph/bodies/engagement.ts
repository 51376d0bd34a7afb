import { globalId } from '../../../kit/global-id.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import {
  type EngagementRow,
  engagementsOfOrganization,
  engagementsOfWorker,
  engagementsWithCommunity,
  engagementsWithOrganization,
  engagementsWithWorker,
  type EngagementRole as Role,
} from '../../store/bodies/organization-rows.ts';
import type { ShortList } from '../../store/short-list.ts';
import { builder, Person, Provenance } from '../builder.ts';
import { ORGANIZATION_CARD, PUBLIC_NAME } from '../cards.ts';
import {
  Community,
  CommunityWorker,
  communityLoader,
  Engagement,
  engagementLoader,
  Organization,
  organizationLoader,
  workerLoader,
} from '../entities.ts';
import { type Context, loadShortList } from '../entity-loading.ts';
import { EngagementRole } from './vocabulary.ts';

Engagement.implement({
  description: '关系 That somebody or a body stands in a lasting relation to a body, a community or a worker.',
  card: ORGANIZATION_CARD,
  entity: engagementLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({ description: '全局编号 Global id.', card: KEY_CARD, resolve: ({ id }) => globalId('Engagement', id) }),
    role: t.field({ type: EngagementRole, description: '关系 Role.', resolve: ({ role }) => role }),
    holderName: t.exposeString('holderName', {
      description: '名称 Name of the holder as published.',
      card: { ...PUBLIC_NAME, grade: 2, category: 'PERSONAL' },
    }),
    holderPlace: t.exposeString('holderPlace', {
      nullable: true,
      description: '外地所在 Where a holder from outside the city is at home.',
    }),
    worker: t.field({
      type: CommunityWorker,
      nullable: true,
      description: '社区工作者 The holder as community worker.',
      card: KEY_CARD,
      resolve: ({ holderType, holderKey }, _args, context) =>
        holderType === 'WORKER' ? workerLoader.load(globalId('CommunityWorker', holderKey), context) : null,
    }),
    person: t.field({
      type: Person,
      nullable: true,
      description: '自然人 The holder as a person.',
      card: KEY_CARD,
      resolve: ({ holderType, holderKey }) => (holderType === 'PERSON' ? { id: globalId('Person', holderKey) } : null),
    }),
    organization: t.field({
      type: Organization,
      nullable: true,
      description: '组织 The holder as a body.',
      card: KEY_CARD,
      resolve: ({ holderType, holderKey }, _args, context) =>
        holderType === 'ORGANIZATION' ? organizationLoader.load(globalId('Organization', holderKey), context) : null,
    }),
    subjectOrganization: t.field({
      type: Organization,
      nullable: true,
      description: '对象组织 The body that it is about.',
      card: KEY_CARD,
      resolve: ({ subjectType, subjectKey }, _args, context) =>
        subjectType === 'ORGANIZATION' ? organizationLoader.load(globalId('Organization', subjectKey), context) : null,
    }),
    subjectCommunity: t.field({
      type: Community,
      nullable: true,
      description: '对象社区 The community that it is about.',
      card: KEY_CARD,
      resolve: ({ subjectType, subjectKey }, _args, context) =>
        subjectType === 'COMMUNITY' ? communityLoader.load(globalId('Community', subjectKey), context) : null,
    }),
    subjectWorker: t.field({
      type: CommunityWorker,
      nullable: true,
      description: '对象工作者 The worker that it is about.',
      card: KEY_CARD,
      resolve: ({ subjectType, subjectKey }, _args, context) =>
        subjectType === 'WORKER' ? workerLoader.load(globalId('CommunityWorker', subjectKey), context) : null,
    }),
    validFrom: t.expose('validFrom', { type: 'LocalDate', description: '起 First day.' }),
    validTo: t.expose('validTo', {
      type: 'LocalDate',
      nullable: true,
      description: '止 First day on which it no longer holds; null while it does.',
    }),
    endReason: t.exposeString('endReason', { nullable: true, description: '终止原因 Why it ended.' }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (engagement, _args, context) => loadProvenance(engagement.provenanceId, context),
    }),
  }),
});

/** Relations of one owner: of the roles asked for, and those of a day (those that hold, when none is given). */
async function related(
  list: ShortList<EngagementRow>,
  key: string,
  roles: readonly Role[] | null | undefined,
  asOf: string | null | undefined,
  former: boolean,
  context: Context,
): Promise<EngagementRow[]> {
  const rows = await loadShortList(list, key, context);
  return rows.filter(({ role, validFrom, validTo }) => {
    if (roles != null && !roles.includes(role)) return false;
    if (asOf != null) return validFrom <= asOf && (validTo === null || validTo > asOf);
    return former || validTo === null;
  });
}

const ROLES = '关系 Only these roles.';
const AS_OF = '只取该日有效的 Only those that held on this day.';
const FORMER = '含已终止的 Ended ones, too.';

builder.objectFields(Organization, (t) => ({
  engagements: t.field({
    type: [Engagement],
    description: '成员与关系 Who is what to the body: leader, members, incubatees, property service; newest first.',
    card: KEY_CARD,
    args: {
      roles: t.arg({ type: [EngagementRole], description: ROLES }),
      asOf: t.arg({ type: 'LocalDate', description: AS_OF }),
      former: t.arg.boolean({ defaultValue: false, required: true, description: FORMER }),
    },
    resolve: ({ id }, { roles, asOf, former }, context) =>
      related(engagementsWithOrganization, id, roles, asOf, former, context),
  }),
  engagedIn: t.field({
    type: [Engagement],
    description: '参与 What the body is to others: adviser, incubatee, member of an alliance; newest first.',
    card: KEY_CARD,
    args: {
      roles: t.arg({ type: [EngagementRole], description: ROLES }),
      former: t.arg.boolean({ defaultValue: false, required: true, description: FORMER }),
    },
    resolve: ({ id }, { roles, former }, context) =>
      related(engagementsOfOrganization, id, roles, undefined, former, context),
  }),
}));

builder.objectField(Community, 'engagements', (t) =>
  t.field({
    type: [Engagement],
    description: '社区关系 Who is what to the community: legal adviser, stationed units; newest first.',
    card: KEY_CARD,
    args: {
      roles: t.arg({ type: [EngagementRole], description: ROLES }),
      asOf: t.arg({ type: 'LocalDate', description: AS_OF }),
      former: t.arg.boolean({ defaultValue: false, required: true, description: FORMER }),
    },
    resolve: ({ statCode }, { roles, asOf, former }, context) =>
      related(engagementsWithCommunity, statCode, roles, asOf, former, context),
  }),
);

builder.objectFields(CommunityWorker, (t) => ({
  supervisor: t.field({
    type: Engagement,
    nullable: true,
    description: '督导 The worker’s supervisor.',
    card: KEY_CARD,
    resolve: async ({ id }, _args, context) =>
      (await related(engagementsWithWorker, id, ['SUPERVISOR'], undefined, false, context))[0] ?? null,
  }),
  supervises: t.field({
    type: [Engagement],
    description: '督导对象 Whom the worker supervises.',
    card: KEY_CARD,
    resolve: ({ id }, _args, context) => related(engagementsOfWorker, id, ['SUPERVISOR'], undefined, false, context),
  }),
  engagedIn: t.field({
    type: [Engagement],
    description: '参与 Bodies that the worker leads, belongs to or is seconded to.',
    card: KEY_CARD,
    resolve: ({ id }, _args, context) =>
      related(engagementsOfWorker, id, ['LEADER', 'MEMBER', 'SECONDED'], undefined, false, context),
  }),
}));
