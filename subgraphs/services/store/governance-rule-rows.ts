import type { OperationTrace } from '../../kit/operation-trace.ts';
import type { ServicesStore } from './services-store.ts';
import type { ServicesTransaction } from './services-transaction.ts';

export type GovernanceRuleKind = 'DEADLINE' | 'QUORUM' | 'THRESHOLD' | 'FLOOR' | 'ALERT' | 'WINDOW';

/** A version of a rule as it is kept. `parameters` hold what is particular to its kind. */
export interface GovernanceRuleRow {
  readonly code: string;
  readonly effectiveFrom: string;
  readonly kind: GovernanceRuleKind;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly amount: number | null;
  readonly unit: string | null;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly legalBasis: string;
  readonly basisConfirmed: boolean;
}

const COLUMNS = `t.code, t.effective_from::text AS "effectiveFrom", t.kind, t.title_zh AS "titleZh",
  t.title_en AS "titleEn", t.amount::float8 AS amount, t.unit, t.parameters, t.legal_basis AS "legalBasis",
  t.basis_confirmed AS "basisConfirmed"`;

/** Every version of every rule: some dozens of rows of configuration. */
export function findGovernanceRules(store: ServicesStore, trace: OperationTrace): Promise<GovernanceRuleRow[]> {
  return store.database.rows<GovernanceRuleRow>(
    'governance_rules',
    `SELECT ${COLUMNS} FROM services.governance_rule t ORDER BY t.kind, t.code, t.effective_from`,
    [],
    trace,
  );
}

/** The versions that are in force on a day, read inside a transaction that decides by them. */
export async function readRulesInForce(
  transaction: ServicesTransaction,
  choice: { readonly kind?: GovernanceRuleKind; readonly code?: string },
  on: string,
): Promise<GovernanceRuleRow[]> {
  const rows = await transaction.governanceRule.findMany({
    where: { ...choice, effectiveFrom: { lte: new Date(`${on}T00:00:00Z`) } },
    orderBy: [{ code: 'asc' }, { effectiveFrom: 'asc' }],
  });
  const newest = new Map(
    rows.map((row): [string, GovernanceRuleRow] => [
      row.code,
      {
        ...row,
        effectiveFrom: row.effectiveFrom.toISOString().slice(0, 10),
        kind: row.kind as GovernanceRuleKind,
        amount: row.amount === null ? null : Number(row.amount),
        // Written as JSON objects only, by the migrations.
        parameters: row.parameters as Record<string, unknown>,
      },
    ]),
  );
  return [...newest.values()];
}

/** Like `readRulesInForce` for one rule that must be there. */
export async function getRuleInForce(
  transaction: ServicesTransaction,
  code: string,
  on: string,
): Promise<GovernanceRuleRow> {
  const [rule] = await readRulesInForce(transaction, { code }, on);
  if (rule === undefined) throw new Error(`no governance rule ${code} is in force on ${on}`);
  return rule;
}
