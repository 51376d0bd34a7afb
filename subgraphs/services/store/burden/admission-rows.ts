import type { ServicesTransaction } from '../services-transaction.ts';
import { lockRow } from '../services-transaction.ts';
import { equals, tableReader } from '../table-reader.ts';

export interface AdmissionItemRow {
  readonly id: string;
  readonly change: string;
  readonly state: string;
  readonly replacesId: string | null;
  readonly departmentCode: string;
  readonly title: string;
  readonly legalBasis: string;
  readonly validYear: number;
  readonly proposedOn: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly countyCode: string;
  readonly provenanceId: string;
}

/** The list is published: everybody may know what may be asked of a community. */
export const admissionTable = tableReader<AdmissionItemRow>('admission_item', {
  ...{ id: true, change: true, state: true, replacesId: true, departmentCode: true, title: true, legalBasis: true },
  ...{ validYear: true, proposedOn: 'date' as const, validFrom: 'date' as const, validTo: 'date' as const },
  ...{ countyCode: true, provenanceId: true },
});

export const admissionList = admissionTable.list(
  'admission_items',
  {
    ID: {
      columns: [{ expression: 't.id', property: 'id', cast: 'uuid' }],
      direction: 'ASC',
      filters: ['countyCode', 'state', 'departmentCode', 'asOf'],
    },
  },
  {
    countyCode: equals('county_code'),
    state: equals('state'),
    departmentCode: equals('department_code'),
    asOf: (value, values) => {
      const day = `$${values.push(value)}::date`;
      return `t.valid_from <= ${day} AND (t.valid_to IS NULL OR t.valid_to > ${day})`;
    },
  },
);

/** An item locked until the transaction ends. */
export async function lockAdmissionItem(transaction: ServicesTransaction, id: string) {
  if (!(await lockRow(transaction, 'admission_item', id))) return null;
  return transaction.admissionItem.findUniqueOrThrow({ where: { id } });
}

export async function insertAdmissionItem(
  transaction: ServicesTransaction,
  { proposedOn, ...row }: Omit<AdmissionItemRow, 'validFrom' | 'validTo'>,
): Promise<void> {
  await transaction.admissionItem.create({ data: { ...row, proposedOn: new Date(proposedOn) } });
}

export async function updateAdmissionItem(
  transaction: ServicesTransaction,
  id: string,
  { validFrom, validTo, state }: { state: string; validFrom?: string; validTo?: string },
): Promise<void> {
  await transaction.admissionItem.update({
    where: { id },
    data: {
      state,
      ...(validFrom === undefined ? {} : { validFrom: new Date(validFrom) }),
      ...(validTo === undefined ? {} : { validTo: new Date(validTo) }),
    },
  });
}
