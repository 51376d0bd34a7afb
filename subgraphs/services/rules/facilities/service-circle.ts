import type { GovernanceRuleRow } from '../../store/governance-rule-rows.ts';

export interface Position {
  readonly longitude: number;
  readonly latitude: number;
}

export const circleKinds = {
  LIFE: { zh: '生活', en: 'Daily services' },
  HEALTH: { zh: '卫生', en: 'Health' },
  CULTURE: { zh: '文化', en: 'Culture' },
} as const;
export type CircleKind = keyof typeof circleKinds;

/** 十分钟服务圈 — how far people walk in the time of a circle, and which kinds of facilities it has to hold. */
export interface CircleRule {
  readonly code: string;
  readonly minutes: number;
  readonly kinds: readonly string[];
  readonly metresPerMinute: number;
  readonly detour: number;
  readonly legalBasis: string;
  readonly basisConfirmed: boolean;
}

const MEAN_EARTH_RADIUS_METRES = 6_371_008.8;
const METRES_PER_DEGREE_OF_LATITUDE = (MEAN_EARTH_RADIUS_METRES * Math.PI) / 180;

/** Reads the rule of a circle; throws when its parameters are malformed. */
export function circleRule({ code, amount, parameters, legalBasis, basisConfirmed }: GovernanceRuleRow): CircleRule {
  const { kinds, metresPerMinute, detour } = parameters;
  if (amount === null || !Array.isArray(kinds) || !(Number(metresPerMinute) > 0) || !(Number(detour) >= 1)) {
    throw new Error(`the governance rule ${code} is no service circle`);
  }
  return {
    ...{ code, minutes: amount, kinds: kinds.map(String), legalBasis, basisConfirmed },
    ...{ metresPerMinute: Number(metresPerMinute), detour: Number(detour) },
  };
}

/** Great-circle distance (haversine on a sphere of the Earth's mean radius), in metres. */
export function straightMetres(from: Position, to: Position): number {
  const radians = Math.PI / 180;
  const dLatitude = (to.latitude - from.latitude) * radians;
  const dLongitude = (to.longitude - from.longitude) * radians;
  const a =
    Math.sin(dLatitude / 2) ** 2 +
    Math.cos(from.latitude * radians) * Math.cos(to.latitude * radians) * Math.sin(dLongitude / 2) ** 2;
  return 2 * MEAN_EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(a)));
}

/** How far a straight line may be for people to walk there in time. */
export function reachMetres({ minutes, metresPerMinute, detour }: CircleRule): number {
  return (minutes * metresPerMinute) / detour;
}

/** The degrees around a point that hold everything within a distance. */
export function boxAround({ longitude, latitude }: Position, metres: number) {
  const dLatitude = metres / METRES_PER_DEGREE_OF_LATITUDE;
  const dLongitude = dLatitude / Math.max(0.01, Math.cos((latitude * Math.PI) / 180));
  return {
    south: latitude - dLatitude,
    north: latitude + dLatitude,
    west: longitude - dLongitude,
    east: longitude + dLongitude,
  };
}

/** Whether numbers are a place on Earth. */
export function isPosition({ longitude, latitude }: Position): boolean {
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
}
