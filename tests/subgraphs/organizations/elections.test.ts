import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { fiftyAtOnce } from '../../kit/fifty-at-once.ts';
import { testUuid } from '../../kit/insert-rows.ts';
import {
  knowingPerson,
  openTestSubgraph,
  TEST_INSTANT,
  type TestSubgraph,
  testCaller,
} from '../../kit/open-test-subgraph.ts';
import { insertOrganizations } from '../../kit/organizations-rows.ts';
import { COMMUNITY_A, COMMUNITY_B, COMMUNITY_C, COUNTY_AB, COUNTY_C } from '../../kit/people-rows.ts';
import { insertWorkforce } from '../../kit/workforce-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(organizations);
});
afterAll(() => subgraph[Symbol.asyncDispose]());
let key = 0;
beforeEach(async () => {
  subgraph.clock.set(TEST_INSTANT);
  const { rows } = await subgraph.pool.query<{ names: string }>(
    "SELECT string_agg('organizations.' || tablename, ', ') AS names FROM pg_tables WHERE schemaname = 'organizations' AND tablename <> '_prisma_migrations'",
  );
  await subgraph.pool.query(`TRUNCATE ${rows[0]?.names}`);
  await insertOrganizations(subgraph.pool);
  await insertWorkforce(subgraph.pool);
});

type Input = Record<string, unknown>;
const INPUTS: Record<string, string> = {
  openElection: 'OpenElectionInput',
  publishRoll: 'PublishRollInput',
  nominate: 'NominateInput',
  closeNominations: 'ElectionStepInput',
  recordBallots: 'RecordBallotsInput',
  certifyElection: 'ElectionStepInput',
  declareElectionVoid: 'ElectionStepInput',
};
const ELECTION = `id state termNumber turnout registeredVoters candidates { id name nomination votes elected }
  committee { id termNumber termStart termEnd chairName uscc members { name } } availableTransitions { event ready }`;

async function send(mutation: string, input: Input, area = COUNTY_AB, registered = input.name) {
  const caller = testCaller([area], 'election.write');
  const { data, problems } = await subgraph.run(
    mutation === 'nominate' ? knowingPerson(caller, String(input.personId), String(registered)) : caller,
    `mutation ($input: ${INPUTS[mutation]}!) { answer: ${mutation}(input: $input) { __typename
       ... on ElectionSuccess { election { ${ELECTION} } }
       ... on Refusal { code culprit messageZh } ... on TransitionRefusal { allowed { event } } } }`,
    { input: { idempotencyKey: `election-key-${key++}`, ...input } },
  );
  expect(problems).toEqual([]);
  return data.answer;
}

const OPEN = { communityId: `Community:${COMMUNITY_A}`, committeeKind: 'RESIDENTS', seats: 5 };
const person = (number: number) => `Person:${testUuid(8_000 + number)}`;

/** An election with a roll of 100, six candidates and a count; returns the answer of the last step. */
async function voted(ballotsCast: number, votes: readonly number[]) {
  const electionId: string = (await send('openElection', OPEN)).election.id;
  await send('publishRoll', { electionId, registeredVoters: 100 });
  for (let i = 0; i < votes.length; i++) {
    const nomination = i === 0 ? 'SELF' : 'JOINT';
    await send('nominate', { electionId, personId: person(i), name: `候选${i}号`, nomination });
  }
  const closed = await send('closeNominations', { electionId });
  const id = (name: string) => closed.election.candidates.find((own: { name: string }) => own.name === name).id;
  subgraph.clock.set('2026-07-25T02:00:00Z');
  const counted = await send('recordBallots', {
    electionId,
    ballotsCast,
    validBallots: ballotsCast,
    votes: votes.map((own, index) => ({ candidateId: id(`候选${index}号`), votes: own })),
  });
  return { electionId, counted };
}

test('an election runs from roll to result, and a new term begins with it', async () => {
  const { electionId, counted } = await voted(51, [51, 45, 40, 30, 26, 25]);
  expect(counted.election).toMatchObject({ state: 'VOTED', turnout: 0.51 });

  const done = await send('certifyElection', { electionId });
  expect(done.election).toMatchObject({
    state: 'CERTIFIED',
    termNumber: 8,
    committee: {
      termNumber: 8,
      termStart: '2026-07-25',
      termEnd: '2031-07-25',
      chairName: '候选0号',
      members: [
        { name: '候选0号' },
        { name: '候选1号' },
        { name: '候选2号' },
        { name: '候选3号' },
        { name: '候选4号' },
      ],
    },
    availableTransitions: [],
  });
  expect(done.election.candidates.map(({ elected }: { elected: boolean }) => elected)).toEqual([
    true,
    true,
    true,
    true,
    true,
    false,
  ]);
  const { rows } = await subgraph.pool.query(
    "SELECT term_number, uscc FROM organizations.committee WHERE community_code = $1 AND kind = 'RESIDENTS' ORDER BY 1",
    [COMMUNITY_A],
  );
  expect(rows.map(({ term_number }) => term_number)).toEqual([7, 8]);
  expect(rows[0]?.uscc).toBe(rows[1]?.uscc);
  const { rows: steps } = await subgraph.pool.query('SELECT to_state FROM organizations.transition ORDER BY ordinal');
  expect(steps.map(({ to_state }) => to_state)).toEqual([
    'PREPARED',
    ...Array.from({ length: 7 }, () => 'ROLL_PUBLISHED'),
    'NOMINATED',
    'VOTED',
    'CERTIFIED',
  ]);
});

test('scenario 18: with half of the roll the certification is refused, with one ballot more it is done', async () => {
  const { electionId } = await voted(50, [50, 45, 40, 30, 26]);
  const before = await subgraph.rowCounts();
  expect(await send('certifyElection', { electionId })).toMatchObject({
    code: 'ELECTION_UNDER_QUORUM',
    culprit: 'input.electionId',
    messageZh: expect.stringContaining('51'),
  });
  expect(await subgraph.rowCounts()).toEqual(before);
  expect(await send('declareElectionVoid', { electionId })).toMatchObject({ election: { state: 'VOID' } });
  expect((await send('openElection', OPEN)).election.state).toBe('PREPARED');
});

test('half of the votes elects nobody; whoever has more is elected, others stay out', async () => {
  const { electionId } = await voted(60, [30, 30, 30, 30, 30]);
  expect(await send('certifyElection', { electionId })).toMatchObject({ code: 'ELECTION_NOBODY_ELECTED' });

  await send('declareElectionVoid', { electionId });
  subgraph.clock.set(TEST_INSTANT);
  const second = await voted(60, [31, 30, 30, 30, 30]);
  const done = await send('certifyElection', { electionId: second.electionId });
  expect(done.election.committee.members).toEqual([{ name: '候选0号' }]);
});

test('the share that must vote is the one of the rule in force on the day', async () => {
  await subgraph.pool.query(
    `INSERT INTO organizations.organization_rule
     SELECT gen_random_uuid(), code, subject, 2, 3, unit, '测试修订', '2026-07-20', true, provenance_id
       FROM organizations.organization_rule WHERE code = 'ELECTION_TURNOUT' AND subject = 'RESIDENTS'`,
  );
  const { electionId } = await voted(60, [60, 50, 50, 50, 50]);
  expect(await send('certifyElection', { electionId })).toMatchObject({
    code: 'ELECTION_UNDER_QUORUM',
    messageZh: expect.stringContaining('67'),
  });
});

test('a by-election fills a seat of the present term', async () => {
  const opened = await send('openElection', { ...OPEN, byElection: true, seats: 1 });
  expect(opened.election).toMatchObject({ termNumber: 7, state: 'PREPARED' });
  const electionId: string = opened.election.id;
  await send('publishRoll', { electionId, registeredVoters: 10 });
  await send('nominate', { electionId, personId: person(1), name: '补选一号', nomination: 'SELF' });
  const closed = await send('closeNominations', { electionId });
  subgraph.clock.set('2026-07-25T02:00:00Z');
  const votes = [{ candidateId: closed.election.candidates[0].id, votes: 6 }];
  await send('recordBallots', { electionId, ballotsCast: 6, validBallots: 6, votes });
  expect((await send('certifyElection', { electionId })).election.committee).toMatchObject({
    termNumber: 7,
    members: [{ name: '补选一号' }],
  });
});

test.each([
  ['four seats of five at least', { seats: 4 }, 'ELECTION_SEATS_INVALID', 'input.seats'],
  ['ten seats of nine at most', { seats: 10 }, 'ELECTION_SEATS_INVALID', 'input.seats'],
  [
    'a community of another county',
    { communityId: `Community:${COMMUNITY_C}` },
    'COMMUNITY_NOT_FOUND',
    'input.communityId',
  ],
  [
    'a by-election of a committee that is none',
    { communityId: `Community:${COMMUNITY_B}`, byElection: true },
    'COMMITTEE_NOT_FOUND',
    'input.committeeKind',
  ],
  ['villagers of a community', { committeeKind: 'VILLAGERS' }, 'COMMITTEE_KIND_UNFIT', 'input.committeeKind'],
  ['farm residents of a community', { committeeKind: 'FARM_RESIDENTS' }, 'COMMITTEE_KIND_UNFIT', 'input.committeeKind'],
])('%s: no election is opened', async (_what, change, code, culprit) => {
  const before = await subgraph.rowCounts();
  expect(await send('openElection', { ...OPEN, ...change })).toMatchObject({ code, culprit });
  expect(await subgraph.rowCounts()).toEqual(before);
});

test('each step refuses what does not fit it and writes nothing', async () => {
  const electionId: string = (await send('openElection', OPEN)).election.id;
  const refused = async (mutation: string, input: Input, code: string, area = COUNTY_AB) => {
    const before = await subgraph.rowCounts();
    expect(await send(mutation, { electionId, ...input }, area), `${mutation} ${code}`).toMatchObject({ code });
    expect(await subgraph.rowCounts()).toEqual(before);
  };
  expect(await send('openElection', OPEN)).toMatchObject({ code: 'ELECTION_UNDER_WAY' });
  await refused('publishRoll', { registeredVoters: 100 }, 'ELECTION_NOT_FOUND', COUNTY_C);
  await refused('publishRoll', { registeredVoters: 0 }, 'ELECTION_COUNT_INVALID');
  await refused('nominate', { personId: person(1), name: '某某', nomination: 'SELF' }, 'TRANSITION_NOT_ALLOWED');
  await send('publishRoll', { electionId, registeredVoters: 100 });
  await send('nominate', { electionId, personId: person(1), name: '某某', nomination: 'SELF' });
  await refused('nominate', { personId: person(1), name: '某某', nomination: 'JOINT' }, 'CANDIDATE_EXISTS');
  await refused(
    'nominate',
    { personId: 'Community:330402001001', name: '某某', nomination: 'SELF' },
    'PERSON_NOT_FOUND',
  );
  const before = await subgraph.rowCounts();
  expect(
    await send('nominate', { electionId, personId: person(2), name: '某某', nomination: 'SELF' }, COUNTY_AB, '别名'),
  ).toMatchObject({ code: 'PERSON_NAME_DIFFERS', culprit: 'input.name' });
  expect(await subgraph.rowCounts()).toEqual(before);
  await refused('closeNominations', {}, 'TRANSITION_INCOMPLETE');
  for (let i = 2; i <= 5; i++) {
    await send('nominate', { electionId, personId: person(i), name: `某某${i}`, nomination: 'ORGANIZATION' });
  }
  const closed = await send('closeNominations', { electionId });
  const votes = closed.election.candidates.map(({ id }: { id: string }) => ({ candidateId: id, votes: 10 }));
  await refused('recordBallots', { ballotsCast: 60, validBallots: 60, votes }, 'ELECTION_TOO_EARLY');
  subgraph.clock.set('2026-07-20T02:00:00Z');
  await refused('recordBallots', { ballotsCast: 101, validBallots: 60, votes }, 'ELECTION_COUNT_INVALID');
  await refused('recordBallots', { ballotsCast: 60, validBallots: 61, votes }, 'ELECTION_COUNT_INVALID');
  await refused('recordBallots', { ballotsCast: 9, validBallots: 9, votes }, 'ELECTION_COUNT_INVALID');
  await refused(
    'recordBallots',
    { ballotsCast: 60, validBallots: 60, votes: votes.slice(1) },
    'ELECTION_VOTES_INCOMPLETE',
  );
  await refused('certifyElection', {}, 'TRANSITION_NOT_ALLOWED');
});

test('fifty who certify at once certify once, and one committee of the new term stands', async () => {
  const { electionId } = await voted(80, [80, 70, 60, 50, 45]);
  const answers = await fiftyAtOnce('certifyElection', () => send('certifyElection', { electionId }));
  const outcomes = answers.map(({ code }) => code ?? 'DONE');
  expect(['DONE', 'TRANSITION_NOT_ALLOWED'].map((code) => outcomes.filter((own) => own === code).length)).toEqual([
    1, 49,
  ]);
  const { rows } = await subgraph.pool.query('SELECT count(*)::int FROM organizations.committee WHERE term_number = 8');
  expect(rows).toEqual([{ count: 1 }]);
});

test('of fifty who take one step of an election at once, one does, at each step', async () => {
  const once = async (mutation: string, input: Input) => {
    const answers = await fiftyAtOnce(mutation, () => send(mutation, input));
    const done = answers.flatMap(({ election }) => election ?? []);
    expect(done, mutation).toHaveLength(1);
    return done[0];
  };
  const { id: electionId } = await once('openElection', OPEN);
  await once('publishRoll', { electionId, registeredVoters: 100 });
  await once('nominate', { electionId, personId: person(0), name: '候选0号', nomination: 'SELF' });
  for (let i = 1; i < 6; i++)
    await send('nominate', { electionId, personId: person(i), name: `候选${i}号`, nomination: 'JOINT' });
  const { candidates } = await once('closeNominations', { electionId });
  expect(candidates).toHaveLength(6);
  subgraph.clock.set('2026-07-25T02:00:00Z');
  const votes = candidates.map(({ id }: { id: string }) => ({ candidateId: id, votes: 10 }));
  await once('recordBallots', { electionId, ballotsCast: 40, validBallots: 40, votes });
  await once('declareElectionVoid', { electionId });
});

test('without the right no election is opened, and the right is named', async () => {
  const before = await subgraph.rowCounts();
  const { data, errors } = await subgraph.run(
    testCaller([COUNTY_AB]),
    'mutation ($input: OpenElectionInput!) { openElection(input: $input) { __typename } }',
    { input: { ...OPEN, idempotencyKey: 'without-the-right' } },
  );
  expect(data).toEqual({ openElection: null });
  expect(errors[0]?.extensions).toMatchObject({ code: 'FIELD_RIGHT_MISSING', right: 'election.write' });
  expect(await subgraph.rowCounts()).toEqual(before);
});
