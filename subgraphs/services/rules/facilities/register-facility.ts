import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace, type Place } from '../../../kit/store/place-scope.ts';
import type { FacilityKind, FacilityTier } from '../../store/facilities/facility-rows.ts';
import {
  findCentreOf,
  insertFacility,
  insertUpgrade,
  lockFacility,
  replaceServings,
  updateFacility,
} from '../../store/facilities/facility-writes.ts';
import type { ServicesTransaction } from '../../store/services-transaction.ts';
import { insertStep } from '../../store/transition-steps.ts';
import { findCommunityCode } from '../community-key.ts';
import { communityPlace } from '../community-place.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { type FacilityEvent, facilityMachine } from './facility-machine.ts';
import { openingHours } from './opening-hours.ts';
import { isPosition, type Position } from './service-circle.ts';

export interface FacilityWritten {
  readonly facilityId: string;
}

export interface RegisterFacilityInput {
  readonly communityId: string;
  readonly kind: FacilityKind;
  readonly tier: FacilityTier;
  readonly name: string;
  readonly address: string;
  readonly areaSquareMetres: number;
  readonly position?: Position | null | undefined;
  readonly opensAt?: string | null | undefined;
  readonly closesAt?: string | null | undefined;
  readonly bookable: boolean;
  readonly oneDoor: boolean;
  readonly idempotencyKey: string;
}

export const MAX_AREA = 200_000;

/** 登记设施 — enters a facility that is being built into the ledger; it serves the community in which it stands. */
export function registerFacility(call: ServicesCall, input: RegisterFacilityInput): Promise<FacilityWritten | Refusal> {
  const { store, caller, clock } = call;
  return writeServices(call, 'registerFacility', 'facility', input, async (transaction, provenanceId) => {
    const place = communityPlace(findCommunityCode(input.communityId) ?? '');
    if (place === undefined || !coversPlace(caller, place)) return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
    const name = plainText(input.name, 'input.name', 2, 60);
    if (isRefusal(name)) return name;
    const addressText = plainText(input.address, 'input.address', 2, 120);
    if (isRefusal(addressText)) return addressText;
    const { areaSquareMetres, kind, tier, bookable, oneDoor } = input;
    if (!(areaSquareMetres > 0 && areaSquareMetres <= MAX_AREA)) {
      return refuse('NUMBER_OUT_OF_RANGE', 'input.areaSquareMetres', { min: 1, max: MAX_AREA });
    }
    const position = input.position ?? null;
    if (position !== null && !isPosition(position)) return refuse('POSITION_INVALID', 'input.position');
    const hours = openingHours(input.opensAt, input.closesAt, bookable);
    if (isRefusal(hours)) return hours;
    const id = store.ids.next();
    await insertFacility(transaction, {
      ...{ id, kind, name, tier, areaSquareMetres, oneDoor, stage: facilityMachine.initial, addressText, bookable },
      ...{ longitude: position?.longitude ?? null, latitude: position?.latitude ?? null, positionSynthetic: false },
      ...{ ...hours, provenanceId, ...place },
    });
    await replaceServings(transaction, id, [place.communityCode]);
    await insertStep(transaction, {
      ...{ subjectId: id, event: 'REGISTER', from: null, to: facilityMachine.initial, at: clock.now(), provenanceId },
      actorDepartmentCode: caller.departmentCode,
    });
    return written(id, 'facility.registered', { kind, tier }, place, 3);
  });
}

function written(id: string, eventType: string, more: object, place: Place, rowCount: number) {
  const answer = { facilityId: globalId('Facility', id) };
  const event = { eventType, entityType: 'Facility', entityId: answer.facilityId };
  return { answer, rowCount, events: [{ ...event, payload: { ...answer, ...more }, place }] };
}

async function lockVisible({ caller }: ServicesCall, transaction: ServicesTransaction, facilityGlobalId: string) {
  const id = findUuidKey('Facility', facilityGlobalId);
  const facility = id === undefined ? null : await lockFacility(transaction, id);
  return facility !== null && coversPlace(caller, facility) ? facility : null;
}

export interface AdvanceFacilityInput {
  readonly facilityId: string;
  readonly event: FacilityEvent;
  readonly note?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** Takes one step in the life of a facility. */
export function advanceFacility(call: ServicesCall, input: AdvanceFacilityInput): Promise<FacilityWritten | Refusal> {
  const { caller, clock } = call;
  return writeServices(call, 'advanceFacility', 'facility', input, async (transaction, provenanceId) => {
    const facility = await lockVisible(call, transaction, input.facilityId);
    if (facility === null) return refuse('FACILITY_NOT_FOUND', 'input.facilityId');
    const note = input.note == null ? null : plainText(input.note, 'input.note', 2, 500);
    if (isRefusal(note)) return note;
    const at = clock.now();
    const taken = facilityMachine.take({
      ...{ event: input.event, state: facility.stage, caller, given: { ...input }, culprit: 'input.event' },
      subject: { meetsStandard: facility.meetsStandard, assessed: facility.assessedInReview },
    });
    if (isRefusal(taken)) return taken;
    await updateFacility(transaction, facility.id, {
      stage: taken.to,
      ...(taken.event === 'OPEN' ? { openedOn: dateInChina(at) } : {}),
      ...(taken.to === 'MANAGE' ? { assessedInReview: false } : {}),
    });
    await insertStep(transaction, {
      ...{ subjectId: facility.id, ...taken, at, note, provenanceId, actorDepartmentCode: caller.departmentCode },
    });
    return written(facility.id, 'facility.stepped', { event: taken.event, toState: taken.to }, facility, 2);
  });
}

export interface SetFacilityServingInput {
  readonly facilityId: string;
  readonly communityIds: readonly string[];
  readonly idempotencyKey: string;
}

const MAX_SERVED = 200;

/**
 * 服务范围 — which communities a facility serves from now on: one centre may serve several. A community has one party and
 * mass service centre; a second one is refused and names the first.
 */
export function setFacilityServing(
  call: ServicesCall,
  input: SetFacilityServingInput,
): Promise<FacilityWritten | Refusal> {
  const { caller } = call;
  return writeServices(call, 'setFacilityServing', 'facility', input, async (transaction) => {
    const facility = await lockVisible(call, transaction, input.facilityId);
    if (facility === null) return refuse('FACILITY_NOT_FOUND', 'input.facilityId');
    if (facility.stage === 'CLOSED') return refuse('FACILITY_CLOSED', 'input.facilityId');
    if (input.communityIds.length < 1 || input.communityIds.length > MAX_SERVED) {
      return refuse('NUMBER_OUT_OF_RANGE', 'input.communityIds', { min: 1, max: MAX_SERVED });
    }
    const codes: string[] = [];
    for (const [index, id] of input.communityIds.entries()) {
      const place = communityPlace(findCommunityCode(id) ?? '');
      if (place === undefined || !coversPlace(caller, place)) {
        return refuse('COMMUNITY_NOT_FOUND', `input.communityIds.${index}`);
      }
      if (facility.kind === 'PARTY_MASS_SERVICE_CENTRE') {
        const other = await findCentreOf(transaction, place.communityCode, facility.kind);
        if (other !== null && other.id !== facility.id) {
          return refuse('COMMUNITY_HAS_CENTRE', `input.communityIds.${index}`, { name: other.name });
        }
      }
      codes.push(place.communityCode);
    }
    const rowCount = await replaceServings(transaction, facility.id, [...new Set(codes)].sort());
    return written(facility.id, 'facility.servingSet', { communities: codes.length }, facility, rowCount);
  });
}

export interface GrantFacilityUpgradeInput {
  readonly communityId: string;
  readonly year: number;
  readonly grantYuan: number;
  readonly idempotencyKey: string;
}

/** 提升完善工程 — a grant of a year to a community for its facilities; one a year. */
export function grantFacilityUpgrade(
  call: ServicesCall,
  input: GrantFacilityUpgradeInput,
): Promise<{ communityCode: string; year: number; grantYuan: number } | Refusal> {
  const { store, caller, clock } = call;
  return writeServices(call, 'grantFacilityUpgrade', 'facility-upgrade', input, async (transaction, provenanceId) => {
    const place = communityPlace(findCommunityCode(input.communityId) ?? '');
    if (place === undefined || !coversPlace(caller, place)) return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
    const thisYear = Number(dateInChina(clock.now()).slice(0, 4));
    const { year, grantYuan } = input;
    if (year < 2000 || year > thisYear)
      return refuse('NUMBER_OUT_OF_RANGE', 'input.year', { min: 2000, max: thisYear });
    if (!Number.isInteger(grantYuan) || grantYuan < 1 || grantYuan > 100_000_000) {
      return refuse('NUMBER_OUT_OF_RANGE', 'input.grantYuan', { min: 1, max: 100_000_000 });
    }
    const id = store.ids.next();
    if (!(await insertUpgrade(transaction, { id, year, grantYuan, provenanceId, ...place }))) {
      return refuse('UPGRADE_ALREADY_GRANTED', 'input.year', { year });
    }
    const answer = { communityCode: place.communityCode, year, grantYuan };
    const event = { eventType: 'facility.upgradeGranted', entityType: 'Community', entityId: input.communityId };
    return { answer, rowCount: 1, events: [{ ...event, payload: answer, place }] };
  });
}
