import { Prisma } from '../../../prisma/services/client/client.ts';
import type { OpenTransaction } from '../../kit/store/write-request.ts';
import type { ServicesStore } from './services-store.ts';

export type ServicesTransaction = Prisma.TransactionClient;

export function openServicesTransaction(store: ServicesStore): OpenTransaction<ServicesTransaction> {
  return (work) => store.prisma.$transaction(work, { maxWait: 10_000, timeout: 10_000 });
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
