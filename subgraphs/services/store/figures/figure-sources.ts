import type { FigureSource } from '../../../kit/figures/figure-source.ts';

const countIf = (condition: string) => `count(*) FILTER (WHERE ${condition})`;

/** In the words of the indexes that are there for it. */
const FALLS_DUE =
  "(t.due_at AT TIME ZONE 'UTC') >= (:since AT TIME ZONE 'UTC') AND (t.due_at AT TIME ZONE 'UTC') < (:now AT TIME ZONE 'UTC')";

/** What is counted of the matters of a place. */
export const servicesFigures: readonly FigureSource[] = [
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
    },
  },
  {
    from: 'services.facility_serving t JOIN services.facility f ON f.id = t.facility_id',
    where: "f.kind IN ('PARTY_MASS_SERVICE_CENTRE', 'CONVENIENCE_CENTRE', 'CONVENIENCE_STATION')",
    figures: { 'coverage.service-centre': 'least(count(*), 1)' },
  },
];
