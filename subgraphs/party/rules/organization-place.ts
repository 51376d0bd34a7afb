import type { Caller } from '../../kit/caller/caller.ts';

/** The place columns of a party organization: as deep as the organization goes. */
export interface OrganizationPlace {
  readonly cityCode: string;
  readonly countyCode: string | null;
  readonly townshipCode: string | null;
  readonly communityCode: string | null;
  readonly gridCode: string | null;
}

/** The code of the division, or of the grid, that an organization belongs to. */
export function finestCode(place: OrganizationPlace): string {
  return place.gridCode ?? finestDivisionCode(place);
}

/** The code of the finest division above or at the organization. */
export function finestDivisionCode(place: OrganizationPlace): string {
  return place.communityCode ?? place.townshipCode ?? place.countyCode ?? place.cityCode;
}

/** Whether the organization lies in the caller's area as a whole. */
export function coversOrganization(caller: Caller, place: OrganizationPlace): boolean {
  const code = finestCode(place);
  return caller.jurisdiction.some((area) => code.startsWith(area));
}
