import type { Caller } from '../../../kit/caller/caller.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { columnList } from '../../../kit/store/entity-table.ts';
import { placeCondition } from '../../../kit/store/place-scope.ts';
import type { OrganizationsStore } from '../organizations-store.ts';
import { type OrganizationRow, organizationTable } from './organization-rows.ts';

/** More bodies than this behind one key are not told apart by it. */
export const MAX_BODY_MATCHES = 20;

/** What a body is looked for by. Code and telephone are exact, the others any part of three characters or more. */
export const bodyKeys = {
  uscc: { column: 'uscc', exact: true },
  phone: { column: 'phone', exact: true },
  name: { column: 'name', exact: false },
  namePinyin: { column: 'name_pinyin', exact: false },
  nameInitials: { column: 'name_initials', exact: false },
  address: { column: 'address_text', exact: false },
} as const;
export type BodyKey = keyof typeof bodyKeys;

/**
 * Bodies whose key holds what was typed, the shortest name first, `MAX_BODY_MATCHES` and one more at most: those of the
 * caller's area and of the divisions that the area is a part of, such as a department of its city. Dissolved ones are
 * not found. Parts are served by the trigrams of their column.
 */
export function findBodiesByKey(
  store: OrganizationsStore,
  key: BodyKey,
  text: string,
  caller: Caller,
  trace: OperationTrace,
): Promise<OrganizationRow[]> {
  const { column, exact } = bodyKeys[key];
  const values: unknown[] = [exact ? text : `%${text.replace(/[\\%_]/g, '\\$&')}%`];
  const scope = placeCondition({ alias: 't', hasGridCode: false }, caller, values);
  const above = aboveCondition(caller, values);
  return store.database.rows<OrganizationRow>(
    `bodies_by_${column}`,
    `SELECT ${columnList(organizationTable)} FROM organizations.organization t
      WHERE t.${column} ${exact ? '=' : 'LIKE'} $1 AND t.dissolved_on IS NULL AND (${scope} OR ${above})
      ORDER BY length(t.name), t.name, t.id LIMIT ${MAX_BODY_MATCHES + 1}`,
    values,
    trace,
  );
}

/** Bodies of the city, county or township as a whole that the caller's area lies in. */
function aboveCondition(caller: Caller, values: unknown[]): string {
  const areas = [...new Set(caller.jurisdiction)];
  if (caller.kind === 'HUB' || areas.length === 0) return 'false';
  const parameter = `$${values.push(areas)}::text[]`;
  return `(t.community_code IS NULL AND EXISTS (SELECT 1 FROM unnest(${parameter}) AS a(code)
    WHERE starts_with(a.code, coalesce(t.township_code, t.county_code, t.city_code))))`;
}
