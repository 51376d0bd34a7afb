import type { Caller } from '../../../kit/caller/caller.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../catalog-store.ts';
import type { DataFieldRow } from '../data-field-rows.ts';
import { partCondition } from '../matters/part-in-matter.ts';

export type SubmissionState = 'SUBMITTED' | 'RETURNED' | 'APPROVED' | 'PUBLISHED' | 'REJECTED' | 'WITHDRAWN';
export type SubmissionKind = 'REGISTER' | 'CHANGE' | 'SECOND_COLLECTOR';

/** What the catalogue says of an item: the part of a data card that departments submit. */
export interface CatalogueCard extends Pick<DataFieldRow, 'sharing' | 'category' | 'updateCycle'> {
  readonly sourceDepartment: string;
  readonly sharingBasis: string | null;
  readonly grade: number;
  readonly unit: string | null;
  readonly mask: string | null;
}

export interface CatalogueSubmissionRow extends CatalogueCard {
  readonly id: string;
  readonly kind: SubmissionKind;
  readonly coordinate: string;
  readonly itemName: string;
  readonly departmentCode: string;
  readonly exceptionGround: string | null;
  readonly state: SubmissionState;
  readonly submittedAt: Date;
  readonly provenanceId: string;
}

const COLUMNS = `t.id, t.kind, t.coordinate, t.item_name AS "itemName", t.department_code AS "departmentCode",
  t.source_department AS "sourceDepartment", t.sharing, t.sharing_basis AS "sharingBasis", t.grade, t.category,
  t.update_cycle AS "updateCycle", t.unit, t.mask, t.exception_ground AS "exceptionGround", t.state,
  t.submitted_at AS "submittedAt", t.provenance_id AS "provenanceId"`;

export async function findCatalogueSubmissions(
  store: CatalogStore,
  ids: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<(CatalogueSubmissionRow | null)[]> {
  const values: unknown[] = [ids];
  const visible = partCondition(['t.department_code'], caller, values);
  const rows = await store.database.rows<CatalogueSubmissionRow>(
    'catalogue_submission_by_id',
    statementText`SELECT ${COLUMNS} FROM catalog.catalogue_submission t WHERE t.id = ANY($1::uuid[]) AND ${visible}`,
    values,
    trace,
    { key: 'id' },
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}

export const catalogueSubmissionList: ListDeclaration<CatalogueSubmissionRow> = {
  name: 'catalog.catalogue_submissions',
  from: 'catalog.catalogue_submission t',
  columns: COLUMNS,
  visible: (caller, values) => partCondition(['t.department_code'], caller, values),
  sorts: {
    SUBMITTED_AT: {
      columns: [
        { expression: 't.submitted_at', property: 'submittedAt', cast: 'timestamptz' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'DESC',
      filters: ['state', 'departmentCode', 'coordinate'],
    },
  },
  filters: {
    state: (value, values) => `t.state = $${values.push(value)}`,
    departmentCode: (value, values) => `t.department_code = $${values.push(value)}`,
    coordinate: (value, values) => `t.coordinate = $${values.push(value)}`,
  },
};
