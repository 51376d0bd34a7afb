import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findCodeKey, findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { insertApplicant, lockDevelopment, moveCategory } from '../../store/development/category-rows.ts';
import { hasGrid } from '../../store/life/post-claim-rows.ts';
import { findRuleInForce } from '../../store/life/rule-in-force.ts';
import type { MemberCategory } from '../../store/member-rows.ts';
import { findOrganization } from '../../store/membership-writes.ts';
import { addMonths } from '../add-months.ts';
import { HOLDS_MEMBERS } from '../holds-members.ts';
import { coversOrganization } from '../organization-place.ts';
import { dayOf, type RuleContext, write } from '../party-write.ts';
import { type DevelopmentEvent, developmentMachine, MONTHS_BEFORE } from './development-machine.ts';

export interface Developed {
  /** Global id. */
  readonly memberId: string;
}

export interface RegisterApplicantInput {
  readonly personId: string;
  readonly organizationId: string;
  readonly gridId: string;
  readonly appliedOn: string;
  readonly idempotencyKey: string;
}

/** Puts somebody on record who has applied to a branch of the caller's area; nobody twice. */
export function registerApplicant(context: RuleContext, input: RegisterApplicantInput): Promise<Developed | Refusal> {
  const { store, caller, clock } = context;
  return write(
    context,
    { mutation: 'registerPartyApplicant', dataset: 'party_member', input },
    async (transaction, provenanceId) => {
      if (input.appliedOn > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.appliedOn');
      const personId = findUuidKey('Person', input.personId);
      if (personId === undefined) return refuse('PERSON_NOT_FOUND', 'input.personId');
      const key = findUuidKey('PartyOrganization', input.organizationId);
      const organization = key === undefined ? null : await findOrganization(transaction, key);
      if (organization === null || !coversOrganization(caller, organization)) {
        return refuse('PARTY_ORGANIZATION_NOT_FOUND', 'input.organizationId');
      }
      if (!HOLDS_MEMBERS.has(organization.kind)) {
        return refuse('PARTY_ORGANIZATION_CANNOT_HOLD_MEMBERS', 'input.organizationId');
      }
      const gridCode = findCodeKey('Grid', 15, input.gridId);
      if (gridCode === undefined || !(await hasGrid(transaction, gridCode))) {
        return refuse('GRID_WITHOUT_BRANCH', 'input.gridId');
      }
      const place = {
        cityCode: gridCode.slice(0, 4),
        countyCode: gridCode.slice(0, 6),
        townshipCode: gridCode.slice(0, 9),
        communityCode: gridCode.slice(0, 12),
        gridCode,
      };
      if (!coversPlace(caller, place)) return refuse('GRID_WITHOUT_BRANCH', 'input.gridId');
      const id = store.ids.next();
      const applicant = { ...place, id, personId, organizationId: organization.id, provenanceId };
      if (!(await insertApplicant(transaction, applicant, dayOf(input.appliedOn)))) {
        return refuse('PERSON_ON_PARTY_RECORD', 'input.personId');
      }
      const memberId = globalId('PartyMember', id);
      const event = {
        eventType: 'party_member.applied',
        entityType: 'PartyMember',
        entityId: memberId,
        payload: { memberId, organizationId: input.organizationId },
        place,
      };
      return { answer: { memberId }, rowCount: 2, events: [event] };
    },
  );
}

export interface AdvanceDevelopmentInput {
  readonly memberId: string;
  readonly event: DevelopmentEvent;
  readonly on: string;
  readonly idempotencyKey: string;
}

/** Takes somebody one step further on a day; never out of turn, and not before the rules' months have passed. */
export function advanceDevelopment(context: RuleContext, input: AdvanceDevelopmentInput): Promise<Developed | Refusal> {
  const { store, caller, clock } = context;
  return write(
    context,
    { mutation: 'advancePartyMember', dataset: 'member_category', input },
    async (transaction, provenanceId) => {
      const { event, on } = input;
      if (on > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.on');
      const id = findUuidKey('PartyMember', input.memberId);
      const person = id === undefined ? null : await lockDevelopment(transaction, id);
      if (person === null || !coversPlace(caller, person)) return refuse('MEMBER_NOT_FOUND', 'input.memberId');
      const state = person.category;
      const taken = developmentMachine.take({ event, state, subject: null, caller, culprit: 'input.event' });
      if (isRefusal(taken)) return taken;
      const { since } = person;
      if (since !== null && on <= since) return refuse('DATE_BEFORE_CURRENT', 'input.on');
      const code = MONTHS_BEFORE[event];
      const rule = code === undefined ? null : await findRuleInForce(transaction, code, dayOf(on));
      if (rule !== null && since !== null && on < addMonths(since, rule.value)) {
        return refuse('CATEGORY_TOO_EARLY', 'input.on', { since, months: rule.value, basis: rule.legalBasis ?? '' });
      }
      const category: MemberCategory = taken.to;
      const to = { category, from: dayOf(on), membershipId: store.ids.next() };
      await moveCategory(transaction, person, to, provenanceId);
      const changed = {
        eventType: 'party_member.advanced',
        entityType: 'PartyMember',
        entityId: input.memberId,
        payload: { memberId: input.memberId, event, on },
        place: person,
      };
      return { answer: { memberId: input.memberId }, rowCount: category === 'PROBATIONARY' ? 3 : 2, events: [changed] };
    },
  );
}
