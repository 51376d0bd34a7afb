import { findCitizenIdFlaw, normaliseCitizenId } from '../citizen-id.ts';
import { damagedNumber } from './column-kinds.ts';
import type { ColumnKind } from './dataset.ts';

/** GB 11643, and old 15-digit numbers, which are upgraded. */
export const citizenIdKind: ColumnKind = {
  zh: '公民身份号码（18 位；旧 15 位自动升位）',
  en: 'a citizen number (18 characters; old ones of 15 digits are upgraded)',
  maxLength: 24,
  parse(text, today) {
    if (damagedNumber(text)) return { code: 'NUMBER_DAMAGED' };
    const number = normaliseCitizenId(text.replace(/\s/g, ''));
    const flaw = findCitizenIdFlaw(number, today);
    return flaw === undefined ? number : { code: 'CITIZEN_ID_INVALID', values: { ...flaw } };
  },
};
