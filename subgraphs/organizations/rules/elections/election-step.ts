import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import { appendTransition } from '../../../kit/store/transition-rows.ts';
import type { Written } from '../../../kit/store/write-request.ts';
import { type LockedElection, lockElection } from '../../store/elections/election-rows.ts';
import { findRule, type OrganizationRuleCode } from '../../store/organization-rule-rows.ts';
import type { OrganizationsTransaction } from '../../store/organizations-transaction.ts';
import { type RuleContext, write } from '../organizations-write.ts';
import { electionMachine } from './election-machine.ts';

export type ElectionEvent = Parameters<typeof electionMachine.eventName>[0];

export interface ElectionChanged {
  readonly electionId: string;
}

interface StepInput {
  readonly electionId: string;
  readonly idempotencyKey: string;
}

/** What a step writes beside state and history, or why it may not be taken. */
export type ElectionWork = (
  transaction: OrganizationsTransaction,
  election: LockedElection,
  now: Date,
  provenanceId: string,
) => Promise<{ readonly data: object; readonly rowCount: number } | Refusal>;

/** Takes one step of an election: locks it, asks the machine, lets `work` check and write, keeps the history. */
export function takeElectionStep<Input extends StepInput>(
  context: RuleContext,
  mutation: string,
  event: ElectionEvent,
  input: Input,
  given: Readonly<Record<string, unknown>>,
  work: ElectionWork,
): Promise<ElectionChanged | Refusal> {
  const { caller, clock } = context;
  return write(context, { mutation, dataset: 'election', input }, async (transaction, provenanceId) => {
    const key = findUuidKey('Election', input.electionId);
    const election = key === undefined ? null : await lockElection(transaction, key);
    if (election === null || !coversPlace(caller, election)) return refuse('ELECTION_NOT_FOUND', 'input.electionId');
    const taken = electionMachine.take({
      event,
      state: election.state,
      subject: election,
      caller,
      given,
      culprit: 'input.electionId',
    });
    if (isRefusal(taken)) return taken;
    const now = clock.now();
    const written = await work(transaction, election, now, provenanceId);
    if (isRefusal(written)) return written;
    await transaction.election.update({
      where: { id: election.id },
      data: { ...written.data, state: taken.to, provenanceId },
    });
    await appendTransition(transaction, {
      subjectId: election.id,
      event: taken.event,
      fromState: taken.from,
      toState: taken.to,
      at: now,
      actorDepartmentCode: caller.departmentCode,
      note: null,
      provenanceId,
    });
    const answer = { electionId: input.electionId };
    const change = {
      eventType: 'election.advanced',
      entityType: 'Election',
      entityId: input.electionId,
      payload: { ...answer, event: taken.event, state: taken.to },
      place: election,
    };
    return { answer, rowCount: written.rowCount + 2, events: [change] } satisfies Written<ElectionChanged>;
  });
}

/** Which law an election follows. */
export function lawOf(communityKind: string): 'VILLAGERS' | 'RESIDENTS' {
  return communityKind === 'ADMINISTRATIVE_VILLAGE' ? 'VILLAGERS' : 'RESIDENTS';
}

/** A rule of elections on a day, or the refusal that the city has none. */
export async function electionRule(
  transaction: OrganizationsTransaction,
  code: OrganizationRuleCode,
  communityKind: string,
  day: string,
) {
  const rule = await findRule(transaction, code, lawOf(communityKind), day);
  return rule ?? refuse('RULE_NOT_CONFIGURED', 'input', { rule: code });
}
