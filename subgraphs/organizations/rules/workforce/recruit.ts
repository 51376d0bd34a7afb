import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { appendTransition } from '../../../kit/store/transition-rows.ts';
import { dateColumn } from '../../store/organizations-transaction.ts';
import type { RecruitmentRow, RecruitmentState } from '../../store/workforce/post-rows.ts';
import { countFilled, lockPost, lockRecruitment } from '../../store/workforce/service-writes.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { textFlaw } from '../plain-text.ts';
import { type RecruitmentEvent, recruitmentMachine } from './recruitment-machine.ts';

export interface AnnounceRecruitmentInput {
  readonly postId: string;
  readonly title: string;
  readonly channel: RecruitmentRow['channel'];
  readonly headcount: number;
  readonly idempotencyKey: string;
}

export interface RecruitmentChanged {
  readonly recruitmentId: string;
}

/** Announces a recruitment for the vacant places of a post, never for more than are vacant. */
export function announceRecruitment(
  context: RuleContext,
  input: AnnounceRecruitmentInput,
): Promise<RecruitmentChanged | Refusal> {
  const { store, caller, clock } = context;
  const mutation = 'announceRecruitment';
  return write(context, { mutation, dataset: 'recruitment', input }, async (transaction, provenanceId) => {
    const flaw = textFlaw(input.title, 'input.title', 4, 120);
    if (flaw !== undefined) return flaw;
    const postKey = findUuidKey('Post', input.postId);
    const post = postKey === undefined ? null : await lockPost(transaction, postKey);
    if (post === null || !coversPlace(caller, post)) return refuse('POST_NOT_FOUND', 'input.postId');
    if (post.abolishedOn !== null) return refuse('POST_ABOLISHED', 'input.postId');
    const open = await transaction.recruitment.aggregate({
      where: { postId: post.id, state: { notIn: ['COMPLETED', 'CANCELLED'] } },
      _sum: { headcount: true },
    });
    const vacant = post.headcount - (await countFilled(transaction, post.id)) - (open._sum.headcount ?? 0);
    if (input.headcount < 1 || input.headcount > vacant) {
      return refuse('RECRUITMENT_EXCEEDS_VACANCIES', 'input.headcount', { vacant: Math.max(0, vacant) });
    }
    const now = clock.now();
    const id = store.ids.next();
    const { cityCode, countyCode, townshipCode, communityCode } = post;
    await transaction.recruitment.create({
      data: {
        id,
        title: input.title,
        channel: input.channel,
        postId: post.id,
        headcount: input.headcount,
        applicants: 0,
        hired: 0,
        state: recruitmentMachine.initial,
        announcedOn: dateColumn(dateInChina(now)),
        cityCode,
        countyCode,
        townshipCode,
        communityCode,
        provenanceId,
      },
    });
    await appendTransition(transaction, {
      subjectId: id,
      event: 'announce',
      fromState: null,
      toState: recruitmentMachine.initial,
      at: now,
      actorDepartmentCode: caller.departmentCode,
      note: null,
      provenanceId,
    });
    const answer = { recruitmentId: globalId('Recruitment', id) };
    const event = {
      eventType: 'recruitment.announced',
      entityType: 'Recruitment',
      entityId: answer.recruitmentId,
      payload: { ...answer, postId: input.postId, headcount: input.headcount },
      place: post,
    };
    return { answer, rowCount: 2, events: [event] };
  });
}

export interface AdvanceRecruitmentInput {
  readonly recruitmentId: string;
  readonly event: RecruitmentEvent;
  readonly applicants?: number | null | undefined;
  readonly hired?: number | null | undefined;
  readonly note?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** Takes a recruitment one step further; steps are neither skipped nor repeated. */
export function advanceRecruitment(
  context: RuleContext,
  input: AdvanceRecruitmentInput,
): Promise<RecruitmentChanged | Refusal> {
  const { caller, clock } = context;
  const mutation = 'advanceRecruitment';
  return write(context, { mutation, dataset: 'recruitment', input }, async (transaction, provenanceId) => {
    if (input.note != null) {
      const flaw = textFlaw(input.note, 'input.note', 1, 400);
      if (flaw !== undefined) return flaw;
    }
    const key = findUuidKey('Recruitment', input.recruitmentId);
    const recruitment = key === undefined ? null : await lockRecruitment(transaction, key);
    if (recruitment === null || !coversPlace(caller, recruitment)) {
      return refuse('RECRUITMENT_NOT_FOUND', 'input.recruitmentId');
    }
    const taken = recruitmentMachine.take({
      event: input.event,
      // The column holds states of this machine only.
      state: recruitment.state as RecruitmentState,
      subject: recruitment,
      caller,
      given: { applicants: input.applicants, hired: input.hired },
      culprit: 'input.event',
    });
    if (isRefusal(taken)) return taken;
    const applicants = input.applicants ?? recruitment.applicants;
    if (applicants < 0) return refuse('RECRUITMENT_COUNT_INVALID', 'input.applicants', { max: 1_000_000 });
    const hired = input.hired ?? recruitment.hired;
    const most = Math.min(recruitment.headcount, applicants);
    if (hired < 0 || hired > most) return refuse('RECRUITMENT_COUNT_INVALID', 'input.hired', { max: most });
    const now = clock.now();
    await transaction.recruitment.update({
      where: { id: recruitment.id },
      data: {
        state: taken.to,
        applicants,
        hired,
        closedOn: recruitmentMachine.isTerminal(taken.to) ? dateColumn(dateInChina(now)) : null,
        provenanceId,
      },
    });
    await appendTransition(transaction, {
      subjectId: recruitment.id,
      event: taken.event,
      fromState: taken.from,
      toState: taken.to,
      at: now,
      actorDepartmentCode: caller.departmentCode,
      note: input.note ?? null,
      provenanceId,
    });
    const answer = { recruitmentId: input.recruitmentId };
    const event = {
      eventType: 'recruitment.advanced',
      entityType: 'Recruitment',
      entityId: input.recruitmentId,
      payload: { ...answer, state: taken.to },
      place: recruitment,
    };
    return { answer, rowCount: 2, events: [event] };
  });
}
