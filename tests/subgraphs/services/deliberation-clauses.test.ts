import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { services } from '../../../subgraphs/services/index.ts';
import {
  deliberationForms,
  deliberationLevels,
  deliberationVenues,
} from '../../../subgraphs/services/rules/deliberation/forms.ts';
import { insertProvenance, insertRows, TEST_PROVENANCE_ID, testUuid } from '../../kit/insert-rows.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { expectDone, expectRefused } from '../../kit/refusals.ts';
import { COMMUNITY_A, COUNTY_AB } from '../../kit/services-rows.ts';

let subgraph: TestSubgraph;
let key = 0;
const caller = testCaller([COUNTY_AB], 'deliberation.write', 'ballot.cast');
const ITEM = `DeliberationCatalogItem:${testUuid(700)}`;
const communityId = `Community:${COMMUNITY_A}`;
const VOTE_ENDS = '2026-07-07T02:00:00.000Z';

beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  await insertProvenance(subgraph.pool, 'services');
  await insertRows(subgraph.pool, 'services.deliberation_catalog_item', [
    {
      ...{ id: testUuid(700), countyCode: COUNTY_AB, content: '公共设施', sides: ['RESIDENT'], procedure: '协商' },
      ...{ levels: Object.keys(deliberationLevels), agenda: '议程', useOfResult: '公开' },
      provenanceId: TEST_PROVENANCE_ID,
    },
  ]);
});
beforeEach(() => subgraph.clock.set(TEST_INSTANT));
afterAll(() => subgraph[Symbol.asyncDispose]());

const nextKey = () => `clause-of-three-${++key}`;
const done = (name: string, input: object, shown = 'deliberation { id }') =>
  expectDone(subgraph, caller, name, { idempotencyKey: nextKey(), ...input }, shown);
const refused = (name: string, input: object, code: string, culprit = 'input.deliberationId') =>
  expectRefused(subgraph, caller, name, { idempotencyKey: nextKey(), ...input }, code, culprit);
const open = async (more: object = {}): Promise<string> => {
  const opening = {
    ...{ catalogItemId: ITEM, communityId, title: '加装电梯', form: 'RESIDENTS_ASSEMBLY', level: 'BUILDING' },
    ...{ venue: 'ONLINE', side: 'RESIDENT', eligibleVoters: 10, ...more },
  };
  return (await done('openDeliberation', opening)).deliberation.id;
};
const deciding = async (more: object = {}): Promise<string> => {
  const deliberationId = await open(more);
  await done('advanceDeliberation', { deliberationId, event: 'DISCUSS' });
  await done('addDeliberationPost', { deliberationId, side: 'RESIDENT', text: '同意' });
  await done('advanceDeliberation', { deliberationId, event: 'DECIDE', votingEndsAt: VOTE_ENDS });
  return deliberationId;
};
const vote = (deliberationId: string, voter: number, choice: string, clientId = 'test-client') =>
  subgraph.run(
    { ...caller, clientId },
    'mutation ($input: CastVoteInput!) { castVote(input: $input) { __typename ... on Refusal { code } } }',
    { input: { deliberationId, voterId: `Person:${testUuid(voter)}`, choice, idempotencyKey: nextKey() } },
  );

test('J34: of fifty parallel ballots of one voter, from as many clients, one counts; fifty voters at once all count', async () => {
  const deliberationId = await deciding({ eligibleVoters: 60 });
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      vote(deliberationId, 7, index % 2 === 0 ? 'YES' : 'NO', `client-${index}`),
    ),
  );
  const codes = answers.map(({ data }) => data.castVote.code ?? data.castVote.__typename);
  expect(codes.filter((code) => code === 'CastVoteSuccess')).toHaveLength(1);
  expect(new Set(codes)).toEqual(new Set(['CastVoteSuccess', 'ALREADY_VOTED']));
  const many = await Promise.all(Array.from({ length: 50 }, (_, index) => vote(deliberationId, 100 + index, 'YES')));
  expect(many.every(({ data }) => data.castVote.__typename === 'CastVoteSuccess')).toBe(true);
  const { rows } = await subgraph.pool.query(
    'SELECT yes + no + abstain AS ballots, (SELECT count(*)::int FROM services.ballot_roll r WHERE r.deliberation_id = d.id) AS voters FROM services.deliberation d WHERE id = $1',
    [deliberationId.slice('Deliberation:'.length)],
  );
  expect(rows).toEqual([{ ballots: 51, voters: 51 }]);
});

test('no more ballots count than people are entitled, whoever casts them at once', async () => {
  const deliberationId = await deciding({ eligibleVoters: 10 });
  const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => vote(deliberationId, 200 + index, 'NO')));
  const codes = answers.map(({ data }) => data.castVote.code ?? data.castVote.__typename);
  expect(codes.filter((code) => code === 'CastVoteSuccess')).toHaveLength(10);
  expect(codes.filter((code) => code === 'VOTE_FULL')).toHaveLength(40);
});

test('a ballot is secret: nothing that is shown while the vote is open depends on what it says', async () => {
  const seen = async (choice: string) => {
    const deliberationId = await deciding();
    for (let voter = 1; voter <= 8; voter++) await vote(deliberationId, voter, choice);
    const { data } = await subgraph.run(
      caller,
      `{ node: deliberations(first: 1) { nodes { step tally { ballotsCast quorumMet yes no abstain passed final }
         availableTransitions { event ready missing } } } }`,
    );
    const refusals = [];
    for (const event of ['PROVIDE', 'DROP']) {
      const { messageEn } = await refused(
        'advanceDeliberation',
        { deliberationId, event },
        'TRANSITION_INCOMPLETE',
        'input.event',
      );
      refusals.push(messageEn);
    }
    return { nodes: data.node.nodes, refusals };
  };
  const [yes, no] = [await seen('YES'), await seen('NO')];
  expect(yes).toEqual(no);
  expect(
    yes.nodes[0].availableTransitions.map(({ event, ready }: { event: string; ready: boolean }) => [event, ready]),
  ).toEqual([
    ['PROVIDE', false],
    ['DROP', false],
  ]);
});

test('an assembly on site counts hands: it takes no ballots, and its result is recorded once', async () => {
  const deliberationId = await deciding({ venue: 'ON_SITE' });
  const ballot = { deliberationId, voterId: `Person:${testUuid(1)}`, choice: 'YES' };
  await refused('castVote', ballot, 'VOTE_ON_SITE');
  await done('recordDecision', { deliberationId, yes: 6, no: 1, abstain: 0 });
  await refused('recordDecision', { deliberationId, yes: 0, no: 7, abstain: 0 }, 'DECISION_RECORDED');
  const online = await deciding();
  await refused('recordDecision', { deliberationId: online, yes: 6, no: 1, abstain: 0 }, 'VOTE_NOT_OPEN');
});

test('H30: a covenant is adopted by the assembly that the law names, and filed once by each decision', async () => {
  const passed = async (form: string) => {
    subgraph.clock.set(TEST_INSTANT);
    const deliberationId = await deciding({ form });
    for (let voter = 1; voter <= 9; voter++) await vote(deliberationId, voter, 'YES');
    subgraph.clock.set(VOTE_ENDS);
    const disclosure = { communityId, kind: 'DECISION', title: '结果', text: '通过', deliberationId };
    await done('publishDisclosure', disclosure, 'disclosure { id }');
    await done('advanceDeliberation', { deliberationId, event: 'PROVIDE' });
    return deliberationId;
  };
  const text = '楼道不堆物，相互礼让停车。';
  const council = { deliberationId: await passed('COUNCIL'), kind: 'RESIDENTS_COVENANT', text };
  expect((await refused('fileCovenant', council, 'COVENANT_NEEDS_ASSEMBLY')).messageZh).toContain('居民会议');
  const residents = await passed('RESIDENTS_ASSEMBLY');
  const village = { deliberationId: residents, kind: 'VILLAGE_COVENANT', text };
  expect((await refused('fileCovenant', village, 'COVENANT_NEEDS_ASSEMBLY')).messageZh).toContain('村民会议');
  const filed = { deliberationId: residents, kind: 'RESIDENTS_COVENANT', text };
  const answers = await Promise.all(
    Array.from({ length: 10 }, () =>
      subgraph.run(
        caller,
        'mutation ($input: FileCovenantInput!) { fileCovenant(input: $input) { __typename ... on Refusal { code } } }',
        { input: { ...filed, idempotencyKey: nextKey() } },
      ),
    ),
  );
  const codes = answers.map(({ data }) => data.fileCovenant.code ?? data.fileCovenant.__typename);
  expect(codes.filter((code) => code === 'FileCovenantSuccess')).toHaveLength(1);
  expect(codes.filter((code) => code === 'COVENANT_ALREADY_FILED')).toHaveLength(9);
  const villagers = { deliberationId: await passed('VILLAGERS_ASSEMBLY'), kind: 'VILLAGE_COVENANT', text };
  const { covenant } = await done(
    'fileCovenant',
    villagers,
    'covenant { kind version adoptedBy { form tally { final } } }',
  );
  expect(covenant).toEqual({
    ...{ kind: 'VILLAGE_COVENANT', version: 1 },
    adoptedBy: { form: 'VILLAGERS_ASSEMBLY', tally: { final: true } },
  });
});

test('Y15, J31, J32, J33: every level, venue and form can be deliberated at, and lists are kept to them', async () => {
  for (const level of Object.keys(deliberationLevels)) await open({ level });
  for (const venue of Object.keys(deliberationVenues)) await open({ venue });
  for (const form of Object.keys(deliberationForms)) await open({ form });
  const count = async (filter: object) => {
    const { data, problems } = await subgraph.run(
      caller,
      'query ($filter: DeliberationFilter) { deliberations(first: 1, filter: $filter) { totalCount nodes { venue level } } }',
      { filter },
    );
    expect(problems).toEqual([]);
    return data.deliberations;
  };
  for (const venue of ['WECHAT', 'BUILDING']) expect((await count({ venue })).nodes).toMatchObject([{ venue }]);
  expect(await count({ venue: 'WECHAT' })).toMatchObject({ totalCount: 1 });
  for (const level of ['TOWNSHIP', 'STATIONED_UNIT']) expect(await count({ level })).toMatchObject({ totalCount: 1 });
});

test('J33: a post and its reply are told as they come, and a reply names a post of the same deliberation', async () => {
  const [deliberationId, other] = [await open(), await open()];
  const post = { deliberationId, side: 'RESIDENT', text: '建议靠近东侧' };
  await refused('addDeliberationPost', post, 'DELIBERATION_NOT_DISCUSSING');
  for (const id of [deliberationId, other]) await done('advanceDeliberation', { deliberationId: id, event: 'DISCUSS' });
  const POSTS = 'deliberation { posts { id parentId side text } }';
  const [first] = (await done('addDeliberationPost', post, POSTS)).deliberation.posts;
  const reply = { deliberationId, side: 'COMMITTEE', text: '已请设计单位复核', parentId: first.id };
  const { posts } = (await done('addDeliberationPost', reply, POSTS)).deliberation;
  expect(posts.map(({ parentId, side }: { parentId: string; side: string }) => [parentId, side])).toEqual([
    [null, 'RESIDENT'],
    [first.id, 'COMMITTEE'],
  ]);
  await refused(
    'addDeliberationPost',
    { ...reply, deliberationId: other },
    'DELIBERATION_POST_NOT_FOUND',
    'input.parentId',
  );
  const { rows } = await subgraph.pool.query(
    `SELECT count(*)::int AS posted FROM services.outbox WHERE event_type = 'deliberation.posted' AND entity_id = $1`,
    [deliberationId],
  );
  expect(rows).toEqual([{ posted: 2 }]);
});
