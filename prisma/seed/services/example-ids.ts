import { createHash } from 'node:crypto';
import { REFERENCE_INSTANT } from '../reference-instant.ts';

/** The id of an example that operations and tests name; the same in every city. */
export function exampleId(name: string): string {
  const hash = createHash('md5').update(name).digest('hex');
  return `0197bcc0-0000-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`;
}

/** SQL for the id of an example that is derived from another row. */
export function derivedIdSql(kind: string, expression: string): string {
  const hash = `md5('${kind}/' || ${expression})`;
  return `('0197bcc0-0000-7' || substr(${hash}, 1, 3) || '-8' || substr(${hash}, 4, 3) || '-' || substr(${hash}, 7, 12))::uuid`;
}

/** The reference instant as SQL. */
export const NOW_SQL = `timestamptz '${new Date(REFERENCE_INSTANT).toISOString()}'`;

/** SQL behind a FROM: communities that have not ended; examples are of nothing that was. */
export const STANDING = 'organizations.community WHERE valid_to IS NULL';
