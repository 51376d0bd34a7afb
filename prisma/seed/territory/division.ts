import { provenanceIds } from '../provenance.ts';
import type { DivisionRow } from '../rows.ts';
import type { DivisionKind, UrbanRuralClassCode } from '../vocabulary.ts';
import { DIVISION_LIST_EDITION, divisionList } from './division-list.ts';

const provinces = [
  ['32', '江苏省'],
  ['33', '浙江省'],
  ['37', '山东省'],
  ['46', '海南省'],
] as const;

/** The 12-digit statistical code of a division: its own digits, then zeros. */
export function statCodeOf(code: string): string {
  return code.padEnd(12, '0');
}

/** x198: a township that exists only in the list, where villages hang directly on a county. */
export function isPseudoTownship(townshipCode: string): boolean {
  return townshipCode.endsWith('198');
}

/** x7x: a zone that statistics count like a county, without being one. */
export function isFunctionalZone(countyCode: string): boolean {
  return countyCode.charAt(4) === '7';
}

/** 居 (001–199, 400–499) rather than 村 (200–399, 500–599), by the last three digits. */
export function isResidential(villageCode: string): boolean {
  const number = Number(villageCode.slice(9));
  return number < 200 || (number >= 400 && number < 500);
}

/** 498 / 598: a village that was made up so that a zone has one; nobody lives there. */
export function isVirtualVillage(villageCode: string): boolean {
  return villageCode.endsWith('498') || villageCode.endsWith('598');
}

function countyKind(code: string): DivisionKind {
  if (isFunctionalZone(code)) return 'FUNCTIONAL_ZONE';
  const number = Number(code.slice(4));
  return number < 21 ? 'DISTRICT' : number < 81 ? 'COUNTY' : 'COUNTY_LEVEL_CITY';
}

/** The kind of a township by its three digits: 001–099 街道, 100–199 镇, 200–399 乡, 400–599 township-like. */
export function townshipKind(code: string): DivisionKind {
  if (isPseudoTownship(code)) return 'PSEUDO_TOWNSHIP';
  const number = Number(code.slice(6));
  return number < 100 ? 'SUBDISTRICT' : number < 200 ? 'TOWN' : number < 400 ? 'RURAL_TOWNSHIP' : 'TOWNSHIP_LIKE';
}

/** The list has no urban-rural class; this rule stands in for it. */
export function urbanRuralClass(villageCode: string): UrbanRuralClassCode {
  const residential = isResidential(villageCode);
  switch (townshipKind(villageCode.slice(0, 9))) {
    case 'SUBDISTRICT':
      return residential ? '111' : '112';
    case 'PSEUDO_TOWNSHIP':
      return residential ? '111' : '220';
    case 'TOWN':
      return residential ? '121' : '220';
    case 'RURAL_TOWNSHIP':
      return residential ? '210' : '220';
    default:
      return '123';
  }
}

type NamedDivision = Pick<DivisionRow, 'name' | 'level' | 'kind' | 'parentStatCode'>;

function divisionRow(code: string, row: NamedDivision): DivisionRow {
  return {
    statCode: statCodeOf(code),
    code,
    name: row.name,
    level: row.level,
    kind: row.kind,
    parentStatCode: row.parentStatCode,
    urbanRuralClassCode: row.level === 'VILLAGE' ? urbanRuralClass(code) : null,
    pseudo: row.kind === 'PSEUDO_TOWNSHIP',
    functionalZone: row.kind === 'FUNCTIONAL_ZONE',
    // A province gets 3300 and the like: four digits that are no city's.
    cityCode: statCodeOf(code).slice(0, 4),
    countyCode: code.length >= 6 ? code.slice(0, 6) : null,
    townshipCode: code.length >= 9 ? code.slice(0, 9) : null,
    listEdition: DIVISION_LIST_EDITION,
    validFrom: null,
    validTo: null,
    provenanceId: provenanceIds['organizations.division'],
  };
}

/** A village or community by its code of the list. */
export function villageRow(code: string, name: string): DivisionRow {
  const township = code.slice(0, 9);
  return divisionRow(code, {
    name,
    level: 'VILLAGE',
    kind: isResidential(code) ? 'RESIDENTIAL_COMMUNITY' : 'ADMINISTRATIVE_VILLAGE',
    parentStatCode: statCodeOf(isPseudoTownship(township) ? code.slice(0, 6) : township),
  });
}

/**
 * Every division of the five cities and of the provinces above them, parents before children.
 *
 * @param begun the first day of those that are not on record since ever, by code.
 */
export function divisionRows(begun: ReadonlyMap<string, string> = new Map()): DivisionRow[] {
  const list = divisionList();
  const rows: DivisionRow[] = [];
  const add = (code: string, row: NamedDivision): void => {
    rows.push(divisionRow(code, row));
  };
  for (const [code, name] of provinces) add(code, { name, level: 'PROVINCE', kind: 'PROVINCE', parentStatCode: null });
  for (const [code, name] of list.cities) {
    add(code, { name, level: 'PREFECTURE', kind: 'PREFECTURE_CITY', parentStatCode: statCodeOf(code.slice(0, 2)) });
  }
  for (const [code, name] of list.areas) {
    add(code, { name, level: 'COUNTY', kind: countyKind(code), parentStatCode: statCodeOf(code.slice(0, 4)) });
  }
  for (const [code, name] of list.streets) {
    add(code, { name, level: 'TOWNSHIP', kind: townshipKind(code), parentStatCode: statCodeOf(code.slice(0, 6)) });
  }
  for (const [code, name] of list.villages)
    rows.push({ ...villageRow(code, name), validFrom: begun.get(code) ?? null });
  return rows;
}
