/** The field that says whose data a row is, for the access log; in contracts hidden from every client. */
export const ACCESS_SUBJECT_FIELD = 'accessSubject';

const FIELD = new RegExp(`^(\\s+${ACCESS_SUBJECT_FIELD}: ID\\b.*?) @inaccessible\\b`, 'gm');

/**
 * The supergraph for the hub's own executors, which ask for that field: planners leave out what is inaccessible. Whether
 * a client may ask for something is decided by the API schema, which has no such field.
 */
export function withAccessSubjects(supergraphSdl: string): string {
  return supergraphSdl.replace(FIELD, '$1');
}

/** Names of the types that have it. Read from the text: parsing a supergraph is a noticeable part of a start. */
export function readAccessSubjects(supergraphSdl: string): ReadonlySet<string> {
  const found = new Set<string>();
  let type = '';
  for (const line of supergraphSdl.split('\n')) {
    const opened = /^type (\w+)/.exec(line)?.[1];
    if (opened !== undefined) type = opened;
    else if (line.trimStart().startsWith(`${ACCESS_SUBJECT_FIELD}:`)) found.add(type);
  }
  return found;
}
