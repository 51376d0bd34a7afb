import { dateInChina } from '../../../kit/clock.ts';
import { isKept } from '../../../kit/figures/measures.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import { definePlaceSection, loadPlaceFigures } from '../../../kit/graph/place-section.ts';
import { organizationKinds } from '../../store/bodies/organization-rows.ts';
import { gridMeasures, organizationsMeasures } from '../../store/figures/measures.ts';
import { indicatorsOfCity } from '../../store/registers/indicator-rows.ts';
import { builder } from '../builder.ts';
import { COMMUNITY_CARD, GRID_CARD } from '../cards.ts';
import { PlaceOverview } from '../entities.ts';
import { loadShortList } from '../entity-loading.ts';
import { Indicator } from '../registers/indicator.ts';

const FORCE_CARD: DataCard = {
  ...GRID_CARD,
  updateCycle: 'REALTIME',
  unit: '个岗位 posts',
  derivedFrom: 'count of live GridAssignment',
};
const BODY_CARD: DataCard = {
  ...COMMUNITY_CARD,
  updateCycle: 'REALTIME',
  unit: '个 bodies',
  derivedFrom: 'count of Organization and Committee',
};
const COVERAGE_CARD: DataCard = {
  ...COMMUNITY_CARD,
  updateCycle: 'REALTIME',
  unit: '个社区 communities',
  derivedFrom: 'count of Community with a live Engagement',
};
const GRIDS: Partial<DataCard> = { unit: '个 grids', derivedFrom: 'count of Grid and its live GRID_CHIEF' };
const WORKERS: Partial<DataCard> = { unit: '人 persons', derivedFrom: 'count of serving CommunityWorker' };

const PlaceForce = definePlaceSection(builder, {
  name: 'PlaceForce',
  description: '力量 Grids, the posts held in them and the community workers of a place. Open: not cut to an area.',
  card: FORCE_CARD,
  numbers: {
    gridCount: { figures: ['grid'], description: '网格数 Grids.', card: GRIDS },
    gridsWithChief: { figures: ['grid.led'], description: '有网格长的网格数 Grids with a live chief.', card: GRIDS },
    gridChiefCount: { figures: ['post.GRID_CHIEF'], description: '网格长 Grid chiefs.' },
    fullTimeGridWorkerCount: {
      figures: ['post.FULL_TIME_GRID_WORKER'],
      description: '专职网格员 Full-time grid workers.',
    },
    partTimeGridWorkerCount: {
      figures: ['post.PART_TIME_GRID_WORKER'],
      description: '兼职网格员 Part-time grid workers.',
    },
    gridInstructorCount: { figures: ['post.GRID_INSTRUCTOR'], description: '网格指导员 Grid instructors.' },
    microGridChiefCount: { figures: ['post.MICRO_GRID_CHIEF'], description: '微网格长 Micro-grid chiefs.' },
    communityWorkerCount: { figures: ['worker'], description: '社区工作者 Serving community workers.', card: WORKERS },
    certifiedWorkerCount: {
      figures: ['worker.certified'],
      description: '持证社区工作者 Those with a certificate.',
      card: WORKERS,
    },
    openRecruitmentCount: {
      figures: ['recruitment.open'],
      description: '进行中的招考 Recruitments under way.',
      card: { unit: '次 recruitments', derivedFrom: 'count of Recruitment where state is not terminal' },
    },
    lapsedRegistrationCount: {
      figures: ['registration.lapsed'],
      description: '逾期未续登记 Registrations of social workers that ran out and were not renewed.',
      card: { unit: '人 persons', derivedFrom: 'count of SocialWorkerRegistration where expiresOn before today' },
    },
  },
});

const PlaceBodies = definePlaceSection(builder, {
  name: 'PlaceBodies',
  description: '组织 Communities, committees in their term and other bodies of a place. Open: not cut to an area.',
  card: BODY_CARD,
  numbers: {
    communityCount: {
      figures: ['community'],
      description: '社区（村）数 Communities.',
      card: { unit: '个 communities', derivedFrom: 'count of Community' },
    },
    residentsCommitteeCount: {
      figures: ['committee.RESIDENTS', 'committee.FARM_RESIDENTS'],
      description: '居民委员会 Residents’ committees, those of farms included.',
    },
    villagersCommitteeCount: { figures: ['committee.VILLAGERS'], description: '村民委员会 Villagers’ committees.' },
    supervisionCommitteeCount: {
      figures: ['committee.SUPERVISION'],
      description: '监督委员会 Supervision committees.',
    },
    termEndedCommitteeCount: {
      figures: ['committee.term-ended'],
      description: '届满未换届委员会 Committees whose term has ended and that no later one has followed.',
    },
    openElectionCount: {
      figures: ['election.open'],
      description: '进行中的选举 Elections under way.',
      card: { unit: '次 elections', derivedFrom: 'count of Election where state is not terminal' },
    },
    socialOrganizationCount: { figures: ['body.SOCIAL_ORGANIZATION'], description: '社会组织 Social organizations.' },
    stationedUnitCount: { figures: ['body.STATIONED_UNIT'], description: '驻区单位 Stationed units.' },
    propertyServiceCount: { figures: ['body.PROPERTY_SERVICE'], description: '物业服务企业 Property services.' },
    ownersCommitteeCount: { figures: ['body.OWNERS_COMMITTEE'], description: '业主委员会 Owners’ committees.' },
    serviceTeamCount: { figures: ['body.SERVICE_TEAM', 'body.GRID_TEAM'], description: '服务团队 Service teams.' },
    allBodyCount: {
      figures: organizationKinds.map((kind) => `body.${kind}`),
      description: '各类组织 All bodies but committees.',
    },
  },
});

const PlaceCoverage = definePlaceSection(builder, {
  name: 'PlaceCoverage',
  description: '覆盖 In how many communities of a place there is what each should have. Open: not cut to an area.',
  card: COVERAGE_CARD,
  numbers: {
    communityCount: {
      figures: ['community'],
      description: '社区（村）数 Communities.',
      card: { derivedFrom: 'count of Community' },
    },
    legalAdviserCount: { figures: ['coverage.LEGAL_ADVISER'], description: '有法律顾问 With a legal adviser.' },
    gridCount: {
      figures: ['coverage.GRID'],
      description: '有网格 With grids.',
      card: { derivedFrom: 'count of Community with a Grid' },
    },
    stationedUnitCount: { figures: ['coverage.STATIONED'], description: '有驻区单位 With a stationed unit.' },
  },
});

builder.objectFields(PlaceOverview, (t) => ({
  force: t.field({
    type: PlaceForce,
    nullable: true,
    description: '力量 Grids, posts and workers; null where nothing has been counted yet.',
    card: FORCE_CARD,
    resolve: ({ code }, _args, context) => loadPlaceFigures(code, context),
  }),
  bodies: t.field({
    type: PlaceBodies,
    nullable: true,
    description: '组织 Communities, committees, bodies; null where nothing has been counted yet.',
    card: BODY_CARD,
    resolve: ({ code }, _args, context) => loadPlaceFigures(code, context),
  }),
  coverage: t.field({
    type: PlaceCoverage,
    nullable: true,
    description: '覆盖 Communities that have what each should have; null where nothing has been counted yet.',
    card: COVERAGE_CARD,
    resolve: ({ code }, _args, context) => loadPlaceFigures(code, context),
  }),
  indicators: t.field({
    type: [Indicator],
    description:
      '指标与目标 The city’s indicators in this place, from kept figures, without those that are counted for the board alone; in a grid those of what lies in grids.',
    card: BODY_CARD,
    resolve: async ({ code, level }, _args, context) => {
      const [rows, figures] = await Promise.all([
        loadShortList(indicatorsOfCity, code.slice(0, 4), context),
        loadPlaceFigures(code, context),
      ]);
      const day = dateInChina(context.clock.now());
      const shown = rows.filter(({ measure }) =>
        level === 'GRID' ? gridMeasures.has(measure ?? '') : isKept(organizationsMeasures, measure ?? ''),
      );
      return figures === null ? [] : shown.map((row) => ({ row, divisionCode: code, day, kept: figures.totals }));
    },
  }),
}));
