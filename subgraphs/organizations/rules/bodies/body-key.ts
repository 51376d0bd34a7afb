import { findUsccFlaw } from '../../../kit/uscc.ts';
import type { BodyKey } from '../../store/bodies/organization-search.ts';

/** What is wrong with a key, in both languages. */
export interface KeyFlaw {
  readonly reasonZh: string;
  readonly reasonEn: string;
}

export type GivenKeys = Readonly<Partial<Record<BodyKey, string | null | undefined>>>;

const SHORTEST_PART = 3;
const LONGEST_PART = 60;

/** Telephone of a body: digits, grouped by hyphens or not, kept without them. */
export function normalisePhone(phone: string): string {
  return phone.replace(/[\s-]/g, '');
}

export function isPhone(phone: string): boolean {
  return /^\d{5,15}$/.test(phone);
}

/** The one key that was given, as the register writes it; or what is wrong with it. */
export function oneBodyKey(given: GivenKeys): { readonly key: BodyKey; readonly text: string } | KeyFlaw {
  const names = Object.keys(given) as BodyKey[];
  const used = names.filter((name) => given[name] != null);
  const [key] = used;
  if (key === undefined || used.length > 1) {
    return { reasonZh: '须且只能给出一个条件', reasonEn: 'give exactly one key' };
  }
  const text = String(given[key]).trim();
  if (key === 'uscc') {
    const code = text.toUpperCase();
    const flaw = findUsccFlaw(code);
    return flaw === undefined
      ? { key, text: code }
      : {
          reasonZh: `统一社会信用代码第 ${flaw.position} 位有误：${flaw.reasonZh}`,
          reasonEn: `the credit code is wrong at position ${flaw.position}: ${flaw.reasonEn}`,
        };
  }
  if (key === 'phone') {
    const phone = normalisePhone(text);
    return isPhone(phone)
      ? { key, text: phone }
      : { reasonZh: '电话应为 5 至 15 位数字', reasonEn: 'a telephone has 5 to 15 digits' };
  }
  if (text.length < SHORTEST_PART || text.length > LONGEST_PART) {
    return {
      reasonZh: `应为 ${SHORTEST_PART} 至 ${LONGEST_PART} 个字符`,
      reasonEn: `expected ${SHORTEST_PART} to ${LONGEST_PART} characters`,
    };
  }
  return { key, text: key === 'namePinyin' || key === 'nameInitials' ? text.toLowerCase().replace(/\s/g, '') : text };
}
