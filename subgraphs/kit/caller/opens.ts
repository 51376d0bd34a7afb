import type { Caller, CallerGrant } from './caller.ts';
import { isOwnRecord, isOwnRow } from './own-record.ts';
import type { Purpose } from './purpose.ts';

/**
 * What grants open under a purpose: items with the divisions where they do. A grant is for one legal basis and one
 * scenario; under another it opens nothing.
 */
export function openingsUnder(
  grants: readonly CallerGrant[],
  { legalBasis, scenario }: Purpose,
): ReadonlyMap<string, readonly string[]> | undefined {
  const found = new Map<string, string[]>();
  for (const grant of grants) {
    if (grant.legalBasis !== legalBasis || grant.scenario !== scenario) continue;
    for (const coordinate of grant.coordinates) {
      found.set(coordinate, [...(found.get(coordinate) ?? []), ...grant.divisionCodes]);
    }
  }
  return found.size === 0 ? undefined : found;
}

/**
 * Whether a grant opens an item of one row. A grant over the whole of the caller's area opens it in every row that the
 * caller sees; a narrower one only in rows that say themselves, by `gridCode` or `communityCode`, that they lie within.
 * A row that does not say where it lies stays closed. What a person's own record opens, it opens in his rows.
 */
export function opens(caller: Caller, coordinate: string, row: unknown): boolean {
  const divisions = caller.openings?.get(coordinate);
  if (divisions === undefined) return false;
  if (isOwnRecord(caller)) return isOwnRow(caller, row);
  const within = (code: string) => divisions.some((division) => code.startsWith(division));
  if (caller.jurisdiction.length > 0 && caller.jurisdiction.every(within)) return true;
  const place = placeOf(row);
  return place !== undefined && within(place);
}

function placeOf(row: unknown): string | undefined {
  if (typeof row !== 'object' || row === null) return undefined;
  const { gridCode, communityCode } = row as { readonly gridCode?: unknown; readonly communityCode?: unknown };
  const code = gridCode ?? communityCode;
  return typeof code === 'string' && code !== '' ? code : undefined;
}
