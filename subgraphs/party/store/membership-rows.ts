import type { Caller } from '../../kit/caller/caller.ts';
import type { OperationTrace } from '../../kit/operation-trace.ts';
import { type PlaceScope, placeCondition } from '../../kit/store/place-scope.ts';
import { statementText } from '../../kit/store/statement-text.ts';
import { groupByKey, inKeyOrder } from '../../kit/subgraph-context.ts';
import type { PartyStore } from './party-store.ts';

export interface MembershipRow {
  readonly id: string;
  readonly memberId: string;
  readonly organizationId: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly provenanceId: string;
}

const COLUMNS = `t.id, t.member_id AS "memberId", t.organization_id AS "organizationId",
  t.valid_from::text AS "validFrom", t.valid_to::text AS "validTo", t.provenance_id AS "provenanceId"`;

/** A membership has no place of its own: it lies where its member lives. */
const PLACE_OF_MEMBER: PlaceScope = { alias: 'm', hasGridCode: true };

/** A member changes branches a few times in a life; more are cut here, the oldest first. */
const MAX_MEMBERSHIPS_PER_MEMBER = 50;

export async function findMemberships(
  store: PartyStore,
  ids: readonly string[],
  caller: Caller,
  trace: OperationTrace,
): Promise<(MembershipRow | null)[]> {
  const values: unknown[] = [ids];
  const scope = placeCondition(PLACE_OF_MEMBER, caller, values);
  const rows = await store.database.rows<MembershipRow>(
    'membership_by_id',
    statementText`SELECT ${COLUMNS} FROM party.membership t JOIN party.party_member m ON m.id = t.member_id
      WHERE t.id = ANY($1::uuid[]) AND ${scope}`,
    values,
    trace,
    { key: 'id' },
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}

/** Memberships of members, newest first; `asOf` (YYYY-MM-DD) keeps those valid on that day. */
export async function findMembershipsOf(
  store: PartyStore,
  memberIds: readonly string[],
  asOf: string | null,
  caller: Caller,
  trace: OperationTrace,
): Promise<MembershipRow[][]> {
  const values: unknown[] = [memberIds, asOf, MAX_MEMBERSHIPS_PER_MEMBER];
  const scope = placeCondition(PLACE_OF_MEMBER, caller, values);
  const rows = await store.database.rows<MembershipRow>(
    'memberships_of_members',
    `SELECT r.* FROM unnest($1::uuid[]) WITH ORDINALITY AS k(key, ordinal)
       JOIN party.party_member m ON m.id = k.key AND ${scope}
       CROSS JOIN LATERAL (
         SELECT ${COLUMNS} FROM party.membership t
          WHERE t.member_id = m.id
            AND ($2::date IS NULL OR (t.valid_from <= $2::date AND (t.valid_to IS NULL OR t.valid_to > $2::date)))
          ORDER BY t.valid_from DESC, t.id DESC LIMIT $3) r
      ORDER BY k.ordinal, r."validFrom" DESC, r.id DESC`,
    values,
    trace,
  );
  return groupByKey(memberIds, rows, (row) => row.memberId);
}
