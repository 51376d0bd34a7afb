import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { PartyStore } from '../party-store.ts';

export interface PartyRuleRow {
  readonly code: string;
  readonly effectiveFrom: string;
  readonly value: number;
  readonly unit: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly legalBasis: string | null;
  readonly confirmed: boolean;
}

/** The rules in force on a day, one per code: the newest that holds by then. */
export function findRulesInForce(store: PartyStore, on: string, trace: OperationTrace): Promise<PartyRuleRow[]> {
  return store.database.rows<PartyRuleRow>(
    'party_rules_in_force',
    `SELECT DISTINCT ON (t.code) t.code, t.effective_from::text AS "effectiveFrom", t.value, t.unit,
            t.title_zh AS "titleZh", t.title_en AS "titleEn", t.legal_basis AS "legalBasis", t.confirmed
       FROM party.party_rule t WHERE t.effective_from <= $1::date ORDER BY t.code, t.effective_from DESC`,
    [on],
    trace,
  );
}
