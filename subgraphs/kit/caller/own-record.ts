import { findUuidKey } from '../global-id.ts';
import type { Caller } from './caller.ts';
import type { Purpose } from './purpose.ts';

/** 个人信息保护法第四十五条 — somebody reads what is on record of himself: this ground and this scenario, and no other. */
export const OWN_RECORD: Purpose = { legalBasis: 'PIPL-45', scenario: 'own-record' };

/** What of his record is opened to him; whatever names somebody else stays as it is. */
export const OWN_FIELDS = [
  'Person.name',
  'Person.birthDate',
  'Person.citizenId',
  'Person.phone',
  'Household.householdNumber',
  'Dwelling.address',
] as const;

/**
 * What that purpose opens to a caller whose token names a person: each of these items, in rows that are his own
 * and in no other. The person's key stands where a sharing grant has divisions.
 */
export function ownOpenings({ personId }: Caller): ReadonlyMap<string, readonly string[]> | undefined {
  const key = findUuidKey('Person', personId);
  return key === undefined ? undefined : new Map(OWN_FIELDS.map((coordinate) => [coordinate, [key]]));
}

export function isOwnRecord({ purpose }: Pick<Caller, 'purpose'>): boolean {
  return purpose?.legalBasis === OWN_RECORD.legalBasis && purpose.scenario === OWN_RECORD.scenario;
}

/** 本人 — whether a row is the caller's own: the person's, or of his household, which its owner says of it (`own`). */
export function isOwnRow(caller: Caller, row: unknown): boolean {
  const key = findUuidKey('Person', caller.personId);
  if (key === undefined || typeof row !== 'object' || row === null) return false;
  const { id, own } = row as { readonly id?: unknown; readonly own?: unknown };
  return id === key || own === true;
}
