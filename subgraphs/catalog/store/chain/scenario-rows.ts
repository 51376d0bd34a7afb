import type { PublishedOperation } from '../../../kit/catalog-port.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { groupByKey, inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../catalog-store.ts';
import type { CatalogTransaction } from '../department-system-rows.ts';

export interface ScenarioRow {
  readonly code: string;
  readonly ordinal: number;
  readonly name: string | null;
  readonly departmentCode: string | null;
  readonly articleRows: readonly string[];
  readonly operationNames: readonly string[];
  readonly provenanceId: string;
}

export interface OperationDocumentRow {
  readonly name: string;
  readonly title: string;
  readonly articleRows: readonly string[];
  readonly document: string;
}

const COLUMNS = `t.code, t.ordinal, t.name, t.department_code AS "departmentCode", t.article_rows AS "articleRows",
  t.operation_names AS "operationNames", t.provenance_id AS "provenanceId"`;

export const scenarioList: ListDeclaration<ScenarioRow> = {
  name: 'catalog.scenarios',
  from: 'catalog.scenario t',
  columns: COLUMNS,
  sorts: {
    ORDINAL: {
      columns: [{ expression: 't.ordinal', property: 'ordinal', cast: 'int' }],
      direction: 'ASC',
      filters: ['namePending'],
    },
  },
  filters: { namePending: (value) => (value === true ? 't.name IS NULL' : 't.name IS NOT NULL') },
};

export async function findScenarios(
  store: CatalogStore,
  codes: readonly string[],
  trace: OperationTrace,
): Promise<(ScenarioRow | null)[]> {
  const rows = await store.database.rows<ScenarioRow>(
    'scenario_by_code',
    statementText`SELECT ${COLUMNS} FROM catalog.scenario t WHERE t.code = ANY($1::text[])`,
    [codes],
    trace,
    { key: 'code' },
  );
  return inKeyOrder(codes, rows, (row) => row.code);
}

/** The operation documents of scenarios: those that the city named, and those that prove a row of the scenario. */
export async function findOperationsOfScenarios(
  store: CatalogStore,
  codes: readonly string[],
  trace: OperationTrace,
): Promise<OperationDocumentRow[][]> {
  const rows = await store.database.rows<OperationDocumentRow & { scenarioCode: string }>(
    'operations_of_scenarios',
    `SELECT s.code AS "scenarioCode", o.name, o.title, o.article_rows AS "articleRows", o.document
       FROM catalog.scenario s
       JOIN catalog.operation_document o ON o.name = ANY(s.operation_names) OR o.article_rows && s.article_rows
      WHERE s.code = ANY($1::text[]) ORDER BY s.ordinal, o.name`,
    [codes],
    trace,
  );
  return groupByKey(codes, rows, (row) => row.scenarioCode);
}

/** Replaces the operation documents by those that the hub ships now. */
export async function replaceOperationDocuments(
  store: CatalogStore,
  operations: readonly PublishedOperation[],
  now: Date,
): Promise<void> {
  await store.prisma.$transaction([
    store.prisma.operationDocument.deleteMany(),
    store.prisma.operationDocument.createMany({
      data: operations.map(({ name, title, rows, document }) => ({
        name,
        title,
        articleRows: [...rows],
        document,
        publishedAt: now,
      })),
      // A second hub that starts at once publishes the same ones.
      skipDuplicates: true,
    }),
  ]);
}

/** Locks the scenario, so that two descriptions of it wait for each other. */
export async function lockScenario(transaction: CatalogTransaction, code: string): Promise<boolean> {
  const rows = await transaction.$queryRaw<unknown[]>`
    SELECT 1 FROM catalog.scenario WHERE code = ${code} FOR UPDATE`;
  return rows.length > 0;
}

export async function findMissingOperations(
  transaction: CatalogTransaction,
  names: readonly string[],
): Promise<string[]> {
  const known = await transaction.operationDocument.findMany({
    where: { name: { in: [...names] } },
    select: { name: true },
  });
  const found = new Set(known.map(({ name }) => name));
  return names.filter((name) => !found.has(name));
}

export async function describeScenarioRow(
  transaction: CatalogTransaction,
  { code, ...data }: Pick<ScenarioRow, 'code' | 'name' | 'departmentCode' | 'operationNames' | 'provenanceId'>,
): Promise<void> {
  await transaction.scenario.update({ where: { code }, data: { ...data, operationNames: [...data.operationNames] } });
}
