import type { CountLine } from '../../../kit/statistics/count-line.ts';
import { withheldCells } from '../../../kit/statistics/suppress-small-counts.ts';
import type { CommunityVolunteersRow } from '../../store/volunteering/volunteer-registration-rows.ts';

/** What is published of the volunteers of a division; what would tell of few people is null. */
export interface VolunteerFigures {
  readonly code: string;
  readonly registered: number | null;
  readonly active: number | null;
  readonly hours: number | null;
}

const TIERS = [12, 9, 6, 4] as const;

interface Sums {
  registered: number;
  active: number;
  minutes: number;
}

/**
 * Registered and active volunteers and their hours of every division of a city, small counts withheld. The cells are
 * always those of the whole city, whatever part is asked for; hours are those of the active and the once active, so that
 * they are shown where both counts are.
 */
export function volunteerFigures(
  communities: readonly CommunityVolunteersRow[],
  floor: number,
): ReadonlyMap<string, VolunteerFigures> {
  const sums = new Map<string, Sums>();
  const parts = new Map<string, Set<string>>();
  for (const { communityCode, registered, active, minutes } of communities) {
    TIERS.forEach((digits, index) => {
      const code = communityCode.slice(0, digits);
      const sum = sums.get(code) ?? { registered: 0, active: 0, minutes: 0 };
      sum.registered += registered;
      sum.active += active;
      sum.minutes += minutes;
      sums.set(code, sum);
      const above = TIERS[index + 1];
      if (above === undefined) return;
      const parent = communityCode.slice(0, above);
      parts.set(parent, (parts.get(parent) ?? new Set()).add(code));
    });
  }
  // Who is registered and not active is counted by subtracting: that, too, is a cell.
  const kinds = ['registered', 'active', 'idle'] as const;
  const cells = [...sums].flatMap(([code, { registered, active }]) => [
    { key: `registered/${code}`, count: registered },
    { key: `active/${code}`, count: active },
    { key: `idle/${code}`, count: registered - active },
  ]);
  const lines: CountLine[] = [
    ...[...sums.keys()].map((code) => ({ total: `registered/${code}`, parts: [`active/${code}`, `idle/${code}`] })),
    ...[...parts].flatMap(([parent, below]) =>
      kinds.map((kind) => ({ total: `${kind}/${parent}`, parts: [...below].map((code) => `${kind}/${code}`) })),
    ),
  ];
  const withheld = withheldCells(cells, lines, floor);
  return new Map(
    [...sums].map(([code, { registered, active, minutes }]) => {
      const shown = (kind: string) => !withheld.has(`${kind}/${code}`);
      return [
        code,
        {
          code,
          registered: shown('registered') ? registered : null,
          active: shown('active') ? active : null,
          hours: shown('registered') && shown('active') ? Math.round(minutes / 6) / 10 : null,
        },
      ];
    }),
  );
}

/** The tier below a division's; undefined for a community. */
export function tierBelow(code: string): number | undefined {
  // Codes have one of the tiers' lengths.
  return TIERS[TIERS.indexOf(code.length as (typeof TIERS)[number]) - 1];
}
