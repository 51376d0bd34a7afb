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

const kept = (entity: string, open: string, department: DataCard['source'] = 'civil-affairs'): Partial<DataCard> => ({
  source: department,
  derivedFrom: `count of ${entity} where ${open}`,
});
const overdueOf = (entity: string, open: string, day: string, department?: DataCard['source']): Partial<DataCard> =>
  kept(entity, `${open} and ${day} before today`, department);

/** Figures of every kind of matter that can be open, or late. */
const OPEN_MATTERS = [
  ...['incident', 'request', 'deliberation', 'demand', 'project', 'task', 'burden', 'report', 'contract'],
  ...['inspection', 'mediation', 'work-item', 'admission'],
];
const OVERDUE_MATTERS = [
  ...['incident', 'request', 'demand', 'project', 'task', 'burden', 'report', 'contract', 'inspection'],
];

const PlaceMatters = definePlaceSection(builder, {
  name: 'PlaceMatters',
  description: '事项 Open and overdue matters, live alerts, deliberations and facilities of a place.',
  card: MATTERS_CARD,
  numbers: {
    openMatterCount: {
      figures: OPEN_MATTERS.map((matter) => `${matter}.open`),
      description: '未结事项 All matters that are open: the sum of the counts of open ones below.',
      card: { derivedFrom: 'sum of the counts of open matters' },
    },
    overdueMatterCount: {
      figures: OVERDUE_MATTERS.map((matter) => `${matter}.overdue`),
      description: '超期事项 All open matters past their day: the sum of the counts of overdue ones below.',
      card: { derivedFrom: 'sum of the counts of overdue matters' },
    },
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
    openDemandCount: {
      figures: ['demand.open'],
      description: '未结民需 Demands of residents that are neither met nor answered.',
      card: kept('Demand', 'state is FOUND or GROUPED'),
    },
    overdueDemandCount: {
      figures: ['demand.overdue'],
      description: '超期民需 Demands past the day by which they were to be answered.',
      card: overdueOf('Demand', 'state is FOUND', 'answerDueOn'),
    },
    openProjectCount: {
      figures: ['project.open'],
      description: '在办民需项目 Projects out of demands that are under way.',
      card: kept('DemandProject', 'state is not terminal'),
    },
    overdueProjectCount: {
      figures: ['project.overdue'],
      description: '超期民需项目 Projects past the day of their present step.',
      card: overdueOf('DemandProject', 'state has a clock', 'stepDueOn'),
    },
    openTaskCount: {
      figures: ['task.open'],
      description: '未完成交办事项 Tasks that departments have given to communities.',
      card: kept('CommunityTask', 'state is ASSIGNED or ACCEPTED'),
    },
    overdueTaskCount: {
      figures: ['task.overdue'],
      description: '超期交办事项 Tasks past their day.',
      card: overdueOf('CommunityTask', 'state is ASSIGNED or ACCEPTED', 'dueOn'),
    },
    openBurdenCount: {
      figures: ['burden.open'],
      description: '待清理事项 Burdens of communities that are to be reviewed.',
      card: kept('BurdenItem', 'state is REGISTERED'),
    },
    overdueBurdenCount: {
      figures: ['burden.overdue'],
      description: '超期待清理事项 Those past the day of their review.',
      card: overdueOf('BurdenItem', 'state is REGISTERED', 'reviewDueOn'),
    },
    openReportCount: {
      figures: ['report.open'],
      description: '未办结举报 Reports of formalism that are not closed.',
      card: kept('FormalismReport', 'state is not terminal', 'discipline-inspection'),
    },
    overdueReportCount: {
      figures: ['report.overdue'],
      description: '超期举报 Reports past the day of their present step.',
      card: overdueOf('FormalismReport', 'state has a clock', 'dueOn', 'discipline-inspection'),
    },
    openContractCount: {
      figures: ['contract.open'],
      description: '履行中合同 Contracts that are neither closed nor terminated.',
      card: kept('Contract', 'state is not terminal'),
    },
    overdueContractCount: {
      figures: ['contract.overdue'],
      description: '逾期未验收合同 Contracts past their last day that are not accepted.',
      card: overdueOf('Contract', 'state is SIGNED or PERFORMING', 'endsOn'),
    },
    openInspectionCount: {
      figures: ['inspection.open'],
      description: '计划检查 Inspections that are planned.',
      card: kept('Inspection', 'state is PLANNED', 'justice'),
    },
    overdueInspectionCount: {
      figures: ['inspection.overdue'],
      description: '逾期未查 Inspections that were planned for a day that has passed.',
      card: overdueOf('Inspection', 'state is PLANNED', 'plannedOn', 'justice'),
    },
    openMediationCount: {
      figures: ['mediation.open'],
      description: '调解中 Mediations that have neither failed nor been confirmed or fulfilled.',
      card: kept('Mediation', 'state is OPEN or AGREED', 'justice'),
    },
    openWorkItemCount: {
      figures: ['work-item.open'],
      description: '未承接清单条目 Entries of a chain of work lists that the next list does not continue yet.',
      card: kept('WorkListEntry', 'no entry continues it'),
    },
    openAdmissionCount: {
      figures: ['admission.open'],
      description: '待审定准入事项 Proposals to change the admission list; of counties and above.',
      card: kept('AdmissionItem', 'state is PROPOSED'),
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
      return coversCode(context.caller, code) ? loadPlaceFigures(code, context, 'PlaceMatters') : null;
    },
  }),
);
