import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';
import { newestFirst, tableReader } from '../table-reader.ts';
import type { StandardPartRow } from './standard-rows.ts';

export type Verdict = 'MET' | 'NOT_MET' | 'NOT_APPLICABLE';

export interface FacilityAssessmentRow {
  readonly id: string;
  readonly facilityId: string;
  readonly standardId: string;
  readonly assessedOn: string;
  readonly departmentCode: string;
  readonly metCount: number;
  readonly notMetCount: number;
  readonly notApplicableCount: number;
  readonly meets: boolean;
  readonly provenanceId: string;
}

/** Assessments of public facilities are published with them. */
export const assessmentTable = tableReader<FacilityAssessmentRow>('facility_assessment', {
  ...{
    id: true,
    facilityId: true,
    standardId: true,
    assessedOn: 'date' as const,
    departmentCode: true,
    metCount: true,
  },
  ...{ notMetCount: true, notApplicableCount: true, meets: true, provenanceId: true },
});

export const assessmentList = assessmentTable.list('facility_assessments', {
  ASSESSED_ON: newestFirst('assessed_on', 'assessedOn', 'date', []),
});

export interface FindingRow extends StandardPartRow {
  readonly assessmentId: string;
  readonly verdict: Verdict;
  readonly note: string | null;
}

/** What assessments say of each clause, in the clauses' order. */
export async function findFindings(
  store: ServicesStore,
  assessmentIds: readonly string[],
  trace: OperationTrace,
): Promise<FindingRow[][]> {
  const rows = await store.database.rows<FindingRow>(
    'findings_of_assessments',
    `SELECT t.assessment_id AS "assessmentId", t.verdict, t.note, p.id, p.standard_id AS "standardId", p.kind, p.ordinal,
            p.aspect_id AS "aspectId", p.name, p.rule_code AS "ruleCode"
       FROM services.assessment_finding t JOIN services.standard_part p ON p.id = t.clause_id
      WHERE t.assessment_id = ANY($1::uuid[]) ORDER BY t.assessment_id, p.ordinal`,
    [assessmentIds],
    trace,
    { key: 'assessmentId' },
  );
  return groupByKey(assessmentIds, rows, (row) => row.assessmentId);
}
