import type { Caller } from '../../../kit/caller/caller.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../catalog-store.ts';
import { partCondition } from '../matters/part-in-matter.ts';

export type SharingMode = 'QUERY_INTERFACE' | 'BATCH_EXCHANGE' | 'FILE_DOWNLOAD';
export type RequestAttribute = 'UNCONDITIONAL' | 'CONDITIONAL';

export type RequestState =
  | 'SUBMITTED'
  | 'SUPPLEMENT_REQUIRED'
  | 'APPROVED'
  | 'DELIVERED'
  | 'REFUSED'
  | 'DISPUTE_NEGOTIATION'
  | 'DISPUTE_MEDIATION'
  | 'DISPUTE_RULING'
  | 'REFUSAL_FINAL'
  | 'WITHDRAWN';

export interface SharingRequestRow {
  readonly id: string;
  readonly requestingDepartment: string;
  readonly clientId: string;
  readonly providingDepartment: string;
  readonly legalBasisCode: string;
  readonly basisText: string;
  readonly scenarioCode: string;
  readonly purposeText: string;
  readonly coordinates: readonly string[];
  readonly divisionCodes: readonly string[];
  readonly rowsText: string | null;
  readonly mode: SharingMode;
  readonly validFrom: string;
  readonly validUntil: string;
  readonly attribute: RequestAttribute;
  readonly supplemented: boolean;
  readonly state: RequestState;
  readonly submittedAt: Date;
  readonly provenanceId: string;
}

const COLUMNS = `t.id, t.requesting_department AS "requestingDepartment", t.client_id AS "clientId",
  t.providing_department AS "providingDepartment", t.legal_basis_code AS "legalBasisCode",
  t.basis_text AS "basisText", t.scenario_code AS "scenarioCode", t.purpose_text AS "purposeText", t.coordinates,
  t.division_codes AS "divisionCodes", t.rows_text AS "rowsText", t.mode, t.valid_from::text AS "validFrom",
  t.valid_until::text AS "validUntil", t.attribute, t.supplemented, t.state, t.submitted_at AS "submittedAt",
  t.provenance_id AS "provenanceId"`;
const PARTIES = ['t.requesting_department', 't.providing_department'];

export async function findSharingRequests(
  store: CatalogStore,
  ids: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<(SharingRequestRow | null)[]> {
  const values: unknown[] = [ids];
  const visible = partCondition(PARTIES, caller, values);
  const rows = await store.database.rows<SharingRequestRow>(
    'sharing_request_by_id',
    statementText`SELECT ${COLUMNS} FROM catalog.sharing_request t WHERE t.id = ANY($1::uuid[]) AND ${visible}`,
    values,
    trace,
    { key: 'id' },
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}

export const sharingRequestList: ListDeclaration<SharingRequestRow> = {
  name: 'catalog.sharing_requests',
  from: 'catalog.sharing_request t',
  columns: COLUMNS,
  visible: (caller, values) => partCondition(PARTIES, caller, values),
  sorts: {
    SUBMITTED_AT: {
      columns: [
        { expression: 't.submitted_at', property: 'submittedAt', cast: 'timestamptz' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'DESC',
      filters: ['state', 'requestingDepartment', 'providingDepartment'],
    },
  },
  filters: {
    state: (value, values) => `t.state = $${values.push(value)}`,
    requestingDepartment: (value, values) => `t.requesting_department = $${values.push(value)}`,
    providingDepartment: (value, values) => `t.providing_department = $${values.push(value)}`,
  },
};
