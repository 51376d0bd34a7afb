import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { statementText } from '../../../kit/store/statement-text.ts';
import { groupByKey, inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { OrganizationsStore } from '../organizations-store.ts';

export interface CommitteeRow {
  readonly id: string;
  readonly kind: 'RESIDENTS' | 'VILLAGERS' | 'FARM_RESIDENTS' | 'SUPERVISION';
  readonly name: string;
  readonly uscc: string | null;
  readonly termNumber: number;
  readonly termStart: string;
  readonly termEnd: string;
  readonly chairName: string;
  readonly seatCount: number;
  readonly communityCode: string;
  readonly provenanceId: string;
}

const COLUMNS = `t.id, t.kind, t.name, t.uscc, t.term_number AS "termNumber", t.term_start::text AS "termStart",
  t.term_end::text AS "termEnd", t.chair_name AS "chairName", t.seat_count AS "seatCount",
  t.community_code AS "communityCode", t.provenance_id AS "provenanceId"`;

/** A community has two committees per term; more than ten terms of history are cut here. */
const MAX_COMMITTEES_PER_COMMUNITY = 20;

export async function findCommittees(
  store: OrganizationsStore,
  ids: readonly string[],
  trace: OperationTrace,
): Promise<(CommitteeRow | null)[]> {
  const rows = await store.database.rows<CommitteeRow>(
    'committee_by_id',
    statementText`SELECT ${COLUMNS} FROM organizations.committee t WHERE t.id = ANY($1::uuid[])`,
    [ids],
    trace,
    { key: 'id' },
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}

/** Committees of communities: the newest term first, the supervision committee after the one it supervises. */
export async function findCommitteesOfCommunities(
  store: OrganizationsStore,
  communityCodes: readonly string[],
  trace: OperationTrace,
): Promise<CommitteeRow[][]> {
  const rows = await store.database.rows<CommitteeRow>(
    'committees_of_communities',
    `SELECT c.* FROM unnest($1::text[]) WITH ORDINALITY AS k(key, ordinal)
       CROSS JOIN LATERAL (
         SELECT ${COLUMNS} FROM organizations.committee t WHERE t.community_code = k.key
          ORDER BY t.term_number DESC, t.kind = 'SUPERVISION', t.id LIMIT $2) c
      ORDER BY k.ordinal, c."termNumber" DESC, c.kind = 'SUPERVISION', c.id`,
    [communityCodes, MAX_COMMITTEES_PER_COMMUNITY],
    trace,
  );
  return groupByKey(communityCodes, rows, (row) => row.communityCode);
}
