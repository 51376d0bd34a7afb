import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { containsPersonalNumber } from '../../../kit/personal-number.ts';

/** Anything that does not print, line breaks included. */
const CONTROL = /\p{Cc}/u;

/** Refuses a note that is too short, too long, or hides a number of a person; undefined for a good one. */
export function noteFlaw(text: string, culprit: string, min: number, max: number): Refusal | undefined {
  if (text.trim().length < min || text.length > max || CONTROL.test(text)) {
    return refuse('TEXT_INVALID', culprit, { min, max });
  }
  return containsPersonalNumber(text) ? refuse('PERSONAL_NUMBER_IN_TEXT', culprit) : undefined;
}
