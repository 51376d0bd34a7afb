import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import type { ChangeEvent } from '../../../kit/store/write-request.ts';
import { getRuleInForce } from '../../store/governance-rule-rows.ts';
import type { ServicesTransaction } from '../../store/services-transaction.ts';
import { insertStep } from '../../store/transition-steps.ts';
import { addCertifiedMinutes } from '../../store/volunteering/volunteer-registration-rows.ts';
import {
  certifyRecord,
  findPlaceOfPoints,
  ISSUER,
  insertActivity,
  insertRecord,
  insertRedemption,
  lockActivity,
  lockRecord,
  movePoints,
} from '../../store/volunteering/volunteering-rows.ts';
import { findCommunityCode } from '../community-key.ts';
import { communityPlace } from '../community-place.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import {
  type VolunteerRecordEvent,
  type VolunteerRecordState,
  volunteerRecordMachine,
} from './volunteer-record-machine.ts';

export const activityKinds = {
  PATROL: { zh: '平安巡查', en: 'Safety patrol' },
  ANTI_FRAUD: { zh: '反诈宣传', en: 'Education against fraud' },
  ELDER_CARE: { zh: '助老服务', en: 'Help for the elderly' },
  ENVIRONMENT: { zh: '环境整治', en: 'Care for the environment' },
  CULTURE: { zh: '文体活动', en: 'Culture and sport' },
  MORAL_PANEL: { zh: '道德评判团', en: 'Moral panel' },
  FAMILY_VALUES: { zh: '家风家训传承', en: 'Passing on family values' },
  TRAINING: { zh: '志愿服务培训', en: 'Training of volunteers' },
} as const;
export type ActivityKind = keyof typeof activityKinds;

export interface OpenActivityInput {
  readonly communityId: string;
  readonly kind: ActivityKind;
  readonly title: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly capacity: number;
  readonly idempotencyKey: string;
}

const MAX_CAPACITY = 5000;
const DAY_MILLISECONDS = 86_400_000;

/** Opens an activity for volunteers. */
export function openActivity(call: ServicesCall, input: OpenActivityInput): Promise<{ activityId: string } | Refusal> {
  const { store, caller } = call;
  return writeServices(call, 'openActivity', 'activity', input, async (transaction, provenanceId) => {
    const place = communityPlace(findCommunityCode(input.communityId) ?? '');
    if (place === undefined || !coversPlace(caller, place)) return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
    const title = plainText(input.title, 'input.title', 2, 120);
    if (isRefusal(title)) return title;
    const length = input.endsAt.getTime() - input.startsAt.getTime();
    if (length <= 0 || length > DAY_MILLISECONDS) return refuse('PERIOD_INVALID', 'input.endsAt');
    if (!Number.isInteger(input.capacity) || input.capacity < 1 || input.capacity > MAX_CAPACITY) {
      return refuse('NUMBER_OUT_OF_RANGE', 'input.capacity', { min: 1, max: MAX_CAPACITY });
    }
    const id = store.ids.next();
    const { kind, startsAt, endsAt, capacity } = input;
    await insertActivity(transaction, {
      ...{ id, kind, title, startsAt, endsAt, capacity, provenanceId, ...place },
      organizerDepartmentCode: caller.departmentCode,
    });
    const answer = { activityId: globalId('Activity', id) };
    const event = { eventType: 'activity.opened', entityType: 'Activity', entityId: answer.activityId };
    return { answer, rowCount: 1, events: [{ ...event, payload: { ...answer, kind }, place }] };
  });
}

export interface RecordVolunteeringInput {
  readonly activityId: string;
  readonly personId: string;
  readonly minutes: number;
  readonly idempotencyKey: string;
}

/** Nobody serves for longer than an activity lasted. */
export function longestMinutes({ startsAt, endsAt }: { readonly startsAt: Date; readonly endsAt: Date }): number {
  return Math.floor((endsAt.getTime() - startsAt.getTime()) / 60_000);
}

/** Records a volunteer's minutes in an activity that has ended; one record per person, no more than it lasted. */
export function recordVolunteering(
  call: ServicesCall,
  input: RecordVolunteeringInput,
): Promise<{ recordId: string; personId: string } | Refusal> {
  const { store, caller, clock } = call;
  return writeServices(call, 'recordVolunteering', 'volunteer-record', input, async (transaction, provenanceId) => {
    const activityId = findUuidKey('Activity', input.activityId);
    const activity = activityId === undefined ? null : await lockActivity(transaction, activityId);
    if (activity === null || !coversPlace(caller, activity)) return refuse('ACTIVITY_NOT_FOUND', 'input.activityId');
    if (activity.endsAt > clock.now()) return refuse('ACTIVITY_NOT_OVER', 'input.activityId');
    const personId = findUuidKey('Person', input.personId);
    if (personId === undefined) return refuse('PERSON_NOT_FOUND', 'input.personId');
    const longest = longestMinutes(activity);
    if (!Number.isInteger(input.minutes) || input.minutes < 1 || input.minutes > longest) {
      return refuse('NUMBER_OUT_OF_RANGE', 'input.minutes', { min: 1, max: longest });
    }
    if (activity.recordCount >= activity.capacity) return refuse('ACTIVITY_FULL', 'input.activityId');
    const id = store.ids.next();
    const record = { id, activityId: activity.id, personId, minutes: input.minutes, provenanceId };
    if (!(await insertRecord(transaction, { ...record, recordedByDepartmentCode: caller.departmentCode }))) {
      return refuse('VOLUNTEER_ALREADY_RECORDED', 'input.personId');
    }
    const answer = { recordId: globalId('VolunteerRecord', id), personId: input.personId };
    const event = { eventType: 'volunteering.recorded', entityType: 'Activity', entityId: input.activityId };
    const payload = { recordId: answer.recordId, activityId: input.activityId, minutes: input.minutes };
    return { answer, rowCount: 2, events: [{ ...event, payload, place: activity }] };
  });
}

export interface CertifyVolunteeringInput {
  readonly recordId: string;
  readonly idempotencyKey: string;
}

/** A record whose activity is locked too, and how a step is taken with it. */
interface LockedRecord {
  readonly transaction: ServicesTransaction;
  readonly provenanceId: string;
  readonly record: NonNullable<Awaited<ReturnType<typeof lockRecord>>>;
  readonly activity: NonNullable<Awaited<ReturnType<typeof lockActivity>>>;
  /** Takes the step and leaves it in the record's history. */
  readonly take: (
    event: VolunteerRecordEvent,
    note: string | null,
  ) => Promise<{ readonly event: VolunteerRecordEvent; readonly to: VolunteerRecordState } | Refusal>;
}

export interface RecordStepped {
  readonly recordId: string;
  readonly personId: string;
}

/** Takes one step with a record in the caller's area; `write` does what the step is about. */
export function writeRecordStep<Input extends { readonly recordId: string; readonly idempotencyKey: string }>(
  call: ServicesCall,
  mutation: string,
  input: Input,
  write: (
    locked: LockedRecord,
  ) => Promise<{ readonly rowCount: number; readonly event: Omit<ChangeEvent, 'place'> } | Refusal>,
): Promise<RecordStepped | Refusal> {
  const { caller, clock } = call;
  return writeServices(call, mutation, 'volunteer-record', input, async (transaction, provenanceId) => {
    const id = findUuidKey('VolunteerRecord', input.recordId);
    const record = id === undefined ? null : await lockRecord(transaction, id);
    const activity = record === null ? null : await lockActivity(transaction, record.activityId);
    if (record === null || activity === null || !coversPlace(caller, activity)) {
      return refuse('VOLUNTEER_RECORD_NOT_FOUND', 'input.recordId');
    }
    const take: LockedRecord['take'] = async (event, note) => {
      const taken = volunteerRecordMachine.take({
        ...{ event, state: record.state as VolunteerRecordState, subject: record, caller, given: { ...input } },
        culprit: 'event' in input ? 'input.event' : 'input.recordId',
      });
      if (isRefusal(taken)) return taken;
      await insertStep(transaction, {
        ...{ subjectId: record.id, ...taken, at: clock.now(), note, provenanceId },
        actorDepartmentCode: caller.departmentCode,
      });
      return taken;
    };
    const written = await write({ transaction, provenanceId, record, activity, take });
    if (isRefusal(written)) return written;
    const answer = { recordId: input.recordId, personId: globalId('Person', record.personId) };
    return { answer, rowCount: written.rowCount, events: [{ ...written.event, place: activity }] };
  });
}

/** Certifies recorded hours and issues their points: whoever recorded them does not certify them. */
export function certifyVolunteering(
  call: ServicesCall,
  input: CertifyVolunteeringInput,
): Promise<RecordStepped | Refusal> {
  const { store, caller, clock } = call;
  return writeRecordStep(call, 'certifyVolunteering', input, async ({ transaction, provenanceId, record, take }) => {
    if (record.state === 'CERTIFIED') return refuse('VOLUNTEER_RECORD_CERTIFIED', 'input.recordId');
    if (record.recordedByDepartmentCode === caller.departmentCode) {
      return refuse('CERTIFIER_IS_RECORDER', 'input.recordId');
    }
    const taken = await take('CERTIFY', null);
    if (isRefusal(taken)) return taken;
    const at = clock.now();
    await certifyRecord(transaction, record.id, caller.departmentCode, at);
    const rule = await getRuleInForce(transaction, 'POINTS_PER_HOUR', dateInChina(at));
    await addCertifiedMinutes(transaction, record.personId, record.minutes, dateInChina(at));
    const points = Math.floor((record.minutes * (rule.amount ?? 0)) / 60);
    if (points > 0) {
      const move = { from: ISSUER, to: record.personId, points, reason: 'VOLUNTEERING', subjectId: record.id };
      await movePoints(transaction, { ...move, at, provenanceId, ids: () => store.ids.next() });
    }
    const payload = { recordId: input.recordId, points, reason: 'VOLUNTEERING' };
    return { rowCount: points > 0 ? 6 : 2, event: { ...pointsChanged(record.personId), payload } };
  });
}

/** Of whose account: it is told to who may read what volunteers do, in the area where the points came from. */
function pointsChanged(personId: string) {
  return { eventType: 'points.changed', entityType: 'PointsAccount', entityId: globalId('PointsAccount', personId) };
}

export interface RedeemPointsInput {
  readonly personId: string;
  readonly rewardCode: string;
  readonly points: number;
  readonly idempotencyKey: string;
}

/** 积分兑换 — gives points back for a reward; never more than there are, whoever else redeems at the same moment. */
export function redeemPoints(
  call: ServicesCall,
  input: RedeemPointsInput,
): Promise<{ redemptionId: string; personId: string } | Refusal> {
  const { store, clock } = call;
  return writeServices(call, 'redeemPoints', 'points', input, async (transaction, provenanceId) => {
    const personId = findUuidKey('Person', input.personId);
    if (personId === undefined || personId === ISSUER) return refuse('PERSON_NOT_FOUND', 'input.personId');
    if (!/^[A-Z0-9-]{2,40}$/.test(input.rewardCode)) return refuse('REWARD_CODE_INVALID', 'input.rewardCode');
    if (!Number.isInteger(input.points) || input.points < 1 || input.points > 100_000) {
      return refuse('NUMBER_OUT_OF_RANGE', 'input.points', { min: 1, max: 100_000 });
    }
    const id = store.ids.next();
    const at = clock.now();
    const moved = await movePoints(transaction, {
      ...{ from: personId, to: ISSUER, points: input.points, reason: 'REDEMPTION', subjectId: id, at, provenanceId },
      ids: () => store.ids.next(),
    });
    if (!moved) return refuse('POINTS_NOT_ENOUGH', 'input.points');
    await insertRedemption(transaction, {
      ...{ id, personId, rewardCode: input.rewardCode, points: input.points, redeemedAt: at, provenanceId },
    });
    const answer = { redemptionId: globalId('Redemption', id), personId: input.personId };
    const payload = { redemptionId: answer.redemptionId, points: -input.points, reason: 'REDEMPTION' };
    const place = await findPlaceOfPoints(transaction, personId);
    return { answer, rowCount: 5, events: [{ ...pointsChanged(personId), payload, place }] };
  });
}
