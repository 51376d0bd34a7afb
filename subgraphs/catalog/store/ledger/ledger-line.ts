import { hash } from 'node:crypto';
import type { AccessDecision, AccessRecord, AccessScope } from '../../../kit/catalog-port.ts';

/** What comes before the first line of a chain. */
export const NO_HASH: Buffer = Buffer.alloc(32);

/** A line as its canonical text says it; what is not in the text is not in the log. */
export interface LedgerText {
  readonly writer: string;
  readonly sequence: number;
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string;
  readonly request: string;
  readonly client: string;
  readonly department: string;
  readonly worker: string | null;
  /** Keyed hash of the person who acts through the client. */
  readonly person: string | null;
  readonly basis: string | null;
  readonly scenario: string | null;
  readonly decision: AccessDecision;
  /** Digest of the scope. */
  readonly scope: string;
  /** Digest of the hashed subjects, see `subjectsDigest`; empty where there are none. */
  readonly subjects: string;
  readonly subjectCount: number;
  /** Whether the subjects are those that the line before this one lists. */
  readonly sameSubjects: boolean;
  readonly rows: number;
}

/** A chained line, ready to be stored. */
export interface LedgerLine {
  readonly sequence: number;
  readonly at: string;
  readonly clientId: string;
  readonly department: string;
  readonly decision: AccessDecision;
  readonly scope: string;
  /** Hashed; null where the line before lists them. */
  readonly subjects: readonly string[] | null;
  readonly text: string;
  readonly hash: Buffer;
}

/** Makes a line's canonical text: JSON without white space, keys in this order. That text is what is hashed and kept. */
export function canonicalText(
  record: AccessRecord,
  place: { readonly writer: string; readonly sequence: number; readonly at: string },
  scope: string,
  subjects: Pick<LedgerText, 'subjects' | 'subjectCount' | 'sameSubjects'>,
  person: string | null,
): string {
  const { requestId, clientId, departmentCode, workerId, legalBasis, scenario, decision, rowCount } = record;
  const { subjects: digest, subjectCount, sameSubjects } = subjects;
  // Composed by hand, since every personal answer waits for it: digests, UUIDs and decisions need no escaping.
  return (
    `{"writer":"${place.writer}","sequence":${place.sequence},"at":"${place.at}","request":${quoted(requestId)},` +
    `"client":${quoted(clientId)},"department":${quoted(departmentCode)},"worker":${quoted(workerId)},` +
    `"person":${person === null ? 'null' : `"${person}"`},"basis":${quoted(legalBasis)},"scenario":${quoted(scenario)},` +
    `"decision":"${decision}","scope":"${scope}","subjects":"${digest}","subjectCount":${subjectCount},` +
    `"sameSubjects":${sameSubjects},"rows":${rowCount}}`
  );
}

function quoted(value: string | undefined): string {
  return value === undefined ? 'null' : JSON.stringify(value);
}

/**
 * What a line's text says of its hashed subjects: the subjects themselves stand in a column of their own, where they are
 * found, and in no second place.
 */
export function subjectsDigest(hashed: readonly string[]): string {
  return hashed.length === 0 ? '' : hash('sha256', hashed.join(), 'hex');
}

/** The hash of a line: SHA-256 over the hash of the line before it and its own text. */
export function chainHash(previous: Buffer, text: string): Buffer {
  const size = NO_HASH.length + Buffer.byteLength(text);
  const joined = size <= scratch.length ? scratch.subarray(0, size) : Buffer.allocUnsafe(size);
  previous.copy(joined);
  joined.write(text, NO_HASH.length);
  return hash('sha256', joined, 'buffer');
}

/** Where lines are put behind the hash before them; some are longer. */
const scratch = Buffer.alloc(4_096);

/** Canonical text of a scope; its digest is its key. */
export function scopeText(scope: AccessScope): string {
  const { operationHash, operationName, given, masked, unmasked, refused } = scope;
  return JSON.stringify({ operationHash, operationName, given, masked, unmasked, refused });
}

export function scopeDigest(text: string): string {
  return hash('sha256', text, 'hex');
}
