import type { FigureSource } from '../../../kit/figures/figure-source.ts';
import { IN_SERVICE, URBAN } from '../facilities/facility-rows.ts';

const countIf = (condition: string) => `count(*) FILTER (WHERE ${condition})`;

/** In the words of the indexes that are there for it. */
const FALLS_DUE =
  "(t.due_at AT TIME ZONE 'UTC') >= (:since AT TIME ZONE 'UTC') AND (t.due_at AT TIME ZONE 'UTC') < (:now AT TIME ZONE 'UTC')";

/** Rows whose last day, in the named column, has passed. */
const late = (column: string) => `t.${column} < :today`;
const lateFrom = (column: string) => ({
  by: 'DAY' as const,
  rows: `t.${column} >= :sinceDay AND t.${column} < :today`,
});
const within = (states: readonly string[]) => `t.state IN (${states.map((state) => `'${state}'`).join(', ')})`;

/**
 * What waits for somebody until a day: table, states in which it is open, and those of them in which the day in the
 * column binds, which are the states with a clock of its machine.
 */
const waiting = (
  name: string,
  table: string,
  open: readonly string[],
  { column, binding = open }: { readonly column: string; readonly binding?: readonly string[] },
): FigureSource => ({
  from: `services.${table} t`,
  where: within(open),
  figures: { [`${name}.open`]: 'count(*)', [`${name}.overdue`]: countIf(`${within(binding)} AND ${late(column)}`) },
  turning: lateFrom(column),
});

/** What a community and its departments still owe somebody. */
const openMatters: readonly FigureSource[] = [
  waiting('demand', 'demand', ['FOUND', 'GROUPED'], { column: 'answer_due_on', binding: ['FOUND'] }),
  waiting('project', 'demand_project', ['FOUND', 'CONSOLIDATED', 'DESIGNED', 'IMPLEMENTING', 'EVALUATING'], {
    column: 'step_due_on',
    binding: ['FOUND', 'CONSOLIDATED', 'DESIGNED', 'EVALUATING'],
  }),
  waiting('task', 'community_task', ['ASSIGNED', 'ACCEPTED'], { column: 'due_on' }),
  waiting('burden', 'burden_item', ['REGISTERED'], { column: 'review_due_on' }),
  waiting('report', 'formalism_report', ['FILED', 'ACCEPTED', 'TALKED', 'RECTIFIED'], {
    column: 'due_on',
    binding: ['FILED', 'ACCEPTED', 'TALKED'],
  }),
  waiting('contract', 'contract', ['SIGNED', 'PERFORMING', 'ACCEPTED'], {
    column: 'ends_on',
    binding: ['SIGNED', 'PERFORMING'],
  }),
  waiting('inspection', 'inspection', ['PLANNED'], { column: 'planned_on' }),
  {
    from: 'services.mediation t',
    figures: { 'mediation.open': countIf(within(['OPEN', 'AGREED'])) },
  },
  {
    // An entry of a chain of lists is open until one of the next list continues it; the last list closes the chain.
    from: 'services.work_list_entry t JOIN services.work_list l ON l.id = t.list_id',
    where: `l.family = 'CHAINED_LISTS' AND NOT EXISTS (SELECT FROM services.work_list_entry n WHERE n.previous_id = t.id)
      AND EXISTS (SELECT FROM services.work_list m
                   WHERE m.division_code = l.division_code AND m.family = l.family AND m.ordinal = l.ordinal + 1)`,
    figures: { 'work-item.open': 'count(*)' },
  },
  {
    // Proposals lie in a county, not in a community.
    from: 'services.admission_item t',
    where: "t.state = 'PROPOSED'",
    community: 'NULL::text',
    above: 't.county_code',
    figures: { 'admission.open': 'count(*)' },
  },
];

/** What is counted of the matters of a place. */
export const servicesFigures: readonly FigureSource[] = [
  ...openMatters,
  {
    from: 'services.incident t',
    where: 't.closed_at IS NULL',
    place: 't.grid_code',
    figures: {
      'incident.open': 'count(*)',
      'incident.overdue': countIf('t.due_at < :now'),
      'incident.unaccepted': countIf("t.state = 'REPORTED'"),
      'incident.supervised': countIf('t.supervised_at IS NOT NULL'),
    },
    turning: { by: 'INSTANT', rows: FALLS_DUE },
  },
  {
    from: 'services.service_request t',
    where: 't.closed_at IS NULL AND t.submitted_at IS NOT NULL',
    figures: { 'request.open': 'count(*)', 'request.overdue': countIf('t.due_at < :now') },
    turning: { by: 'INSTANT', rows: FALLS_DUE },
  },
  {
    from: 'services.alert t',
    where: 't.closed_at IS NULL',
    place: 't.grid_code',
    figures: Object.fromEntries(
      ['BLUE', 'YELLOW', 'ORANGE', 'RED'].map((level) => [`alert.${level}`, countIf(`t.level = '${level}'`)]),
    ),
  },
  {
    from: 'services.deliberation t',
    figures: {
      'deliberation.open': countIf("t.state NOT IN ('CONCLUDED', 'NOT_PASSED')"),
      'deliberation.held': 'count(*)',
    },
  },
  {
    from: 'services.facility t',
    figures: {
      facility: 'count(*)',
      'facility.below-standard': countIf('NOT t.meets_standard'),
      'facility.centre': countIf("t.kind = 'PARTY_MASS_SERVICE_CENTRE'"),
      'facility.lounge': countIf("t.kind = 'RESIDENTS_LOUNGE'"),
      'facility.convenience': countIf("t.kind IN ('CONVENIENCE_CENTRE', 'CONVENIENCE_STATION')"),
      'facility.legal-aid': countIf("t.kind = 'LEGAL_AID'"),
      'facility.assessed': countIf(`${IN_SERVICE} AND t.meets_standard IS NOT NULL`),
      'facility.compliant': countIf(`${IN_SERVICE} AND t.meets_standard`),
      ...Object.fromEntries(
        (['urban', 'rural'] as const).flatMap((side) => {
          const centre = `t.kind = 'PARTY_MASS_SERVICE_CENTRE' AND ${IN_SERVICE} AND ${side === 'urban' ? '' : 'NOT '}(${URBAN})`;
          return [
            [`centre.${side}`, countIf(centre)],
            [`centre.${side}.area`, `coalesce(round(sum(t.area_square_metres) FILTER (WHERE ${centre})), 0)`],
          ];
        }),
      ),
    },
  },
  {
    from: 'services.facility_upgrade t',
    figures: {
      'upgrade.grant': 'sum(t.grant_yuan)',
      'upgrade.urban': countIf(URBAN),
      'upgrade.rural': countIf(`NOT (${URBAN})`),
    },
  },
  {
    // A standard is a city's: parts are numbered, so the last number is how many its fullest standard has.
    from: 'services.standard_part t JOIN services.facility_standard s ON s.id = t.standard_id',
    where: "s.based_on_id IS NULL AND s.facility_kind = 'PARTY_MASS_SERVICE_CENTRE'",
    community: 'NULL::text',
    above: 's.city_code',
    figures: {
      'standard.aspect': "coalesce(max(t.ordinal) FILTER (WHERE t.kind = 'ASPECT'), 0)",
      'standard.clause': "coalesce(max(t.ordinal) FILTER (WHERE t.kind = 'CLAUSE'), 0)",
    },
  },
  {
    from: 'services.facility_serving t JOIN services.facility f ON f.id = t.facility_id',
    where: "f.kind IN ('PARTY_MASS_SERVICE_CENTRE', 'CONVENIENCE_CENTRE', 'CONVENIENCE_STATION')",
    figures: { 'coverage.service-centre': 'least(count(*), 1)' },
  },
];
