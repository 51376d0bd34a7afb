import { catalogRights } from './rights/catalog-rights.ts';
import { organizationsRights } from './rights/organizations-rights.ts';
import { partyRights } from './rights/party-rights.ts';
import { peopleRights } from './rights/people-rights.ts';
import { servicesRights } from './rights/services-rights.ts';

/**
 * 权限 — every right a data card may demand. A grant gives a client some of these; the catalogue lists them with
 * the fields that need them.
 */
export const rights = {
  ...peopleRights,
  ...organizationsRights,
  ...servicesRights,
  ...partyRights,
  ...catalogRights,
} as const;

export type RightCode = keyof typeof rights;

export function isRightCode(code: string): code is RightCode {
  return Object.hasOwn(rights, code);
}
