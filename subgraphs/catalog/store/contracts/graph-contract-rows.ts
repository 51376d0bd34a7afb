import type { GraphContractDefinition } from '../../../kit/catalog-port.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { SqlConnection } from '../../../kit/store/sql-database.ts';
import type { CatalogStore } from '../catalog-store.ts';

export interface GraphContractRow extends GraphContractDefinition {
  readonly titleZh: string;
  readonly titleEn: string;
  readonly definedAt: Date;
}

const COLUMNS = `t.name, t.title_zh AS "titleZh", t.title_en AS "titleEn", t.max_grade AS "maxGrade",
  t.include_tags AS "includeTags", t.exclude_tags AS "excludeTags", t.defined_at AS "definedAt"`;

/** Every contract by name; a handful. */
export function findGraphContracts(
  { database }: Pick<CatalogStore, 'database'>,
  trace: OperationTrace,
): Promise<GraphContractRow[]> {
  return database.rows<GraphContractRow>(
    'graph_contracts',
    `SELECT ${COLUMNS} FROM catalog.graph_contract t ORDER BY t.name`,
    [],
    trace,
  );
}

/** Those that every hub has until stewards change them. */
export async function insertDefaultContracts(pool: SqlConnection, now: Date): Promise<void> {
  await pool.query(
    `INSERT INTO catalog.graph_contract (name, title_zh, title_en, max_grade, include_tags, exclude_tags, defined_at)
     VALUES ('public', '公众可见', 'What is open to the public', 1, '{}', '{}', $1),
            ('department', '部门可见', 'What departments work with', 3, '{}', '{}', $1),
            ('steward', '数据专员可见', 'The whole graph', 4, '{}', '{}', $1)
     ON CONFLICT DO NOTHING`,
    [now],
  );
}
