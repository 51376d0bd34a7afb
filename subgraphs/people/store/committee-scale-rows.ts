import type { OperationTrace } from '../../kit/operation-trace.ts';
import type { PeopleStore } from './people-store.ts';

/** The law on the size of residents' committees, in the version of a day. */
export interface CommitteeScaleRule {
  readonly minimum: number;
  readonly maximum: number;
  readonly legalBasis: string;
  readonly effectiveFrom: string;
}

/** The versions in force on some days, in their order; null before the first law. */
export async function findCommitteeScaleRules(
  store: PeopleStore,
  days: readonly string[],
  trace: OperationTrace,
): Promise<(CommitteeScaleRule | null)[]> {
  const rows = await store.database.rows<CommitteeScaleRule & { readonly day: string }>(
    'committee_scale_rules',
    `SELECT k.day::text AS day, low.value AS minimum, high.value AS maximum, low.legal_basis AS "legalBasis",
            low.effective_from::text AS "effectiveFrom"
       FROM unnest($1::date[]) AS k(day)
       CROSS JOIN LATERAL (SELECT * FROM people.people_rule r
         WHERE r.code = 'COMMITTEE_HOUSEHOLDS_MIN' AND r.effective_from <= k.day ORDER BY r.effective_from DESC LIMIT 1) low
       JOIN people.people_rule high ON high.code = 'COMMITTEE_HOUSEHOLDS_MAX' AND high.effective_from = low.effective_from`,
    [days],
    trace,
  );
  return days.map((day) => rows.find((row) => row.day === day) ?? null);
}
