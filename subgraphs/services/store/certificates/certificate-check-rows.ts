import type { Caller } from '../../../kit/caller/caller.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import type { ServicesStore } from '../services-store.ts';
import { lockRow, type ServicesTransaction } from '../services-transaction.ts';
import { equals, newestFirst, tableReader } from '../table-reader.ts';

export type CertificateCheckState = 'ASKED' | 'CONFIRMED' | 'NOT_CONFIRMED';

export interface CertificateCheckRow {
  readonly id: string;
  readonly certificateItemId: string;
  readonly personId: string;
  readonly statement: string;
  readonly departmentCode: string;
  readonly askerDepartmentCode: string;
  readonly state: CertificateCheckState;
  readonly askedAt: Date;
  readonly dueAt: Date;
  readonly answeredAt: Date | null;
  readonly communityCode: string;
  readonly provenanceId: string;
}

const table = tableReader<CertificateCheckRow>(
  'certificate_check',
  {
    ...{ id: true, certificateItemId: true, personId: true, statement: true, departmentCode: true, state: true },
    ...{ askerDepartmentCode: true, askedAt: true, dueAt: true, answeredAt: true, communityCode: true },
    provenanceId: true,
  },
  { hasGridCode: false },
);

/** Who asked and who answers; a check is nobody else's affair. */
export function hasPartInCheck(
  { departmentCode }: Caller,
  row: Pick<CertificateCheckRow, 'departmentCode' | 'askerDepartmentCode'>,
): boolean {
  return departmentCode === row.departmentCode || departmentCode === row.askerDepartmentCode;
}

/** Checks by id; null for those in which the caller has no part. */
export async function findChecks(
  store: ServicesStore,
  ids: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<(CertificateCheckRow | null)[]> {
  const rows = await table.find(store, ids, caller, trace);
  return rows.map((row) => (row !== null && hasPartInCheck(caller, row) ? row : null));
}

/** Checks that a department asked or is asked, the newest first; those that it has to answer, the most urgent first. */
export const checkList: ListDeclaration<CertificateCheckRow> = {
  ...table.list(
    'certificate_checks',
    { ASKED_AT: newestFirst('asked_at', 'askedAt', 'timestamptz', ['state', 'divisionCode']) },
    { state: equals('state') },
  ),
  visible: (caller, values) => {
    const own = `$${values.push(caller.departmentCode)}`;
    return `(t.department_code = ${own} OR t.asker_department_code = ${own})`;
  },
};

export const checkQueue: ListDeclaration<CertificateCheckRow> = {
  ...table.list(
    'certificate_check_queue',
    {
      DUE_AT: {
        columns: [
          { expression: 't.due_at', property: 'dueAt', cast: 'timestamptz' },
          { expression: 't.id', property: 'id', cast: 'uuid' },
        ],
        direction: 'ASC',
        filters: ['divisionCode'],
      },
    },
    {},
    "t.state = 'ASKED'",
  ),
  visible: (caller, values) => `t.department_code = $${values.push(caller.departmentCode)}`,
};

/** False when this department has asked the same of the same person and waits for the answer. */
export async function insertCheck(
  transaction: ServicesTransaction,
  { gridCode: _none, ...row }: Omit<CertificateCheckRow, 'answeredAt'> & Place,
): Promise<boolean> {
  const { count } = await transaction.certificateCheck.createMany({ data: [row], skipDuplicates: true });
  return count === 1;
}

export async function lockCheck(transaction: ServicesTransaction, id: string) {
  if (!(await lockRow(transaction, 'certificate_check', id))) return null;
  return transaction.certificateCheck.findUniqueOrThrow({ where: { id } });
}

export async function updateCheck(
  transaction: ServicesTransaction,
  id: string,
  change: { readonly state: CertificateCheckState; readonly answeredAt: Date },
): Promise<void> {
  await transaction.certificateCheck.update({ where: { id }, data: change });
}
