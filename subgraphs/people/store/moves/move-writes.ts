import type { PeopleTransaction } from '../residence-writes.ts';

export interface WaitingMove {
  readonly fromGridCode: string;
  readonly toGridCode: string;
  readonly fromCommunityCode: string;
  readonly toCommunityCode: string;
  readonly wholeCommunity: boolean;
  readonly effectiveOn: string;
  readonly provenanceId: string;
}

/** The oldest move that waits and that nobody else works on, locked. */
export async function takeWaitingMove(transaction: PeopleTransaction): Promise<WaitingMove | null> {
  const rows = await transaction.$queryRaw<WaitingMove[]>`
    SELECT from_grid_code AS "fromGridCode", to_grid_code AS "toGridCode", from_community_code AS "fromCommunityCode",
           to_community_code AS "toCommunityCode", whole_community AS "wholeCommunity",
           effective_on::text AS "effectiveOn", provenance_id AS "provenanceId"
      FROM people.resident_move WHERE moved_at IS NULL
     ORDER BY requested_at, from_grid_code LIMIT 1 FOR UPDATE SKIP LOCKED`;
  return rows[0] ?? null;
}

export interface MovablePerson {
  readonly id: string;
  readonly gridCode: string;
  readonly communityCode: string;
  readonly registeredCommunityCode: string | null;
}

export interface MovableResidence {
  readonly id: string;
  readonly personId: string;
  readonly dwellingId: string;
  readonly kind: string;
  readonly validFrom: string;
}

/** Some dwellings that still lie in a grid. */
export async function findDwellingsOfGrid(
  transaction: PeopleTransaction,
  gridCode: string,
  limit: number,
): Promise<string[]> {
  const rows = await transaction.dwelling.findMany({
    where: { gridCode },
    orderBy: { id: 'asc' },
    take: limit,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** Locks those who live or are registered in dwellings, in the order of their ids, as every change of a person does first. */
export function lockPersonsOf(
  transaction: PeopleTransaction,
  dwellingIds: readonly string[],
): Promise<MovablePerson[]> {
  return transaction.$queryRaw<MovablePerson[]>`
    SELECT p.id, p.grid_code AS "gridCode", p.community_code AS "communityCode",
           p.registered_community_code AS "registeredCommunityCode"
      FROM people.person p
     WHERE p.id IN (SELECT r.person_id FROM people.residence r
                     WHERE r.dwelling_id = ANY(${[...dwellingIds]}::uuid[]) AND r.valid_to IS NULL)
     ORDER BY p.id FOR UPDATE`;
}

/** Locks dwellings and reads who has a live residence there. */
export async function lockDwellings(
  transaction: PeopleTransaction,
  dwellingIds: readonly string[],
): Promise<MovableResidence[]> {
  const ids = [...dwellingIds];
  await transaction.$queryRaw`SELECT id FROM people.dwelling WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
  return transaction.$queryRaw<MovableResidence[]>`
    SELECT id, person_id AS "personId", dwelling_id AS "dwellingId", kind, valid_from::text AS "validFrom"
      FROM people.residence WHERE dwelling_id = ANY(${ids}::uuid[]) AND valid_to IS NULL ORDER BY id`;
}

/** Locks some of those who live in a grid, or are registered in a community, without a dwelling that says so. */
export function lockPersonsLeft(
  transaction: PeopleTransaction,
  { gridCode, registeredIn }: { readonly gridCode: string; readonly registeredIn: string | null },
  limit: number,
): Promise<MovablePerson[]> {
  return transaction.$queryRaw<MovablePerson[]>`
    SELECT p.id, p.grid_code AS "gridCode", p.community_code AS "communityCode",
           p.registered_community_code AS "registeredCommunityCode"
      FROM people.person p WHERE p.grid_code = ${gridCode} OR p.registered_community_code = ${registeredIn}
     ORDER BY p.id LIMIT ${limit} FOR UPDATE`;
}

/** Whether another grid of the community still has residents to be moved. */
export async function hasOtherMoves(transaction: PeopleTransaction, move: WaitingMove): Promise<boolean> {
  const others = await transaction.residentMove.count({
    where: { fromCommunityCode: move.fromCommunityCode, movedAt: null, NOT: { fromGridCode: move.fromGridCode } },
  });
  return others > 0;
}

/** Persons change the place where they live, or are registered; care goes with those who live there. */
export async function placePersons(
  transaction: PeopleTransaction,
  to: string,
  { living, registered }: { readonly living: readonly string[]; readonly registered: readonly string[] },
  provenanceId: string,
): Promise<void> {
  const here = [...living];
  await transaction.$executeRaw`
    UPDATE people.person SET city_code = left(${to}, 4), county_code = left(${to}, 6), township_code = left(${to}, 9),
           community_code = left(${to}, 12), grid_code = ${to}, micro_grid_code = ${to} || right(micro_grid_code, 3),
           provenance_id = ${provenanceId}::uuid
     WHERE id = ANY(${here}::uuid[])`;
  await transaction.$executeRaw`
    UPDATE people.care_tag SET city_code = left(${to}, 4), county_code = left(${to}, 6), township_code = left(${to}, 9),
           community_code = left(${to}, 12), grid_code = ${to}
     WHERE person_id = ANY(${here}::uuid[]) AND valid_to IS NULL`;
  await transaction.$executeRaw`
    UPDATE people.elder_alert SET city_code = left(${to}, 4), county_code = left(${to}, 6),
           township_code = left(${to}, 9), community_code = left(${to}, 12), grid_code = ${to}
     WHERE person_id = ANY(${here}::uuid[]) AND closed_at IS NULL`;
  await transaction.$executeRaw`
    UPDATE people.person SET registered_city_code = left(${to}, 4), registered_county_code = left(${to}, 6),
           registered_township_code = left(${to}, 9), registered_community_code = left(${to}, 12),
           provenance_id = ${provenanceId}::uuid
     WHERE id = ANY(${[...registered]}::uuid[])`;
}

export interface ReplacedResidence extends MovableResidence {
  readonly newId: string;
}

/**
 * Residences end with the former place and go on in the new one from the day; those that began on it or later are only
 * put right. Dwellings and their households change their place; returns how many households.
 */
export async function placeDwellings(
  transaction: PeopleTransaction,
  move: WaitingMove,
  dwellingIds: readonly string[],
  replaced: readonly ReplacedResidence[],
  late: readonly string[],
): Promise<number> {
  const { toGridCode: to, effectiveOn, provenanceId } = move;
  const dwellings = [...dwellingIds];
  const formerIds = replaced.map(({ id }) => id);
  const newIds = replaced.map(({ newId }) => newId);
  await transaction.$executeRaw`
    UPDATE people.residence SET valid_to = ${effectiveOn}::date, provenance_id = ${provenanceId}::uuid
     WHERE id = ANY(${formerIds}::uuid[])`;
  await transaction.$executeRaw`
    INSERT INTO people.residence (id, person_id, dwelling_id, kind, valid_from, city_code, county_code, township_code,
           community_code, grid_code, provenance_id)
    SELECT k.new_id, r.person_id, r.dwelling_id, r.kind, ${effectiveOn}::date, left(${to}, 4), left(${to}, 6),
           left(${to}, 9), left(${to}, 12), ${to}, ${provenanceId}::uuid
      FROM unnest(${formerIds}::uuid[], ${newIds}::uuid[]) AS k(id, new_id) JOIN people.residence r ON r.id = k.id`;
  await transaction.$executeRaw`
    UPDATE people.residence SET city_code = left(${to}, 4), county_code = left(${to}, 6), township_code = left(${to}, 9),
           community_code = left(${to}, 12), grid_code = ${to}, provenance_id = ${provenanceId}::uuid
     WHERE id = ANY(${[...late]}::uuid[])`;
  const households = await transaction.$executeRaw`
    UPDATE people.household SET city_code = left(${to}, 4), county_code = left(${to}, 6), township_code = left(${to}, 9),
           community_code = left(${to}, 12), grid_code = ${to}, micro_grid_code = ${to} || right(micro_grid_code, 3),
           provenance_id = ${provenanceId}::uuid
     WHERE dwelling_id = ANY(${dwellings}::uuid[])`;
  await transaction.$executeRaw`
    UPDATE people.dwelling SET city_code = left(${to}, 4), county_code = left(${to}, 6), township_code = left(${to}, 9),
           community_code = left(${to}, 12), grid_code = ${to}, micro_grid_code = ${to} || right(micro_grid_code, 3),
           provenance_id = ${provenanceId}::uuid
     WHERE id = ANY(${dwellings}::uuid[])`;
  return households;
}

/**
 * The buildings and stairwells of the grid and, with the last one, the estates of the community change their place. One
 * whose name another live estate of the successor has stays where it was: two would be told apart by nothing.
 */
export async function placeAddresses(
  transaction: PeopleTransaction,
  move: WaitingMove,
  last: boolean,
): Promise<number> {
  const { fromGridCode, fromCommunityCode, toGridCode: to, toCommunityCode, provenanceId } = move;
  const parts = await transaction.$executeRaw`
    UPDATE people.standard_address SET city_code = left(${to}, 4), county_code = left(${to}, 6),
           township_code = left(${to}, 9), community_code = left(${to}, 12), grid_code = ${to},
           provenance_id = ${provenanceId}::uuid
     WHERE community_code = ${fromCommunityCode} AND grid_code = ${fromGridCode}`;
  if (!last) return parts;
  const estates = await transaction.$executeRaw`
    UPDATE people.standard_address t SET city_code = left(${to}, 4), county_code = left(${to}, 6),
           township_code = left(${to}, 9), community_code = left(${to}, 12), provenance_id = ${provenanceId}::uuid
     WHERE t.community_code = ${fromCommunityCode} AND t.grid_code IS NULL AND t.valid_to IS NULL
       AND NOT EXISTS (SELECT 1 FROM people.standard_address o WHERE o.community_code = ${toCommunityCode}
         AND o.parent_id IS NULL AND o.valid_to IS NULL AND o.name = t.name)`;
  return parts + estates;
}

/** Notes what a batch has moved; with `finishedAt` nothing is left to do. */
export async function noteMoved(
  transaction: PeopleTransaction,
  move: WaitingMove,
  { persons, rows, finishedAt }: { readonly persons: number; readonly rows: number; readonly finishedAt: Date | null },
): Promise<void> {
  await transaction.residentMove.update({
    where: { fromGridCode: move.fromGridCode },
    data: { movedPersons: { increment: persons }, movedAt: finishedAt },
  });
  await transaction.provenance.update({ where: { id: move.provenanceId }, data: { rowCount: { increment: rows } } });
}
