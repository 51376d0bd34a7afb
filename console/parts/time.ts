const formats = new Map<string, Intl.DateTimeFormat>();

/** An instant in China's time, whatever the machine's. */
export function showTime(instant: string | Date, language: 'zh' | 'en'): string {
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  const format =
    formats.get(locale) ??
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'Asia/Shanghai' });
  formats.set(locale, format);
  return format.format(typeof instant === 'string' ? new Date(instant) : instant);
}
