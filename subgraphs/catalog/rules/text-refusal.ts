import { type Refusal, refuse } from '../../kit/codes/refusals.ts';

/** Refuses a text that is shorter or longer than allowed or holds control characters; none is fine. */
export function textRefusal(
  culprit: string,
  text: string | null | undefined,
  min: number,
  max: number,
): Refusal | undefined {
  if (text == null) return undefined;
  const length = [...text.trim()].length;
  const valid = length >= min && length <= max && !/[\p{Cc}\p{Cf}]/u.test(text);
  return valid ? undefined : refuse('TEXT_INVALID', culprit, { min, max });
}
