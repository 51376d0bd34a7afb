/**
 * 面积标准 — the least floor area of a community's party and mass service centre, in square metres. The source names
 * no date from which it holds.
 */
export const areaFloor = {
  urbanSquareMetres: 600,
  ruralSquareMetres: 500,
  basis: '烟台市城乡社区治理经验材料：城市社区党群服务中心不低于600平方米、农村社区不低于500平方米',
} as const;

/**
 * Whether a community is urban by its statistical code: the last three digits of 居 are 001–199 and 400–499, those of
 * 村 200–399 and 500–599 (统计用区划代码和城乡划分代码编制规则).
 */
export function isUrbanCommunity(communityCode: string): boolean {
  const number = Number(communityCode.slice(9));
  return number < 200 || (number >= 400 && number < 500);
}

/** Whether a community's centre reaches the floor; null where no floor is set: other kinds, other tiers. */
export function meetsAreaFloor(facility: {
  readonly kind: string;
  readonly tier: string;
  readonly communityCode: string;
  readonly areaSquareMetres: number;
}): boolean | null {
  if (facility.kind !== 'PARTY_MASS_SERVICE_CENTRE' || facility.tier !== 'COMMUNITY') return null;
  const { urbanSquareMetres, ruralSquareMetres } = areaFloor;
  return (
    facility.areaSquareMetres >= (isUrbanCommunity(facility.communityCode) ? urbanSquareMetres : ruralSquareMetres)
  );
}
