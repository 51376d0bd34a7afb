import { findKey } from '../../../kit/global-id.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import { definePlaceSection, loadPlaceFigures } from '../../../kit/graph/place-section.ts';
import { coversCode } from '../../../kit/store/place-scope.ts';
import { builder, PlaceOverview } from '../builder.ts';
import { PARTY_ORGANIZATION_CARD } from '../cards.ts';

const PARTY_CARD: DataCard = {
  ...PARTY_ORGANIZATION_CARD,
  updateCycle: 'REALTIME',
  unit: '个 organizations',
  derivedFrom: 'count of PartyOrganization',
};
/** How many members live in a small place tells who they are: as restricted as the membership itself. */
const MEMBERS: Partial<DataCard> = {
  right: 'party.membership',
  sharing: 'CONDITIONAL',
  grade: 2,
  unit: '人 persons',
  derivedFrom: 'count of PartyMember by where he lives',
};
const CLAIMS: Partial<DataCard> = { ...MEMBERS, unit: '个岗位 posts', derivedFrom: 'count of live PostClaim' };
const RELATIONS: Partial<DataCard> = { unit: '个 relations', derivedFrom: 'count of live PartyEngagement' };
const ENTRIES: Partial<DataCard> = { unit: '条 entries', derivedFrom: 'count of ListEntry' };
const COMMUNITIES: Partial<DataCard> = {
  unit: '个 communities',
  derivedFrom: 'communities with a live PartyEngagement',
};
const FINDINGS: Partial<DataCard> = {
  source: 'discipline-inspection',
  sharing: 'CONDITIONAL',
  grade: 3,
  right: 'party.supervision',
  unit: '个 findings',
  derivedFrom: 'count of SupervisionFinding where state is OPEN',
};

const PlaceParty = definePlaceSection(builder, {
  name: 'PlaceParty',
  description:
    '党建 Organizations, relations, lists and stations of the party in a place. Counts of members need a right.',
  card: PARTY_CARD,
  numbers: {
    committeeCount: { figures: ['organization.COMMITTEE'], description: '党委 Committees.' },
    generalBranchCount: { figures: ['organization.GENERAL_BRANCH'], description: '党总支 General branches.' },
    branchCount: {
      figures: ['organization.BRANCH', 'organization.JOINT_BRANCH'],
      description: '党支部 Branches, joint ones included, grid branches not.',
    },
    gridBranchCount: { figures: ['organization.GRID_BRANCH'], description: '网格党支部 Grid branches.' },
    microGridGroupCount: {
      figures: ['organization.MICRO_GRID_GROUP'],
      description: '微网格党小组 Groups of micro-grids.',
    },
    groupCount: { figures: ['organization.GROUP'], description: '其他党小组 Other groups: stairwells, civic teams.' },
    termEndedCount: {
      figures: ['organization.term-ended'],
      description: '届满未换届 Organizations whose term has ended.',
    },
    memberCount: {
      figures: ['member.FULL', 'member.PROBATIONARY'],
      description: '党员 Members who live here.',
      card: MEMBERS,
    },
    probationaryMemberCount: {
      figures: ['member.PROBATIONARY'],
      description: '预备党员 Probationary members.',
      card: MEMBERS,
    },
    postClaimCount: { figures: ['post-claim'], description: '认岗 Posts claimed in grids.', card: CLAIMS },
    pairingCount: {
      figures: ['engagement.PAIRING'],
      description: '结对共建 Pairing agreements that have not run out.',
      card: RELATIONS,
    },
    communitiesWithPairing: {
      figures: ['coverage.PAIRING'],
      description: '有结对共建的社区 Communities with a pairing.',
      card: COMMUNITIES,
    },
    communitiesWithGrandCommittee: {
      figures: ['coverage.GRAND_COMMITTEE_MEMBER'],
      description: '有大党委的社区 Communities with a grand committee.',
      card: COMMUNITIES,
    },
    firstSecretaryCount: {
      figures: ['engagement.FIRST_SECRETARY'],
      description: '第一书记 First secretaries.',
      card: RELATIONS,
    },
    cadreLinkCount: { figures: ['engagement.CADRE_LINK'], description: '领导干部挂钩 Linked cadres.', card: RELATIONS },
    unitReportCount: {
      figures: ['engagement.UNIT_REPORT'],
      description: '单位报到 Reports of units.',
      card: RELATIONS,
    },
    memberReportCount: {
      figures: ['engagement.MEMBER_REPORT'],
      description: '党员报到 Reports of members.',
      card: { ...MEMBERS, derivedFrom: 'count of live PartyEngagement of members' },
    },
    openDemandCount: { figures: ['list.DEMAND.open'], description: '待认领需求 Demands to be claimed.', card: ENTRIES },
    openResourceCount: {
      figures: ['list.RESOURCE.open'],
      description: '待认领资源 Resources to be claimed.',
      card: ENTRIES,
    },
    openProjectCount: {
      figures: ['list.PROJECT.open'],
      description: '待认领项目 Projects to be claimed.',
      card: ENTRIES,
    },
    claimedEntryCount: {
      figures: ['list.DEMAND.claimed', 'list.RESOURCE.claimed', 'list.PROJECT.claimed'],
      description: '已认领条目 Entries of the three lists that were claimed.',
      card: ENTRIES,
    },
    openCallOutCount: {
      figures: ['list.CALL_OUT.open'],
      description: '待响应的呼叫 Call-outs not answered yet.',
      card: ENTRIES,
    },
    volunteerStationCount: {
      figures: ['station'],
      description: '志愿服务站点 Volunteer stations of the four levels.',
      card: { unit: '个 stations', derivedFrom: 'count of VolunteerStation' },
    },
    volunteerTeamCount: {
      figures: ['station.TEAM'],
      description: '党员志愿服务队 Volunteer teams.',
      card: { unit: '支 teams', derivedFrom: 'count of VolunteerStation' },
    },
    openFindingCount: {
      figures: ['finding.open'],
      description: '未整改问题 Findings not put right yet.',
      card: FINDINGS,
    },
    overdueFindingCount: {
      figures: ['finding.overdue'],
      description: '逾期未整改问题 Those past their deadline.',
      card: {
        ...FINDINGS,
        derivedFrom: 'count of SupervisionFinding where state is OPEN and dueOn before today',
      },
    },
  },
});

builder.objectField(PlaceOverview, 'party', (t) =>
  t.field({
    type: PlaceParty,
    nullable: true,
    description: '党建 The party’s work; null outside the caller’s area or where nothing has been counted yet.',
    card: PARTY_CARD,
    resolve: ({ id }, _args, context) => {
      const code = findKey('PlaceOverview', id) ?? '';
      return coversCode(context.caller, code) ? loadPlaceFigures(code, context, 'PlaceParty') : null;
    },
  }),
);
