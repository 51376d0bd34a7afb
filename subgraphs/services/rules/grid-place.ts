import type { Place } from '../../kit/store/place-scope.ts';

export interface GridPlace extends Place {
  readonly gridCode: string;
}

/**
 * The place that a grid's code stands for: its 15 digits begin with the community's 12, those with the township's 9,
 * those with the county's 6 and the city's 4. Undefined when no grid can have such a code.
 */
export function gridPlace(gridCode: string): GridPlace | undefined {
  if (!/^\d{15}$/.test(gridCode) || gridCode.endsWith('000') || gridCode.slice(9, 12) === '000') return undefined;
  return {
    cityCode: gridCode.slice(0, 4),
    countyCode: gridCode.slice(0, 6),
    townshipCode: gridCode.slice(0, 9),
    communityCode: gridCode.slice(0, 12),
    gridCode,
  };
}
