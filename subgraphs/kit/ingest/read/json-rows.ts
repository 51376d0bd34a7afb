import { FileFault } from '../../codes/import-faults.ts';
import { pickFields, unwrap } from '../mapping/json-fields.ts';
import { fieldsOf, type SourceMapping } from '../mapping/source-mapping.ts';
import { cellOf } from './ndjson-rows.ts';
import type { RawRow } from './raw-row.ts';

/** One document is read whole: more than that is sent line by line. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** The rows of one JSON document: those inside its envelope, or of a plain list; fields that the mapping reads. */
export async function* jsonDocumentRows(
  text: AsyncIterable<string>,
  mapping: SourceMapping | undefined,
): AsyncGenerator<readonly RawRow[]> {
  let whole = '';
  for await (const chunk of text) {
    whole += chunk;
    if (whole.length > MOST_CHARACTERS) throw new FileFault('FILE_TOO_LARGE', { max: '16 MiB (JSON)' });
  }
  let document: unknown;
  try {
    document = JSON.parse(whole);
  } catch (error) {
    throw new FileFault('JSON_INVALID', { line: 1 }, { cause: error });
  }
  const items = mapping?.envelope === undefined ? document : unwrap(document, mapping.envelope);
  if (!Array.isArray(items)) throw new FileFault('ENVELOPE_ROWS_MISSING', { path: '—' });
  const fields = mapping === undefined ? keysOf(items) : fieldsOf(mapping);
  yield [
    { line: 1, cells: fields },
    ...items.map((item, index) => {
      const picked = pickFields(item, fields);
      return { line: index + 2, cells: fields.map((field) => cellOf(picked[field], index + 2)) };
    }),
  ];
}

function keysOf(items: readonly unknown[]): string[] {
  const keys = new Set<string>();
  for (const item of items) {
    if (typeof item === 'object' && item !== null) for (const key of Object.keys(item)) keys.add(key);
  }
  return [...keys];
}
