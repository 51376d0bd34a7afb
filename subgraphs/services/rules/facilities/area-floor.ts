/** The rules that hold the least floor area of a community's party and mass service centre. */
export type AreaFloorRule = 'AREA_FLOOR_URBAN' | 'AREA_FLOOR_RURAL';

/**
 * Whether a community is urban by its statistical code: the last three digits of 居 are 001–199 and 400–499, those of
 * 村 200–399 and 500–599 (统计用区划代码和城乡划分代码编制规则).
 */
export function isUrbanCommunity(communityCode: string): boolean {
  const number = Number(communityCode.slice(9));
  return number < 200 || (number >= 400 && number < 500);
}

/** 面积标准 — the rule under which a facility falls; undefined where no floor is set: other kinds, other tiers. */
export function areaFloorRule(facility: {
  readonly kind: string;
  readonly tier: string;
  readonly communityCode: string;
}): AreaFloorRule | undefined {
  if (facility.kind !== 'PARTY_MASS_SERVICE_CENTRE' || facility.tier !== 'COMMUNITY') return undefined;
  return isUrbanCommunity(facility.communityCode) ? 'AREA_FLOOR_URBAN' : 'AREA_FLOOR_RURAL';
}
