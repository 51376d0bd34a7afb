import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PoolClient } from 'pg';
import { type DepartmentCode, departments } from '../../../subgraphs/kit/codes/departments.ts';
import { uuidV7 } from '../../../subgraphs/kit/ids.ts';
import { projectRoot } from '../../../subgraphs/kit/project-root.ts';
import { REFERENCE_INSTANT, REFERENCE_MILLISECONDS } from '../reference-instant.ts';

interface ListedSystem {
  readonly code: string;
  readonly name: string | null;
  readonly departmentCode: DepartmentCode;
  readonly tier: string;
  readonly family: string | null;
  /** Code of what it belongs to; without one it hangs on the cloud. */
  readonly parent?: string;
  readonly articleRows: readonly string[];
  /** Tables (`schema.table`) that it gave to the demo city. */
  readonly datasets: readonly string[];
}

/**
 * Registers the systems that the demo city's rows come from and those that the source articles name, with the number
 * of rows that each gave. Systems that are there stay as they are. Returns their number. Source: `data/department-systems.json`.
 */
export async function loadDepartmentSystems(
  client: PoolClient,
  tableRows: Readonly<Record<string, number>>,
): Promise<number> {
  const path = join(projectRoot, 'prisma', 'seed', 'data', 'department-systems.json');
  const listed = (JSON.parse(readFileSync(path, 'utf8')) as { systems: ListedSystem[] }).systems;
  const systems = [...listed, ...pendingSystems(listed)];
  const provenanceId = deterministicId('provenance/department-systems');
  const rows = systems.map((system) => {
    const rowCount = system.datasets.reduce((sum, table) => sum + (tableRows[table] ?? 0), 0);
    return {
      id: systemId(system.code),
      code: system.code,
      name: system.name,
      name_pending: system.name === null,
      department_code: system.departmentCode,
      department_name: departments[system.departmentCode].zh,
      tier: system.tier,
      family: system.family,
      parent_id: system.tier === 'CLOUD' ? null : systemId(system.parent ?? 'cloud'),
      article_rows: system.articleRows,
      health: system.datasets.length > 0 ? 'UP' : 'NOT_CONNECTED',
      row_count: system.datasets.length > 0 ? rowCount : null,
      last_synced_at: system.datasets.length > 0 ? REFERENCE_INSTANT : null,
    };
  });
  await client.query(
    `WITH batch AS (
       INSERT INTO catalog.provenance (id, kind, system_code, dataset, department, recorded_at, row_count)
       VALUES ($1, 'SEED', 'hub', 'department_system', 'data-authority', $2, $3) ON CONFLICT (id) DO NOTHING)
     INSERT INTO catalog.department_system
            (id, code, name, name_pending, department_code, department_name, tier, family, article_rows, health,
             row_count, last_synced_at, registered_at, parent_id, provenance_id)
     SELECT id, code, name, name_pending, department_code, department_name, tier, family,
            ARRAY(SELECT jsonb_array_elements_text(article_rows)), health, row_count, last_synced_at, $2, parent_id, $1
       FROM jsonb_to_recordset($4::jsonb)
         AS r(id uuid, code text, name text, name_pending boolean, department_code text, department_name text,
              tier text, family text, article_rows jsonb, health text, row_count bigint, last_synced_at timestamptz, parent_id uuid)
     ON CONFLICT (code) DO NOTHING`,
    [provenanceId, REFERENCE_INSTANT, rows.length, JSON.stringify(rows)],
  );
  return rows.length;
}

/** Every department has a system at least; where the sources name none, its name is pending. */
function pendingSystems(listed: readonly ListedSystem[]): ListedSystem[] {
  const known = new Set(listed.map(({ departmentCode }) => departmentCode));
  return (Object.keys(departments) as DepartmentCode[])
    .filter((code) => !known.has(code))
    .map((code) => ({
      code: pendingSystemCode(code),
      name: null,
      departmentCode: code,
      tier: 'SYSTEM',
      family: null,
      articleRows: ['J20'],
      datasets: [],
    }));
}

/** Code of the system of a department whose name is pending. */
export function pendingSystemCode(departmentCode: string): string {
  return `${departmentCode}-1`;
}

export function systemId(code: string): string {
  return deterministicId(`system/${code}`);
}

/** A UUIDv7 at the reference instant whose random part is a digest of the name: the same in every demo city. */
export function deterministicId(name: string): string {
  return uuidV7(REFERENCE_MILLISECONDS, createHash('sha256').update(name).digest());
}
