import { createHash } from 'node:crypto';
import type { PublishedGraph, PublishedOperation } from '../../../kit/catalog-port.ts';
import type { SqlConnection } from '../../../kit/store/sql-database.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { replaceOperationDocuments } from '../../store/chain/scenario-rows.ts';
import { insertDefaultContracts } from '../../store/contracts/graph-contract-rows.ts';
import { readCurrentVersions, replaceDictionaries } from '../../store/dictionaries/dictionary-rows.ts';
import { insertSchemaVersions, replaceDataFields } from '../../store/published-writes.ts';
import { releaseCode } from './release-code.ts';

/**
 * Most starts serve what the last one served, and only look. The versions of the schemas are written last: where they
 * are current, so is everything that was read from them.
 *
 * @returns the graphs that got a new version.
 */
export async function publishGraph(
  pool: SqlConnection,
  store: CatalogStore,
  { schemas, readFields, operations, release, standards = [], readEnums }: PublishedGraph,
  now: Date,
): Promise<string[]> {
  const [newest, documents, current] = await Promise.all([
    pool.query<{ graph: string; hash: string }>(
      'SELECT DISTINCT ON (graph) graph, hash FROM catalog.schema_version ORDER BY graph, published_at DESC, id DESC',
    ),
    pool.query<PublishedOperation>(
      'SELECT name, title, article_rows AS rows, document FROM catalog.operation_document ORDER BY name',
    ),
    readCurrentVersions(pool),
  ]);
  if (!sameOperations(documents.rows, operations)) await replaceOperationDocuments(store, operations, now);
  if (release !== undefined) {
    await insertDefaultContracts(pool, now);
    await releaseCode(pool, store, release, now);
  }
  const known = new Map(newest.rows.map(({ graph, hash }) => [graph, hash]));
  const versions = schemas.map((schema) => ({
    ...schema,
    hash: createHash('sha256').update(schema.sdl).digest('hex'),
  }));
  if (versions.every(({ graph, hash }) => known.get(graph) === hash)) {
    const changed = standards.filter(({ name, version }) => !current.has(`${name} ${version}`));
    if (changed.length > 0) await replaceDictionaries(pool, changed, now, false);
    return [];
  }
  if (readEnums !== undefined) await replaceDictionaries(pool, [...standards, ...readEnums()], now, true);
  await replaceDataFields(store, readFields(), now);
  return insertSchemaVersions(store, versions, now);
}

function sameOperations(known: readonly PublishedOperation[], given: readonly PublishedOperation[]): boolean {
  const byName = new Map(known.map((operation) => [operation.name, operation]));
  return (
    known.length === given.length &&
    given.every(({ name, title, rows, document }) => {
      const other = byName.get(name);
      return other?.title === title && other.document === document && other.rows.join() === rows.join();
    })
  );
}
