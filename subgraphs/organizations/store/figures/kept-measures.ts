import { type MeasureCode, type MeasureName, programmeOf } from '../registers/indicator-rows.ts';

const KEPT: Readonly<Record<MeasureCode, readonly string[]>> = {
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
};

/** Which kept figures give what an indicator measures today. */
export function keptFigures(measure: MeasureName): readonly string[] {
  const programme = programmeOf(measure);
  return programme === undefined ? KEPT[measure as MeasureCode] : [`designated.${programme}`];
}

/** Measures of what lies in grids: those that an overview of a grid can give. */
export const gridMeasures: ReadonlySet<string> = new Set<MeasureCode>([
  'GRIDS',
  'GRID_CHIEFS',
  'GRID_WORKERS',
  'MICRO_GRID_CHIEFS',
]);
