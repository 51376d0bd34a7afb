import type { Caller } from '../../kit/caller/caller.ts';
import { type Clock, dateInChina } from '../../kit/clock.ts';
import { type Refusal, refuse } from '../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../kit/global-id.ts';
import { coversPlace } from '../../kit/store/place-scope.ts';
import { carryOut } from '../../kit/store/write-request.ts';
import {
  findOrganization,
  lockMember,
  membershipsOf,
  openPartyTransaction,
  replaceMembership,
} from '../store/membership-writes.ts';
import type { PartyStore } from '../store/party-store.ts';
import { HOLDS_MEMBERS } from './holds-members.ts';

export interface TransferMembershipInput {
  readonly memberId: string;
  readonly toOrganizationId: string;
  /** First day in the new organization, `YYYY-MM-DD`. */
  readonly from: string;
  readonly idempotencyKey: string;
}

export interface MembershipTransferred {
  readonly memberId: string;
  /** Key of the new membership; memberships are no entities of the graph. */
  readonly membershipKey: string;
  readonly closedMembershipKey: string | null;
}

/**
 * Transfers a member to another party organization: the live membership ends on the first day of the new one.
 *
 * The member must live in the caller's area; the organization may lie elsewhere. Refuses a day in the future, a day not
 * after the start of the current membership (or before the end of the last), the organization that the member belongs
 * to already, and one that holds no members.
 */
export function transferMembership(
  store: PartyStore,
  caller: Caller,
  clock: Clock,
  input: TransferMembershipInput,
): Promise<MembershipTransferred | Refusal> {
  const request = {
    mutation: 'transferMembership',
    dataset: 'membership',
    caller,
    clock,
    ids: store.ids,
    idempotencyKey: input.idempotencyKey,
    input,
  };
  return carryOut(openPartyTransaction(store), request, async (transaction, provenanceId) => {
    if (input.from > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.from');
    const memberKey = findUuidKey('PartyMember', input.memberId);
    const member = memberKey === undefined ? null : await lockMember(transaction, memberKey);
    if (member === null || !coversPlace(caller, member)) return refuse('MEMBER_NOT_FOUND', 'input.memberId');
    const organizationKey = findUuidKey('PartyOrganization', input.toOrganizationId);
    const organization = organizationKey === undefined ? null : await findOrganization(transaction, organizationKey);
    if (organization === null) return refuse('PARTY_ORGANIZATION_NOT_FOUND', 'input.toOrganizationId');

    const memberships = await membershipsOf(transaction, member.id);
    const live = memberships.find(({ validTo }) => validTo === null);
    if ((live ?? member).organizationId === organization.id) {
      return refuse('MEMBERSHIP_UNCHANGED', 'input.toOrganizationId');
    }
    if (!HOLDS_MEMBERS.has(organization.kind)) {
      return refuse('PARTY_ORGANIZATION_CANNOT_HOLD_MEMBERS', 'input.toOrganizationId');
    }
    const from = new Date(`${input.from}T00:00:00Z`);
    const overlaps = memberships.some(({ validFrom, validTo }) =>
      validTo === null ? from <= validFrom : from < validTo,
    );
    if (overlaps) return refuse('DATE_BEFORE_CURRENT', 'input.from');

    const newId = store.ids.next();
    await replaceMembership(transaction, {
      closeId: live?.id,
      newId,
      memberId: member.id,
      organizationId: organization.id,
      from,
      provenanceId,
    });
    const answer = {
      memberId: globalId('PartyMember', member.id),
      membershipKey: newId,
      closedMembershipKey: live?.id ?? null,
    };
    const event = {
      eventType: 'membership.transferred',
      entityType: 'PartyMember',
      entityId: answer.memberId,
      payload: {
        ...answer,
        fromOrganizationId: globalId('PartyOrganization', member.organizationId),
        toOrganizationId: globalId('PartyOrganization', organization.id),
        from: input.from,
      },
      place: member,
    };
    return { answer, rowCount: live === undefined ? 2 : 3, events: [event] };
  });
}
