import { Prisma } from '../../../../prisma/services/client/client.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';
import { lockRow, type ServicesTransaction } from '../services-transaction.ts';
import { equals, newestFirst, tableReader } from '../table-reader.ts';

export interface ActivityRow {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly capacity: number;
  readonly recordCount: number;
  readonly organizerDepartmentCode: string;
  readonly communityCode: string;
  readonly provenanceId: string;
}

/** Activities are announced to everybody. */
export const activityTable = tableReader<ActivityRow>('activity', {
  ...{ id: true, kind: true, title: true, startsAt: true, endsAt: true, capacity: true, recordCount: true },
  ...{ organizerDepartmentCode: true, communityCode: true, provenanceId: true },
});

export const activityList = activityTable.list(
  'activities',
  { STARTS_AT: newestFirst('starts_at', 'startsAt', 'timestamptz', ['kind', 'communityCode']) },
  { kind: equals('kind'), communityCode: equals('community_code') },
);

export async function insertActivity(
  transaction: ServicesTransaction,
  row: Omit<ActivityRow, 'recordCount'> & Place,
): Promise<void> {
  await transaction.activity.create({ data: row });
}

export async function lockActivity(transaction: ServicesTransaction, id: string) {
  if (!(await lockRow(transaction, 'activity', id))) return null;
  return transaction.activity.findUniqueOrThrow({ where: { id } });
}

/** Records a volunteer's minutes; false when this person is recorded for the activity already. */
export async function insertRecord(
  transaction: ServicesTransaction,
  record: {
    readonly id: string;
    readonly activityId: string;
    readonly personId: string;
    readonly minutes: number;
    readonly recordedByDepartmentCode: string;
    readonly provenanceId: string;
  },
): Promise<boolean> {
  const { count } = await transaction.volunteerRecord.createMany({
    data: [{ ...record, state: 'RECORDED' }],
    skipDuplicates: true,
  });
  if (count === 0) return false;
  await transaction.activity.update({ where: { id: record.activityId }, data: { recordCount: { increment: 1 } } });
  return true;
}

export async function lockRecord(transaction: ServicesTransaction, id: string) {
  if (!(await lockRow(transaction, 'volunteer_record', id))) return null;
  return transaction.volunteerRecord.findUniqueOrThrow({ where: { id } });
}

export async function certifyRecord(transaction: ServicesTransaction, id: string, by: string, at: Date): Promise<void> {
  await transaction.volunteerRecord.update({
    where: { id },
    data: { state: 'CERTIFIED', certifiedByDepartmentCode: by, certifiedAt: at },
  });
}

/** Changes a record; one that is struck out takes part in nothing any more. */
export async function updateRecord(
  transaction: ServicesTransaction,
  { id, activityId }: { readonly id: string; readonly activityId: string },
  change: { readonly state: string; readonly minutes?: number },
): Promise<void> {
  await transaction.volunteerRecord.update({ where: { id }, data: change });
  if (change.state !== 'STRUCK_OUT') return;
  await transaction.activity.update({ where: { id: activityId }, data: { recordCount: { decrement: 1 } } });
}

/** Where a person's points came from: the community of the activity that was certified last. */
export async function findPlaceOfPoints(
  transaction: ServicesTransaction,
  personId: string,
): Promise<Place | undefined> {
  const [place] = await transaction.$queryRaw<Place[]>(Prisma.sql`
    SELECT a.city_code AS "cityCode", a.county_code AS "countyCode", a.township_code AS "townshipCode",
           a.community_code AS "communityCode"
      FROM services.volunteer_record r JOIN services.activity a ON a.id = r.activity_id
     WHERE r.person_id = ${personId}::uuid AND r.state = 'CERTIFIED' ORDER BY r.certified_at DESC LIMIT 1`);
  return place;
}

/** The account out of which all points come: its balance is what is in circulation, with the sign turned. */
export const ISSUER = '00000000-0000-7000-8000-000000000001';

/**
 * Moves points from one account to another: two entries that sum to zero. False when the giver has too few; the issuer
 * alone may fall below zero. Accounts are locked in the order of their ids, so that transfers never wait in a circle.
 */
export async function movePoints(
  transaction: ServicesTransaction,
  move: {
    readonly from: string;
    readonly to: string;
    readonly points: number;
    readonly reason: string;
    readonly subjectId: string;
    readonly at: Date;
    readonly ids: () => string;
    readonly provenanceId: string;
  },
): Promise<boolean> {
  const { from, to, points, reason, subjectId, at, ids, provenanceId } = move;
  const changes = [
    { person: from, amount: -points },
    { person: to, amount: points },
  ].sort((a, b) => (a.person < b.person ? -1 : 1));
  const transferId = ids();
  for (const { person, amount } of changes) {
    await transaction.pointsAccount.createMany({ data: [{ personId: person, balance: 0 }], skipDuplicates: true });
    const [account] = await transaction.$queryRaw<{ balance: number }[]>(Prisma.sql`
      UPDATE services.points_account SET balance = balance + ${amount}
       WHERE person_id = ${person}::uuid AND (balance + ${amount} >= 0 OR person_id = ${ISSUER}::uuid)
      RETURNING balance`);
    if (account === undefined) return false;
    await transaction.pointsEntry.create({
      data: {
        ...{ id: ids(), transferId, personId: person, points: amount, balanceAfter: account.balance },
        ...{ reason, subjectId, at, provenanceId },
      },
    });
  }
  return true;
}

export async function insertRedemption(
  transaction: ServicesTransaction,
  row: {
    readonly id: string;
    readonly personId: string;
    readonly rewardCode: string;
    readonly points: number;
    readonly redeemedAt: Date;
    readonly provenanceId: string;
  },
): Promise<void> {
  await transaction.redemption.create({ data: row });
}

export interface VolunteerRow {
  readonly personId: string;
  readonly certifiedMinutes: number;
  readonly recordedMinutes: number;
  readonly disputedMinutes: number;
  readonly activities: number;
  readonly points: number;
}

/** What persons did as volunteers; zeros for who did nothing. */
export async function findVolunteers(
  store: ServicesStore,
  personIds: readonly string[],
  trace: OperationTrace,
): Promise<(VolunteerRow | null)[]> {
  const rows = await store.database.rows<VolunteerRow>(
    'volunteers_by_person',
    `SELECT k.key AS "personId", coalesce(sum(t.minutes) FILTER (WHERE t.state = 'CERTIFIED'), 0)::int AS "certifiedMinutes",
            coalesce(sum(t.minutes) FILTER (WHERE t.state = 'RECORDED'), 0)::int AS "recordedMinutes",
            coalesce(sum(t.minutes) FILTER (WHERE t.state = 'DISPUTED'), 0)::int AS "disputedMinutes",
            count(t.id) FILTER (WHERE t.state <> 'STRUCK_OUT')::int AS activities,
            coalesce((SELECT a.balance FROM services.points_account a WHERE a.person_id = k.key), 0)::int AS points
       FROM unnest($1::uuid[]) AS k(key) LEFT JOIN services.volunteer_record t ON t.person_id = k.key
      GROUP BY k.key`,
    [personIds],
    trace,
  );
  return inKeyOrder(personIds, rows, (row) => row.personId);
}

export interface PointsTotals {
  readonly inCirculation: number;
  readonly sumOfEntries: number;
  readonly sumOfBalances: number;
  readonly accounts: number;
}

/** The ledger's trial balance: both sums are zero, or something is wrong. */
export async function readPointsTotals(store: ServicesStore, trace: OperationTrace): Promise<PointsTotals> {
  const [row] = await store.database.rows<PointsTotals>(
    'points_totals',
    `SELECT coalesce(sum(balance) FILTER (WHERE person_id <> $1::uuid), 0)::int AS "inCirculation",
            coalesce(sum(balance), 0)::int AS "sumOfBalances", count(*)::int AS accounts,
            (SELECT coalesce(sum(points), 0)::int FROM services.points_entry) AS "sumOfEntries"
       FROM services.points_account`,
    [ISSUER],
    trace,
  );
  if (row === undefined) throw new Error('an aggregate without a row');
  return row;
}
