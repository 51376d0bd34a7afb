const TOKENS: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  MM: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{1,2})',
  ss: '(?<second>\\d{1,2})',
};
const CHINA_MILLISECONDS = 8 * 3_600_000;
/** 9999-12-31; what is larger is no instant. */
const LAST_INSTANT = 253_402_300_799_999;

/** Reads a text as a day or an instant in China, `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm:ss+08:00`; undefined when it is not written so. */
export type DateReader = (text: string) => string | undefined;

/** What a reader tells of a text: its day, or its time as well where the format has one. */
export type DatePrecision = 'DAY' | 'SECOND';

/**
 * A reader of dates in a format of `yyyy MM dd HH mm ss` with anything between, or of EPOCH_SECONDS and
 * EPOCH_MILLISECONDS; undefined for a format without year, month and day. What carries no zone is China's, or `zone`'s.
 */
export function dateReader(
  format: string,
  zone: 'Asia/Shanghai' | 'UTC' = 'Asia/Shanghai',
  precision: DatePrecision = 'DAY',
): DateReader | undefined {
  if (format === 'EPOCH_SECONDS') return epochReader(1_000, precision);
  if (format === 'EPOCH_MILLISECONDS') return epochReader(1, precision);
  const seen = new Set<string>();
  let pattern = '';
  for (const part of format.match(/yyyy|MM|dd|HH|mm|ss|[\s\S]/g) ?? []) {
    const token = TOKENS[part];
    if (token === undefined) {
      pattern += part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
      continue;
    }
    if (seen.has(part)) return undefined;
    seen.add(part);
    // Digits that follow each other without a separator are as many as the format has.
    pattern += token;
  }
  if (!['yyyy', 'MM', 'dd'].every((token) => seen.has(token))) return undefined;
  if (/yyyyMM|MMdd|ddMM|ddyyyy|MMyyyy|HHmm|mmss/.test(format)) pattern = pattern.replaceAll('{1,2}', '{2}');
  const reader = new RegExp(`^${pattern}$`);
  return (text) => {
    const groups = reader.exec(text.trim())?.groups;
    if (groups === undefined) return undefined;
    const { year = '', month = '', day = '', hour = '0', minute = '0', second = '0' } = groups;
    const instant = Date.UTC(+year, +month - 1, +day, +hour, +minute, +second);
    const read = new Date(instant);
    // 31 April has become 1 May by now.
    if (read.getUTCMonth() !== +month - 1 || read.getUTCDate() !== +day) return undefined;
    return inChina(zone === 'UTC' ? instant + CHINA_MILLISECONDS : instant, seen.has('HH') ? precision : 'DAY');
  };
}

/** @param shifted the instant, by China's offset later. */
function inChina(shifted: number, precision: DatePrecision): string {
  const text = new Date(shifted).toISOString();
  return precision === 'DAY' ? text.slice(0, 10) : `${text.slice(0, 19)}+08:00`;
}

function epochReader(milliseconds: number, precision: DatePrecision): DateReader {
  return (text) => {
    const instant = /^-?\d{1,15}$/.test(text.trim()) ? Number(text) * milliseconds : Number.NaN;
    if (!(Math.abs(instant) <= LAST_INSTANT)) return undefined;
    return inChina(instant + CHINA_MILLISECONDS, precision);
  };
}
