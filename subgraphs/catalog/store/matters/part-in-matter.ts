import { type Caller, hasRight } from '../../../kit/caller/caller.ts';

/**
 * Matters between departments are seen by those who have a part in them, and by the data authority, which reviews
 * them all. The hub itself sees them, as it sees every area.
 */
export function seesAllMatters(caller: Caller): boolean {
  return caller.kind === 'HUB' || hasRight(caller, 'sharing.review') || hasRight(caller, 'catalog.steward');
}

/** The SQL condition for it over columns that name departments. Adds its value to `values`. */
export function partCondition(columns: readonly string[], caller: Caller, values: unknown[]): string {
  if (seesAllMatters(caller)) return 'true';
  const own = `$${values.push(caller.departmentCode)}`;
  return `(${columns.map((column) => `${column} = ${own}`).join(' OR ')})`;
}

/** The same rule for a row in hand. */
export function hasPart(caller: Caller, departmentCodes: readonly string[]): boolean {
  return seesAllMatters(caller) || departmentCodes.includes(caller.departmentCode);
}
