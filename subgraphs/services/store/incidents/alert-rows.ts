import type { Caller } from '../../../kit/caller/caller.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { divisionFilter } from '../../../kit/store/division-filter.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { placeCondition } from '../../../kit/store/place-scope.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';
import { lockRow, type ServicesTransaction } from '../services-transaction.ts';

export interface AlertRow {
  readonly id: string;
  readonly ruleCode: string;
  readonly level: 'BLUE' | 'YELLOW' | 'ORANGE' | 'RED';
  readonly state: 'RAISED' | 'ACKNOWLEDGED' | 'RESOLVED' | 'DISMISSED';
  readonly scopeCode: string;
  readonly incidentId: string;
  readonly incidentCount: number;
  readonly raisedAt: Date;
  readonly lastSeenAt: Date;
  readonly closedAt: Date | null;
  readonly communityCode: string;
  readonly provenanceId: string;
}

const COLUMNS = `t.id, t.rule_code AS "ruleCode", t.level, t.state, t.scope_code AS "scopeCode",
  t.incident_id AS "incidentId", t.incident_count AS "incidentCount", t.raised_at AS "raisedAt",
  t.last_seen_at AS "lastSeenAt", t.closed_at AS "closedAt", t.community_code AS "communityCode",
  t.provenance_id AS "provenanceId"`;
const PLACE = { alias: 't', hasGridCode: true };

export async function findAlerts(
  store: ServicesStore,
  ids: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<(AlertRow | null)[]> {
  const values: unknown[] = [ids];
  const scope = placeCondition(PLACE, caller, values);
  const rows = await store.database.rows<AlertRow>(
    'alert_by_id',
    statementText`SELECT ${COLUMNS} FROM services.alert t WHERE t.id = ANY($1::uuid[]) AND ${scope}`,
    values,
    trace,
    { key: 'id' },
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}

export const alertList: ListDeclaration<AlertRow> = {
  name: 'services.alerts',
  from: 'services.alert t',
  columns: COLUMNS,
  place: PLACE,
  sorts: {
    RAISED_AT: {
      columns: [
        { expression: 't.raised_at', property: 'raisedAt', cast: 'timestamptz' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'DESC',
      filters: ['level', 'live', 'divisionCode'],
    },
  },
  filters: {
    level: (value, values) => `t.level = $${values.push(value)}`,
    live: (value) => `t.closed_at IS ${value === true ? '' : 'NOT '}NULL`,
    divisionCode: divisionFilter('t', true),
  },
};

export async function lockAlert(transaction: ServicesTransaction, id: string) {
  if (!(await lockRow(transaction, 'alert', id))) return null;
  const row = await transaction.alert.findUniqueOrThrow({ where: { id } });
  // Written by the machine of alerts only.
  return { ...row, state: row.state as AlertRow['state'] };
}

export async function updateAlert(
  transaction: ServicesTransaction,
  id: string,
  state: AlertRow['state'],
  closedAt: Date | null,
): Promise<void> {
  await transaction.alert.update({ where: { id }, data: { state, closedAt } });
}
