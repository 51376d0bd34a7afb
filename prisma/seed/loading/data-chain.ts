import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PoolClient } from 'pg';
import type { DepartmentCode } from '../../../subgraphs/kit/codes/departments.ts';
import { projectRoot } from '../../../subgraphs/kit/project-root.ts';
import { tableSources } from '../provenance.ts';
import { REFERENCE_INSTANT } from '../reference-instant.ts';
import { deterministicId, pendingSystemCode, systemId } from './department-systems.ts';

interface ListedDataset {
  readonly departmentCode: DepartmentCode;
  readonly typeName: string;
  readonly name: string;
  readonly factor: string;
  /** Null: the department's own system, whose name is pending. Absent: that of the seeded table. */
  readonly systemCode?: string | null;
}

interface ListedScenarios {
  readonly total: number;
  readonly named: readonly { name: string; departmentCode: DepartmentCode; articleRows: readonly string[] }[];
}

/**
 * Registers the datasets behind the graph's fields and the city's scenarios. Sources: `tableSources`,
 * `data/datasets.json`, `data/scenarios.json`. Returns the rows by table.
 */
export async function loadDataChain(
  client: PoolClient,
  tableRows: Readonly<Record<string, number>>,
): Promise<Record<string, number>> {
  const datasets = datasetRows(tableRows);
  const scenarios = scenarioRows();
  const provenanceId = deterministicId('provenance/data-chain');
  await client.query(
    `WITH batch AS (
       INSERT INTO catalog.provenance (id, kind, system_code, dataset, department, recorded_at, row_count)
       VALUES ($1, 'SEED', 'hub', 'data_chain', 'data-authority', $2, $3) ON CONFLICT (id) DO NOTHING),
     datasets AS (
       INSERT INTO catalog.dataset
              (code, name, system_id, department_code, type_name, factor, row_count, last_synced_at, provenance_id)
       SELECT code, name, system_id, department_code, type_name, factor, row_count,
              CASE WHEN row_count IS NULL THEN NULL ELSE $2::timestamptz END, $1
         FROM jsonb_to_recordset($4::jsonb)
           AS r(code text, name text, system_id uuid, department_code text, type_name text, factor text, row_count bigint)
       ON CONFLICT (code) DO NOTHING)
     INSERT INTO catalog.scenario (code, ordinal, name, department_code, article_rows, operation_names, provenance_id)
     SELECT code, ordinal, name, department_code, ARRAY(SELECT jsonb_array_elements_text(article_rows)), '{}', $1
       FROM jsonb_to_recordset($5::jsonb)
         AS r(code text, ordinal int, name text, department_code text, article_rows jsonb)
     ON CONFLICT (code) DO NOTHING`,
    [
      provenanceId,
      REFERENCE_INSTANT,
      datasets.length + scenarios.length,
      JSON.stringify(datasets),
      JSON.stringify(scenarios),
    ],
  );
  return {
    'catalog.dataset': datasets.length,
    'catalog.scenario': scenarios.length,
    'catalog.provenance': (tableRows['catalog.provenance'] ?? 0) + 1,
  };
}

function datasetRows(tableRows: Readonly<Record<string, number>>) {
  const { datasets: listed } = readData<{ datasets: ListedDataset[] }>('datasets.json');
  const details = new Map(listed.map((dataset) => [`${dataset.departmentCode}.${dataset.typeName}`, dataset]));
  const ofTables = Object.entries(tableSources)
    .filter(([table]) => table !== 'catalog.loaded_city')
    .map(([table, [system, departmentCode]]) => {
      const typeName = typeOfTable(table);
      const code = `${departmentCode}.${typeName}`;
      return {
        code,
        name: details.get(code)?.name ?? null,
        system_id: systemId(system),
        department_code: departmentCode as DepartmentCode,
        type_name: typeName,
        factor: details.get(code)?.factor ?? null,
        row_count: tableRows[table] ?? 0,
      };
    });
  const seeded = new Set(ofTables.map(({ code }) => code));
  const others = listed
    .map(({ departmentCode, typeName, name, factor, systemCode }) => ({
      code: `${departmentCode}.${typeName}`,
      name,
      system_id: systemId(systemCode ?? pendingSystemCode(departmentCode)),
      department_code: departmentCode,
      type_name: typeName,
      factor,
      row_count: null,
    }))
    .filter(({ code }) => !seeded.has(code));
  return [...ofTables, ...others];
}

/** `party.party_organization` → `PartyOrganization`. */
function typeOfTable(table: string): string {
  const name = table.slice(table.indexOf('.') + 1);
  return name.replace(/(?:^|_)([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

function scenarioRows() {
  const { total, named } = readData<ListedScenarios>('scenarios.json');
  return Array.from({ length: total }, (_, index) => ({
    code: `scenario-${String(index + 1).padStart(2, '0')}`,
    ordinal: index + 1,
    name: named[index]?.name ?? null,
    department_code: named[index]?.departmentCode ?? null,
    article_rows: named[index]?.articleRows ?? [],
  }));
}

function readData<Shape>(file: string): Shape {
  return JSON.parse(readFileSync(join(projectRoot, 'prisma', 'seed', 'data', file), 'utf8')) as Shape;
}
