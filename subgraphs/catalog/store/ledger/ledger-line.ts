import { hash } from 'node:crypto';
import type { AccessDecision, AccessRecord, AccessScope } from '../../../kit/catalog-port.ts';

/** What comes before the first run of a chain. */
export const NO_HASH: Buffer = Buffer.alloc(32);

/** How an access was made and what came of it: said once in a run, since the same caller does the same all day. */
export interface LedgerAccess {
  readonly worker: string | null;
  /** Keyed hash of the person who acts through the client. */
  readonly person: string | null;
  readonly basis: string | null;
  readonly scenario: string | null;
  readonly decision: AccessDecision;
  /** Digest of the scope. */
  readonly scope: string;
}

/** The first line of a run's text. */
export interface LedgerHeading {
  /** Of the first access that follows. */
  readonly sequence: number;
  readonly accesses: readonly LedgerAccess[];
}

/** What each further line says. */
export interface LedgerLine {
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string;
  readonly request: string;
  /** Position in the heading's accesses, from 0. */
  readonly access: number;
  /** Whom it is about: positions in the subjects of the run, from 0. */
  readonly subjects: readonly number[];
  readonly rows: number;
}

/** Lines of one client that are committed together: one link of the chain, and one row. */
export interface LedgerRun {
  readonly writer: string;
  /** Of the first line. */
  readonly sequence: number;
  /** Of the last line. ISO 8601, UTC, milliseconds. */
  readonly at: string;
  readonly clientId: string;
  readonly department: string;
  /** Hashed; all whom some line is about, each once. */
  readonly subjects: readonly string[];
  /** The JSON of a `LedgerHeading` and of each `LedgerLine`, with line feeds between them. */
  readonly text: string;
}

/** SQL: sequence of the last line of a run. */
export const LAST_SEQUENCE = `sequence + cardinality(string_to_array(text, E'\\n')) - 2`;

/** JSON of a record's access. JSON here has no white space, and its keys this order: what is hashed is kept as it is. */
export function accessText(record: AccessRecord, scope: string, person: string | null): string {
  const { workerId: worker = null, legalBasis: basis = null, scenario = null, decision } = record;
  return JSON.stringify({ worker, person, basis, scenario, decision, scope } satisfies LedgerAccess);
}

/**
 * JSON of a line; composed by hand, since every personal answer waits for it.
 *
 * @param subjects their positions, with commas between them.
 */
export function lineText(line: Omit<LedgerLine, 'subjects'>, subjects: string): string {
  const { at, request, access, rows } = line;
  return `{"at":"${at}","request":${JSON.stringify(request)},"access":${access},"subjects":[${subjects}],"rows":${rows}}`;
}

/** The text of a run of such lines. */
export function runText(sequence: number, accesses: readonly string[], lines: readonly string[]): string {
  return `{"sequence":${sequence},"accesses":[${accesses.join()}]}\n${lines.join('\n')}`;
}

/** The hash of a run: SHA-256 over the hash of the run before it, what it says of all its lines, and the lines. */
export function chainHash(previous: Buffer, run: LedgerRun): Buffer {
  const { writer, sequence, at, clientId, department, subjects, text } = run;
  const said = `${JSON.stringify([writer, sequence, at, clientId, department, subjects.join()])}\n${text}`;
  return hash('sha256', Buffer.concat([previous, Buffer.from(said)]), 'buffer');
}

/** Canonical text of a scope; its digest is its key. */
export function scopeText(scope: AccessScope): string {
  const { operationHash, operationName, given, masked, unmasked, refused } = scope;
  return JSON.stringify({ operationHash, operationName, given, masked, unmasked, refused });
}

export function scopeDigest(text: string): string {
  return hash('sha256', text, 'hex');
}
