import { ownText } from '../../subgraphs/kit/own-text.ts';

/** The field that says whose data a row is, of one or of several persons, for the access log; hidden from every client. */
export const ACCESS_SUBJECT_FIELD = 'accessSubject';

const FIELD = new RegExp(`^(\\s+${ACCESS_SUBJECT_FIELD}: (?:ID|\\[ID!\\]).*?) @inaccessible\\b`, 'gm');

/**
 * The supergraph for the hub's own executors, which ask for that field: planners leave out what is inaccessible. Whether
 * a client may ask for something is decided by the API schema, which has no such field.
 */
export function withAccessSubjects(supergraphSdl: string): string {
  return supergraphSdl.replace(FIELD, '$1');
}

/** Adds to `subjects` what that field said of a row: one id, several, or none. */
export function noteSubjects(whose: unknown, subjects: string[]): void {
  if (typeof whose === 'string') subjects.push(whose);
  else if (Array.isArray(whose)) for (const one of whose) noteSubjects(one, subjects);
}

/** Names of the types that have it. Read from the text: parsing a supergraph is a noticeable part of a start. */
export function readAccessSubjects(supergraphSdl: string): ReadonlySet<string> {
  const found = new Set<string>();
  let type = '';
  for (const line of supergraphSdl.split('\n')) {
    const opened = /^type (\w+)/.exec(line)?.[1];
    if (opened !== undefined) type = opened;
    else if (line.trimStart().startsWith(`${ACCESS_SUBJECT_FIELD}:`)) found.add(ownText(type));
  }
  return found;
}
