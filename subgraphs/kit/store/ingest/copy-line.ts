const SPECIAL = /[\\\n\r\t]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** One value in COPY's text format (PostgreSQL manual, COPY, "Text Format"): `\N` for null, `\x` hex for bytes. */
export function copyField(value: string | number | boolean | Buffer | null): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') {
    return SPECIAL.test(value) ? value.replace(/[\\\n\r\t]/g, (found) => ESCAPES[found] as string) : value;
  }
  if (typeof value === 'object') return `\\\\x${value.toString('hex')}`;
  return typeof value === 'boolean' ? (value ? 't' : 'f') : String(value);
}
