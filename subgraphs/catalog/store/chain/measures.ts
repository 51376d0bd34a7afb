import { DAY_ENDS, type Measures } from '../../../kit/figures/measures.ts';

/** The chain of systems is the whole city's: a part of the city has none of its own. */
const ofCity = (sql: string) => `CASE WHEN length(k.code) = 4 THEN (${sql}) END`;
const systems = (figure: string, condition: string) =>
  ofCity(`SELECT ${figure} FROM catalog.department_system t WHERE t.registered_at < ${DAY_ENDS} AND ${condition}`);

/** 口径 — what an indicator may measure of the catalogue. */
export const catalogMeasures: Measures = {
  /** Systems of a tier of the chain: cloud, platforms, systems. */
  SYSTEMS: { sql: systems('count(*)', 't.tier = k.argument') },
  /** Modules of a system, named or not. */
  SYSTEM_MODULES: {
    sql: systems('count(*)', 't.parent_id = (SELECT s.id FROM catalog.department_system s WHERE s.code = k.argument)'),
  },
  SOURCE_DEPARTMENTS: { sql: systems('count(DISTINCT t.department_code)', "t.tier = 'SYSTEM'") },
  SOURCE_ROWS: { sql: systems('coalesce(sum(t.row_count), 0)', 'true') },
  /** Since the catalogue has them on record. */
  SCENARIOS: {
    sql: ofCity(`SELECT count(*) FROM catalog.scenario t JOIN catalog.provenance p ON p.id = t.provenance_id
      WHERE p.recorded_at < ${DAY_ENDS}`),
  },
};
