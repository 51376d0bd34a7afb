import type pg from 'pg';
import type { Caller } from '../../caller/caller.ts';
import type { PersonReference } from '../../ingest/dataset.ts';
import { coversCode } from '../place-scope.ts';
import { unseal } from '../sealing.ts';

/** Somebody on record: the id, and the grid that he lives in. */
export interface FoundPerson {
  readonly id: string;
  readonly gridCode: string;
}

/** Whom these citizen numbers stand for, of those in the caller's area; a number that finds nobody is left out. */
export type FindPersons = (citizenIds: readonly string[], caller: Caller) => Promise<ReadonlyMap<string, FoundPerson>>;

/** One request of the graph's size. */
const PERSONS_AT_ONCE = 500;
const UNKNOWN = JSON.stringify({ what: '人员 person' });

/**
 * Fills a stage with the persons whom its rows name. Numbers are unsealed some hundred at a time, for the question to
 * the graph alone. A row whose person is not found, or lives elsewhere, is rejected; which of both is not told.
 */
export async function findStagedPersons(
  client: pg.ClientBase,
  stage: string,
  { column, sealed, id, places }: PersonReference,
  key: Buffer,
  caller: Caller,
  findPersons: FindPersons,
): Promise<void> {
  const sets = [
    `${id} = k.id`,
    ...Object.entries(places).map(([digits, name]) => `${name} = left(k.grid_code, ${Number(digits)})`),
  ];
  await client.query(`CREATE INDEX ON ${stage} (line)`);
  await client.query(`ANALYZE ${stage}`);
  for (let after = 0; ; ) {
    const { rows } = await client.query<{ line: number; sealed: Buffer }>(
      `SELECT line, ${sealed} AS sealed FROM ${stage} WHERE code IS NULL AND line > $1 ORDER BY line LIMIT ${PERSONS_AT_ONCE}`,
      [after],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.line;
    const numbers = rows.map((row) => unseal(key, row.sealed));
    const persons = await findPersons([...new Set(numbers)], caller);
    const found = rows.flatMap(({ line }, index) => {
      const person = persons.get(numbers[index] ?? '');
      return person === undefined || !coversCode(caller, person.gridCode) ? [] : [{ line, ...person }];
    });
    await client.query(
      `UPDATE ${stage} s SET ${sets.join(', ')}
         FROM unnest($1::int[], $2::uuid[], $3::text[]) AS k(line, id, grid_code) WHERE s.line = k.line`,
      [found.map(({ line }) => line), found.map((person) => person.id), found.map(({ gridCode }) => gridCode)],
    );
    await client.query(
      `UPDATE ${stage} SET outcome = 'REJECTED', code = 'REFERENCE_UNKNOWN', column_key = $1, fault_values = $2
        WHERE line = ANY($3::int[]) AND ${id} IS NULL`,
      [column, UNKNOWN, rows.map(({ line }) => line)],
    );
  }
}
