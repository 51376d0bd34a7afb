import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { groupByKey, inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../catalog-store.ts';

/** What made a version: newer code, a proposal, a return to an older one, a department's subgraph that came or went. */
export type VersionOrigin = 'START' | 'PROPOSAL' | 'ROLLBACK' | 'ADMISSION' | 'END';

export interface GraphVersionRow {
  readonly number: number;
  readonly supergraphHash: string;
  readonly origin: VersionOrigin;
  readonly proposalId: string | null;
  readonly rolledBackTo: number | null;
  readonly departmentCode: string;
  readonly clientId: string;
  readonly note: string | null;
  readonly publishedAt: Date;
}

export interface VersionContractRow {
  readonly number: number;
  readonly graph: string;
  readonly hash: string;
  readonly url: string | null;
}

export interface GraphLoadRow {
  readonly number: number;
  readonly hubId: string;
  readonly loaded: boolean;
  readonly reason: string | null;
  readonly loadedAt: Date;
}

const COLUMNS = `t.number, t.supergraph_hash AS "supergraphHash", t.origin, t.proposal_id AS "proposalId",
  t.rolled_back_to AS "rolledBackTo", t.department_code AS "departmentCode", t.client_id AS "clientId", t.note,
  t.published_at AS "publishedAt"`;

export const graphVersionList: ListDeclaration<GraphVersionRow> = {
  name: 'catalog.graph_versions',
  from: 'catalog.graph_version t',
  columns: COLUMNS,
  sorts: {
    NUMBER: { columns: [{ expression: 't.number', property: 'number', cast: 'int' }], direction: 'DESC', filters: [] },
  },
  filters: {},
};

export async function findGraphVersions(
  { database }: Pick<CatalogStore, 'database'>,
  numbers: readonly string[],
  trace: OperationTrace,
): Promise<(GraphVersionRow | null)[]> {
  const rows = await database.rows<GraphVersionRow>(
    'graph_version_by_number',
    statementText`SELECT ${COLUMNS} FROM catalog.graph_version t WHERE t.number = ANY($1::int[])`,
    [numbers],
    trace,
  );
  return inKeyOrder(numbers, rows, ({ number }) => String(number));
}

/** The version that is to be served; null before the first. */
export async function findHeadNumber(
  { database }: Pick<CatalogStore, 'database'>,
  trace: OperationTrace,
): Promise<number | null> {
  const [row] = await database.rows<{ number: number }>(
    'graph_head',
    'SELECT number FROM catalog.graph_head WHERE number > 0',
    [],
    trace,
  );
  return row?.number ?? null;
}

export async function findVersionContracts(
  { database }: Pick<CatalogStore, 'database'>,
  numbers: readonly string[],
  trace: OperationTrace,
): Promise<VersionContractRow[][]> {
  const rows = await database.rows<VersionContractRow>(
    'graph_version_contracts',
    `SELECT number, graph, hash, url FROM catalog.graph_version_contract WHERE number = ANY($1::int[])
      ORDER BY number, graph`,
    [numbers],
    trace,
  );
  return groupByKey(numbers, rows, ({ number }) => String(number));
}

/** What came of each version in the hubs, the latest first. */
export async function findGraphLoads(
  { database }: Pick<CatalogStore, 'database'>,
  numbers: readonly string[],
  trace: OperationTrace,
): Promise<GraphLoadRow[][]> {
  const rows = await database.rows<GraphLoadRow>(
    'graph_loads',
    `SELECT number, hub_id AS "hubId", loaded, reason, loaded_at AS "loadedAt" FROM catalog.graph_load
      WHERE number = ANY($1::int[]) ORDER BY number, loaded_at DESC, hub_id`,
    [numbers],
    trace,
  );
  return groupByKey(numbers, rows, ({ number }) => String(number));
}

/** Texts of contracts and supergraphs by their hash. */
export async function findSchemaTexts(
  { database }: Pick<CatalogStore, 'database'>,
  hashes: readonly string[],
  trace: OperationTrace,
): Promise<(string | null)[]> {
  const rows = await database.rows<{ hash: string; sdl: string }>(
    'schema_texts',
    'SELECT hash, sdl FROM catalog.schema_text WHERE hash = ANY($1::text[])',
    [hashes],
    trace,
  );
  return inKeyOrder(hashes, rows, ({ hash }) => hash).map((row) => row?.sdl ?? null);
}
