import type { Prisma } from '../../../prisma/organizations/client/client.ts';
import type { OpenTransaction } from '../../kit/store/write-request.ts';
import type { OrganizationsStore } from './organizations-store.ts';

export type OrganizationsTransaction = Prisma.TransactionClient;

export function openOrganizationsTransaction(store: OrganizationsStore): OpenTransaction<OrganizationsTransaction> {
  // Changes of one row wait for each other with a connection each, so waiting for a connection may take as long.
  return (work) => store.prisma.$transaction(work, { timeout: 10_000, maxWait: 10_000 });
}

/** A day `YYYY-MM-DD` as Prisma takes it for a column of type date. */
export function dateColumn(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** A value of a column of type date as `YYYY-MM-DD`. */
export function dayOfColumn(date: Date): string {
  return date.toISOString().slice(0, 10);
}
