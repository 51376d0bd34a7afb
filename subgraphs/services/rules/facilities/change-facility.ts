import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { countBookingsOutside, lockFacility, updateFacility } from '../../store/facilities/facility-writes.ts';
import { insertStep } from '../../store/transition-steps.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { openingHours } from './opening-hours.ts';
import { type FacilityWritten, MAX_AREA } from './register-facility.ts';
import { isPosition, type Position } from './service-circle.ts';

export interface ChangeFacilityInput {
  readonly facilityId: string;
  readonly name?: string | null | undefined;
  readonly address?: string | null | undefined;
  readonly areaSquareMetres?: number | null | undefined;
  readonly position?: Position | null | undefined;
  readonly opensAt?: string | null | undefined;
  readonly closesAt?: string | null | undefined;
  readonly note: string;
  readonly idempotencyKey: string;
}

/**
 * 变更登记 — what changes of a facility in the ledger: name, address, floor area, position, opening hours; what is not
 * given stays. Another area has to be assessed anew before the next step; hours that would leave a booking outside are
 * refused. The history says what was changed, and why.
 */
export function changeFacility(call: ServicesCall, input: ChangeFacilityInput): Promise<FacilityWritten | Refusal> {
  const { caller, clock } = call;
  return writeServices(call, 'changeFacility', 'facility', input, async (transaction, provenanceId) => {
    const id = findUuidKey('Facility', input.facilityId);
    const facility = id === undefined ? null : await lockFacility(transaction, id);
    if (facility === null || !coversPlace(caller, facility)) return refuse('FACILITY_NOT_FOUND', 'input.facilityId');
    if (facility.stage === 'CLOSED') return refuse('FACILITY_CLOSED', 'input.facilityId');
    const note = plainText(input.note, 'input.note', 2, 500);
    if (isRefusal(note)) return note;
    const name = input.name == null ? undefined : plainText(input.name, 'input.name', 2, 60);
    if (isRefusal(name)) return name;
    const addressText = input.address == null ? undefined : plainText(input.address, 'input.address', 2, 120);
    if (isRefusal(addressText)) return addressText;
    const areaSquareMetres = input.areaSquareMetres ?? undefined;
    if (areaSquareMetres !== undefined && !(areaSquareMetres > 0 && areaSquareMetres <= MAX_AREA)) {
      return refuse('NUMBER_OUT_OF_RANGE', 'input.areaSquareMetres', { min: 1, max: MAX_AREA });
    }
    const { position, opensAt, closesAt } = input;
    if (position != null && !isPosition(position)) return refuse('POSITION_INVALID', 'input.position');
    const newHours = opensAt != null || closesAt != null;
    const hours = newHours ? openingHours(opensAt, closesAt, facility.bookable) : undefined;
    if (isRefusal(hours)) return hours;
    const at = clock.now();
    if (hours !== undefined) {
      const count = await countBookingsOutside(transaction, facility.id, hours, at);
      if (count > 0) return refuse('BOOKINGS_OUTSIDE_HOURS', 'input.opensAt', { count });
    }
    const changed = [
      ...(name === undefined ? [] : ['name']),
      ...(addressText === undefined ? [] : ['address']),
      ...(areaSquareMetres === undefined ? [] : ['areaSquareMetres']),
      ...(position == null ? [] : ['position']),
      ...(newHours ? ['openingHours'] : []),
    ];
    if (changed.length === 0) return refuse('NOTHING_CHANGED', 'input');
    await updateFacility(transaction, facility.id, {
      ...hours,
      ...(name === undefined ? {} : { name }),
      ...(addressText === undefined ? {} : { addressText }),
      // The floor area decides a clause of the standard.
      ...(areaSquareMetres === undefined ? {} : { areaSquareMetres, assessedInReview: false }),
      ...(position == null ? {} : { ...position, positionSynthetic: false }),
    });
    await insertStep(transaction, {
      ...{ subjectId: facility.id, event: 'CHANGE_RECORD', from: facility.stage, to: facility.stage, at, provenanceId },
      ...{ note: `${changed.join('、')}：${note}`, actorDepartmentCode: caller.departmentCode },
    });
    const answer = { facilityId: globalId('Facility', facility.id) };
    const event = { eventType: 'facility.changed', entityType: 'Facility', entityId: answer.facilityId };
    return { answer, rowCount: 2, events: [{ ...event, payload: { ...answer, changed }, place: facility }] };
  });
}
