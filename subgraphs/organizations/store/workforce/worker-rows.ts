import type { Caller } from '../../../kit/caller/caller.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { divisionFilter } from '../../../kit/store/division-filter.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { type PlaceScope, placeCondition } from '../../../kit/store/place-scope.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { OrganizationsStore } from '../organizations-store.ts';

export interface CommunityWorkerRow {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly post: 'SECRETARY_DIRECTOR' | 'DEPUTY' | 'SPECIALIST';
  readonly gradeLevel: number;
  readonly mode: 'GENERAL' | 'GENERALIST' | 'ALL_ROUND' | 'PROJECT';
  readonly certificate: 'ASSISTANT' | 'SOCIAL_WORKER' | 'SENIOR' | null;
  readonly hiredOn: string;
  readonly leftOn: string | null;
  readonly communityCode: string;
  readonly provenanceId: string;
}

const COLUMNS = `t.id, t.person_id AS "personId", t.name, t.post, t.grade_level AS "gradeLevel", t.mode, t.certificate,
  t.hired_on::text AS "hiredOn", t.left_on::text AS "leftOn", t.community_code AS "communityCode",
  t.provenance_id AS "provenanceId"`;

const PLACE: PlaceScope = { alias: 't', hasGridCode: false };

export async function findWorkers(
  store: OrganizationsStore,
  ids: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<(CommunityWorkerRow | null)[]> {
  const values: unknown[] = [ids];
  const scope = placeCondition(PLACE, caller, values);
  const rows = await store.database.rows<CommunityWorkerRow>(
    'worker_by_id',
    statementText`SELECT ${COLUMNS} FROM organizations.community_worker t WHERE t.id = ANY($1::uuid[]) AND ${scope}`,
    values,
    trace,
    { key: 'id' },
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}

/** The worker that each person is: the one in service, or the one hired last. */
export async function findWorkersOfPersons(
  store: OrganizationsStore,
  personIds: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<(CommunityWorkerRow | null)[]> {
  const values: unknown[] = [personIds];
  const scope = placeCondition(PLACE, caller, values);
  const rows = await store.database.rows<CommunityWorkerRow>(
    'workers_of_persons',
    statementText`SELECT DISTINCT ON (t.person_id) ${COLUMNS} FROM organizations.community_worker t
      WHERE t.person_id = ANY($1::uuid[]) AND ${scope}
      ORDER BY t.person_id, t.left_on IS NOT NULL, t.hired_on DESC, t.id`,
    values,
    trace,
  );
  return inKeyOrder(personIds, rows, (row) => row.personId);
}

/** `post` and `inService` are checked on the rows that the index of the area gives: each holds for one row in ten. */
export const workerList: ListDeclaration<CommunityWorkerRow> = {
  name: 'organizations.workers',
  from: 'organizations.community_worker t',
  columns: COLUMNS,
  place: PLACE,
  sorts: {
    ID: {
      columns: [{ expression: 't.id', property: 'id', cast: 'uuid' }],
      direction: 'ASC',
      filters: ['divisionCode', 'post', 'inService'],
    },
  },
  filters: {
    divisionCode: divisionFilter('t', false),
    post: (value, values) => `t.post = $${values.push(value)}`,
    inService: (value) => (value === true ? 't.left_on IS NULL' : 't.left_on IS NOT NULL'),
  },
};
