import type { Caller } from '../../kit/caller/caller.ts';
import { findUuidKey } from '../../kit/global-id.ts';

/** 本人 — which rows of a table are of the person whom the caller's token names, by `$own`. */
const OWN = {
  household: 't.id = (SELECT household_id FROM people.person WHERE id = $own::uuid)',
  dwelling: `t.id IN (SELECT h.dwelling_id FROM people.person p JOIN people.household h ON h.id = p.household_id WHERE p.id = $own::uuid
    UNION SELECT r.dwelling_id FROM people.residence r WHERE r.person_id = $own::uuid AND r.valid_to IS NULL)`,
  residence: 't.person_id = $own::uuid',
} as const;

/**
 * Condition and column for rows that are shown in the caller's area or because they are his own (个人信息保护法第四十五条): his
 * household, where he lives, his residences. The column `own` is what `isOwnRow` looks at.
 */
export function ownOr(table: keyof typeof OWN, scope: string, caller: Caller, values: unknown[]) {
  const key = findUuidKey('Person', caller.personId);
  if (key === undefined) return { visible: scope, ownColumn: '' };
  const own = OWN[table].replaceAll('$own', `$${values.push(key)}`);
  return { visible: `(${scope} OR ${own})`, ownColumn: `, ${own} AS own` };
}
