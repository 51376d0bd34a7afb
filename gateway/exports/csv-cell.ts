const FORMULA = /^[=+\-@\t\r]/;

/** A text as a cell of CSV (RFC 4180). What somebody has written must not become a formula in somebody else's spreadsheet. */
export function csvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
