import { dateText, dayNumber } from '../../../kit/calendar/china-day.ts';
import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { findUsccFlaw } from '../../../kit/uscc.ts';
import { getRuleInForce } from '../../store/governance-rule-rows.ts';
import {
  findPlannedVisits,
  insertInspection,
  joinInspection,
  lockTarget,
} from '../../store/incidents/inspection-writes.ts';
import { insertStep } from '../../store/transition-steps.ts';
import { findCommunityCode } from '../community-key.ts';
import { communityPlace } from '../community-place.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { inspectionMachine } from './inspection-machine.ts';

export interface PlanInspectionInput {
  readonly organizationUscc: string;
  readonly communityId: string;
  readonly plannedOn: string;
  readonly matter: string;
  readonly idempotencyKey: string;
}

export interface InspectionPlanned {
  readonly inspectionId: string;
}

/**
 * 综合查一次 — plans a visit of the caller's department to an organization. When another department already plans one
 * within the merging window in force, this one joins that visit instead of asking for a second. Parallel plans for one
 * organization wait for each other.
 */
export function planInspection(call: ServicesCall, input: PlanInspectionInput): Promise<InspectionPlanned | Refusal> {
  const { store, caller, clock } = call;
  return writeServices(call, 'planInspection', 'inspection', input, async (transaction, provenanceId) => {
    const uscc = input.organizationUscc.trim().toUpperCase();
    const flaw = findUsccFlaw(uscc);
    if (flaw !== undefined) return refuse('USCC_INVALID', 'input.organizationUscc', { ...flaw });
    const place = communityPlace(findCommunityCode(input.communityId) ?? '');
    if (place === undefined || !coversPlace(caller, place)) return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
    const matter = plainText(input.matter, 'input.matter', 2, 200);
    if (isRefusal(matter)) return matter;
    const today = dateInChina(clock.now());
    if (input.plannedOn < today) return refuse('DATE_IN_PAST', 'input.plannedOn');
    const window = await getRuleInForce(transaction, 'INSPECTION_MERGE', today);
    const reach = window.amount ?? 0;

    await lockTarget(transaction, uscc);
    const visits = await findPlannedVisits(
      transaction,
      uscc,
      dateText(Math.max(dayNumber(input.plannedOn) - reach, dayNumber(today))),
      dateText(dayNumber(input.plannedOn) + reach),
    );
    const distance = (visit: { plannedOn: string }) =>
      Math.abs(dayNumber(visit.plannedOn) - dayNumber(input.plannedOn));
    const [visit] = [...visits].sort((a, b) => distance(a) - distance(b));
    if (visit?.departments.includes(caller.departmentCode)) {
      return refuse('INSPECTION_ALREADY_PLANNED', 'input.organizationUscc', { date: visit.plannedOn });
    }
    const part = { departmentCode: caller.departmentCode, matter, askedOn: input.plannedOn, provenanceId };
    const id = visit?.id ?? store.ids.next();
    if (visit === undefined) {
      await insertInspection(transaction, {
        id,
        organizationUscc: uscc,
        plannedOn: input.plannedOn,
        place,
        provenanceId,
      });
      await insertStep(transaction, {
        ...{ subjectId: id, event: 'PLAN', from: null, to: inspectionMachine.initial, at: clock.now(), provenanceId },
        actorDepartmentCode: caller.departmentCode,
      });
    }
    await joinInspection(transaction, id, part);
    const answer = { inspectionId: globalId('Inspection', id) };
    const event = {
      eventType: visit === undefined ? 'inspection.planned' : 'inspection.merged',
      entityType: 'Inspection',
      entityId: answer.inspectionId,
      payload: { ...answer, departmentCode: caller.departmentCode, plannedOn: visit?.plannedOn ?? input.plannedOn },
      place,
    };
    return { answer, rowCount: visit === undefined ? 3 : 1, events: [event] };
  });
}
