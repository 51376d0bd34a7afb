import { dateInChina } from '../../../kit/clock.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findCodeKey, findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { lockSubject } from '../../store/bodies/engagement-writes.ts';
import { dateColumn, dayOfColumn } from '../../store/organizations-transaction.ts';
import { lockProgramme } from '../../store/registers/programme-rows.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { textFlaw } from '../plain-text.ts';

export interface Designated {
  readonly designationId: string;
}

export interface DesignateCommunityInput {
  readonly communityId: string;
  readonly programmeCode: string;
  readonly validFrom: string;
  readonly phase?: number | null | undefined;
  readonly idempotencyKey: string;
}

/** Puts a community under a programme of its city; once at a time. A roll-out says in which phase, others have none. */
export function designateCommunity(
  context: RuleContext,
  input: DesignateCommunityInput,
): Promise<Designated | Refusal> {
  const { store, caller, clock } = context;
  const mutation = 'designateCommunity';
  return write(context, { mutation, dataset: 'designation', input }, async (transaction, provenanceId) => {
    if (input.validFrom > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.validFrom');
    const key = findCodeKey('Community', 12, input.communityId);
    const community = key === undefined ? null : await lockSubject(transaction, 'COMMUNITY', key);
    if (key === undefined || community === null || !coversPlace(caller, community)) {
      return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
    }
    const { validTo: ended } = community;
    if (ended != null) return refuse('DIVISION_ENDED', 'input.communityId', { validTo: ended });
    const programme = await lockProgramme(transaction, community.cityCode, input.programmeCode);
    if (programme === null) return refuse('PROGRAMME_NOT_FOUND', 'input.programmeCode');
    const phase = input.phase ?? null;
    const phased = programme.kind === 'ROLLOUT';
    if (phased !== (phase !== null) || (phase !== null && (phase < 1 || phase > 20))) {
      return refuse(phased ? 'PHASE_REQUIRED' : 'PHASE_NOT_SERVED', 'input.phase');
    }
    const last = await transaction.designation.findFirst({
      where: {
        programmeId: programme.id,
        communityCode: key,
        OR: [{ validTo: null }, { validTo: { gt: dateColumn(input.validFrom) } }],
      },
    });
    if (last !== null) return refuse('DESIGNATION_EXISTS', 'input.programmeCode');
    const id = store.ids.next();
    const { cityCode, countyCode, townshipCode, communityCode } = community;
    await transaction.designation.create({
      data: {
        id,
        programmeId: programme.id,
        validFrom: dateColumn(input.validFrom),
        phase,
        cityCode,
        countyCode,
        townshipCode,
        communityCode,
        provenanceId,
      },
    });
    const answer = { designationId: globalId('Designation', id) };
    const event = {
      eventType: 'community.designated',
      entityType: 'Designation',
      entityId: answer.designationId,
      payload: { ...answer, programmeCode: input.programmeCode },
      place: community,
    };
    return { answer, rowCount: 1, events: [event] };
  });
}

export interface EndDesignationInput {
  readonly designationId: string;
  readonly validTo: string;
  readonly reason: string;
  readonly idempotencyKey: string;
}

/** Ends a designation; it stays on record. */
export function endDesignation(context: RuleContext, input: EndDesignationInput): Promise<Designated | Refusal> {
  const { caller, clock } = context;
  const mutation = 'endDesignation';
  return write(context, { mutation, dataset: 'designation', input }, async (transaction, provenanceId) => {
    const flaw = textFlaw(input.reason, 'input.reason', 2, 80);
    if (flaw !== undefined) return flaw;
    if (input.validTo > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.validTo');
    const key = findUuidKey('Designation', input.designationId);
    const found = key === undefined ? null : await transaction.designation.findUnique({ where: { id: key } });
    const community = found === null ? null : await lockSubject(transaction, 'COMMUNITY', found.communityCode);
    if (found === null || community === null || !coversPlace(caller, community)) {
      return refuse('DESIGNATION_NOT_FOUND', 'input.designationId');
    }
    // Read again under the community's lock.
    const row = await transaction.designation.findUniqueOrThrow({ where: { id: found.id } });
    if (row.validTo !== null) return refuse('DESIGNATION_ENDED', 'input.designationId');
    if (dayOfColumn(row.validFrom) >= input.validTo) return refuse('DATE_BEFORE_CURRENT', 'input.validTo');
    await transaction.designation.update({
      where: { id: row.id },
      data: { validTo: dateColumn(input.validTo), endReason: input.reason, provenanceId },
    });
    const answer = { designationId: input.designationId };
    const event = {
      eventType: 'community.designation-ended',
      entityType: 'Designation',
      entityId: input.designationId,
      payload: { ...answer, validTo: input.validTo },
      place: community,
    };
    return { answer, rowCount: 1, events: [event] };
  });
}
