import type { FaultValues, RowFaultCode } from '../codes/import-faults.ts';
import type { DatasetColumn } from './dataset.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is what it is for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0080-\u009f\u202a-\u202e\u2066-\u2069]/;
const FULL_WIDTH = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/;

/**
 * The canonical value of a cell, undefined for an empty one (which states nothing), or what is wrong with it.
 * Full-width digits and letters count as the ordinary ones.
 */
export function readCell(
  cell: string,
  column: DatasetColumn,
  today: string,
): string | undefined | { readonly code: RowFaultCode; readonly values?: FaultValues } {
  if (CONTROL.test(cell)) return { code: 'CONTROL_CHARACTER' };
  let text = cell.trim();
  // Excel's way of keeping digits: ="330402" or a leading apostrophe.
  const quoted = /^="(\d+[Xx]?)"$/.exec(text);
  if (quoted !== null) text = String(quoted[1]);
  else if (/^'\d/.test(text)) text = text.slice(1);
  if (text === '') return undefined;
  if (text.includes('\ufffd')) return { code: 'TEXT_DAMAGED' };
  if (FULL_WIDTH.test(text)) text = text.normalize('NFKC');
  if (text.length > column.kind.maxLength) return { code: 'VALUE_TOO_LONG' };
  const first = text.charCodeAt(0);
  // = + - @ : of these only a telephone number may begin with a plus, and its kind says so.
  if ((first === 0x3d || first === 0x40 || first === 0x2d) && !/^-\d/.test(text)) return { code: 'FORMULA_REFUSED' };
  return column.kind.parse(text, today);
}
