import { dateInChina } from '../../../kit/clock.ts';
import { findCodeKey, globalId } from '../../../kit/global-id.ts';
import { ACCESS_SUBJECT, personSubject } from '../../../kit/graph/access-subject.ts';
import { defineConnection, pageArguments, pageBelow, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { findRowsById } from '../../../kit/store/entity-table.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import {
  ENGAGEMENT_TABLE,
  type EngagementRow,
  engagementList,
  memberReportList,
} from '../../store/linkage/engagement-rows.ts';
import type { PartyStore } from '../../store/party-store.ts';
import { builder, Community, PageInfo, Provenance } from '../builder.ts';
import { MEMBERSHIP, PARTY_ORGANIZATION_CARD, PUBLIC_NAME } from '../cards.ts';
import { memberLoader, PartyMember } from '../entities.ts';
import { PartyEngagementKind } from './vocabulary.ts';

export const PartyEngagement = builder.objectRef<EngagementRow>('PartyEngagement');
const PartyEngagementConnection = defineConnection(builder, 'PartyEngagement', PartyEngagement, PageInfo);

PartyEngagement.implement({
  description: '党建联系 A lasting relation of a unit, a cadre or a member with a community.',
  card: PARTY_ORGANIZATION_CARD,
  fields: (t) => ({
    accessSubject: t.id({
      ...ACCESS_SUBJECT,
      reads: ['memberPersonId'],
      resolve: ({ memberPersonId }) => personSubject(memberPersonId),
    }),
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: ({ id }) => globalId('PartyEngagement', id),
    }),
    kind: t.field({ type: PartyEngagementKind, description: '类型 Kind.', resolve: ({ kind }) => kind }),
    unitName: t.exposeString('unitName', { nullable: true, description: '单位 The unit; null for a member’s report.' }),
    holderName: t.exposeString('holderName', {
      nullable: true,
      description: '姓名 Name of the cadre, secretary or committee member as published.',
      card: PUBLIC_NAME,
    }),
    holderPost: t.exposeString('holderPost', { nullable: true, description: '职务 Office that the holder has.' }),
    member: t.field({
      type: PartyMember,
      nullable: true,
      description: '报到党员 Member who reported.',
      card: MEMBERSHIP,
      ...memberLoader.below(({ memberId }: { readonly memberId: string | null }) =>
        memberId === null ? null : globalId('PartyMember', memberId),
      ),
    }),
    community: t.field({
      type: Community,
      description: '社区 The community.',
      card: KEY_CARD,
      resolve: ({ communityCode }) => ({ id: globalId('Community', communityCode) }),
    }),
    validFrom: t.expose('validFrom', { type: 'LocalDate', description: '起始日期 First day.' }),
    expiresOn: t.expose('expiresOn', {
      type: 'LocalDate',
      nullable: true,
      description: '到期日 Day on which an agreement runs out.',
    }),
    expired: t.boolean({
      description: '已到期 Whether the agreement has run out without being ended.',
      card: { updateCycle: 'REALTIME', derivedFrom: 'expiresOn before today' },
      resolve: ({ expiresOn }, _args, { clock }) => expiresOn !== null && expiresOn <= dateInChina(clock.now()),
    }),
    validTo: t.expose('validTo', { type: 'LocalDate', nullable: true, description: '终止日期 Day on which it ended.' }),
    visitCount: t.exposeInt('visitCount', {
      description: '走访次数 Visits of a linked cadre or first secretary.',
      card: { unit: '次 visits' },
    }),
    lastVisitedOn: t.expose('lastVisitedOn', {
      type: 'LocalDate',
      nullable: true,
      description: '最近走访 Last visit.',
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
    }),
  }),
});

export function loadEngagement(key: string, { store, caller, trace, loaders }: SubgraphContext<PartyStore>) {
  return loaders
    .get<EngagementRow | null>('engagement', (ids) => findRowsById(store, ENGAGEMENT_TABLE, ids, caller, trace))
    .load(key);
}

const below = (id: string) =>
  ({ column: 't.community_code', cast: 'text', key: findCodeKey('Community', 12, id) ?? '' }) as const;

builder.objectFields(Community, (t) => ({
  partyEngagements: t.field({
    type: PartyEngagementConnection,
    description: '党建联系 Live relations of units and cadres: grand committee, pairings, cadres, reports of units.',
    card: KEY_CARD,
    args: {
      ...pageArguments(t.arg),
      kind: t.arg({ type: PartyEngagementKind, description: '类型 Only this kind.' }),
    },
    resolve: ({ id }, { kind, ...page }, context, info) =>
      pageBelow(engagementList, below(id), page, { sort: 'KIND', filter: { kind } }, context, info),
  }),
  memberReports: t.field({
    type: PartyEngagementConnection,
    nullable: true,
    description: '党员报到 Members who reported to the community.',
    card: MEMBERSHIP,
    args: pageArguments(t.arg),
    resolve: ({ id }, page, context, info) =>
      pageBelow(memberReportList, below(id), page, { sort: 'KIND', filter: {} }, context, info),
  }),
}));

const PartyEngagementFilter = builder.inputType('PartyEngagementFilter', {
  description: '党建联系筛选 Which live relations; all given conditions hold together.',
  fields: (t) => ({
    divisionCode: t.string({ description: '区划代码 Inside this city or a division below it.' }),
    kind: t.field({ type: PartyEngagementKind, description: '类型 Kind; reports of members are not among them.' }),
    expiresBy: t.field({ type: 'LocalDate', description: '到期不晚于 Only those that expire on this day or before.' }),
  }),
});

builder.queryField('partyEngagements', (t) =>
  t.field({
    type: PartyEngagementConnection,
    description: '党建联系列表 Live relations of units and cadres with communities.',
    args: {
      ...pageArguments(t.arg),
      filter: t.arg({ type: PartyEngagementFilter, description: '筛选 Which.' }),
    },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(engagementList, page, { sort: 'KIND', filter: { ...filter } }, context, info),
  }),
);
