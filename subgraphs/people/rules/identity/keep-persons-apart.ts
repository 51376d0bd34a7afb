import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { isUuid } from '../../../kit/ids.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { noteFlaw } from '../care/plain-note.ts';
import { type RuleContext, write } from '../people-write.ts';

export interface KeepPersonsApartInput {
  readonly candidateId: string;
  readonly reason: string;
  readonly idempotencyKey: string;
}
export interface CandidateDecided {
  readonly candidateId: string;
}

/** Decides that two alike records are of two people: the pair is not held again. */
export function keepPersonsApart(
  context: RuleContext,
  input: KeepPersonsApartInput,
): Promise<CandidateDecided | Refusal> {
  const { caller, clock } = context;
  const request = { mutation: 'keepPersonsApart', dataset: 'identity_candidate', input };
  return write(context, request, async (transaction, provenanceId) => {
    const flaw = noteFlaw(input.reason, 'input.reason', 2, 200);
    if (flaw !== undefined) return flaw;
    const { candidateId } = input;
    const found = isUuid(candidateId)
      ? await transaction.identityCandidate.findUnique({ where: { id: candidateId } })
      : null;
    if (found === null || !coversPlace(caller, found)) return refuse('CANDIDATE_NOT_FOUND', 'input.candidateId');
    const { count } = await transaction.identityCandidate.updateMany({
      where: { id: candidateId, state: 'OPEN' },
      data: {
        state: 'APART',
        reason: input.reason.trim(),
        decidedAt: clock.now(),
        decidedBy: caller.clientId,
        provenanceId,
      },
    });
    if (count === 0) return refuse('CANDIDATE_DECIDED', 'input.candidateId');
    const event = {
      eventType: 'person.kept-apart',
      entityType: 'Person',
      entityId: `Person:${found.firstId}`,
      payload: { personId: `Person:${found.firstId}`, otherId: `Person:${found.secondId}`, candidateId },
      place: found,
    };
    return { answer: { candidateId }, rowCount: 1, events: [event] };
  });
}
