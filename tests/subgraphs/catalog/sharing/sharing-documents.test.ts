import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readExamples } from '../../../../gateway/operations/examples.ts';
import { findScenarioFailure, scenarioRole } from '../../../../gateway/operations/scenario-result.ts';
import { projectRoot } from '../../../../subgraphs/kit/project-root.ts';
import { type CityHub, openCityHub } from '../../../kit/city-hub.ts';

let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

const examples = readExamples(join(projectRoot, 'schema', 'operations'));

// biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects, and fails when it is not there
async function run(name: string): Promise<any> {
  const example = examples.find((candidate) => candidate.name === name);
  if (example === undefined) throw new Error(`no document ${name}`);
  const { status, data, errors } = await hub.ask(scenarioRole(example), example.document, example.variables);
  const failure = findScenarioFailure({ status, data: data as Record<string, unknown> | null, errors });
  expect(failure, name).toBeUndefined();
  return data;
}

test('J20 sharing-request: what is missing is told in one list, and a complete request has its clock', async () => {
  const { refusedIncomplete, complete } = await run('sharing-request');
  const culprits = refusedIncomplete.gaps.map(({ culprit }: { culprit: string }) => culprit);
  for (const path of ['legalBasisCode', 'basisText', 'scenarioCode', 'mode', 'validUntil', 'coordinates']) {
    expect(culprits).toContain(`input.${path}`);
  }
  expect(culprits).toContain('input.divisionCodes[0]');
  expect(complete.request).toMatchObject({
    state: 'SUBMITTED',
    deadline: { dueOn: '2026-07-14', workingDaysLeft: 10 },
  });
});

test('J20 answer-sharing-request: approved with a grant, refused with its reasons, asked for more once', async () => {
  const { approve, refusedWithoutReasons, refuse, supplement, refusedTwice } = await run('answer-sharing-request');
  expect(approve.request).toMatchObject({ state: 'APPROVED', grant: { state: 'LIVE', coordinates: ['Person.name'] } });
  expect(refusedWithoutReasons.code).toBe('TRANSITION_INCOMPLETE');
  expect(refuse.request.steps.at(-1)).toMatchObject({ event: 'REFUSE', note: expect.stringContaining('最小必要') });
  expect(supplement.request).toMatchObject({ state: 'SUPPLEMENT_REQUIRED', dutyOf: { code: 'civil-affairs' } });
  expect(refusedTwice.code).toBe('TRANSITION_NOT_ALLOWED');
});

test('J20 dispute-refusal and decide-dispute: three steps, each with its clock; only the authority decides', async () => {
  const { dispute, refer, refusedDecision } = await run('dispute-refusal');
  expect(dispute.request.deadline.ruleCode).toBe('SHARING_DISPUTE_NEGOTIATION');
  expect(refer.request).toMatchObject({ state: 'DISPUTE_MEDIATION', dutyOf: { code: 'data-authority' } });
  expect(refusedDecision.code).toBe('TRANSITION_NOT_YOURS');
  const decided = await run('decide-dispute');
  expect(decided.share.request.grant).toMatchObject({ state: 'LIVE' });
  expect(decided.refer.request.deadline.ruleCode).toBe('SHARING_DISPUTE_RULING');
  expect(decided.urge.request.deadline).toMatchObject({ overdue: true, dueOn: '2026-06-23' });
  expect(decided.refusedEarlyUrge.code).toBe('TRANSITION_INCOMPLETE');
});

test('J20 sharing-clocks: who is late with what, and by which rule; unconfirmed articles are marked', async () => {
  const { overdue, running, contested } = await run('sharing-clocks');
  const kinds = new Set(overdue.nodes.map(({ matterKind }: { matterKind: string }) => matterKind));
  expect(kinds).toEqual(new Set(['SharingRequest', 'CatalogueSubmission', 'VerificationTicket']));
  for (const { escalatedAt, deadline } of overdue.nodes) {
    expect(escalatedAt).not.toBeNull();
    expect(deadline.workingDaysLeft).toBeLessThan(0);
    expect(typeof deadline.basisConfirmed).toBe('boolean');
  }
  expect(running.totalCount).toBeGreaterThan(overdue.totalCount);
  expect(contested.totalCount).toBeGreaterThan(0);
});

test('J20 sharing-grants and end-sharing-grant: live ones with their end, and an end that gives notice', async () => {
  const { live, all } = await run('sharing-grants');
  for (const { state } of live.nodes) expect(['LIVE', 'ENDING']).toContain(state);
  expect(all.nodes.map(({ state }: { state: string }) => state)).toEqual(
    expect.arrayContaining(['LIVE', 'ENDING', 'ENDED', 'EXPIRED']),
  );
  const { notice, refusedAgain } = await run('end-sharing-grant');
  expect(notice.grant).toMatchObject({ state: 'ENDING', endsAt: '2026-07-07T16:00:00.000Z' });
  expect(refusedAgain.code).toBe('GRANT_ALREADY_ENDED');
});

test('J20 file-verification and verification-tickets: back to the source, which answers with reasons', async () => {
  const { file, refusedNumber } = await run('file-verification');
  expect(file.ticket).toMatchObject({ state: 'FILED', sourceDepartment: { code: 'public-security' } });
  expect(refusedNumber.code).toBe('PERSONAL_NUMBER_IN_TEXT');
  const { correct, confirm, refusedWithoutAnswer } = await run('verification-tickets');
  expect(correct.ticket).toMatchObject({ state: 'CORRECTED', deadline: null });
  expect(confirm.ticket.answer).toContain('登记无误');
  expect(refusedWithoutAnswer.code).toBe('TRANSITION_INCOMPLETE');
});

test('J20 submit-catalogue-entry and review-catalogue-entry: one source per item, reviewed, then published', async () => {
  const submitted = await run('submit-catalogue-entry');
  expect(submitted.change.submission.deadline.ruleCode).toBe('CATALOGUE_REVIEW');
  expect([
    submitted.refusedSecondCollector.code,
    submitted.refusedSecret.code,
    submitted.refusedWithoutGround.code,
  ]).toEqual(['SECOND_COLLECTOR', 'STATE_SECRET_REFUSED', 'NOT_SHARED_NEEDS_BASIS']);
  const { approve, publish, return: returned, refusedSkip } = await run('review-catalogue-entry');
  expect([approve, publish, returned].map(({ submission }) => submission.state)).toEqual([
    'APPROVED',
    'PUBLISHED',
    'RETURNED',
  ]);
  expect(refusedSkip.code).toBe('TRANSITION_NOT_ALLOWED');
});
