import type pg from 'pg';
import type { Caller } from '../../caller/caller.ts';
import type { DatasetDeclaration, RowReference } from '../../ingest/dataset.ts';
import { placeCondition } from '../place-scope.ts';

/** Which of these place codes the territory knows. */
export type FindKnownPlaces = (codes: readonly string[]) => Promise<ReadonlySet<string>>;

/** One request of the graph's size. */
const PLACES_AT_ONCE = 1_000;

/** The columns that tell two statements about one thing apart. */
function stated(dataset: DatasetDeclaration): string {
  const columns = new Set(dataset.items.flatMap(({ compares, states }) => [...compares, ...(states ? [states] : [])]));
  const staged = new Set(dataset.staged.map(({ name }) => name));
  return [...columns]
    .filter((column) => staged.has(column))
    .map((column) => `s.${column}`)
    .join(', ');
}

/** The staged rows with the ids that their references stand for. */
export function stageSource(stage: string, dataset: DatasetDeclaration): string {
  const ids = dataset.references.map(({ stores }, index) => `, r${index}.id AS ${stores}`).join('');
  const joins = dataset.references
    .map((reference, index) => `LEFT JOIN ${reference.table} r${index} ON ${refersTo(reference, `r${index}`)}`)
    .join(' ');
  return `(SELECT s.*${ids} FROM ${stage} s ${joins})`;
}

function refersTo({ tableKey, staged, also = [] }: RowReference, alias: string): string {
  return [{ tableColumn: tableKey, staged }, ...also]
    .map((pair) => `${alias}.${pair.tableColumn} = s.${pair.staged}`)
    .join(' AND ');
}

export function sameIdentity(dataset: DatasetDeclaration, left: string, right: string): string {
  return dataset.identity.map((column) => `${left}.${column} = ${right}.${column}`).join(' AND ');
}

/**
 * Checks that rows can only pass together: repeated ones, references and places. Each is one statement over the stage,
 * whatever its size; distinct places are asked for in groups.
 */
export async function checkStage(
  client: pg.ClientBase,
  stage: string,
  dataset: DatasetDeclaration,
  caller: Caller,
  findKnownPlaces: FindKnownPlaces,
): Promise<void> {
  await client.query(`ANALYZE ${stage}`);
  const identity = dataset.identity.join(', ');
  await client.query(
    `WITH repeated AS (SELECT ${identity} FROM ${stage} WHERE code IS NULL GROUP BY ${identity} HAVING count(*) > 1),
          judged AS (SELECT ${dataset.identity.map((column) => `s.${column}`).join(', ')}, min(s.line) AS first_line,
                            count(DISTINCT ROW(${stated(dataset)})::text) AS versions
                       FROM ${stage} s JOIN repeated r ON ${sameIdentity(dataset, 's', 'r')}
                      WHERE s.code IS NULL GROUP BY ${dataset.identity.map((column) => `s.${column}`).join(', ')})
     UPDATE ${stage} s
        SET outcome = CASE WHEN j.versions > 1 THEN 'HELD' ELSE 'UNCHANGED' END,
            code = CASE WHEN j.versions > 1 THEN 'REPEATED_DIFFERENTLY' ELSE 'REPEATED_EQUALLY' END
       FROM judged j
      WHERE s.code IS NULL AND ${sameIdentity(dataset, 's', 'j')} AND (j.versions > 1 OR s.line > j.first_line)`,
  );
  if (dataset.mergedTable !== undefined) {
    await client.query(
      `UPDATE ${stage} s SET outcome = 'HELD', code = 'IDENTITY_MERGED' FROM ${dataset.mergedTable} m
        WHERE s.code IS NULL AND ${sameIdentity(dataset, 'm', 's')}`,
    );
  }
  for (const reference of dataset.references) {
    await checkReference(client, stage, reference, caller);
    if (reference.table === dataset.table) await rejectCircles(client, stage, reference);
  }
  for (const { column, staged } of dataset.places) {
    const { rows } = await client.query<{ code: string }>(
      `SELECT DISTINCT ${staged} AS code FROM ${stage} WHERE code IS NULL AND ${staged} IS NOT NULL ORDER BY 1`,
    );
    const unknown: string[] = [];
    for (let at = 0; at < rows.length; at += PLACES_AT_ONCE) {
      const asked = rows.slice(at, at + PLACES_AT_ONCE).map(({ code }) => code);
      const known = await findKnownPlaces(asked);
      unknown.push(...asked.filter((code) => !known.has(code)));
    }
    if (unknown.length === 0) continue;
    await client.query(
      `UPDATE ${stage} SET outcome = 'REJECTED', code = 'PLACE_UNKNOWN', column_key = $1, masked_value = ${staged}
        WHERE code IS NULL AND ${staged} = ANY($2::text[])`,
      [column, unknown],
    );
  }
  await rejectIncomplete(client, stage, dataset);
  for (const { outcome, code, column, when } of dataset.checks ?? []) {
    await client.query(
      `UPDATE ${stage} s SET outcome = $1, code = $2, column_key = $3
        WHERE s.code IS NULL AND ${when.replaceAll('{stage}', stage)}`,
      [outcome, code, column],
    );
  }
}

/** What a row refers to is on record, in the caller's area where the reference says so, and one thing only. */
async function checkReference(
  client: pg.ClientBase,
  stage: string,
  reference: RowReference,
  caller: Caller,
): Promise<void> {
  const { column, staged, table, scope, mayRepeat, whatZh, whatEn } = reference;
  const values: unknown[] = [column, JSON.stringify({ what: `${whatZh} ${whatEn}` })];
  const visible = scope === undefined ? 'true' : placeCondition(scope, caller, values);
  await client.query(
    `UPDATE ${stage} s SET outcome = 'REJECTED', code = 'REFERENCE_UNKNOWN', column_key = $1, fault_values = $2
      WHERE s.code IS NULL AND s.${staged} IS NOT NULL
        AND NOT EXISTS (SELECT FROM ${table} r WHERE ${refersTo(reference, 'r')} AND ${visible})`,
    values,
  );
  if (mayRepeat !== true) return;
  await client.query(
    `UPDATE ${stage} s SET outcome = 'HELD', code = 'REFERENCE_AMBIGUOUS', column_key = $1, fault_values = $2
      WHERE s.code IS NULL AND s.${staged} IS NOT NULL
        AND (SELECT count(*) FROM (SELECT FROM ${table} r WHERE ${refersTo(reference, 'r')} LIMIT 2) found) > 1`,
    values.slice(0, 2),
  );
}

/**
 * Nothing lies above itself: rows are rejected that come back to themselves by what the file says of those above them, or
 * by what is on record where the file says nothing. The walk up ends, because nothing is visited twice for one row.
 */
async function rejectCircles(client: pg.ClientBase, stage: string, reference: RowReference): Promise<void> {
  const { column, staged, table, tableKey, stores } = reference;
  await client.query(
    `WITH RECURSIVE up AS (
       SELECT line, ${tableKey} AS key, ${staged} AS above FROM ${stage} WHERE code IS NULL AND ${staged} IS NOT NULL
       UNION
       SELECT u.line, u.key, coalesce(s.${staged}, r.${tableKey})
         FROM up u LEFT JOIN ${stage} s ON s.${tableKey} = u.above AND s.code IS NULL
                   LEFT JOIN ${table} p ON p.${tableKey} = u.above LEFT JOIN ${table} r ON r.id = p.${stores}
        WHERE u.above <> u.key AND coalesce(s.${staged}, r.${tableKey}) IS NOT NULL)
     UPDATE ${stage} s SET outcome = 'REJECTED', code = 'REFERENCE_CIRCLE', column_key = $1
       FROM up WHERE up.line = s.line AND up.above = up.key`,
    [column],
  );
}

/**
 * Inside the transaction that merges the stage: batches whose rows lie above each other merge one after another, and
 * what has been merged since the stage was checked may have made a circle of what was none.
 */
export async function rejectCirclesSince(
  client: pg.ClientBase,
  {
    subgraph,
    stage,
    dataset,
  }: { readonly subgraph: string; readonly stage: string; readonly dataset: DatasetDeclaration },
): Promise<void> {
  const upwards = dataset.references.filter(({ table }) => table === dataset.table);
  if (upwards.length === 0) return;
  await waitForTurn(client, subgraph, dataset.table);
  for (const reference of upwards) await rejectCircles(client, stage, reference);
}

/** Holds what only one transaction at a time may hold of a table: a row under the keys of clients, of which none is called so. */
export async function waitForTurn(client: pg.ClientBase, subgraph: string, table: string): Promise<void> {
  await client.query(
    `INSERT INTO ${subgraph}.idempotency (client_id, key, mutation, request_hash, created_at)
     VALUES ('', $1, 'merge', '', now()) ON CONFLICT DO NOTHING`,
    [table],
  );
  await client.query(`SELECT FROM ${subgraph}.idempotency WHERE client_id = '' AND key = $1 FOR UPDATE`, [table]);
}

/** What is not known yet must be complete. */
async function rejectIncomplete(client: pg.ClientBase, stage: string, dataset: DatasetDeclaration): Promise<void> {
  const needed = Object.entries(dataset.neededForNew);
  if (needed.length === 0) return;
  const blame = needed.map(([staged, column]) => `WHEN s.${staged} IS NULL THEN '${column}'`).join(' ');
  await client.query(
    `UPDATE ${stage} s SET outcome = 'REJECTED', code = 'NEW_INCOMPLETE', column_key = CASE ${blame} END
      WHERE s.code IS NULL AND (${needed.map(([staged]) => `s.${staged} IS NULL`).join(' OR ')})
        AND NOT EXISTS (SELECT FROM ${dataset.table} p WHERE ${sameIdentity(dataset, 'p', 's')})`,
  );
}
