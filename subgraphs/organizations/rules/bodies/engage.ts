import { dateInChina } from '../../../kit/clock.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findCodeKey, findUuidKey, globalId, splitGlobalId } from '../../../kit/global-id.ts';
import { coversPlace, type Place } from '../../../kit/store/place-scope.ts';
import { findLiveEngagements, lockSubject, shareOrganization } from '../../store/bodies/engagement-writes.ts';
import type { EngagementRole, HolderType, SubjectType } from '../../store/bodies/organization-rows.ts';
import { dateColumn, dayOfColumn, type OrganizationsTransaction } from '../../store/organizations-transaction.ts';
import { markEngagedRoles } from '../../store/territory/kept-marks.ts';
import { shareWorker } from '../../store/workforce/worker-locks.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { textFlaw } from '../plain-text.ts';
import { engagementKinds } from './engagement-kinds.ts';

export interface StartEngagementInput {
  readonly role: EngagementRole;
  readonly subjectId: string;
  readonly holderId?: string | null | undefined;
  readonly externalName?: string | null | undefined;
  readonly externalPlace?: string | null | undefined;
  readonly validFrom: string;
  readonly endFormer: boolean;
  readonly idempotencyKey: string;
}

export interface EngagementStarted {
  readonly engagementId: string;
  readonly endedEngagementId: string | null;
}

const SUBJECT_TYPES: Record<string, SubjectType> = {
  Organization: 'ORGANIZATION',
  Community: 'COMMUNITY',
  CommunityWorker: 'WORKER',
};

/**
 * Begins a lasting relation: a legal adviser of a community, a supervisor of a worker, a member of an alliance, an
 * organization in an incubator. What may hold which role towards what is declared once; of an exclusive role a subject
 * has one holder, whom `endFormer` replaces on the day.
 */
export function startEngagement(
  context: RuleContext,
  input: StartEngagementInput,
): Promise<EngagementStarted | Refusal> {
  const { store, caller, clock } = context;
  const mutation = 'startEngagement';
  return write(context, { mutation, dataset: 'engagement', input }, async (transaction, provenanceId) => {
    if (input.validFrom > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.validFrom');
    const kind = engagementKinds[input.role];
    const subjectTypeName = splitGlobalId(input.subjectId)?.typeName ?? '';
    const subjectType = SUBJECT_TYPES[subjectTypeName];
    const subjectKey = subjectType === undefined ? undefined : keyOf(subjectTypeName, input.subjectId);
    // The holder before a community, as whoever dissolves the holder does.
    const holder = await findHolder(transaction, input);
    const subject =
      subjectType === undefined || subjectKey === undefined
        ? null
        : await lockSubject(transaction, subjectType, subjectKey);
    if (subject === null || subjectType === undefined || subjectKey === undefined || !coversPlace(caller, subject)) {
      return refuse('ENGAGEMENT_SUBJECT_NOT_FOUND', 'input.subjectId');
    }
    if (subject.validTo != null) return refuse('DIVISION_ENDED', 'input.subjectId', { validTo: subject.validTo });
    if (!kind.subjects.includes(subjectType)) return refuse('ENGAGEMENT_ROLE_UNFIT', 'input.subjectId');
    if (kind.subjectKinds !== undefined && !kind.subjectKinds.some((own) => own === subject.kind)) {
      return refuse('ENGAGEMENT_ROLE_UNFIT', 'input.subjectId');
    }
    if (holder === undefined) return refuse('ENGAGEMENT_HOLDER_NOT_FOUND', 'input.holderId');
    if ('culprit' in holder) return holder;
    if (!kind.holders.includes(holder.type)) return refuse('ENGAGEMENT_ROLE_UNFIT', 'input.holderId');
    if (holder.key === subjectKey) return refuse('ENGAGEMENT_WITH_ITSELF', 'input.holderId');

    const live = await findLiveEngagements(transaction, input.role, subjectType, subjectKey);
    if (live.some(({ holderType, holderKey }) => holderType === holder.type && holderKey === holder.key)) {
      return refuse('ENGAGEMENT_EXISTS', 'input.holderId');
    }
    const former = kind.exclusive ? live[0] : undefined;
    if (former !== undefined) {
      if (!input.endFormer) return refuse('ENGAGEMENT_ROLE_TAKEN', 'input.role');
      if (dayOfColumn(former.validFrom) >= input.validFrom) return refuse('DATE_BEFORE_CURRENT', 'input.validFrom');
      await transaction.engagement.update({
        where: { id: former.id },
        data: { validTo: dateColumn(input.validFrom), endReason: '更换', provenanceId },
      });
    }
    const id = store.ids.next();
    const { cityCode } = subject;
    await transaction.engagement.create({
      data: {
        id,
        role: input.role,
        holderType: holder.type,
        holderKey: holder.key,
        holderName: holder.name,
        holderPlace: holder.place,
        subjectType,
        subjectKey,
        validFrom: dateColumn(input.validFrom),
        cityCode,
        provenanceId,
      },
    });
    if (subjectType === 'COMMUNITY') await markEngagedRoles(transaction, [subjectKey]);
    const answer = {
      engagementId: globalId('Engagement', id),
      endedEngagementId: former === undefined ? null : globalId('Engagement', former.id),
    };
    const event = {
      eventType: 'engagement.started',
      entityType: 'Engagement',
      entityId: answer.engagementId,
      payload: { ...answer, role: input.role, subjectId: input.subjectId },
      place: subject satisfies Place,
    };
    return { answer, rowCount: former === undefined ? 1 : 2, events: [event] };
  });
}

export interface EndEngagementInput {
  readonly engagementId: string;
  readonly validTo: string;
  readonly reason: string;
  readonly idempotencyKey: string;
}

/** Ends a relation on a day, with its reason; an incubatee that has grown up leaves so. */
export function endEngagement(context: RuleContext, input: EndEngagementInput): Promise<EngagementStarted | Refusal> {
  const { caller, clock } = context;
  const mutation = 'endEngagement';
  return write(context, { mutation, dataset: 'engagement', input }, async (transaction, provenanceId) => {
    const flaw = textFlaw(input.reason, 'input.reason', 2, 80);
    if (flaw !== undefined) return flaw;
    if (input.validTo > dateInChina(clock.now())) return refuse('DATE_IN_FUTURE', 'input.validTo');
    const key = findUuidKey('Engagement', input.engagementId);
    const row = key === undefined ? null : await transaction.engagement.findUnique({ where: { id: key } });
    // The columns hold these types only.
    const subject =
      row === null ? null : await lockSubject(transaction, row.subjectType as SubjectType, row.subjectKey);
    if (row === null || subject === null || !coversPlace(caller, subject)) {
      return refuse('ENGAGEMENT_NOT_FOUND', 'input.engagementId');
    }
    const current = await transaction.engagement.findUnique({ where: { id: row.id } });
    if (current === null || current.validTo !== null) return refuse('ENGAGEMENT_ENDED', 'input.engagementId');
    if (dayOfColumn(row.validFrom) >= input.validTo) return refuse('DATE_BEFORE_CURRENT', 'input.validTo');
    await transaction.engagement.update({
      where: { id: row.id },
      data: { validTo: dateColumn(input.validTo), endReason: input.reason, provenanceId },
    });
    if (row.subjectType === 'COMMUNITY') await markEngagedRoles(transaction, [row.subjectKey]);
    const answer = { engagementId: input.engagementId, endedEngagementId: input.engagementId };
    const event = {
      eventType: 'engagement.ended',
      entityType: 'Engagement',
      entityId: input.engagementId,
      payload: { engagementId: input.engagementId, validTo: input.validTo },
      place: subject satisfies Place,
    };
    return { answer, rowCount: 1, events: [event] };
  });
}

interface Holder {
  readonly type: HolderType;
  readonly key: string;
  readonly name: string;
  readonly place: string | null;
}

/** Who is to hold the role: a worker or a body of the city, or somebody outside by name. */
async function findHolder(
  transaction: OrganizationsTransaction,
  { holderId, externalName, externalPlace }: StartEngagementInput,
): Promise<Holder | Refusal | undefined> {
  if ((holderId == null) === (externalName == null)) return refuse('ENGAGEMENT_HOLDER_AMBIGUOUS', 'input.holderId');
  if (externalName != null) {
    const flaw = textFlaw(externalName, 'input.externalName', 2, 120);
    if (flaw !== undefined) return flaw;
    return { type: 'EXTERNAL', key: externalName, name: externalName, place: externalPlace ?? null };
  }
  const worker = findUuidKey('CommunityWorker', holderId);
  if (worker !== undefined) {
    const row = await shareWorker(transaction, worker);
    return row === null || row.leftOn !== null
      ? undefined
      : { type: 'WORKER', key: row.id, name: row.name, place: null };
  }
  const organization = findUuidKey('Organization', holderId);
  if (organization === undefined) return undefined;
  const row = await shareOrganization(transaction, organization);
  return row === null ? undefined : { type: 'ORGANIZATION', key: row.id, name: row.name, place: null };
}

function keyOf(typeName: string, id: string): string | undefined {
  return typeName === 'Community' ? findCodeKey('Community', 12, id) : findUuidKey(typeName, id);
}
