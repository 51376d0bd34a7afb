import type { OperationTrace } from '../../kit/operation-trace.ts';
import type { OrganizationsStore } from './organizations-store.ts';
import type { OrganizationsTransaction } from './organizations-transaction.ts';

/** What a rule settles. */
export const organizationRuleCodes = [
  'CONTINUING_EDUCATION_HOURS',
  'REGISTRATION_YEARS',
  'REGISTRATION_WITHIN_YEARS',
  'HIGHEST_PAY_GRADE',
  'ELECTION_TURNOUT',
  'ELECTION_MAJORITY',
  'SECOND_ROUND_MINIMUM',
  'COMMITTEE_SEATS_MINIMUM',
  'COMMITTEE_SEATS_MAXIMUM',
  'COMMITTEE_TERM_YEARS',
  'ROLL_PUBLICATION_DAYS',
] as const;
export type OrganizationRuleCode = (typeof organizationRuleCodes)[number];

export interface OrganizationRuleRow {
  readonly id: string;
  readonly code: OrganizationRuleCode;
  readonly subject: string;
  readonly numerator: number;
  readonly denominator: number;
  readonly unit: string;
  readonly legalBasis: string | null;
  readonly effectiveFrom: string | null;
  readonly confirmed: boolean;
  readonly provenanceId: string;
}

const COLUMNS = `r.id, r.code, r.subject, r.numerator, r.denominator, r.unit, r.legal_basis AS "legalBasis",
  r.effective_from::text AS "effectiveFrom", r.confirmed, r.provenance_id AS "provenanceId"`;

/** The version of each rule that holds on a day: the newest one in effect; a rule without a date is older than any. */
const IN_FORCE = `SELECT DISTINCT ON (r.code, r.subject) ${COLUMNS} FROM organizations.organization_rule r
  WHERE (r.effective_from IS NULL OR r.effective_from <= $1::date)`;
const NEWEST_FIRST = 'ORDER BY r.code, r.subject, r.effective_from DESC NULLS LAST';

export function findRulesInForce(
  store: OrganizationsStore,
  day: string,
  trace: OperationTrace,
): Promise<OrganizationRuleRow[]> {
  return store.database.rows<OrganizationRuleRow>('rules_in_force', `${IN_FORCE} ${NEWEST_FIRST}`, [day], trace);
}

/** The rule's version on a day, inside a transaction; undefined where the city has none. */
export async function findRule(
  transaction: OrganizationsTransaction,
  code: OrganizationRuleCode,
  subject: string,
  day: string,
): Promise<OrganizationRuleRow | undefined> {
  const rows = await transaction.$queryRawUnsafe<OrganizationRuleRow[]>(
    `${IN_FORCE} AND r.code = $2 AND r.subject IN ($3, '') ${NEWEST_FIRST}`,
    day,
    code,
    subject,
  );
  return rows.find((row) => row.subject === subject) ?? rows[0];
}
