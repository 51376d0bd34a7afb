import type { Caller } from '../../../kit/caller/caller.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../catalog-store.ts';
import { partCondition } from '../matters/part-in-matter.ts';
import type { SharingMode } from './request-rows.ts';

export interface SharingGrantRow {
  readonly id: string;
  readonly requestId: string;
  readonly clientId: string;
  readonly requestingDepartment: string;
  readonly providingDepartment: string;
  readonly legalBasisCode: string;
  readonly scenarioCode: string;
  readonly coordinates: readonly string[];
  readonly divisionCodes: readonly string[];
  readonly mode: SharingMode;
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly endsAt: Date;
  readonly endNoticeAt: Date | null;
  readonly endReason: string | null;
  readonly endedByDepartment: string | null;
  readonly provenanceId: string;
}

const COLUMNS = `t.id, t.request_id AS "requestId", t.client_id AS "clientId",
  t.requesting_department AS "requestingDepartment", t.providing_department AS "providingDepartment",
  t.legal_basis_code AS "legalBasisCode", t.scenario_code AS "scenarioCode", t.coordinates,
  t.division_codes AS "divisionCodes", t.mode, t.valid_from AS "validFrom", t.valid_until AS "validUntil",
  t.ends_at AS "endsAt", t.end_notice_at AS "endNoticeAt", t.end_reason AS "endReason",
  t.ended_by_department AS "endedByDepartment", t.provenance_id AS "provenanceId"`;
const PARTIES = ['t.requesting_department', 't.providing_department'];

export async function findSharingGrants(
  store: CatalogStore,
  ids: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<(SharingGrantRow | null)[]> {
  return inKeyOrder(ids, await findBy(store, 'id', ids, caller, trace), (row) => row.id);
}

/** The grant that each request led to. */
export async function findGrantsOfRequests(
  store: CatalogStore,
  requestIds: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<(SharingGrantRow | null)[]> {
  return inKeyOrder(requestIds, await findBy(store, 'request_id', requestIds, caller, trace), (row) => row.requestId);
}

function findBy(
  store: CatalogStore,
  column: 'id' | 'request_id',
  keys: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<SharingGrantRow[]> {
  const values: unknown[] = [keys];
  const visible = partCondition(PARTIES, caller, values);
  return store.database.rows<SharingGrantRow>(
    `sharing_grant_by_${column}`,
    statementText`SELECT ${COLUMNS} FROM catalog.sharing_grant t WHERE t.${column} = ANY($1::uuid[]) AND ${visible}`,
    values,
    trace,
  );
}

export const sharingGrantList: ListDeclaration<SharingGrantRow> = {
  name: 'catalog.sharing_grants',
  from: 'catalog.sharing_grant t',
  columns: COLUMNS,
  visible: (caller, values) => partCondition(PARTIES, caller, values),
  sorts: {
    ENDS_AT: {
      columns: [
        { expression: 't.ends_at', property: 'endsAt', cast: 'timestamptz' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'ASC',
      filters: ['requestingDepartment', 'providingDepartment', 'clientId', 'liveAt', 'endsBefore'],
    },
  },
  filters: {
    requestingDepartment: (value, values) => `t.requesting_department = $${values.push(value)}`,
    providingDepartment: (value, values) => `t.providing_department = $${values.push(value)}`,
    clientId: (value, values) => `t.client_id = $${values.push(value)}`,
    liveAt: (value, values) => {
      const moment = `$${values.push(value)}::timestamptz`;
      return `t.ends_at > ${moment} AND t.valid_from <= ${moment}`;
    },
    endsBefore: (value, values) => `t.ends_at < $${values.push(value)}::timestamptz`,
  },
};
