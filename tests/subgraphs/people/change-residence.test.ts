import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { people } from '../../../subgraphs/people/index.ts';
import { openTestSubgraph, TEST_INSTANT, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import {
  COMMUNITY_A,
  COMMUNITY_B,
  COMMUNITY_C,
  COUNTY_AB,
  COUNTY_C,
  dwellingKeys,
  GRID_A1,
  GRID_A2,
  GRID_B1,
  personKeys,
  resetPeople,
} from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(people);
});
afterAll(() => subgraph[Symbol.asyncDispose]());
beforeEach(async () => {
  subgraph.clock.set(TEST_INSTANT);
  await resetPeople(subgraph.pool);
});

const CHANGE = `mutation ($input: ChangeResidenceInput!) {
  changeResidence(input: $input) {
    __typename
    ... on ChangeResidenceSuccess {
      residence { id kind validFrom validTo dwelling { id } provenance { kind systemCode } }
      person { id community { id } grid { id } microGrid { id } separatedFromRegistration }
      closedResidence { id validTo }
    }
    ... on Refusal { code culprit messageZh messageEn }
  }
}`;
const WRITER = testCaller([COUNTY_AB], 'residence.write');
const MOVE = {
  personId: `Person:${personKeys.zhang}`,
  dwellingId: `Dwelling:${dwellingKeys.B1}`,
  kind: 'RESIDENT',
  from: '2026-06-30',
  idempotencyKey: 'move-zhang-1',
};

const change = (input: object = {}, caller = WRITER) => subgraph.run(caller, CHANGE, { input: { ...MOVE, ...input } });
const rows = async (text: string, values: unknown[] = []) => (await subgraph.pool.query(text, values)).rows;
const population = async () =>
  Object.fromEntries(
    (await rows('SELECT community_code, resident_count, registered_count FROM people.community_population')).map(
      (row) => [row.community_code, [row.resident_count, row.registered_count]],
    ),
  );

async function expectRefusal(input: object, code: string, culprit: string, caller = WRITER) {
  const before = [
    await subgraph.rowCounts(),
    await rows('SELECT * FROM people.residence ORDER BY id'),
    await population(),
  ];
  const { data, problems } = await change(input, caller);
  expect(problems).toEqual([]);
  expect(data.changeResidence).toMatchObject({ code, culprit });
  expect(data.changeResidence.messageZh).toMatch(/\p{Script=Han}/u);
  expect([
    await subgraph.rowCounts(),
    await rows('SELECT * FROM people.residence ORDER BY id'),
    await population(),
  ]).toEqual(before);
}

test('a move closes the former residence, opens the new one and moves the person and the counts', async () => {
  const { data, problems } = await change();

  expect(problems).toEqual([]);
  expect(data.changeResidence).toEqual({
    __typename: 'ChangeResidenceSuccess',
    residence: {
      id: expect.stringMatching(/^Residence:[0-9a-f-]{36}$/),
      kind: 'RESIDENT',
      validFrom: '2026-06-30',
      validTo: null,
      dwelling: { id: `Dwelling:${dwellingKeys.B1}` },
      provenance: { kind: 'MUTATION', systemCode: 'test-client' },
    },
    person: {
      id: MOVE.personId,
      community: { id: `Community:${COMMUNITY_B}` },
      grid: { id: `Grid:${GRID_B1}` },
      microGrid: { id: `MicroGrid:${GRID_B1}001` },
      separatedFromRegistration: true,
    },
    closedResidence: { id: 'Residence:01900000-0000-7000-8000-000000000221', validTo: '2026-06-30' },
  });
  expect(await population()).toEqual({ [COMMUNITY_A]: [2, 3], [COMMUNITY_B]: [2, 1], [COMMUNITY_C]: [1, 1] });
});

test('a write leaves one provenance row, one event and one idempotency row in the transaction of the change', async () => {
  const { data } = await change();

  const provenance = await rows("SELECT * FROM people.provenance WHERE kind = 'MUTATION'");
  const events = await rows('SELECT * FROM people.outbox');
  expect(provenance).toEqual([
    expect.objectContaining({
      system_code: 'test-client',
      client_id: 'test-client',
      department: 'civil-affairs',
      dataset: 'residence',
      recorded_at: new Date(TEST_INSTANT),
      row_count: 3,
    }),
  ]);
  expect(events).toEqual([
    expect.objectContaining({
      event_type: 'residence.changed',
      entity_type: 'Residence',
      entity_id: data.changeResidence.residence.id,
      ordinal: 0,
      community_code: COMMUNITY_B,
      grid_code: GRID_B1,
      occurred_at: new Date(TEST_INSTANT),
      provenance_id: provenance[0].id,
    }),
  ]);
  expect(JSON.parse(events[0].payload)).toEqual({
    residenceId: data.changeResidence.residence.id,
    personId: MOVE.personId,
    closedResidenceId: 'Residence:01900000-0000-7000-8000-000000000221',
    kind: 'RESIDENT',
    from: '2026-06-30',
    fromCommunityCode: COMMUNITY_A,
  });
  // Written in one transaction: all rows carry its number.
  const transactions = await rows(
    `SELECT DISTINCT xmin::text FROM (
       SELECT xmin FROM people.residence WHERE provenance_id = $1
       UNION ALL SELECT xmin FROM people.person WHERE provenance_id = $1
       UNION ALL SELECT xmin FROM people.provenance WHERE id = $1
       UNION ALL SELECT xmin FROM people.outbox UNION ALL SELECT xmin FROM people.idempotency) written`,
    [provenance[0].id],
  );
  expect(transactions).toHaveLength(1);
});

test('a registration moves the registered place and count and leaves where the person lives', async () => {
  const { data } = await change({ kind: 'REGISTERED' });

  expect(data.changeResidence.person).toMatchObject({
    grid: { id: `Grid:${GRID_A1}` },
    separatedFromRegistration: true,
  });
  expect(await population()).toEqual({ [COMMUNITY_A]: [3, 2], [COMMUNITY_B]: [1, 2], [COMMUNITY_C]: [1, 1] });
});

test('a seasonal residence closes nothing and moves nobody', async () => {
  const { data } = await change({ kind: 'SEASONAL' });

  expect(data.changeResidence).toMatchObject({ closedResidence: null, person: { grid: { id: `Grid:${GRID_A1}` } } });
  expect(await population()).toEqual({ [COMMUNITY_A]: [3, 3], [COMMUNITY_B]: [1, 1], [COMMUNITY_C]: [1, 1] });
});

test('a move inside a community changes the grid and no count', async () => {
  const { data } = await change({ dwellingId: `Dwelling:${dwellingKeys.A2}` });

  expect(data.changeResidence.person.grid).toEqual({ id: `Grid:${GRID_A2}` });
  expect(await population()).toEqual({ [COMMUNITY_A]: [3, 3], [COMMUNITY_B]: [1, 1], [COMMUNITY_C]: [1, 1] });
});

test('a former residence outside the caller’s area is closed, but not shown', async () => {
  const { data, problems } = await change({ personId: `Person:${personKeys.ouyang}` });

  expect(problems).toEqual([]);
  expect(data.changeResidence).toMatchObject({ __typename: 'ChangeResidenceSuccess', closedResidence: null });
  expect(await population()).toEqual({ [COMMUNITY_A]: [3, 3], [COMMUNITY_B]: [2, 1], [COMMUNITY_C]: [0, 1] });
});

test('without the right the mutation is refused before anything is read', async () => {
  const before = await subgraph.rowCounts();
  const { data, errors, statements } = await change({}, testCaller([COUNTY_AB], 'person.identity'));

  expect(data.changeResidence).toBeNull();
  expect(errors[0]?.extensions).toMatchObject({
    code: 'FIELD_RIGHT_MISSING',
    coordinate: 'Mutation.changeResidence',
    right: 'residence.write',
  });
  expect(statements).toEqual([]);
  expect(await subgraph.rowCounts()).toEqual(before);
});

test.each([
  ['a day in the future', { from: '2026-07-01' }, 'DATE_IN_FUTURE', 'input.from'],
  ['the first day of the current record', { from: '2020-01-01' }, 'DATE_BEFORE_CURRENT', 'input.from'],
  ['a day before the current record', { from: '2019-12-31' }, 'DATE_BEFORE_CURRENT', 'input.from'],
  [
    'the dwelling already recorded',
    { dwellingId: `Dwelling:${dwellingKeys.A1}` },
    'RESIDENCE_UNCHANGED',
    'input.dwellingId',
  ],
  ['a second way of living', { kind: 'MIGRANT' }, 'RESIDENCE_KIND_CONFLICT', 'input.kind'],
  [
    'an unknown person',
    { personId: 'Person:01900000-0000-7000-8000-000000009999' },
    'PERSON_NOT_FOUND',
    'input.personId',
  ],
  ['an id that is no person’s', { personId: `Dwelling:${dwellingKeys.A1}` }, 'PERSON_NOT_FOUND', 'input.personId'],
  [
    'an unknown dwelling',
    { dwellingId: 'Dwelling:01900000-0000-7000-8000-000000009999' },
    'DWELLING_NOT_FOUND',
    'input.dwellingId',
  ],
  ['an id that is no dwelling’s', { dwellingId: 'Dwelling:1' }, 'DWELLING_NOT_FOUND', 'input.dwellingId'],
  [
    'a dwelling outside the area',
    { dwellingId: `Dwelling:${dwellingKeys.C1}` },
    'DWELLING_NOT_FOUND',
    'input.dwellingId',
  ],
  ['a key that is too short', { idempotencyKey: '1234567' }, 'IDEMPOTENCY_KEY_INVALID', 'input.idempotencyKey'],
  ['a key with a space', { idempotencyKey: '1234 5678' }, 'IDEMPOTENCY_KEY_INVALID', 'input.idempotencyKey'],
])('%s is refused and nothing is written', async (_name, input, code, culprit) => {
  await expectRefusal(input, code, culprit);
});

test('a day inside a closed record is refused, that on which it ended is not', async () => {
  await subgraph.pool.query(
    `UPDATE people.residence SET kind = 'SEASONAL', valid_to = '2026-03-01' WHERE person_id = $1 AND kind = 'RESIDENT'`,
    [personKeys.zhang],
  );

  await expectRefusal({ kind: 'SEASONAL', from: '2026-02-28' }, 'DATE_BEFORE_CURRENT', 'input.from');
  const { data } = await change({ kind: 'SEASONAL', from: '2026-03-01' });
  expect(data.changeResidence).toMatchObject({ __typename: 'ChangeResidenceSuccess', closedResidence: null });
});

test('living as a migrant may not overlap having lived as a resident', async () => {
  await subgraph.pool.query(
    `UPDATE people.residence SET valid_to = '2026-03-01' WHERE person_id = $1 AND kind = 'RESIDENT'`,
    [personKeys.zhang],
  );

  await expectRefusal({ kind: 'MIGRANT', from: '2026-02-28' }, 'DATE_BEFORE_CURRENT', 'input.from');
});

test('a person of another area is refused as if there were none', async () => {
  await expectRefusal(
    { dwellingId: `Dwelling:${dwellingKeys.C1}` },
    'PERSON_NOT_FOUND',
    'input.personId',
    testCaller([COUNTY_C], 'residence.write'),
  );
});

test('a jurisdiction that is no tier covers nothing', async () => {
  await expectRefusal({}, 'PERSON_NOT_FOUND', 'input.personId', testCaller(['', '33'], 'residence.write'));
});

test('the same key and input give the same answer again and write nothing', async () => {
  const first = await change();
  const before = await subgraph.rowCounts();
  const again = await change({ from: MOVE.from });

  expect(again.data).toEqual(first.data);
  expect(await subgraph.rowCounts()).toEqual(before);
});

test('the same key with another input is refused', async () => {
  await change();
  await expectRefusal({ from: '2026-06-29' }, 'IDEMPOTENCY_KEY_REUSED', 'input.idempotencyKey');
});

test('a refused key is free for a corrected input', async () => {
  await expectRefusal({ from: '2026-07-01' }, 'DATE_IN_FUTURE', 'input.from');

  expect((await change()).data.changeResidence.__typename).toBe('ChangeResidenceSuccess');
});

test('two moves in one operation each show the person as it left him', async () => {
  const { data, problems } = await subgraph.run(
    WRITER,
    `mutation ($a: ChangeResidenceInput!, $b: ChangeResidenceInput!) {
      a: changeResidence(input: $a) { ... on ChangeResidenceSuccess { person { grid { id } residences { id } } } }
      b: changeResidence(input: $b) { ... on ChangeResidenceSuccess { person { grid { id } residences { id } } } }
    }`,
    {
      a: { ...MOVE, from: '2026-06-01' },
      b: { ...MOVE, dwellingId: `Dwelling:${dwellingKeys.A2}`, idempotencyKey: 'move-zhang-2' },
    },
  );

  expect(problems).toEqual([]);
  expect(data.a.person.grid).toEqual({ id: `Grid:${GRID_B1}` });
  expect(data.b.person.grid).toEqual({ id: `Grid:${GRID_A2}` });
  expect([data.a.person.residences.length, data.b.person.residences.length]).toEqual([3, 4]);
});

test('after moves of every kind the grids’ counts equal a recount of the people', async () => {
  for (const [index, move] of [
    { kind: 'RESIDENT', dwellingId: `Dwelling:${dwellingKeys.B1}` },
    { kind: 'REGISTERED', dwellingId: `Dwelling:${dwellingKeys.B1}` },
    { kind: 'SEASONAL', dwellingId: `Dwelling:${dwellingKeys.A2}` },
  ].entries()) {
    const { data } = await change({ ...move, idempotencyKey: `recount-${index}` });
    expect(data.changeResidence.__typename).toBe('ChangeResidenceSuccess');
  }
  const kept = await rows(
    `SELECT grid_code, resident_count, registered_resident_count FROM people.grid_population
      WHERE resident_count > 0 ORDER BY 1`,
  );
  const counted = await rows(
    `SELECT grid_code, count(*)::int AS resident_count,
            count(*) FILTER (WHERE registered_community_code = community_code)::int AS registered_resident_count
       FROM people.person GROUP BY 1 ORDER BY 1`,
  );
  expect(kept).toEqual(counted.filter(({ grid_code: code }) => kept.some((row) => row.grid_code === code)));
  expect(kept.find((row) => row.grid_code === GRID_B1)).toMatchObject({ resident_count: 2 });
});
