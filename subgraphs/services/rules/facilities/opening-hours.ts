import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';

/** Minutes after midnight in China, every day; null where no hours are published. */
export interface OpeningHours {
  readonly opensAtMinute: number | null;
  readonly closesAtMinute: number | null;
}

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** 开放时间 — both ends or none, the first before the second; what can be booked has them. */
export function openingHours(
  opensAt: string | null | undefined,
  closesAt: string | null | undefined,
  bookable: boolean,
): OpeningHours | Refusal {
  const [opensAtMinute, closesAtMinute] = [minuteOf(opensAt), minuteOf(closesAt)];
  const given = opensAtMinute !== null && closesAtMinute !== null;
  const inOrder = given && opensAtMinute < closesAtMinute; // no time of day is NaN, which is never below
  const none = opensAtMinute === null && closesAtMinute === null && !bookable;
  return inOrder || none ? { opensAtMinute, closesAtMinute } : refuse('OPENING_HOURS_INVALID', 'input.opensAt');
}

/** 08:30 → 510; null when not given, NaN when it is no time of day. */
function minuteOf(text: string | null | undefined): number | null {
  if (text == null) return null;
  const match = TIME.exec(text);
  return match === null ? Number.NaN : Number(match[1]) * 60 + Number(match[2]);
}
