import type pg from 'pg';
import type { Caller } from '../../caller/caller.ts';
import type { DatasetDeclaration, DatasetItem, ItemSources } from '../../ingest/dataset.ts';
import { placeCondition } from '../place-scope.ts';
import { writeReceipt } from '../write-receipt.ts';
import type { BatchCounts } from './batch-rows.ts';
import { rejectCirclesSince, sameIdentity, stageSource } from './stage-checks.ts';

export interface MergeRequest {
  readonly subgraph: string;
  readonly batchId: string;
  readonly stage: string;
  readonly dataset: DatasetDeclaration;
  readonly caller: Caller;
  readonly sources: ItemSources;
  readonly at: Date;
  /** The system that the rows come from. */
  readonly systemCode: string;
}

/** Whether the batch may be merged, once it is known how many of its rows were rejected. */
export type MayMerge = (counts: { readonly rows: number; readonly rejected: number }) => boolean;

/**
 * Merges a checked stage inside the caller's transaction, in statements over whole sets: new rows with their events and
 * counts, changed items where the department may change them, conflicts where it may not, and a line for each row
 * that was not taken. Provenance is the batch's own. Nothing is updated that is equal already, so the same batch again
 * changes nothing.
 *
 * Returns undefined, with nothing written that the caller would want to keep, when `mayMerge` says no.
 */
export async function mergeBatch(
  client: pg.ClientBase,
  request: MergeRequest,
  mayMerge: MayMerge,
): Promise<BatchCounts | undefined> {
  const { stage } = request;
  await rejectCirclesSince(client, request);
  const { rows: totals } = await client.query<{ rows: number; rejected: number }>(
    `SELECT count(*)::int AS rows, (count(*) FILTER (WHERE outcome = 'REJECTED'))::int AS rejected FROM ${stage}`,
  );
  const { rows = 0, rejected = 0 } = totals[0] ?? {};
  if (!mayMerge({ rows, rejected })) return undefined;
  const inserted = await insertNew(client, request);
  await findDifferences(client, request);
  const updated = await updateAccepted(client, request, inserted);
  await writeFollowing(client, request, inserted + updated);
  const conflicts = await recordConflicts(client, request);
  await settleConflicts(client, request);
  await holdRows(client, request);
  await keepRowResults(client, request);
  const { rows: outcomes } = await client.query<{ held: number; rejected: number }>(
    `SELECT (count(*) FILTER (WHERE outcome = 'HELD'))::int AS held,
            (count(*) FILTER (WHERE outcome = 'REJECTED'))::int AS rejected FROM ${stage} WHERE code IS NOT NULL`,
  );
  const { held = 0 } = outcomes[0] ?? {};
  await recordProvenance(client, request, inserted + updated);
  return { rows, inserted, updated, unchanged: rows - inserted - updated - held - rejected, held, rejected, conflicts };
}

/** Rows of the stage that something is to be said about go into the receipt. */
export async function keepRowResults(
  client: pg.ClientBase,
  { subgraph, stage, batchId }: Pick<MergeRequest, 'subgraph' | 'stage' | 'batchId'>,
  most?: number,
): Promise<void> {
  // Of a refused batch the whole file is to be sent again: its rows are not kept.
  const row = most === undefined ? 'row_sealed' : 'NULL';
  await client.query(
    `INSERT INTO ${subgraph}.import_row (batch_id, line, outcome, code, column_key, masked_value, fault_values, row_sealed)
     SELECT $1, line, outcome, code, column_key, masked_value, fault_values, ${row} FROM ${stage} WHERE code IS NOT NULL
      ORDER BY line ${most === undefined ? '' : `LIMIT ${most}`}`,
    [batchId],
  );
}

/** Columns of the target that a row's items and its being new fill. */
function targetColumns(dataset: DatasetDeclaration): string[] {
  return [...new Set([...dataset.onlyNew, ...dataset.items.flatMap(({ stores }) => stores)])];
}

/** Columns of an event's place; those of a table without grids end at the community. */
function eventPlaces({ scope }: DatasetDeclaration): string[] {
  const places = ['city_code', 'county_code', 'township_code', 'community_code'];
  return scope.hasGridCode ? [...places, 'grid_code'] : places;
}

async function insertNew(client: pg.ClientBase, request: MergeRequest): Promise<number> {
  const { subgraph, stage, dataset, batchId, at } = request;
  const columns = targetColumns(dataset);
  const places = eventPlaces(dataset);
  const returned = [...new Set([...places, ...dataset.countedBy])];
  await client.query(
    `CREATE TEMPORARY TABLE ingest_new ON COMMIT DROP AS
       SELECT ${[...dataset.countedBy, 'NULL::bigint AS rows'].join(', ')} FROM ${stage} WHERE false`,
  );
  const key = `${dataset.typeName.charAt(0).toLowerCase()}${dataset.typeName.slice(1)}Id`;
  const isFollowed = dataset.following?.ofNew !== undefined;
  if (isFollowed) await client.query('CREATE TEMPORARY TABLE ingest_made (id uuid) ON COMMIT DROP');
  await client.query(
    `WITH made AS (
       INSERT INTO ${dataset.table} AS p (id, ${columns.join(', ')}, provenance_id)
       SELECT s.id, ${columns.map((column) => `s.${column}`).join(', ')}, $1::uuid
         FROM ${stageSource(stage, dataset)} s
        WHERE s.code IS NULL AND NOT EXISTS (SELECT FROM ${dataset.table} p WHERE ${sameIdentity(dataset, 'p', 's')})
       ON CONFLICT (${dataset.identity.join(', ')}) DO NOTHING
       RETURNING p.id, ${returned.map((column) => `p.${column}`).join(', ')}
     ), told AS (
       INSERT INTO ${subgraph}.outbox (id, ordinal, event_type, entity_type, entity_id, payload,
         ${places.join(', ')}, occurred_at, provenance_id)
       SELECT id, row_number() OVER () - 1, '${dataset.event}.registered', '${dataset.typeName}',
              '${dataset.typeName}:' || id,
              '{"${key}":"${dataset.typeName}:' || id || '","importId":"' || $1::text || '"' ${otherPlaces(dataset)} || '}',
              ${places.join(', ')}, $2::timestamptz, $1::uuid
         FROM made
     )${isFollowed ? ', followed AS (INSERT INTO ingest_made SELECT id FROM made)' : ''}
     INSERT INTO ingest_new SELECT ${[...dataset.countedBy, 'count(*)'].join(', ')} FROM made
      ${dataset.countedBy.length === 0 ? 'HAVING count(*) > 0' : `GROUP BY ${dataset.countedBy.join(', ')}`}`,
    [batchId, at],
  );
  for (const { sql } of dataset.counts) await client.query(sql.replaceAll('{new}', 'ingest_new'));
  const { rows } = await client.query<{ count: number }>('SELECT coalesce(sum(rows), 0)::int AS count FROM ingest_new');
  return rows[0]?.count ?? 0;
}

/** What belongs to new and changed rows besides themselves. */
async function writeFollowing(
  client: pg.ClientBase,
  { dataset, stage, batchId, caller, at }: MergeRequest,
  ordinal: number,
): Promise<void> {
  const { ofNew, ofChanged, brought } = dataset.following ?? {};
  for (const statement of [ofNew, ofChanged, brought]) {
    if (statement === undefined) continue;
    const named: Readonly<Record<string, string>> = { new: 'ingest_made', changed: 'ingest_accepted', stage };
    const given: Readonly<Record<string, unknown>> = { batch: batchId, department: caller.departmentCode, at, ordinal };
    const used: string[] = [];
    const text = statement.replace(/\{(\w+)\}/g, (_all, name: string) => {
      if (named[name] !== undefined) return named[name];
      if (!used.includes(name)) used.push(name);
      return `$${used.indexOf(name) + 1}`;
    });
    await client.query(
      text,
      used.map((name) => given[name]),
    );
  }
}

/** Communities other than a row's own that count it, for whoever counts them anew: `registeredCommunityCode`. */
function otherPlaces({ countedBy }: DatasetDeclaration): string {
  return countedBy
    .filter((column) => column.endsWith('_community_code'))
    .map((column) => {
      const key = column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
      return `|| coalesce(',"${key}":"' || ${column} || '"', '')`;
    })
    .join(' ');
}

function differs({ compares }: DatasetItem): string {
  return `(${compares.map((column) => `s.${column} IS NOT NULL AND s.${column} IS DISTINCT FROM p.${column}`).join(' OR ')})`;
}

/** Whether a difference may only be looked at, for the standing row. */
function isElsewhere({ changesElsewhere = false }: DatasetItem): string {
  return `(${String(changesElsewhere)})`;
}

function isEmpty({ compares }: DatasetItem): string {
  return `(${compares.map((column) => `p.${column} IS NULL`).join(' AND ')})`;
}

/**
 * Locks the known rows that the batch says something else of, in key order, and judges each item: a department may
 * change what it is the source of, what it has said itself, and what nobody has said anything about.
 */
async function findDifferences(client: pg.ClientBase, request: MergeRequest): Promise<void> {
  const { subgraph, stage, dataset, caller, sources } = request;
  const values: unknown[] = [];
  const visible = placeCondition(dataset.scope, caller, values);
  const { items } = dataset;
  await client.query(
    `CREATE TEMPORARY TABLE ingest_match (line int, event_id uuid, row_id uuid, provenance_id uuid, item_provenance jsonb,
       visible boolean, ${items.map((_item, index) => `d${index} boolean, e${index} boolean, x${index} boolean`).join(', ')}) ON COMMIT DROP`,
  );
  const alike = `${dataset.table} p ON ${sameIdentity(dataset, 'p', 's')}`;
  await client.query(
    `INSERT INTO ingest_match
     SELECT s.line, s.id, p.id, p.provenance_id, p.item_provenance, ${visible},
            ${items.map((item) => `${differs(item)}, ${isEmpty(item)}, ${isElsewhere(item)}`).join(', ')}
       FROM ${stageSource(stage, dataset)} s JOIN ${alike}
      WHERE s.code IS NULL AND p.id <> s.id AND (${items.map(differs).join(' OR ')})
      ORDER BY p.id FOR UPDATE OF p`,
    values,
  );
  const list = items
    .map(
      ({ key, coordinate }, index) =>
        `('${key}', '${sources.get(coordinate) ?? ''}', m.d${index}, m.e${index}, m.x${index})`,
    )
    .join(', ');
  await client.query(
    `CREATE TEMPORARY TABLE ingest_difference (line int, event_id uuid, row_id uuid, item text, source text,
       standing uuid, standing_department text, elsewhere boolean, accepted boolean) ON COMMIT DROP`,
  );
  await client.query(
    `INSERT INTO ingest_difference
     SELECT m.line, m.event_id, m.row_id, i.item, i.source, standing.id, coalesce(standing.department, ''), i.elsewhere,
            NOT i.elsewhere AND (i.source = $1 OR i.is_empty OR standing.department IS NOT DISTINCT FROM $1)
       FROM ingest_match m
      CROSS JOIN LATERAL (VALUES ${list}) AS i(item, source, differs, is_empty, elsewhere)
       JOIN ${subgraph}.provenance standing
         ON standing.id = coalesce((m.item_provenance ->> i.item)::uuid, m.provenance_id)
      WHERE i.differs AND m.visible`,
    [caller.departmentCode],
  );
  await client.query('ANALYZE ingest_difference');
}

async function updateAccepted(client: pg.ClientBase, request: MergeRequest, ordinal: number): Promise<number> {
  const { subgraph, stage, dataset, batchId, at } = request;
  await client.query(
    `CREATE TEMPORARY TABLE ingest_accepted ON COMMIT DROP AS
       SELECT line, event_id, row_id, array_agg(item ORDER BY item) AS items FROM ingest_difference
        WHERE accepted GROUP BY line, event_id, row_id`,
  );
  const places = eventPlaces(dataset);
  const changeable = dataset.items.filter(({ changesElsewhere }) => changesElsewhere !== true);
  const sets = changeable.flatMap(({ key, stores }) =>
    stores.map((column) => `${column} = CASE WHEN '${key}' = ANY(a.items) THEN s.${column} ELSE p.${column} END`),
  );
  const { rowCount } = await client.query(
    `UPDATE ${dataset.table} p SET ${sets.join(', ')},
            item_provenance = coalesce(p.item_provenance, '{}'::jsonb)
              || (SELECT jsonb_object_agg(item, $1::text) FROM unnest(a.items) AS item)
       FROM ingest_accepted a JOIN ${stageSource(stage, dataset)} s ON s.line = a.line
      WHERE p.id = a.row_id`,
    [batchId],
  );
  const key = `${dataset.typeName.charAt(0).toLowerCase()}${dataset.typeName.slice(1)}Id`;
  await client.query(
    `INSERT INTO ${subgraph}.outbox (id, ordinal, event_type, entity_type, entity_id, payload,
       ${places.join(', ')}, occurred_at, provenance_id)
     SELECT a.event_id, $3::int + row_number() OVER (ORDER BY a.line) - 1, '${dataset.event}.updated',
            '${dataset.typeName}', '${dataset.typeName}:' || p.id,
            json_build_object('${key}', '${dataset.typeName}:' || p.id, 'importId', $1::text, 'items', a.items)::text,
            ${places.map((column) => `p.${column}`).join(', ')}, $2::timestamptz, $1::uuid
       FROM ingest_accepted a JOIN ${dataset.table} p ON p.id = a.row_id`,
    [batchId, at, ordinal],
  );
  return rowCount ?? 0;
}

/** What a conflict is told from another by: the text, or the hash of a sealed one. */
function statedKey(alias: string, { compares, states, sealed }: DatasetItem): string {
  const column = states ?? compares[0];
  return sealed === undefined ? `${alias}.${column}::text` : `encode(${alias}.${column}, 'hex')`;
}

function byItem(items: readonly DatasetItem[], value: (item: DatasetItem) => string): string {
  return `CASE d.item ${items.map((item) => `WHEN '${item.key}' THEN ${value(item)}`).join(' ')} END`;
}

async function recordConflicts(client: pg.ClientBase, request: MergeRequest): Promise<number> {
  const { subgraph, stage, dataset, batchId, caller, at } = request;
  const { items } = dataset;
  await client.query(
    `INSERT INTO ${subgraph}.item_conflict AS c (entity_type, entity_id, item, coordinate, department, source_department,
       stated_text, stated_sealed, stated_key, standing_provenance_id, standing_department, rule, state, stated_at, provenance_id)
     SELECT '${dataset.typeName}', d.row_id, d.item, ${byItem(items, ({ coordinate }) => `'${coordinate}'`)}, $2, d.source,
            ${byItem(items, (item) => (item.sealed === undefined ? `s.${item.states ?? item.compares[0]}::text` : 'NULL'))},
            ${byItem(items, (item) => (item.sealed === undefined ? 'NULL::bytea' : `s.${item.sealed}`))},
            ${byItem(items, (item) => statedKey('s', item))},
            d.standing, d.standing_department, CASE WHEN d.elsewhere THEN 'RECORDED_ELSEWHERE' ELSE 'SOURCE_STANDS' END, 'OPEN', $3, $1
       FROM ingest_difference d JOIN ${stage} s ON s.line = d.line
      WHERE NOT d.accepted
     ON CONFLICT (entity_id, item, department) DO UPDATE
        SET stated_text = excluded.stated_text, stated_sealed = excluded.stated_sealed, stated_key = excluded.stated_key,
            standing_provenance_id = excluded.standing_provenance_id,
            standing_department = excluded.standing_department, rule = excluded.rule, state = 'OPEN',
            stated_at = excluded.stated_at, settled_at = NULL, provenance_id = excluded.provenance_id
      WHERE c.state <> 'OPEN' OR c.stated_key <> excluded.stated_key`,
    [batchId, caller.departmentCode, at],
  );
  const { rows } = await client.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM ingest_difference WHERE NOT accepted',
  );
  return rows[0]?.count ?? 0;
}

/** A conflict is over when what stands has become what was stated, or when its department says what stands. */
async function settleConflicts(client: pg.ClientBase, request: MergeRequest): Promise<void> {
  const { subgraph, stage, dataset, caller, at } = request;
  const items = dataset.items.filter(({ states }) => states === undefined);
  const current = byItem(items, (item) => statedKey('p', item));
  await client.query(
    `UPDATE ${subgraph}.item_conflict d SET state = 'AGREED', settled_at = $1
       FROM ingest_accepted a JOIN ${dataset.table} p ON p.id = a.row_id
      WHERE d.entity_id = p.id AND d.state = 'OPEN' AND d.stated_key = ${current}`,
    [at],
  );
  await client.query(
    `UPDATE ${subgraph}.item_conflict d SET state = 'AGREED', settled_at = $1
       FROM ${dataset.table} p JOIN ${stage} s ON ${sameIdentity(dataset, 's', 'p')}
      WHERE d.department = $2 AND d.state = 'OPEN' AND d.entity_id = p.id AND s.code IS NULL
        AND ${byItem(items, (item) => statedKey('s', item))} = ${current}`,
    [at, caller.departmentCode],
  );
}

/** A row of which nothing could be taken, and something is in dispute, is held. */
async function holdRows(client: pg.ClientBase, { stage, dataset }: MergeRequest): Promise<void> {
  const columns = dataset.items.map(({ key, column }) => `WHEN '${key}' THEN '${column}'`).join(' ');
  await client.query(
    `UPDATE ${stage} s
        SET outcome = 'HELD', code = CASE WHEN d.elsewhere THEN 'RECORDED_ELSEWHERE' ELSE 'SOURCE_DIFFERS' END,
            column_key = CASE d.item ${columns} END
       FROM (SELECT line, min(item) AS item, bool_and(elsewhere) AS elsewhere FROM ingest_difference
              GROUP BY line HAVING NOT bool_or(accepted)) d
      WHERE s.line = d.line`,
  );
  await client.query(
    `UPDATE ${stage} s SET outcome = 'HELD', code = 'OUTSIDE_AREA' FROM ingest_match m
      WHERE s.line = m.line AND NOT m.visible`,
  );
}

async function recordProvenance(client: pg.ClientBase, request: MergeRequest, rowCount: number): Promise<void> {
  const { subgraph, batchId, dataset, caller, at, systemCode } = request;
  const write = { provenanceId: batchId, coordinate: `Ingest.${dataset.name}`, rowCount, said: [] };
  const receipt = writeReceipt(caller, write);
  await client.query(
    `INSERT INTO ${subgraph}.provenance
       (id, kind, system_code, dataset, client_id, department, recorded_at, row_count, receipt)
     VALUES ($1, 'IMPORT', $7, $3, $2, $4, $5, $6, $8)`,
    [batchId, caller.clientId, dataset.table.split('.')[1], caller.departmentCode, at, rowCount, systemCode, receipt],
  );
}
