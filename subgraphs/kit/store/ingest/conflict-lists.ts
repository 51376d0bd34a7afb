import { type Caller, hasRight } from '../../caller/caller.ts';
import type { OperationTrace } from '../../operation-trace.ts';
import { groupByKey } from '../../subgraph-context.ts';
import type { ListDeclaration } from '../keyset-list.ts';
import type { SqlDatabase } from '../sql-database.ts';

export interface ConflictRow {
  readonly entityId: string;
  readonly item: string;
  readonly coordinate: string;
  readonly department: string;
  readonly sourceDepartment: string;
  readonly statedText: string | null;
  readonly statedSealed: Buffer | null;
  readonly standingProvenanceId: string;
  readonly standingDepartment: string;
  readonly rule: 'SOURCE_STANDS' | 'RECORDED_ELSEWHERE';
  readonly state: 'OPEN' | 'AGREED';
  readonly statedAt: Date;
  readonly settledAt: Date | null;
  readonly provenanceId: string;
}

const COLUMNS = `t.entity_id AS "entityId", t.item, t.coordinate, t.department, t.source_department AS "sourceDepartment",
  t.stated_text AS "statedText", t.stated_sealed AS "statedSealed", t.standing_provenance_id AS "standingProvenanceId",
  t.standing_department AS "standingDepartment",
  t.rule, t.state, t.stated_at AS "statedAt", t.settled_at AS "settledAt", t.provenance_id AS "provenanceId"`;

/** The conflicts of each entity, those that are settled included, the newest statement first. */
export async function findConflictsOf(
  database: SqlDatabase,
  entityIds: readonly string[],
  trace: OperationTrace,
): Promise<ConflictRow[][]> {
  const rows = await database.rows<ConflictRow>(
    'conflicts_of_entity',
    `SELECT ${COLUMNS} FROM ${database.subgraph}.item_conflict t WHERE t.entity_id = ANY($1::uuid[])
      ORDER BY t.stated_at DESC, t.item, t.department`,
    [entityIds],
    trace,
    { key: 'entityId' },
  );
  return groupByKey(entityIds, rows, (row) => row.entityId);
}

const STATES: readonly ConflictRow['state'][] = ['OPEN', 'AGREED'];

/**
 * Who says otherwise, who is the source and whose word stands have a part in a conflict; data stewards in every one.
 * Each part is read by itself, open conflicts and settled ones apart: an index serves every choice among them.
 */
function inPartOf(
  caller: Caller,
  { state, departmentCode, sourceDepartmentCode }: Readonly<Record<string, unknown>>,
  values: unknown[],
): readonly [string, ...string[]] {
  const states = state == null ? STATES.map((one) => `t.state = '${one}'`) : ['true'];
  return partsOf().flatMap((part) => states.map((one) => `${part} AND ${one}`)) as [string, ...string[]];

  function partsOf(): string[] {
    if (caller.kind === 'HUB' || hasRight(caller, 'catalog.steward')) return ['true'];
    const own = caller.departmentCode;
    if (departmentCode === own || sourceDepartmentCode === own) return ['true'];
    const department = `$${values.push(own)}`;
    return [
      ...(departmentCode == null ? [`t.department = ${department}`] : []),
      ...(sourceDepartmentCode == null ? [`t.source_department = ${department}`] : []),
      `t.standing_department = ${department}`,
    ];
  }
}

/** Conflicts about entities of one type. */
export function conflictList(subgraph: string, typeName: string): ListDeclaration<ConflictRow> {
  return {
    name: `${subgraph}.item_conflicts_${typeName.toLowerCase()}`,
    from: `${subgraph}.item_conflict t`,
    columns: COLUMNS,
    anyOf: inPartOf,
    always: `t.entity_type = '${typeName}'`,
    sorts: {
      NEWEST: {
        columns: [
          { expression: 't.stated_at', property: 'statedAt', cast: 'timestamptz' },
          { expression: 't.entity_id', property: 'entityId', cast: 'uuid' },
          { expression: 't.item', property: 'item', cast: 'text' },
          { expression: 't.department', property: 'department', cast: 'text' },
        ],
        direction: 'DESC',
        filters: ['state', 'departmentCode', 'sourceDepartmentCode'],
      },
    },
    filters: {
      state: (value, values) => `t.state = $${values.push(value)}`,
      departmentCode: (value, values) => `t.department = $${values.push(value)}`,
      sourceDepartmentCode: (value, values) => `t.source_department = $${values.push(value)}`,
    },
  };
}
