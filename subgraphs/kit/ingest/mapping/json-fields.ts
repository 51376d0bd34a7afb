import { FileFault } from '../../codes/import-faults.ts';
import type { Envelope } from './source-mapping.ts';

/** What stands at `a.b.c` of a JSON value; a key that holds dots itself comes first. */
export function valueAt(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const record = value as Readonly<Record<string, unknown>>; // an object or a list, as was just seen
  if (Object.hasOwn(record, path)) return record[path];
  const dot = path.indexOf('.');
  return dot === -1 ? undefined : valueAt(record[path.slice(0, dot)], path.slice(dot + 1));
}

/** The fields that a mapping reads, and nothing else of an object. */
export function pickFields(value: unknown, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, valueAt(value, field) ?? null]));
}

/**
 * The rows inside a system's answer.
 *
 * @throws FileFault when the answer itself says that something is wrong, or has no rows where they should be.
 */
export function unwrap(answer: unknown, { ok, message, rows }: Envelope): readonly unknown[] {
  if (ok !== undefined) {
    const status = valueAt(answer, ok.path);
    if (!ok.values.some((good) => good === status)) {
      const said = message === undefined ? '' : String(valueAt(answer, message) ?? '');
      throw new FileFault('ENVELOPE_REFUSED', {
        status: String(status).slice(0, 20),
        // A system may repeat what it was sent: nothing that looks like a number of somebody.
        message: said.slice(0, 80).replace(/\d{6,}/g, '…') || '—',
      });
    }
  }
  const found = valueAt(answer, rows);
  if (!Array.isArray(found)) throw new FileFault('ENVELOPE_ROWS_MISSING', { path: rows });
  return found;
}
