import { Prisma } from '../../../../prisma/services/client/client.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import { lockRow, type ServicesTransaction } from '../services-transaction.ts';
import type { FacilityRow, FacilityStage } from './facility-rows.ts';

export type NewFacility = Omit<
  FacilityRow,
  'openedOn' | 'areaFloorSquareMetres' | 'assessmentId' | 'meetsStandard' | 'assessedInReview' | 'communityCode'
> &
  Place;

export async function insertFacility(transaction: ServicesTransaction, row: NewFacility): Promise<void> {
  await transaction.facility.create({ data: row });
}

/** A facility locked until the transaction ends. */
export async function lockFacility(transaction: ServicesTransaction, id: string) {
  if (!(await lockRow(transaction, 'facility', id))) return null;
  const row = await transaction.facility.findUniqueOrThrow({ where: { id } });
  // Written by the machine of facilities only, and the seed.
  return { ...row, stage: row.stage as FacilityStage, areaSquareMetres: Number(row.areaSquareMetres) };
}

export type LockedFacility = NonNullable<Awaited<ReturnType<typeof lockFacility>>>;

export async function updateFacility(
  transaction: ServicesTransaction,
  id: string,
  change: {
    readonly stage?: FacilityStage;
    readonly openedOn?: string;
    readonly assessmentId?: string;
    readonly meetsStandard?: boolean;
    readonly assessedInReview?: boolean;
    readonly areaSquareMetres?: number;
    readonly name?: string;
    readonly addressText?: string;
    readonly longitude?: number;
    readonly latitude?: number;
    readonly positionSynthetic?: boolean;
    readonly opensAtMinute?: number | null;
    readonly closesAtMinute?: number | null;
  },
): Promise<void> {
  const { openedOn, ...columns } = change;
  await transaction.facility.update({
    where: { id },
    data: { ...columns, ...(openedOn === undefined ? {} : { openedOn: new Date(openedOn) }) },
  });
}

/** The communities that a facility serves from now on; returns how many rows changed. */
export async function replaceServings(
  transaction: ServicesTransaction,
  facilityId: string,
  communityCodes: readonly string[],
): Promise<number> {
  const { count: gone } = await transaction.facilityServing.deleteMany({
    where: { facilityId, communityCode: { notIn: [...communityCodes] } },
  });
  const { count: come } = await transaction.facilityServing.createMany({
    data: communityCodes.map((communityCode) => ({ facilityId, communityCode })),
    skipDuplicates: true,
  });
  return gone + come;
}

/** Bookings still to come that would lie outside of these hours. */
export async function countBookingsOutside(
  transaction: ServicesTransaction,
  facilityId: string,
  { opensAtMinute, closesAtMinute }: { opensAtMinute: number | null; closesAtMinute: number | null },
  now: Date,
): Promise<number> {
  const minute = (column: string) =>
    Prisma.raw(
      `extract(hour FROM ${column} AT TIME ZONE 'Asia/Shanghai') * 60 + extract(minute FROM ${column} AT TIME ZONE 'Asia/Shanghai')`,
    );
  const [row] = await transaction.$queryRaw<{ count: number }[]>(Prisma.sql`
    SELECT count(*)::int AS count FROM services.facility_booking
     WHERE facility_id = ${facilityId}::uuid AND state = 'BOOKED' AND starts_at > ${now}::timestamptz
       AND (${minute('starts_at')} < ${opensAtMinute ?? 0}::int OR ${minute('ends_at')} > ${closesAtMinute ?? 1440}::int)`);
  return row?.count ?? 0;
}

/** Whether a community's service centre is already another facility of the kind, its own or a neighbour's. */
export async function findCentreOf(
  transaction: ServicesTransaction,
  communityCode: string,
  kind: string,
): Promise<{ id: string; name: string } | null> {
  const [row] = await transaction.$queryRaw<{ id: string; name: string }[]>(Prisma.sql`
    SELECT f.id, f.name FROM services.facility_serving s JOIN services.facility f ON f.id = s.facility_id
     WHERE s.community_code = ${communityCode} AND f.kind = ${kind} AND f.tier = 'COMMUNITY' AND f.stage <> 'CLOSED'
     ORDER BY f.id LIMIT 1`);
  return row ?? null;
}

export async function insertUpgrade(
  transaction: ServicesTransaction,
  row: {
    readonly id: string;
    readonly year: number;
    readonly grantYuan: number;
    readonly provenanceId: string;
  } & Place,
): Promise<boolean> {
  const { count } = await transaction.facilityUpgrade.createMany({ data: [row], skipDuplicates: true });
  return count === 1;
}
