import type { ServicesTransaction } from '../services-transaction.ts';
import type { FacilityAssessmentRow, Verdict } from './assessment-rows.ts';
import type { FacilityStandardRow, StandardPartRow } from './standard-rows.ts';

export async function findStandard(transaction: ServicesTransaction, id: string) {
  return transaction.facilityStandard.findUnique({ where: { id } });
}

export type NewStandardPart = Omit<StandardPartRow, 'standardId'>;

export async function insertStandard(
  transaction: ServicesTransaction,
  { publishedOn, ...row }: Omit<FacilityStandardRow, 'publishedOn'> & { readonly publishedOn: string | null },
  parts: readonly NewStandardPart[],
): Promise<void> {
  const day = publishedOn === null ? null : new Date(publishedOn);
  await transaction.facilityStandard.create({ data: { ...row, publishedOn: day } });
  await transaction.standardPart.createMany({ data: parts.map((part) => ({ ...part, standardId: row.id })) });
}

/** The clauses of a standard, in their order. */
export function findClauses(transaction: ServicesTransaction, standardId: string) {
  return transaction.standardPart.findMany({ where: { standardId, kind: 'CLAUSE' }, orderBy: { ordinal: 'asc' } });
}

export async function insertAssessment(
  transaction: ServicesTransaction,
  row: FacilityAssessmentRow,
  findings: readonly { readonly clauseId: string; readonly verdict: Verdict; readonly note: string | null }[],
): Promise<void> {
  await transaction.facilityAssessment.create({ data: { ...row, assessedOn: new Date(row.assessedOn) } });
  await transaction.assessmentFinding.createMany({
    data: findings.map((finding) => ({ ...finding, assessmentId: row.id })),
  });
}
