import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';
import type { ServicesTransaction } from '../services-transaction.ts';
import { equals, newestFirst, tableReader } from '../table-reader.ts';

export interface CertificateItemRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly named: boolean;
  readonly allowed: boolean;
  readonly legalBasis: string;
  readonly basisConfirmed: boolean;
  readonly listedOn: string;
  readonly removedOn: string | null;
  readonly substituteCheckCode: string | null;
  readonly substituteDepartmentCode: string | null;
  readonly provenanceId: string;
}

/** The list is published: the same for every area. */
export const certificateItemTable = tableReader<CertificateItemRow>('certificate_item', {
  ...{ id: true, code: true, name: true, named: true, allowed: true, legalBasis: true, basisConfirmed: true },
  ...{
    listedOn: 'date',
    removedOn: 'date',
    substituteCheckCode: true,
    substituteDepartmentCode: true,
    provenanceId: true,
  },
});

export const certificateItemList = certificateItemTable.list(
  'certificate_items',
  {
    CODE: {
      columns: [{ expression: 't.code', property: 'code', cast: 'text' }],
      direction: 'ASC',
      filters: ['allowed', 'named'],
    },
  },
  { allowed: equals('allowed', 'boolean'), named: equals('named', 'boolean') },
);

export async function findCertificateItemsByCode(
  store: ServicesStore,
  codes: readonly string[],
  trace: OperationTrace,
): Promise<(CertificateItemRow | null)[]> {
  const rows = await store.database.rows<CertificateItemRow>(
    'certificate_item_by_code',
    `SELECT ${certificateItemList.columns} FROM services.certificate_item t WHERE t.code = ANY($1::text[])`,
    [codes],
    trace,
    { key: 'code' },
  );
  return inKeyOrder(codes, rows, (row) => row.code);
}

/** How many certificates there were, and how many are still issued. */
export async function countCertificateItems(
  store: ServicesStore,
  trace: OperationTrace,
): Promise<{ before: number; after: number; pendingNames: number }> {
  const [counts] = await store.database.rows<{ before: number; after: number; pendingNames: number }>(
    'certificate_item_counts',
    `SELECT count(*)::int AS before, count(*) FILTER (WHERE t.allowed)::int AS after,
            count(*) FILTER (WHERE NOT t.named)::int AS "pendingNames" FROM services.certificate_item t`,
    [],
    trace,
  );
  return counts ?? { before: 0, after: 0, pendingNames: 0 };
}

export interface IssuedCertificateRow {
  readonly id: string;
  readonly certificateNumber: string;
  readonly certificateItemId: string;
  readonly personId: string;
  readonly purpose: string;
  readonly issuerDepartmentCode: string;
  readonly issuedAt: Date;
  readonly communityCode: string;
  readonly provenanceId: string;
}

export const issuedCertificateTable = tableReader<IssuedCertificateRow>(
  'issued_certificate',
  {
    ...{ id: true, certificateNumber: true, certificateItemId: true, personId: true, purpose: true },
    ...{ issuerDepartmentCode: true, issuedAt: true, communityCode: true, provenanceId: true },
  },
  { hasGridCode: false },
);

export const issuedCertificateList = issuedCertificateTable.list('issued_certificates', {
  ISSUED_AT: newestFirst('issued_at', 'issuedAt', 'timestamptz', ['divisionCode']),
});

export async function insertIssuedCertificate(
  transaction: ServicesTransaction,
  row: IssuedCertificateRow & Place,
): Promise<void> {
  const { gridCode: _none, ...columns } = row;
  await transaction.issuedCertificate.create({ data: columns });
}
