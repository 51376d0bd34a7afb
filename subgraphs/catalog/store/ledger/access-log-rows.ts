import type { AccessDecision } from '../../../kit/catalog-port.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import type { LedgerText } from './ledger-line.ts';
import { addMonths, monthOf, monthsBetween } from './ledger-months.ts';
import { RETENTION_MONTHS } from './ledger-retention.ts';
import type { SubjectHasher } from './subject-hash.ts';

/** A line of the access log with the description of what it read. */
export interface AccessLineRow {
  readonly writer: string;
  readonly sequence: number;
  readonly at: Date;
  readonly clientId: string;
  readonly department: string;
  readonly decision: AccessDecision;
  readonly line: LedgerText;
  readonly scope: {
    readonly operationHash: string;
    readonly operationName: string | null;
    readonly given: readonly string[];
    readonly masked: readonly string[];
    readonly unmasked: readonly string[];
    readonly refused: readonly string[];
  };
}

/** Lines of the access log, the newest first. The subject is given as its hashes, see `subjectHashes`. */
export const accessLineList: ListDeclaration<AccessLineRow> = {
  name: 'catalog.access_log',
  from: 'catalog.access_log t JOIN catalog.access_scope s ON s.digest = t.scope',
  columns: `t.writer, t.sequence::float8 AS sequence, t.at, t.client_id AS "clientId", t.department, t.decision,
    t.text::json AS line, s.text::json AS scope`,
  sorts: {
    AT: {
      columns: [
        { expression: 't.at', property: 'at', cast: 'timestamptz' },
        { expression: 't.writer', property: 'writer', cast: 'uuid' },
        { expression: 't.sequence', property: 'sequence', cast: 'int' },
      ],
      direction: 'DESC',
      filters: ['subjects', 'clientId', 'departmentCode', 'decision', 'coordinate', 'from', 'to'],
    },
  },
  filters: {
    // A line without a list of its own is about those whom the line before it lists.
    subjects: (value, values) =>
      `(t.writer, t.sequence) IN (SELECT l.writer, l.sequence + follow.count FROM catalog.access_log l,
         (VALUES (0), (1)) AS follow(count) WHERE l.subjects && $${values.push(value)}::uuid[])
        AND (t.subjects IS NULL OR t.subjects && $${values.length}::uuid[])`,
    clientId: (value, values) => `t.client_id = $${values.push(value)}`,
    departmentCode: (value, values) => `t.department = $${values.push(value)}`,
    decision: (value, values) => `t.decision = $${values.push(value)}`,
    coordinate: (value, values) =>
      `t.scope IN (SELECT digest FROM catalog.access_scope WHERE coordinates @> ARRAY[$${values.push(value)}])`,
    from: (value, values) => `t.at >= $${values.push(value)}::timestamptz`,
    to: (value, values) => `t.at < $${values.push(value)}::timestamptz`,
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
