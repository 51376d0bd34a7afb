import { globalId } from '../../kit/global-id.ts';
import { pageArguments, pageBelow } from '../../kit/graph/connection.ts';
import { KEY_CARD } from '../../kit/graph/data-card.ts';
import { loadProvenance } from '../../kit/graph/provenance.ts';
import { statCodeOf } from '../../kit/store/division-filter.ts';
import { coversOrganization, finestDivisionCode } from '../rules/organization-place.ts';
import { countMembers, developingList, memberList } from '../store/member-rows.ts';
import { organizationList } from '../store/organization-rows.ts';
import { Community, Division, Grid, MicroGrid, Person, Provenance } from './builder.ts';
import { MEMBERSHIP, PARTY_ORGANIZATION_CARD, PUBLIC_NAME } from './cards.ts';
import {
  organizationLoader,
  PartyMemberConnection,
  PartyOrganization,
  PartyOrganizationConnection,
} from './entities.ts';
import { PartyHostKind, PartyOrganizationKind } from './vocabulary.ts';

PartyOrganization.implement({
  description: '党组织 A party organization. Open structure data; its members are not.',
  card: PARTY_ORGANIZATION_CARD,
  entity: organizationLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      reads: ['id'],
      resolve: (organization) => globalId('PartyOrganization', organization.id),
    }),
    kind: t.field({
      type: PartyOrganizationKind,
      description: '类型 Kind.',
      reads: ['kind'],
      resolve: ({ kind }) => kind,
    }),
    name: t.exposeString('name', { description: '名称 Full name.' }),
    organizationCode: t.exposeString('organizationCode', {
      description: '党组织编码 What files of the party’s systems name it by.',
    }),
    parent: t.field({
      type: PartyOrganization,
      nullable: true,
      description: '上级党组织 The organization above.',
      card: KEY_CARD,
      reads: ['parentId'],
      ...organizationLoader.below(({ parentId }: { readonly parentId: string | null }) =>
        parentId === null ? null : globalId('PartyOrganization', parentId),
      ),
    }),
    children: t.field({
      type: PartyOrganizationConnection,
      description: '下级党组织 Organizations directly below.',
      card: KEY_CARD,
      args: pageArguments(t.arg),
      reads: ['id'],
      resolve: ({ id }, args, context, info) =>
        pageBelow(
          { ...organizationList, name: 'party.organization_children' },
          { column: 't.parent_id', cast: 'uuid', key: id },
          args,
          { sort: 'ID', filter: {} },
          context,
          info,
        ),
    }),
    hostKind: t.field({
      type: PartyHostKind,
      nullable: true,
      description: '依托单位类型 What it is set up in; null for an organization of a territory.',
      reads: ['hostKind'],
      resolve: ({ hostKind }) => hostKind,
    }),
    hostName: t.exposeString('hostName', { nullable: true, description: '依托单位 Name of the team or stairwell.' }),
    coveredUnits: t.exposeStringList('coveredUnits', {
      description: '覆盖单位 Units that a joint branch covers; empty for others, and where they were not recorded.',
    }),
    publicContact: t.exposeString('publicContact', {
      nullable: true,
      description: '公示联系方式 Contact as posted on the notice board; null while nothing was published.',
      card: PUBLIC_NAME,
    }),
    secretaryName: t.exposeString('secretaryName', {
      nullable: true,
      description: '书记姓名 Name of the secretary as published; null while the post is vacant or not recorded.',
      card: PUBLIC_NAME,
    }),
    secretary: t.field({
      type: Person,
      nullable: true,
      description: '书记 The secretary as a person.',
      card: MEMBERSHIP,
      reads: ['secretaryPersonId'],
      resolve: ({ secretaryPersonId }) =>
        secretaryPersonId === null ? null : { id: globalId('Person', secretaryPersonId) },
    }),
    establishedOn: t.expose('establishedOn', { type: 'LocalDate', description: '成立日期 Day of establishment.' }),
    termEndsOn: t.expose('termEndsOn', {
      type: 'LocalDate',
      nullable: true,
      description: '届满日期 Day on which the term ends; a group has no term.',
    }),
    division: t.field({
      type: Division,
      description: '所在区划 The finest division that it belongs to.',
      card: KEY_CARD,
      resolve: (organization) => ({ id: globalId('Division', statCodeOf(finestDivisionCode(organization))) }),
    }),
    community: t.field({
      type: Community,
      nullable: true,
      description: '所在社区 Its community; null above the community.',
      card: KEY_CARD,
      reads: ['communityCode'],
      resolve: ({ communityCode }) => (communityCode === null ? null : { id: globalId('Community', communityCode) }),
    }),
    grid: t.field({
      type: Grid,
      nullable: true,
      description: '所在网格 Its grid; null for others than grid branches and groups.',
      card: KEY_CARD,
      reads: ['gridCode'],
      resolve: ({ gridCode }) => (gridCode === null ? null : { id: globalId('Grid', gridCode) }),
    }),
    microGrid: t.field({
      type: MicroGrid,
      nullable: true,
      description: '所在微网格 Its micro-grid; null for others than groups.',
      card: KEY_CARD,
      reads: ['microGridCode'],
      resolve: ({ microGridCode }) => (microGridCode === null ? null : { id: globalId('MicroGrid', microGridCode) }),
    }),
    memberCount: t.int({
      nullable: true,
      description: '党员数 Its direct members, wherever they live; null for an organization outside the caller’s area.',
      card: {
        right: 'party.membership',
        sharing: 'CONDITIONAL',
        grade: 2,
        unit: '人 persons',
        updateCycle: 'REALTIME',
        derivedFrom: 'count of PartyMember',
      },
      resolve: (organization, _args, context) => {
        if (!coversOrganization(context.caller, organization)) return null;
        return context.loaders
          .get<number>('memberCount', (ids) => countMembers(context.store, ids, context.trace))
          .load(organization.id);
      },
    }),
    members: t.field({
      type: PartyMemberConnection,
      nullable: true,
      description: '党员 Its direct members who live in the caller’s area.',
      card: MEMBERSHIP,
      args: pageArguments(t.arg),
      reads: ['id'],
      resolve: ({ id }, args, context, info) =>
        pageBelow(
          { ...memberList, name: 'party.organization_members' },
          { column: 't.organization_id', cast: 'uuid', key: id },
          args,
          { sort: 'ID', filter: {} },
          context,
          info,
        ),
    }),
    developing: t.field({
      type: PartyMemberConnection,
      nullable: true,
      description: '发展党员 Applicants, activists and candidates of the organization who live in the caller’s area.',
      card: MEMBERSHIP,
      args: pageArguments(t.arg),
      reads: ['id'],
      resolve: ({ id }, page, context, info) =>
        pageBelow(
          developingList,
          { column: 't.organization_id', cast: 'uuid', key: id },
          page,
          { sort: 'ID', filter: {} },
          context,
          info,
        ),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      reads: ['provenanceId'],
      resolve: (organization, _args, context) => loadProvenance(organization.provenanceId, context),
    }),
  }),
});
