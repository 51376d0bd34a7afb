import type { Place } from '../../kit/store/place-scope.ts';

/** The place that a community's 12-digit code stands for; undefined when no community can have it. */
export function communityPlace(communityCode: string): Place | undefined {
  if (!/^\d{12}$/.test(communityCode) || communityCode.endsWith('000')) return undefined;
  return {
    cityCode: communityCode.slice(0, 4),
    countyCode: communityCode.slice(0, 6),
    townshipCode: communityCode.slice(0, 9),
    communityCode,
  };
}
