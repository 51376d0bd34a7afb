import { findKey } from '../../../kit/global-id.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import { definePlaceSection, loadPlaceFigures } from '../../../kit/graph/place-section.ts';
import { coversCode } from '../../../kit/store/place-scope.ts';
import { builder, PlaceOverview } from '../builder.ts';

const MATTERS_CARD: DataCard = {
  source: 'political-legal',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'REALTIME',
  unit: '件 matters',
  derivedFrom: 'count of Incident where closedAt is null',
};
const ALERTS: Partial<DataCard> = { derivedFrom: 'count of Alert where closedAt is null' };
const REQUESTS: Partial<DataCard> = {
  source: 'government-service',
  derivedFrom: 'count of ServiceRequest where closedAt is null',
};
const DELIBERATIONS: Partial<DataCard> = { source: 'civil-affairs', derivedFrom: 'count of Deliberation' };
const FACILITIES: Partial<DataCard> = {
  source: 'civil-affairs',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  unit: '个 facilities',
  derivedFrom: 'count of Facility',
};

const PlaceMatters = definePlaceSection(builder, {
  name: 'PlaceMatters',
  description: '事项 Open and overdue matters, live alerts, deliberations and facilities of a place.',
  card: MATTERS_CARD,
  numbers: {
    openIncidentCount: { figures: ['incident.open'], description: '未结事件 Open incidents.' },
    overdueIncidentCount: {
      figures: ['incident.overdue'],
      description: '超期事件 Open incidents past their deadline.',
      card: { derivedFrom: 'count of Incident where closedAt is null and dueAt before countedAt' },
    },
    unacceptedIncidentCount: {
      figures: ['incident.unaccepted'],
      description: '待受理事件 Reported and not accepted yet.',
    },
    supervisedIncidentCount: { figures: ['incident.supervised'], description: '督办事件 Open ones under supervision.' },
    openRequestCount: {
      figures: ['request.open'],
      description: '在办办件 Requests that were submitted and are not closed.',
      card: REQUESTS,
    },
    overdueRequestCount: {
      figures: ['request.overdue'],
      description: '超期办件 Open requests past the promised time.',
      card: { ...REQUESTS, derivedFrom: 'count of ServiceRequest where closedAt is null and dueAt before countedAt' },
    },
    blueAlertCount: { figures: ['alert.BLUE'], description: '蓝色预警 Live alerts of the fourth level.', card: ALERTS },
    yellowAlertCount: {
      figures: ['alert.YELLOW'],
      description: '黄色预警 Live alerts of the third level.',
      card: ALERTS,
    },
    orangeAlertCount: {
      figures: ['alert.ORANGE'],
      description: '橙色预警 Live alerts of the second level.',
      card: ALERTS,
    },
    redAlertCount: { figures: ['alert.RED'], description: '红色预警 Live alerts of the first level.', card: ALERTS },
    openDeliberationCount: {
      figures: ['deliberation.open'],
      description: '进行中的协商 Deliberations under way.',
      card: DELIBERATIONS,
    },
    deliberationCount: { figures: ['deliberation.held'], description: '协商 All deliberations.', card: DELIBERATIONS },
    facilityCount: { figures: ['facility'], description: '服务设施 Service facilities.', card: FACILITIES },
    facilitiesBelowStandard: {
      figures: ['facility.below-standard'],
      description: '未达标设施 Facilities whose latest assessment found them below the standard.',
      card: FACILITIES,
    },
    partyMassCentreCount: {
      figures: ['facility.centre'],
      description: '党群服务中心 Party and mass service centres.',
      card: FACILITIES,
    },
    residentsLoungeCount: {
      figures: ['facility.lounge'],
      description: '居民会客厅 Residents’ lounges.',
      card: FACILITIES,
    },
    communitiesWithCentre: {
      figures: ['coverage.service-centre'],
      description: '有服务中心（站）的社区 Communities that a service centre or station serves.',
      card: { ...FACILITIES, unit: '个 communities', derivedFrom: 'count of communities served by a Facility' },
    },
  },
});

builder.objectField(PlaceOverview, 'matters', (t) =>
  t.field({
    type: PlaceMatters,
    nullable: true,
    description:
      '事项 Matters, alerts and facilities; null outside the caller’s area or where nothing has been counted yet.',
    card: MATTERS_CARD,
    resolve: ({ id }, _args, context) => {
      const code = findKey('PlaceOverview', id) ?? '';
      return coversCode(context.caller, code) ? loadPlaceFigures(code, context) : null;
    },
  }),
);
