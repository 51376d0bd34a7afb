import type { CodeLookup } from '../graph/code-lists.ts';
import type { ColumnKind } from './dataset.ts';

const DATE_FORMS: readonly RegExp[] = [
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/,
  /^(\d{4})\/(\d{1,2})\/(\d{1,2})(?: \d{1,2}:\d{2}(?::\d{2})?)?$/,
  /^(\d{4})\.(\d{1,2})\.(\d{1,2})$/,
  /^(\d{4})(\d{2})(\d{2})(?:\d{6})?$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日$/,
];
const AMBIGUOUS_DATE = /^\d{1,2}[-/.]\d{1,2}[-/.](\d{2}|\d{4})$/;
const EARLIEST_DATE = '1850-01-01';

/**
 * A day as departments write it: `2018-08-08`, `20180808`, `2018/8/8`, `2018年8月8日`, with or without a time of day in
 * China. What puts the day or the month first is refused: nobody can tell which is which.
 */
export function dateKind(options: { readonly mayBeInFuture: boolean }): ColumnKind {
  return {
    zh: '日期（如 2018-08-08、20180808、2018/8/8、2018年8月8日）',
    en: 'a date (2018-08-08, 20180808, 2018/8/8, 2018年8月8日)',
    maxLength: 32,
    parse(text, today) {
      const found = dateParts(text);
      if (found === undefined) return { code: AMBIGUOUS_DATE.test(text) ? 'DATE_AMBIGUOUS' : 'DATE_INVALID' };
      const [year, month, day] = found;
      const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
      if (!isCalendarDate(date) || date < EARLIEST_DATE) return { code: 'DATE_INVALID' };
      if (!options.mayBeInFuture && date > today) return { code: 'DATE_IN_FUTURE' };
      return date;
    },
  };
}

function dateParts(text: string): [year: string, month: string, day: string] | undefined {
  for (const form of DATE_FORMS) {
    const match = form.exec(text);
    if (match !== null) return [String(match[1]), String(match[2]), String(match[3])];
  }
  return undefined;
}

const TIME_FORM =
  /^(\d{4}[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?)[T ]?(\d{1,2}):?(\d{2})(?::?(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * A time as departments write it: `2018-08-08 20:08`, `2018-08-08T20:08:00`, `20180808200800`; China's time where no
 * zone is written. A day alone is refused: what happened at midnight is written so.
 */
export function timeKind(options: { readonly mayBeInFuture: boolean }): ColumnKind {
  return {
    zh: '时间（如 2018-08-08 20:08:00、20180808200800；未写时区即北京时间）',
    en: 'a time (2018-08-08 20:08:00, 20180808200800; China’s where no zone is written)',
    maxLength: 40,
    parse(text, today) {
      const [, day = '', hour = '', minute = '', second = '00', zone = '+08:00'] = TIME_FORM.exec(text) ?? [];
      const found = dateParts(day);
      if (found === undefined || +hour > 23 || +minute > 59 || +second > 59) return { code: 'TIME_INVALID' };
      const [year, month, date] = found;
      const local = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
      if (!isCalendarDate(local) || local < EARLIEST_DATE) return { code: 'TIME_INVALID' };
      if (!options.mayBeInFuture && local > today) return { code: 'DATE_IN_FUTURE' };
      return `${local}T${hour.padStart(2, '0')}:${minute}:${second}${zone}`;
    },
  };
}

/** Yes or no, as departments write it. */
export const yesNoKind: ColumnKind = {
  zh: '是或否',
  en: 'yes or no (是, 否)',
  codes: {
    standard: '是否',
    codes: [
      { code: 'true', name: '是' },
      { code: 'false', name: '否' },
    ],
  },
  maxLength: 10,
  parse(text) {
    if (/^(是|true|yes|y|1)$/i.test(text)) return 'true';
    return /^(否|false|no|n|0)$/i.test(text) ? 'false' : { code: 'CODE_UNKNOWN', values: { list: '是否' } };
  },
};

/** A code of a department's own: letters, digits, hyphens and what joins them. */
export function referenceCodeKind(maxLength: number, zh: string, en: string): ColumnKind {
  return {
    zh: `${zh}（至多 ${maxLength} 个字母、数字或 - _ / .）`,
    en: `${en} (at most ${maxLength} letters, digits or - _ / .)`,
    maxLength,
    parse(text) {
      if (damagedNumber(text)) return { code: 'NUMBER_DAMAGED' };
      return /^[\p{L}\p{N}][\p{L}\p{N}_/.-]*$/u.test(text) ? text : { code: 'REFERENCE_CODE_INVALID' };
    },
  };
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isCalendarDate(date: string): boolean {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  const day = Number(date.slice(8, 10));
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0);
  return day >= 1 && day <= last;
}

/** A value of a code list, by its code or by its name; what is not in the list is not guessed at. */
export function codeKind(lookup: CodeLookup, synonyms: Readonly<Record<string, string>> = {}): ColumnKind {
  const { standard, name, codes } = lookup.list;
  const known = new Map<string, string>();
  for (const { code, name: codeName } of codes) known.set(codeName, code);
  for (const [synonym, code] of Object.entries(synonyms)) known.set(synonym, code);
  for (const { code } of codes) known.set(code, code);
  // Spreadsheets drop leading zeros: 1 is 01 in a list of two digits, unless 1 is a code itself.
  for (const { code } of codes) {
    const short = code.replace(/^0+(?=.)/, '');
    if (!known.has(short)) known.set(short, code);
  }
  return {
    zh: `代码 ${standard} ${name}（代码或名称）`,
    en: `a code of ${standard}, or its name`,
    codes: { standard, codes },
    maxLength: 40,
    parse: (text) => known.get(text) ?? { code: 'CODE_UNKNOWN', values: { list: standard } },
  };
}

/** A value of an enumeration of the hub's own, by its code or its Chinese name. */
export function ownCodeKind(name: string, names: Readonly<Record<string, string>>): ColumnKind {
  const codes = Object.entries(names).map(([code, codeName]) => ({ code, name: codeName }));
  const known = new Map(
    codes.flatMap((entry) => [[entry.name, entry.code] as const, [entry.code, entry.code] as const]),
  );
  return {
    zh: `${name}（代码或名称）`,
    en: 'one of the codes below, or its name',
    codes: { standard: name, codes },
    maxLength: 40,
    parse: (text) =>
      known.get(text) ?? known.get(text.toUpperCase()) ?? { code: 'CODE_UNKNOWN', values: { list: name } },
  };
}

/** Digits of a fixed number of places, such as the code of a division or a grid. */
export function placeCodeKind(lengths: readonly number[], zh: string, en: string): ColumnKind {
  return {
    zh,
    en,
    maxLength: 40,
    parse(text) {
      if (damagedNumber(text)) return { code: 'NUMBER_DAMAGED' };
      return /^\d+$/.test(text) && lengths.includes(text.length) ? text : { code: 'PLACE_CODE_INVALID' };
    },
  };
}

/** A telephone number: a mobile one, or one of the fixed net with its area code. Spaces, hyphens and +86 are left out. */
export const phoneKind: ColumnKind = {
  zh: '电话号码（手机或带区号的固定电话）',
  en: 'a telephone number (mobile, or fixed with its area code)',
  maxLength: 24,
  parse(text) {
    if (damagedNumber(text)) return { code: 'NUMBER_DAMAGED' };
    const digits = text.replace(/^(\+|00)86[- ]?/, '').replace(/[\s()（）-]/g, '');
    return /^1\d{10}$/.test(digits) || /^0\d{9,11}$/.test(digits) || /^[2-8]\d{6,7}$/.test(digits)
      ? digits
      : { code: 'PHONE_INVALID' };
  },
};

/** A person's name: characters, the dot of transcribed names, letters of other scripts; spaces only between letters. */
export const nameKind: ColumnKind = {
  zh: '姓名',
  en: 'a name',
  maxLength: 50,
  parse(text) {
    const name = text.replace(/[•・．‧∙]/g, '·').replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '');
    return /^[\p{Script=Han}\p{Script=Latin}][\p{Script=Han}\p{Script=Latin}·'. -]*$/u.test(name)
      ? name
      : { code: 'NAME_INVALID' };
  },
};

/** Any text that is not a spreadsheet's formula. */
export function textKind(maxLength: number, zh = '文本', en = 'text'): ColumnKind {
  return {
    zh: `${zh}（至多 ${maxLength} 字）`,
    en: `${en} (at most ${maxLength} characters)`,
    maxLength,
    parse: (text) => (/^[=+\-@]/.test(text) ? { code: 'FORMULA_REFUSED' } : text),
  };
}

/** 3.30E+17, or an identifier whose last digits a spreadsheet has replaced by zeros after a decimal point. */
export function damagedNumber(text: string): boolean {
  return /^\d(\.\d+)?[eE]\+?\d+$/.test(text) || /^\d{11,}\.0+$/.test(text);
}
