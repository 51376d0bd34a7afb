import type { Caller } from '../caller/caller.ts';

/**
 * Rows are scoped by division: a place-scoped table carries every tier's code in a column of its own, so that a
 * caller's jurisdiction is an equality that leads an index, never a prefix search.
 */
export const PLACE_COLUMNS = {
  4: 'city_code',
  6: 'county_code',
  9: 'township_code',
  12: 'community_code',
  15: 'grid_code',
} as const;

type TierDigits = keyof typeof PLACE_COLUMNS;
export type PlaceColumn = (typeof PLACE_COLUMNS)[TierDigits];

export interface PlaceScope {
  /** Alias of the table in the statement. */
  readonly alias: string;
  /** Tables without `grid_code` show a grid's holder the whole community. */
  readonly hasGridCode: boolean;
  /** Prefix of a second set of columns of a multi-place table, e.g. `registered_`; either side makes a row visible. */
  readonly alsoPrefix?: string;
}

/** Digits of the tiers that a jurisdiction code may name. */
export function tierOf(code: string): TierDigits | undefined {
  return code.length in PLACE_COLUMNS ? (code.length as TierDigits) : undefined;
}

/**
 * The SQL condition that keeps the rows of the caller's jurisdiction. Adds its values to `values` and numbers its
 * parameters after them. Returns `false` (as SQL) for a caller without a jurisdiction; the hub itself sees every area
 * (and has no right to any protected field).
 */
export function placeCondition(scope: PlaceScope, caller: Caller, values: unknown[]): string {
  if (caller.kind === 'HUB') return 'true';
  const conditions: string[] = [];
  for (const [column, list] of areaOf(caller, scope.hasGridCode)) {
    values.push(list.length === 1 ? list[0] : list);
    const parameter = list.length === 1 ? `$${values.length}` : `ANY($${values.length}::text[])`;
    conditions.push(`${scope.alias}.${column} = ${parameter}`);
    if (scope.alsoPrefix !== undefined && column !== 'grid_code') {
      conditions.push(`${scope.alias}.${scope.alsoPrefix}${column} = ${parameter}`);
    }
  }
  if (conditions.length === 0) return 'false';
  return conditions.length === 1 ? (conditions[0] as string) : `(${conditions.join(' OR ')})`;
}

/** Codes of the caller's jurisdiction by the column that holds them; asked for by every statement of every request. */
function areaOf(caller: Caller, hasGridCode: boolean): AreaByColumn {
  const known = hasGridCode ? areasToGrids : areasToCommunities;
  let area = known.get(caller);
  if (area === undefined) {
    const byColumn = new Map<string, Set<string>>();
    for (const code of caller.jurisdiction) {
      const tier = tierOf(code);
      if (tier === undefined) continue;
      const narrowed = tier === 15 && !hasGridCode ? code.slice(0, 12) : code;
      const column = PLACE_COLUMNS[narrowed.length as TierDigits];
      const codes = byColumn.get(column) ?? new Set();
      codes.add(narrowed);
      byColumn.set(column, codes);
    }
    area = [...byColumn].map(([column, codes]) => [column, [...codes]]);
    known.set(caller, area);
  }
  return area;
}

type AreaByColumn = readonly (readonly [column: string, codes: readonly string[]])[];
const areasToGrids = new WeakMap<Caller, AreaByColumn>();
const areasToCommunities = new WeakMap<Caller, AreaByColumn>();

/**
 * Whether everything that lies in the parents of a list lies in the caller's area, because they are divisions inside
 * of it. A code begins with the codes of what it lies in.
 */
export function coversAll(
  scope: PlaceScope,
  parents: { readonly column: string; readonly keys: readonly string[] },
  caller: Caller,
): boolean {
  if (caller.kind === 'HUB') return false;
  const { alias } = scope;
  if (parents.column !== `${alias}.community_code` && parents.column !== `${alias}.grid_code`) return false;
  return parents.keys.every((key) => coversCode(caller, key));
}

/** The place columns of a row, as stores return them. */
export interface Place {
  readonly cityCode: string;
  readonly countyCode: string;
  readonly townshipCode: string;
  readonly communityCode: string;
  readonly gridCode?: string | null;
}

/** Whether a place lies in the caller's jurisdiction; the same rule as `placeCondition`, for checks before a write. */
export function coversPlace(caller: Caller, place: Place): boolean {
  const finest = place.gridCode ?? place.communityCode;
  return caller.jurisdiction.some((code) => {
    if (tierOf(code) === undefined) return false;
    return place.gridCode == null && code.length === 15
      ? code.startsWith(place.communityCode)
      : finest.startsWith(code);
  });
}

/** Whether a place, given by its code of any tier, lies in the caller's jurisdiction. */
export function coversCode(caller: Caller, code: string): boolean {
  return caller.jurisdiction.some((area) => tierOf(area) !== undefined && code.startsWith(area));
}

/** Digits of a division's code at each tier: province, city, county, township, community; 15 for a grid. */
export const CODE_DIGITS: ReadonlySet<number> = new Set([2, 4, 6, 9, 12, 15]);

/**
 * 330402000000 → 330402: the code of a division without the zeros of the tiers below it. Takes a code of any tier in
 * its short form or padded to 12 digits; undefined for anything else.
 */
export function significantCode(code: string): string | undefined {
  if (!/^\d+$/.test(code) || !CODE_DIGITS.has(code.length)) return undefined;
  if (code.length !== 12) return code;
  if (code.endsWith('0000000000')) return code.slice(0, 2);
  if (code.endsWith('00000000')) return code.slice(0, 4);
  if (code.endsWith('000000')) return code.slice(0, 6);
  return code.endsWith('000') ? code.slice(0, 9) : code;
}
