import type { Place } from '../../../kit/store/place-scope.ts';
import type { PeopleTransaction } from '../residence-writes.ts';
import type { AddressLevel } from './standard-address-rows.ts';

export interface LockedAddress extends Place {
  readonly id: string;
  readonly level: AddressLevel;
  readonly addressText: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly gridCode?: string;
}

/** Locks an address, so that whoever adds below it and whoever retires it wait for each other. */
export async function lockAddress(transaction: PeopleTransaction, id: string): Promise<LockedAddress | null> {
  const rows = await transaction.$queryRaw<(Omit<LockedAddress, 'gridCode'> & { gridCode: string | null })[]>`
    SELECT id, level, address_text AS "addressText", valid_from::text AS "validFrom", valid_to::text AS "validTo",
           city_code AS "cityCode", county_code AS "countyCode", township_code AS "townshipCode",
           community_code AS "communityCode", grid_code AS "gridCode"
      FROM people.standard_address WHERE id = ${id}::uuid FOR UPDATE`;
  const [row] = rows;
  if (row === undefined) return null;
  const { gridCode, ...rest } = row;
  return gridCode === null ? rest : { ...rest, gridCode };
}

/** What still hangs below an address: live addresses, and dwellings that somebody lives in or is registered at. */
export async function countBelow(
  transaction: PeopleTransaction,
  id: string,
): Promise<{ readonly addresses: number; readonly inhabited: number }> {
  const rows = await transaction.$queryRaw<{ addresses: number; inhabited: number }[]>`
    SELECT (SELECT count(*)::int FROM people.standard_address a WHERE a.parent_id = ${id}::uuid AND a.valid_to IS NULL) AS addresses,
           (SELECT count(*)::int FROM people.dwelling d WHERE d.address_id = ${id}::uuid
              AND (EXISTS (SELECT 1 FROM people.household h WHERE h.dwelling_id = d.id)
                OR EXISTS (SELECT 1 FROM people.residence r WHERE r.dwelling_id = d.id AND r.valid_to IS NULL))) AS inhabited`;
  return rows[0] ?? { addresses: 0, inhabited: 0 };
}

/** Names from the estate down to the address itself. */
export async function namesDownTo(transaction: PeopleTransaction, id: string): Promise<string[]> {
  const rows = await transaction.$queryRaw<{ name: string }[]>`
    WITH RECURSIVE up AS (
      SELECT a.parent_id, a.name, 0 AS height FROM people.standard_address a WHERE a.id = ${id}::uuid
      UNION ALL
      SELECT a.parent_id, a.name, up.height + 1 FROM up JOIN people.standard_address a ON a.id = up.parent_id
       WHERE up.height < 2)
    SELECT name FROM up ORDER BY height DESC`;
  return rows.map(({ name }) => name);
}
