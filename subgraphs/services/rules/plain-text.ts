import { type Refusal, refuse } from '../../kit/codes/refusals.ts';
import { containsPersonalNumber } from '../../kit/personal-number.ts';

/**
 * A text of a mutation: trimmed, of `min` to `max` characters (as people count them), without control characters and
 * without what looks like a citizen or a telephone number. The refusal otherwise.
 */
export function plainText(value: string, culprit: string, min: number, max: number): string | Refusal {
  const text = value.trim();
  const length = [...text].length;
  if (length < min || length > max || /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(text.replaceAll('\n', ''))) {
    return refuse('TEXT_INVALID', culprit, { min, max });
  }
  return containsPersonalNumber(text) ? refuse('PERSONAL_NUMBER_IN_TEXT', culprit) : text;
}
