import type { DeadlineRule } from '../../../kit/calendar/deadline-rule.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { CatalogStore } from '../catalog-store.ts';

/** Columns of a rule under the names of `DeadlineRule`. */
export const RULE_COLUMNS = `r.code, r.title_zh AS "titleZh", r.title_en AS "titleEn", r.amount, r.unit,
  r.legal_basis AS "legalBasis", r.effective_from::text AS "effectiveFrom", r.basis_confirmed AS "basisConfirmed"`;

/** Every version of every rule. */
export function findDeadlineRules(store: CatalogStore, trace: OperationTrace): Promise<DeadlineRule[]> {
  return store.database.rows<DeadlineRule>(
    'deadline_rules',
    `SELECT ${RULE_COLUMNS} FROM catalog.deadline_rule r ORDER BY r.code, r.effective_from`,
    [],
    trace,
  );
}
