import { departmentName } from '../codes/departments.ts';
import type { SqlDatabase } from '../store/sql-database.ts';
import { inKeyOrder, type SubgraphContext } from '../subgraph-context.ts';
import { GRAPH_CARD } from './data-card.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** 来源 — which system brought a row, in which batch, when. */
export interface ProvenanceRow {
  readonly id: string;
  readonly kind: 'SEED' | 'MUTATION' | 'IMPORT';
  readonly systemCode: string;
  readonly dataset: string;
  readonly department: string | null;
  readonly recordedAt: Date;
}

/** Declares the `Provenance` that all subgraphs share. Once per subgraph. */
export function defineProvenance<Store extends { readonly database: SqlDatabase }>(builder: GraphBuilder<Store>) {
  const kind = builder.enumType('ProvenanceKind', {
    description: '入库方式 How a row came in.',
    values: {
      SEED: { description: '演示数据 Generated demo data.' },
      MUTATION: { description: '接口写入 Written through the graph.' },
      IMPORT: { description: '批量导入 Imported in a batch.' },
    },
  });
  return builder.objectRef<ProvenanceRow>('Provenance').implement({
    description: '数据来源 Which system brought a row, in which batch, when.',
    card: GRAPH_CARD,
    directives: { shareable: {} },
    fields: (t) => ({
      batchId: t.string({ description: '批次编号 Batch that brought the row.', resolve: (row) => row.id }),
      kind: t.field({ type: kind, description: '入库方式 How it came in.', resolve: (row) => row.kind }),
      systemCode: t.exposeString('systemCode', { description: '来源系统代码 Code of the system that brought it.' }),
      departmentName: t.string({
        nullable: true,
        description: '来源部门 Department behind that system.',
        resolve: ({ department }) => (department === null ? null : departmentName(department).zh),
      }),
      dataset: t.exposeString('dataset', { description: '数据集 Data set of the batch.' }),
      recordedAt: t.expose('recordedAt', { type: 'DateTime', description: '入库时间 When it was recorded.' }),
    }),
  });
}

/** The batch of a row; all rows of an operation share one statement. */
export async function loadProvenance<Store extends { readonly database: SqlDatabase }>(
  provenanceId: string,
  context: SubgraphContext<Store>,
): Promise<ProvenanceRow> {
  const { database } = context.store;
  const row = await context.loaders
    .get<ProvenanceRow | null>('provenance', async (ids) => {
      const rows = await database.rows<ProvenanceRow>(
        'provenance_by_id',
        `SELECT id, kind, system_code AS "systemCode", dataset, department, recorded_at AS "recordedAt"
           FROM ${database.subgraph}.provenance WHERE id = ANY($1::uuid[])`,
        [ids],
        context.trace,
      );
      return inKeyOrder(ids, rows, (found) => found.id);
    })
    .load(provenanceId);
  if (row === null) throw new Error(`${database.subgraph}.provenance lacks batch ${provenanceId}`);
  return row;
}
