import { type Refusal, refuse } from '../../kit/codes/refusals.ts';

/** Anything that does not print, line breaks included. */
const CONTROL = /\p{Cc}/u;

/** Refuses a text that is too short, too long or carries control characters; undefined for a good one. */
export function textFlaw(text: string, culprit: string, min: number, max: number): Refusal | undefined {
  const length = text.trim().length;
  return length < min || text.length > max || CONTROL.test(text)
    ? refuse('TEXT_INVALID', culprit, { min, max })
    : undefined;
}
