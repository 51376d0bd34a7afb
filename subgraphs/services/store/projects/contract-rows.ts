import { Prisma } from '../../../../prisma/services/client/client.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';
import { lockRow, type ServicesTransaction } from '../services-transaction.ts';
import { equals, newestFirst, tableReader } from '../table-reader.ts';

export interface ContractRow {
  readonly id: string;
  readonly kind: string;
  readonly mode: string | null;
  readonly field: string;
  readonly title: string;
  readonly supplierOrganizationId: string;
  readonly fundingId: string;
  readonly projectId: string | null;
  readonly amountYuan: number;
  readonly paidYuan: number;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly state: string;
  readonly signedOn: string;
  readonly acceptedOn: string | null;
  readonly beneficiaryCount: number;
  readonly communityCode: string;
  readonly provenanceId: string;
}

export const contractTable = tableReader<ContractRow>(
  'contract',
  {
    ...{ id: true, kind: true, mode: true, field: true, title: true, supplierOrganizationId: true, fundingId: true },
    ...{ projectId: true, amountYuan: true, paidYuan: true, startsOn: 'date' as const, endsOn: 'date' as const },
    ...{ state: true, signedOn: 'date' as const, acceptedOn: 'date' as const, beneficiaryCount: true },
    ...{ communityCode: true, provenanceId: true },
  },
  { hasGridCode: false },
);

const FILTERS = { kind: equals('kind'), mode: equals('mode'), field: equals('field'), state: equals('state') };
export const contractList = contractTable.list(
  'contracts',
  { SIGNED_ON: newestFirst('signed_on', 'signedOn', 'date', ['kind', 'mode', 'field', 'state', 'divisionCode']) },
  FILTERS,
);

/** Contracts below one thing: a funding, a project or a supplier. */
export const contractsBelow = contractTable.list('contracts_below', {
  ID: { columns: [{ expression: 't.id', property: 'id', cast: 'uuid' }], direction: 'ASC', filters: [] },
});

export interface PaymentRow {
  readonly contractId: string;
  readonly ordinal: number;
  readonly amountYuan: number;
  readonly purpose: string;
  readonly paidOn: string;
}

const MAX_PAYMENTS = 100;

/** Payments of contracts that the caller was allowed to see, in their order. */
export async function findPayments(
  store: ServicesStore,
  contractIds: readonly string[],
  trace: OperationTrace,
): Promise<PaymentRow[][]> {
  const rows = await store.database.rows<PaymentRow>(
    'payments_of_contracts',
    `SELECT t.contract_id AS "contractId", t.ordinal, t.amount_yuan AS "amountYuan", t.purpose, t.paid_on::text AS "paidOn"
       FROM services.contract_payment t
      WHERE t.contract_id = ANY($1::uuid[]) AND t.ordinal <= $2 ORDER BY t.contract_id, t.ordinal`,
    [contractIds, MAX_PAYMENTS],
    trace,
    { key: 'contractId' },
  );
  return groupByKey(contractIds, rows, (row) => row.contractId);
}

export async function lockContract(transaction: ServicesTransaction, id: string) {
  if (!(await lockRow(transaction, 'contract', id))) return null;
  return transaction.contract.findUniqueOrThrow({ where: { id } });
}

export async function insertContract(
  transaction: ServicesTransaction,
  row: Omit<ContractRow, 'paidYuan' | 'acceptedOn' | 'beneficiaryCount' | 'communityCode'> & Place,
): Promise<void> {
  const { startsOn, endsOn, signedOn, gridCode: _none, ...data } = row;
  await transaction.contract.create({
    data: { ...data, startsOn: new Date(startsOn), endsOn: new Date(endsOn), signedOn: new Date(signedOn) },
  });
}

export async function updateContract(
  transaction: ServicesTransaction,
  id: string,
  { state, acceptedOn }: { state: string; acceptedOn?: string | undefined },
): Promise<void> {
  await transaction.contract.update({
    where: { id },
    data: { state, ...(acceptedOn === undefined ? {} : { acceptedOn: new Date(acceptedOn) }) },
  });
}

/** Pays a part of a contract that the caller holds locked. False when that would be more than is owed. */
export async function insertPayment(
  transaction: ServicesTransaction,
  { contractId, amountYuan, purpose, paidOn, provenanceId }: Omit<PaymentRow, 'ordinal'> & { provenanceId: string },
): Promise<boolean> {
  const [paid] = await transaction.$queryRaw<{ ordinal: number }[]>(Prisma.sql`
    UPDATE services.contract SET paid_yuan = paid_yuan + ${amountYuan}, payment_count = payment_count + 1
     WHERE id = ${contractId}::uuid AND paid_yuan + ${amountYuan} <= amount_yuan RETURNING payment_count AS ordinal`);
  if (paid === undefined) return false;
  const payment = { contractId, ordinal: paid.ordinal, amountYuan, purpose, paidOn: new Date(paidOn), provenanceId };
  await transaction.contractPayment.create({ data: payment });
  return true;
}

export interface BeneficiaryRow {
  readonly id: string;
  readonly contractId: string;
  readonly personId: string;
  readonly need: string;
  readonly servedFrom: string;
  readonly servedTo: string | null;
  readonly communityCode: string;
  readonly provenanceId: string;
}

export const beneficiaryTable = tableReader<BeneficiaryRow>(
  'beneficiary',
  {
    ...{ id: true, contractId: true, personId: true, need: true, servedFrom: 'date' as const },
    ...{ servedTo: 'date' as const, communityCode: true, provenanceId: true },
  },
  { hasGridCode: false },
);

export const beneficiaryList = beneficiaryTable.list('beneficiaries', {
  ID: { columns: [{ expression: 't.id', property: 'id', cast: 'uuid' }], direction: 'ASC', filters: [] },
});

/** Enrols somebody; false when the contract serves this person already. */
export async function insertBeneficiary(
  transaction: ServicesTransaction,
  { servedFrom, gridCode: _none, ...row }: Omit<BeneficiaryRow, 'servedTo' | 'communityCode'> & Place,
): Promise<boolean> {
  const { count } = await transaction.beneficiary.createMany({
    data: [{ ...row, servedFrom: new Date(servedFrom) }],
    skipDuplicates: true,
  });
  if (count === 0) return false;
  await transaction.contract.update({ where: { id: row.contractId }, data: { beneficiaryCount: { increment: 1 } } });
  return true;
}
