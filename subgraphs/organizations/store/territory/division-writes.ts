import type { OrganizationsTransaction } from '../organizations-transaction.ts';

export interface LockedDivision {
  readonly code: string;
  readonly name: string;
  readonly parentStatCode: string | null;
  readonly urbanRuralClassCode: string | null;
  readonly listEdition: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** Locks divisions in the order of their codes, so that two changes of one wait for each other and never in a circle. */
export function lockDivisions(
  transaction: OrganizationsTransaction,
  codes: readonly string[],
): Promise<LockedDivision[]> {
  return transaction.$queryRaw<LockedDivision[]>`
    SELECT code, name, parent_stat_code AS "parentStatCode", urban_rural_class_code AS "urbanRuralClassCode",
           list_edition AS "listEdition", valid_from::text AS "validFrom", valid_to::text AS "validTo"
      FROM organizations.division WHERE code = ANY(${[...codes]}::text[]) ORDER BY code FOR UPDATE`;
}

/** 居 (001–199, 400–499) rather than 村, by the last three digits of a village-level code. */
function isResidential(code: string): boolean {
  const number = Number(code.slice(9));
  return number < 200 || (number >= 400 && number < 500);
}

export interface NewVillage {
  readonly code: string;
  readonly name: string;
  readonly from: LockedDivision;
  readonly converted: boolean;
  readonly validFrom: Date;
  readonly provenanceId: string;
}

/** Enters a village-level division that takes the place of another, or of a part of it, and its community with it. */
export async function createVillage(transaction: OrganizationsTransaction, village: NewVillage): Promise<void> {
  const { code, name, from, converted, validFrom, provenanceId } = village;
  const kind = isResidential(code) ? 'RESIDENTIAL_COMMUNITY' : 'ADMINISTRATIVE_VILLAGE';
  const place = { cityCode: code.slice(0, 4), countyCode: code.slice(0, 6), townshipCode: code.slice(0, 9) };
  await transaction.division.create({
    data: {
      statCode: code,
      code,
      name,
      level: 'VILLAGE',
      kind,
      parentStatCode: code.startsWith(from.code.slice(0, 9)) ? from.parentStatCode : code.slice(0, 9).padEnd(12, '0'),
      urbanRuralClassCode: from.urbanRuralClassCode,
      ...place,
      listEdition: from.listEdition,
      validFrom,
      provenanceId,
    },
  });
  await transaction.community.create({
    data: {
      statCode: code,
      name,
      kind,
      origin: converted ? 'CONVERTED_VILLAGE' : 'ORIGINAL',
      ...place,
      communityCode: code,
      validFrom,
      provenanceId,
    },
  });
}
