import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { containsPersonalNumber } from '../../../kit/personal-number.ts';

/**
 * What is wrong with a text that people write: too short, too long, control characters, or a personal number that has no
 * place in it. Undefined when it is given and sound, or when it is not given and not required.
 */
export function textFault(
  culprit: string,
  text: string | null | undefined,
  { min = 2, max, required = true }: { min?: number; max: number; required?: boolean },
): Refusal | undefined {
  if (text == null || text.trim() === '') return required ? refuse('INPUT_MISSING', culprit) : undefined;
  const length = [...text.trim()].length;
  if (length < min || length > max || /[\p{Cc}\p{Cs}]/u.test(text))
    return refuse('TEXT_INVALID', culprit, { min, max });
  return containsPersonalNumber(text) ? refuse('PERSONAL_NUMBER_IN_TEXT', culprit) : undefined;
}
