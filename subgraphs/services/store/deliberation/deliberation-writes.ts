import { Prisma } from '../../../../prisma/services/client/client.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import { lockRow, type ServicesTransaction } from '../services-transaction.ts';
import type { CovenantRow, DeliberationCatalogRow, DeliberationRow, DisclosureRow } from './deliberation-rows.ts';

export async function findCatalogItem(
  transaction: ServicesTransaction,
  id: string,
): Promise<Pick<DeliberationCatalogRow, 'countyCode' | 'sides' | 'levels'> | null> {
  return transaction.deliberationCatalogItem.findUnique({ where: { id } });
}

type NewDeliberation = Omit<
  DeliberationRow,
  'yes' | 'no' | 'abstain' | 'postCount' | 'disclosedAt' | 'votingEndsAt' | 'communityCode'
> &
  Place;

export async function insertDeliberation(transaction: ServicesTransaction, row: NewDeliberation): Promise<void> {
  await transaction.deliberation.create({ data: row });
}

/** A deliberation locked until the transaction ends. */
export async function lockDeliberation(transaction: ServicesTransaction, id: string) {
  if (!(await lockRow(transaction, 'deliberation', id))) return null;
  return transaction.deliberation.findUniqueOrThrow({ where: { id } });
}

export async function updateDeliberation(
  transaction: ServicesTransaction,
  id: string,
  change: {
    readonly state?: string;
    readonly votingEndsAt?: Date;
    readonly disclosedAt?: Date;
    readonly yes?: number;
    readonly no?: number;
    readonly abstain?: number;
  },
): Promise<void> {
  await transaction.deliberation.update({ where: { id }, data: change });
}

/**
 * Notes that a voter took part and counts the vote. Who took part and what was voted are kept apart: no row joins the
 * two. False when this voter took part already.
 */
export async function countBallot(
  transaction: ServicesTransaction,
  deliberationId: string,
  voterHash: Buffer,
  choice: 'yes' | 'no' | 'abstain',
): Promise<boolean> {
  const written = await transaction.$executeRaw(Prisma.sql`
    INSERT INTO services.ballot_roll (deliberation_id, voter_hash) VALUES (${deliberationId}::uuid, ${voterHash})
    ON CONFLICT (deliberation_id, voter_hash) DO NOTHING`);
  if (written === 0) return false;
  await transaction.deliberation.update({ where: { id: deliberationId }, data: { [choice]: { increment: 1 } } });
  return true;
}

export async function insertPost(
  transaction: ServicesTransaction,
  post: {
    readonly id: string;
    readonly deliberationId: string;
    readonly parentId: string | null;
    readonly side: string;
    readonly text: string;
    readonly postedAt: Date;
    readonly provenanceId: string;
  },
): Promise<void> {
  await transaction.deliberationPost.create({ data: post });
  await transaction.deliberation.update({
    where: { id: post.deliberationId },
    data: { postCount: { increment: 1 } },
  });
}

export async function hasPost(transaction: ServicesTransaction, deliberationId: string, id: string): Promise<boolean> {
  return (await transaction.deliberationPost.count({ where: { deliberationId, id } })) > 0;
}

export async function insertDisclosure(transaction: ServicesTransaction, row: DisclosureRow & Place): Promise<void> {
  await transaction.disclosure.create({ data: row });
}

/** The covenant in force in a community, locked with all of its kind; null when there is none. */
export async function lockLiveCovenant(
  transaction: ServicesTransaction,
  communityCode: string,
  kind: string,
): Promise<{ id: string; version: number } | null> {
  const [live] = await transaction.$queryRaw<{ id: string; version: number }[]>(Prisma.sql`
    SELECT id, version FROM services.covenant
     WHERE community_code = ${communityCode} AND kind = ${kind} AND superseded_on IS NULL FOR UPDATE`);
  return live ?? null;
}

/** Whether a deliberation's decision was filed already. */
export async function hasCovenantOf(
  transaction: ServicesTransaction,
  adoptedByDeliberationId: string,
  kind: string,
): Promise<boolean> {
  return (await transaction.covenant.count({ where: { adoptedByDeliberationId, kind } })) > 0;
}

export async function supersedeCovenant(transaction: ServicesTransaction, id: string, on: string): Promise<void> {
  await transaction.covenant.update({ where: { id }, data: { supersededOn: new Date(on) } });
}

export async function insertCovenant(
  transaction: ServicesTransaction,
  row: Omit<CovenantRow, 'supersededOn'> & Place,
): Promise<void> {
  await transaction.covenant.create({ data: { ...row, filedOn: new Date(row.filedOn) } });
}
