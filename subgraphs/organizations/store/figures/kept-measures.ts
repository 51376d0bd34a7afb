import type { MeasureCode } from '../registers/indicator-rows.ts';

/** Which kept figures give what an indicator measures today. */
export const keptMeasures: Readonly<Record<MeasureCode, readonly string[]>> = {
  COMMUNITIES: ['community'],
  RESIDENTS_COMMITTEES: ['committee.RESIDENTS'],
  VILLAGERS_COMMITTEES: ['committee.VILLAGERS'],
  FARM_COMMITTEES: ['committee.FARM_RESIDENTS'],
  COMMITTEES: ['committee.RESIDENTS', 'committee.VILLAGERS', 'committee.FARM_RESIDENTS'],
  COMMUNITY_WORKERS: ['worker'],
  CERTIFIED_WORKERS: ['worker.certified'],
  LEADING_TALENTS: ['worker.leading-talent'],
  GRIDS: ['grid'],
  GRID_CHIEFS: ['post.GRID_CHIEF'],
  GRID_WORKERS: ['post.FULL_TIME_GRID_WORKER', 'post.PART_TIME_GRID_WORKER'],
  MICRO_GRID_CHIEFS: ['post.MICRO_GRID_CHIEF'],
  SERVICE_TEAMS: ['body.SERVICE_TEAM'],
  SOCIAL_ORGANIZATIONS: ['body.SOCIAL_ORGANIZATION'],
  LEGAL_ADVISED_COMMUNITIES: ['coverage.LEGAL_ADVISER'],
  EXAM_PASSERS: ['certificate.holder'],
  COMMUNITIES_WITH_GRIDS: ['coverage.GRID'],
  POLICY_WORK_LINES: ['policy.work-line'],
  POLICY_ASPECTS: ['policy.aspect'],
  INTERNATIONAL_COMMUNITIES: ['designated.INTERNATIONAL'],
  HARMONIOUS_COMMUNITIES: ['designated.HARMONIOUS'],
  GENERALIST_COMMUNITIES: ['designated.GENERALIST'],
};

/** Measures of what lies in grids: those that an overview of a grid can give. */
export const gridMeasures: ReadonlySet<string> = new Set<MeasureCode>([
  'GRIDS',
  'GRID_CHIEFS',
  'GRID_WORKERS',
  'MICRO_GRID_CHIEFS',
]);
