import { Prisma } from '../../../prisma/services/client/client.ts';
import type { OpenTransaction } from '../../kit/store/write-request.ts';
import type { ServicesStore } from './services-store.ts';

export type ServicesTransaction = Prisma.TransactionClient;

/** `timeout` in milliseconds: what takes longer is rolled back. */
export function openServicesTransaction(store: ServicesStore, timeout = 10_000): OpenTransaction<ServicesTransaction> {
  return (work) => store.prisma.$transaction(work, { maxWait: 10_000, timeout });
}

/** Locks one row until the transaction ends, so that whoever decides on it decides alone. False when it is not there. */
export async function lockRow(
  transaction: ServicesTransaction,
  table: string,
  id: string,
  column = 'id',
): Promise<boolean> {
  const found = await transaction.$queryRaw<unknown[]>(
    Prisma.sql`SELECT 1 FROM ${Prisma.raw(`services.${table}`)} WHERE ${Prisma.raw(column)} = ${id}${Prisma.raw(column === 'id' ? '::uuid' : '')} FOR UPDATE`,
  );
  return found.length > 0;
}
