import type { Caller } from '../../../kit/caller/caller.ts';
import { hasRight } from '../../../kit/caller/caller.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';
import { lockRow, type ServicesTransaction } from '../services-transaction.ts';
import { equals, newestFirst, tableReader } from '../table-reader.ts';

export interface FormalismReportRow {
  readonly id: string;
  readonly kind: string;
  readonly reportedDepartmentCode: string;
  readonly text: string;
  readonly reporterPersonId: string | null;
  readonly state: string;
  readonly filedAt: Date;
  readonly dueOn: string;
  readonly talkOn: string | null;
  readonly communityCode: string;
  readonly provenanceId: string;
}

const table = tableReader<FormalismReportRow>(
  'formalism_report',
  {
    ...{ id: true, kind: true, reportedDepartmentCode: true, text: true, reporterPersonId: true, state: true },
    ...{ filedAt: true, dueOn: 'date' as const, talkOn: 'date' as const, communityCode: true, provenanceId: true },
  },
  { hasGridCode: false },
);

/** Whether a caller has a part in a report: the desk that handles reports, or the department that it is about. */
export function hasPartInReport(caller: Caller, row: Pick<FormalismReportRow, 'reportedDepartmentCode'>): boolean {
  return hasRight(caller, 'report.handle') || caller.departmentCode === row.reportedDepartmentCode;
}

/** Reports by id; null for those in which the caller has no part. */
export async function findReports(
  store: ServicesStore,
  ids: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<(FormalismReportRow | null)[]> {
  const rows = await table.find(store, ids, caller, trace);
  return rows.map((row) => (row !== null && hasPartInReport(caller, row) ? row : null));
}

export const reportList: ListDeclaration<FormalismReportRow> = {
  ...table.list(
    'formalism_reports',
    {
      FILED_AT: newestFirst('filed_at', 'filedAt', 'timestamptz', ['state', 'reportedDepartmentCode', 'divisionCode']),
    },
    { state: equals('state'), reportedDepartmentCode: equals('reported_department_code') },
  ),
  visible: (caller, values) =>
    hasRight(caller, 'report.handle') ? 'true' : `t.reported_department_code = $${values.push(caller.departmentCode)}`,
};

/** What whoever holds the receipt code may follow, wherever the report came in. */
export type ReportProgressRow = Pick<FormalismReportRow, 'id' | 'kind' | 'state' | 'filedAt' | 'dueOn'>;

export async function findReportProgress(
  store: ServicesStore,
  ids: readonly string[],
  trace: OperationTrace,
): Promise<(ReportProgressRow | null)[]> {
  const rows = await store.database.rows<ReportProgressRow>(
    'report_progress',
    `SELECT t.id, t.kind, t.state, t.filed_at AS "filedAt", t.due_on::text AS "dueOn"
       FROM services.formalism_report t WHERE t.id = ANY($1::uuid[])`,
    [ids],
    trace,
    { key: 'id' },
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}

export async function insertReport(
  transaction: ServicesTransaction,
  { dueOn, gridCode: _none, ...row }: Omit<FormalismReportRow, 'talkOn' | 'communityCode'> & Place,
): Promise<void> {
  await transaction.formalismReport.create({ data: { ...row, dueOn: new Date(dueOn) } });
}

export async function lockReport(transaction: ServicesTransaction, id: string) {
  if (!(await lockRow(transaction, 'formalism_report', id))) return null;
  return transaction.formalismReport.findUniqueOrThrow({ where: { id } });
}

export async function updateReport(
  transaction: ServicesTransaction,
  id: string,
  { state, dueOn, talkOn }: { state: string; dueOn?: string | undefined; talkOn?: string | undefined },
): Promise<void> {
  await transaction.formalismReport.update({
    where: { id },
    data: {
      state,
      ...(dueOn === undefined ? {} : { dueOn: new Date(dueOn) }),
      ...(talkOn === undefined ? {} : { talkOn: new Date(talkOn) }),
    },
  });
}
