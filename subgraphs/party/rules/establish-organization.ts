import { dateInChina } from '../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../kit/codes/refusals.ts';
import { findCodeKey, findUuidKey, globalId } from '../../kit/global-id.ts';
import { organizationCodeOf } from '../../kit/party-organization-code.ts';
import { coversPlace, type Place } from '../../kit/store/place-scope.ts';
import { findRuleInForce } from '../store/life/rule-in-force.ts';
import { lockMember, membershipsOf, type PartyTransaction, replaceMembership } from '../store/membership-writes.ts';
import type { PartyOrganizationKind } from '../store/organization-rows.ts';
import {
  countFull,
  hasChildNamed,
  hasGridBranch,
  hasMicroGridGroup,
  type LockedOrganization,
  lockOrganization,
} from '../store/organization-writes.ts';
import { addMonths } from './add-months.ts';
import { coversOrganization, finestDivisionCode } from './organization-place.ts';
import { dayOf, type RuleContext, textFlaw, write } from './party-write.ts';

/** Kinds that are set up from below; committees are set up by the party's own congresses. */
export const establishedKinds = [
  'GENERAL_BRANCH',
  'BRANCH',
  'GRID_BRANCH',
  'JOINT_BRANCH',
  'MICRO_GRID_GROUP',
  'GROUP',
] as const;
export type EstablishedKind = (typeof establishedKinds)[number];

export interface EstablishOrganizationInput {
  readonly kind: EstablishedKind;
  readonly name: string;
  readonly parentOrganizationId: string;
  readonly gridId?: string | null | undefined;
  readonly hostKind?: 'CIVIC_TEAM' | 'STAIRWELL' | 'UNIT' | null | undefined;
  readonly hostName?: string | null | undefined;
  readonly microGridId?: string | null | undefined;
  /** Units that a joint branch covers. */
  readonly coveredUnits?: readonly string[] | null | undefined;
  readonly memberIds: readonly string[];
  readonly establishedOn: string;
  readonly idempotencyKey: string;
}

export interface OrganizationChanged {
  /** Global id. */
  readonly organizationId: string;
}

const BRANCHES: readonly PartyOrganizationKind[] = ['BRANCH', 'GRID_BRANCH', 'JOINT_BRANCH'];
const LED_BY: Readonly<Record<EstablishedKind, readonly PartyOrganizationKind[]>> = {
  GENERAL_BRANCH: ['COMMITTEE'],
  BRANCH: ['COMMITTEE', 'GENERAL_BRANCH'],
  GRID_BRANCH: ['COMMITTEE', 'GENERAL_BRANCH', 'BRANCH'],
  JOINT_BRANCH: ['COMMITTEE', 'GENERAL_BRANCH'],
  MICRO_GRID_GROUP: ['GRID_BRANCH'],
  GROUP: [...BRANCHES, 'GENERAL_BRANCH'],
};

/**
 * Sets an organization up below another one of the caller's area, with the members who are to belong to it. A branch
 * needs so many full members by the rule in force on that day; its term runs by the rule for its kind. A joint branch
 * names the units that it covers. One branch per grid, one group per micro-grid, one name below one organization.
 */
export function establishOrganization(
  context: RuleContext,
  input: EstablishOrganizationInput,
): Promise<OrganizationChanged | Refusal> {
  const { store, caller, clock } = context;
  return write(
    context,
    { mutation: 'establishPartyOrganization', dataset: 'party_organization', input },
    async (transaction, provenanceId) => {
      const { establishedOn, kind } = input;
      const name = input.name.trim();
      const flaw = textFlaw(name, 'input.name', 4, 60);
      if (flaw !== undefined) return flaw;
      if (establishedOn > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.establishedOn');
      const host = hostOf(input);
      if (isRefusal(host)) return host;
      const coveredUnits = unitsOf(input);
      if (isRefusal(coveredUnits)) return coveredUnits;
      const parentKey = findUuidKey('PartyOrganization', input.parentOrganizationId);
      const parent = parentKey === undefined ? null : await lockOrganization(transaction, parentKey);
      if (parent === null || !coversOrganization(caller, parent)) {
        return refuse('PARTY_ORGANIZATION_NOT_FOUND', 'input.parentOrganizationId');
      }
      if (!LED_BY[kind].includes(parent.kind)) return refuse('PARTY_PARENT_UNFIT', 'input.parentOrganizationId');
      const place = await placeBelow(transaction, parent, input);
      if (isRefusal(place)) return place;
      if (await hasChildNamed(transaction, parent.id, name)) return refuse('PARTY_NAME_TAKEN', 'input.name');

      const id = store.ids.next();
      const day = dayOf(establishedOn);
      const members = await foundingMembers(context, transaction, input);
      if (isRefusal(members)) return members;
      await transaction.partyOrganization.create({
        data: {
          id,
          kind,
          name,
          parentId: parent.id,
          establishedOn: day,
          termEndsOn: await termEnd(transaction, { kind, ...place, ...host }, establishedOn),
          ...place,
          ...host,
          coveredUnits: [...coveredUnits],
          organizationCode: organizationCodeOf(id),
          provenanceId,
        },
      });
      for (const { closeId, memberId } of members) {
        const transfer = { closeId, newId: store.ids.next(), memberId, organizationId: id, from: day, provenanceId };
        await replaceMembership(transaction, transfer);
      }
      const organizationId = globalId('PartyOrganization', id);
      const event = {
        eventType: 'party_organization.established',
        entityType: 'PartyOrganization',
        entityId: organizationId,
        payload: { organizationId, kind, parentId: input.parentOrganizationId, ofPlaceCode: finestDivisionCode(place) },
        place: undefined,
      };
      const moves = members.map(({ place: where, memberId, formerId }) => ({
        eventType: 'membership.transferred',
        entityType: 'PartyMember',
        entityId: globalId('PartyMember', memberId),
        payload: {
          memberId: globalId('PartyMember', memberId),
          fromOrganizationId: globalId('PartyOrganization', formerId),
          toOrganizationId: organizationId,
          from: establishedOn,
        },
        place: where,
      }));
      return { answer: { organizationId }, rowCount: 1 + members.length, events: [event, ...moves] };
    },
  );
}

/** A group says what it is set up in; nothing else may, but for a unit's own branch. */
function hostOf({ hostKind = null, hostName, kind }: EstablishOrganizationInput) {
  const name = hostName?.trim() ?? '';
  if (kind !== 'GROUP' && hostKind === null) return { hostKind: null, hostName: null };
  if (hostKind === null || name === '') return refuse('PARTY_HOST_REQUIRED', 'input.hostName');
  return textFlaw(name, 'input.hostName', 2, 60) ?? { hostKind, hostName: name };
}

/** The units of a joint branch, two at least: how many it generally covers is a rule that warns and does not refuse. */
function unitsOf({ coveredUnits, kind }: EstablishOrganizationInput): readonly string[] | Refusal {
  const units = (coveredUnits ?? []).map((unit) => unit.trim());
  if (kind !== 'JOINT_BRANCH') return units.length === 0 ? [] : refuse('PARTY_UNITS_UNFIT', 'input.coveredUnits');
  if (units.length < 2 || new Set(units).size < units.length) return refuse('PARTY_UNITS_UNFIT', 'input.coveredUnits');
  for (const [index, unit] of units.entries()) {
    const flaw = textFlaw(unit, `input.coveredUnits.${index}`, 2, 60);
    if (flaw !== undefined) return flaw;
  }
  return units;
}

/** Where the new organization lies: where the one above does, or in a grid of it. */
async function placeBelow(
  transaction: PartyTransaction,
  parent: LockedOrganization,
  { gridId, kind, microGridId }: EstablishOrganizationInput,
) {
  const { cityCode, communityCode, countyCode, gridCode, townshipCode } = parent;
  if (kind === 'MICRO_GRID_GROUP') {
    const microGridCode = microGridId == null ? undefined : findCodeKey('MicroGrid', 18, microGridId);
    if (microGridCode === undefined || gridCode === null || !microGridCode.startsWith(gridCode)) {
      return refuse('MICRO_GRID_NOT_FOUND', 'input.microGridId');
    }
    if (await hasMicroGridGroup(transaction, microGridCode)) return refuse('MICRO_GRID_HAS_GROUP', 'input.microGridId');
    return { cityCode, countyCode, townshipCode, communityCode, gridCode, microGridCode };
  }
  if (kind !== 'GRID_BRANCH') return { cityCode, countyCode, townshipCode, communityCode, gridCode };
  const own = gridId == null ? undefined : findCodeKey('Grid', 15, gridId);
  if (own === undefined) return refuse('GRID_NOT_FOUND', 'input.gridId');
  if (!own.startsWith(finestDivisionCode(parent))) return refuse('PARTY_PARENT_UNFIT', 'input.parentOrganizationId');
  if (await hasGridBranch(transaction, own)) return refuse('GRID_HAS_BRANCH', 'input.gridId');
  return {
    cityCode: own.slice(0, 4),
    countyCode: own.slice(0, 6),
    townshipCode: own.slice(0, 9),
    communityCode: own.slice(0, 12),
    gridCode: own,
  };
}

interface FoundingMember {
  readonly memberId: string;
  readonly formerId: string;
  readonly closeId: string | undefined;
  readonly place: Place;
}

/** Those who are to belong to it, locked in one order, with the membership that ends. */
async function foundingMembers(
  { caller }: RuleContext,
  transaction: PartyTransaction,
  { establishedOn, kind, memberIds }: EstablishOrganizationInput,
): Promise<readonly FoundingMember[] | Refusal> {
  const day = dayOf(establishedOn);
  const keys = memberIds.map((id) => findUuidKey('PartyMember', id));
  const found: FoundingMember[] = [];
  for (const key of [...new Set(keys)].sort()) {
    const culprit = `input.memberIds.${keys.indexOf(key)}`;
    const member = key === undefined ? null : await lockMember(transaction, key);
    if (member === null || !coversPlace(caller, member)) return refuse('MEMBER_NOT_FOUND', culprit);
    const memberships = await membershipsOf(transaction, member.id);
    const live = memberships.find(({ validTo }) => validTo === null);
    if (memberships.some(({ validFrom, validTo }) => (validTo === null ? day <= validFrom : day < validTo))) {
      return refuse('DATE_BEFORE_CURRENT', culprit);
    }
    found.push({ memberId: member.id, formerId: member.organizationId, closeId: live?.id, place: member });
  }
  if (kind !== 'BRANCH' && kind !== 'GRID_BRANCH') return found;
  const rule = await findRuleInForce(transaction, 'BRANCH_MEMBERS_MIN', day);
  const full = await countFull(
    transaction,
    found.map(({ memberId }) => memberId),
  );
  return rule !== null && full < rule.value
    ? refuse('BRANCH_TOO_SMALL', 'input.memberIds', { min: rule.value, basis: rule.legalBasis ?? '' })
    : found;
}

/** The last day of a term that begins on a day; none for a group. Villages and communities have a term of their own. */
async function termEnd(
  transaction: PartyTransaction,
  organization: Pick<LockedOrganization, 'kind' | 'communityCode' | 'hostKind'>,
  from: string,
): Promise<Date | null> {
  const { communityCode, hostKind, kind } = organization;
  if (kind === 'GROUP' || kind === 'MICRO_GRID_GROUP') return null;
  const code = communityCode !== null && hostKind === null ? 'TERM_YEARS_GRASSROOTS' : 'TERM_YEARS_OTHER';
  const rule = await findRuleInForce(transaction, code, dayOf(from));
  return rule === null ? null : dayOf(addMonths(from, rule.value * 12));
}

export interface RenewTermInput {
  readonly organizationId: string;
  readonly secretaryName: string;
  readonly electedOn: string;
  readonly idempotencyKey: string;
}

/** 换届: a new term by the rule in force on the day of the election, and who leads. */
export function renewTerm(context: RuleContext, input: RenewTermInput): Promise<OrganizationChanged | Refusal> {
  const { caller, clock } = context;
  return write(
    context,
    { mutation: 'renewPartyTerm', dataset: 'party_organization', input },
    async (transaction, provenanceId) => {
      const secretaryName = input.secretaryName.trim();
      const flaw = textFlaw(secretaryName, 'input.secretaryName', 2, 30);
      if (flaw !== undefined) return flaw;
      if (input.electedOn > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.electedOn');
      const key = findUuidKey('PartyOrganization', input.organizationId);
      const organization = key === undefined ? null : await lockOrganization(transaction, key);
      if (organization === null || !coversOrganization(caller, organization)) {
        return refuse('PARTY_ORGANIZATION_NOT_FOUND', 'input.organizationId');
      }
      const termEndsOn = await termEnd(transaction, organization, input.electedOn);
      if (termEndsOn === null) return refuse('ORGANIZATION_WITHOUT_TERM', 'input.organizationId');
      const present = organization.termEndsOn === null ? null : dayOf(organization.termEndsOn);
      if (input.electedOn <= organization.establishedOn || (present !== null && termEndsOn <= present)) {
        return refuse('TERM_NOT_LONGER', 'input.electedOn');
      }
      await transaction.partyOrganization.update({
        where: { id: organization.id },
        data: { termEndsOn, secretaryName, secretaryPersonId: null, provenanceId },
      });
      const event = {
        eventType: 'party_organization.term_renewed',
        entityType: 'PartyOrganization',
        entityId: input.organizationId,
        payload: { organizationId: input.organizationId, ofPlaceCode: finestDivisionCode(organization) },
        place: undefined,
      };
      return { answer: { organizationId: input.organizationId }, rowCount: 1, events: [event] };
    },
  );
}
