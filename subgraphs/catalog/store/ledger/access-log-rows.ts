import type { ListDeclaration, SortDeclaration } from '../../../kit/store/keyset-list.ts';
import type { LedgerAccess, LedgerLine } from './ledger-line.ts';
import { addMonths, monthOf, monthsBetween } from './ledger-months.ts';
import { RETENTION_MONTHS } from './ledger-retention.ts';
import { RUN_MILLISECONDS } from './ledger-writer.ts';
import type { SubjectHasher } from './subject-hash.ts';

/** A line of the access log with the description of what it read. */
export interface AccessLineRow {
  readonly writer: string;
  readonly sequence: number;
  /** When it was committed with others, by which lines are in order; `line` says when it was itself. */
  readonly at: Date;
  readonly clientId: string;
  readonly department: string;
  readonly line: LedgerAccess & LedgerLine;
  readonly scope: {
    readonly operationHash: string;
    readonly operationName: string | null;
    readonly given: readonly string[];
    readonly masked: readonly string[];
    readonly unmasked: readonly string[];
    readonly refused: readonly string[];
  };
}

const LINE_FILTERS = ['clientId', 'departmentCode', 'decision', 'coordinate', 'from', 'to'];

function newest(at: string, filters: readonly string[]): SortDeclaration<AccessLineRow> {
  return {
    columns: [
      { expression: at, property: 'at', cast: 'timestamptz' },
      { expression: 't.writer', property: 'writer', cast: 'uuid' },
      { expression: 't.sequence', property: 'sequence', cast: 'int' },
    ],
    direction: 'DESC',
    filters,
  };
}

/** Lines of the access log, the newest first. The subject is given as its hashes, see `subjectHashes`. */
export const accessLineList: ListDeclaration<AccessLineRow> = {
  name: 'catalog.access_log',
  from: 'catalog.access_line t',
  // The scopes are looked up one by one: a join would give up the order in which the lines come.
  columns: `t.writer, t.sequence::float8 AS sequence, t.at, t.client_id AS "clientId", t.department, t.line,
    (SELECT s.text::json FROM catalog.access_scope s WHERE s.digest = t.line->>'scope') AS scope`,
  sorts: {
    AT: newest('t.at', LINE_FILTERS),
    // The same order, out of the index of subjects: to go through the times until somebody turns up would take the log.
    AT_OF_SUBJECTS: newest("(t.at + interval '0')", ['subjects', ...LINE_FILTERS]),
  },
  filters: {
    // A run has somebody of them, and the line itself is about one of them. Behind a subquery they count as rare.
    subjects: (value, values) =>
      `t.subjects && (SELECT $${values.push(value)}::bigint[]) AND EXISTS (
         SELECT FROM jsonb_array_elements_text(t.line->'subjects') AS s(place)
          WHERE t.subjects[s.place::int + 1] = ANY($${values.length}::bigint[]))`,
    clientId: (value, values) => `t.client_id = $${values.push(value)}`,
    departmentCode: (value, values) => `t.department = $${values.push(value)}`,
    decision: (value, values) => `t.line->>'decision' = $${values.push(value)}`,
    coordinate: (value, values) =>
      `t.line->>'scope' IN (SELECT digest FROM catalog.access_scope WHERE coordinates @> ARRAY[$${values.push(value)}])`,
    from: (value, values) =>
      `t.at >= $${values.push(value)}::timestamptz AND (t.line->>'at')::timestamptz >= $${values.length}::timestamptz`,
    // Others of its run may have been later.
    to: (value, values) => `(t.line->>'at')::timestamptz < $${values.push(value)}::timestamptz
        AND t.at < $${values.length}::timestamptz + interval '${RUN_MILLISECONDS} milliseconds'`,
  },
};

/** The hashes under which subjects stand in the log in a period: one for each and month, as long as the log is kept. */
export function subjectHashes(
  hasher: SubjectHasher,
  subjects: readonly string[],
  from: Date | undefined,
  to: Date | undefined,
  now: Date,
): string[] {
  const oldest = addMonths(monthOf(now), -RETENTION_MONTHS - 1);
  const newest = addMonths(monthOf(now), 1);
  const first = from === undefined || monthOf(from) < oldest ? oldest : monthOf(from);
  const last = to === undefined || monthOf(to) > newest ? newest : monthOf(to);
  return monthsBetween(first, last).flatMap((month) => subjects.map((subject) => hasher.of(month, subject)));
}
