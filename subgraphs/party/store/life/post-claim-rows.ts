import { columnList } from '../../../kit/store/entity-table.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import { MEMBER_PERSON } from '../member-rows.ts';
import type { PartyTransaction } from '../membership-writes.ts';
import type { PartyTable } from '../party-table.ts';

export interface PostClaimRow {
  readonly id: string;
  readonly memberId: string;
  /** The member as a person, for the access log. */
  readonly memberPersonId: string;
  readonly post: string;
  readonly duty: string;
  readonly reward: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly gridCode: string;
  readonly provenanceId: string;
}

export const POST_CLAIM_TABLE: PartyTable<PostClaimRow> = {
  table: 'post_claim',
  columns: ['id', 'memberId', 'post', 'duty', 'reward', 'validFrom', 'validTo', 'gridCode', 'provenanceId'],
  dates: ['validFrom', 'validTo'],
  expressions: { memberPersonId: MEMBER_PERSON },
  place: { alias: 't', hasGridCode: true },
};

/** Live claims, of grids of the caller's area. */
export const postClaimList: ListDeclaration<PostClaimRow> = {
  name: 'party.post_claims',
  from: 'party.post_claim t',
  columns: columnList(POST_CLAIM_TABLE),
  place: POST_CLAIM_TABLE.place,
  always: 't.valid_to IS NULL',
  sorts: {
    ID: { columns: [{ expression: 't.id', property: 'id', cast: 'uuid' }], direction: 'ASC', filters: [] },
  },
  filters: {},
};

/** Whether the grid is one that a party organization stands for. */
export async function hasGrid(transaction: PartyTransaction, gridCode: string): Promise<boolean> {
  return (await transaction.partyOrganization.findFirst({ where: { gridCode }, select: { id: true } })) !== null;
}

/** False when the member holds this post already. */
export async function insertPostClaim(
  transaction: PartyTransaction,
  data: Place & {
    readonly id: string;
    readonly memberId: string;
    readonly post: string;
    readonly duty: string;
    readonly reward: string;
    readonly validFrom: Date;
    readonly gridCode: string;
    readonly provenanceId: string;
  },
): Promise<boolean> {
  const { count } = await transaction.postClaim.createMany({ data: [data], skipDuplicates: true });
  return count === 1;
}

/** The post that a member holds, by its name; the caller has locked the member. */
export function findLivePostClaim(transaction: PartyTransaction, memberId: string, post: string) {
  return transaction.postClaim.findFirst({ where: { memberId, post, validTo: null } });
}

export async function closePostClaim(
  transaction: PartyTransaction,
  id: string,
  validTo: Date,
  provenanceId: string,
): Promise<void> {
  await transaction.postClaim.update({ where: { id }, data: { validTo, provenanceId } });
}
