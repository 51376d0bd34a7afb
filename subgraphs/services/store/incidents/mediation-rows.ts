import type { Caller } from '../../../kit/caller/caller.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { divisionFilter } from '../../../kit/store/division-filter.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { placeCondition } from '../../../kit/store/place-scope.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';

export type MediationKind = 'PEOPLES_MEDIATION' | 'ON_THE_SPOT' | 'JUDGE_IN_VILLAGE';

export interface MediationRow {
  readonly id: string;
  readonly incidentId: string;
  readonly kind: MediationKind;
  readonly state: 'OPEN' | 'AGREED' | 'FAILED' | 'CONFIRMED' | 'FULFILLED';
  readonly heldOn: string;
  readonly venue: string;
  readonly mediatorName: string;
  readonly agreedOn: string | null;
  readonly communityCode: string;
  readonly provenanceId: string;
}

const COLUMNS = `t.id, t.incident_id AS "incidentId", t.kind, t.state, t.held_on::text AS "heldOn", t.venue,
  t.mediator_name AS "mediatorName", t.agreed_on::text AS "agreedOn", t.community_code AS "communityCode",
  t.provenance_id AS "provenanceId"`;
const PLACE = { alias: 't', hasGridCode: false };

export async function findMediations(
  store: ServicesStore,
  ids: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<(MediationRow | null)[]> {
  const values: unknown[] = [ids];
  const scope = placeCondition(PLACE, caller, values);
  const rows = await store.database.rows<MediationRow>(
    'mediation_by_id',
    statementText`SELECT ${COLUMNS} FROM services.mediation t WHERE t.id = ANY($1::uuid[]) AND ${scope}`,
    values,
    trace,
    { key: 'id' },
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}

export const mediationList: ListDeclaration<MediationRow> = {
  name: 'services.mediations',
  from: 'services.mediation t',
  columns: COLUMNS,
  place: PLACE,
  sorts: {
    HELD_ON: {
      columns: [
        { expression: 't.held_on', property: 'heldOn', cast: 'date' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'DESC',
      filters: ['kind', 'divisionCode', 'incidentId'],
    },
  },
  filters: {
    kind: (value, values) => `t.kind = $${values.push(value)}`,
    incidentId: (value, values) => `t.incident_id = $${values.push(value)}::uuid`,
    divisionCode: divisionFilter('t', false),
  },
};
