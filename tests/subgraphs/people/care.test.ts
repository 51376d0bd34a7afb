import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RightCode } from '../../../subgraphs/kit/codes/rights.ts';
import { people } from '../../../subgraphs/people/index.ts';
import { fiftyAtOnce } from '../../kit/fifty-at-once.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import {
  CITY,
  COMMUNITY_A,
  COUNTY_AB,
  COUNTY_C,
  dwellingKeys,
  personKeys,
  resetPeople,
} from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(people);
});
beforeEach(async () => {
  await subgraph.pool.query('TRUNCATE people.care_tag, people.care_visit, people.elder_alert, people.transition');
  await resetPeople(subgraph.pool);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const WRITER = ['care.write', 'elder-alert.write', 'person.care'] as const;
const person = (name: keyof typeof personKeys) => `Person:${personKeys[name]}`;
let calls = 0;

/** Runs one mutation with a fresh key; answers its payload, its errors and the rows that it wrote. */
async function change(name: string, input: object, area: string = COUNTY_AB, ...more: RightCode[]) {
  const before = await subgraph.rowCounts();
  const { data, problems } = await subgraph.run(
    testCaller([area], ...WRITER, ...more),
    `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { __typename
       ... on Refusal { code culprit }
       ${name.endsWith('Alert') ? `... on ${name.charAt(0).toUpperCase()}${name.slice(1)}Success { elderAlert { id state history { event toState note } } }` : `... on ${name.charAt(0).toUpperCase()}${name.slice(1)}Success { careTag { id kind validTo visits { visitedOn note } } }`}
     } }`,
    { input: { idempotencyKey: `care-key-${calls++}`, ...input } },
  );
  const after = await subgraph.rowCounts();
  const written = Object.fromEntries(
    Object.keys(after).map((table) => [table, (after[table] ?? 0) - (before[table] ?? 0)]),
  );
  return { payload: data?.[name], problems, written };
}

const solitary = (name: keyof typeof personKeys, validFrom = '2026-06-01') => ({
  personId: person(name),
  kind: 'SOLITARY_ELDER',
  validFrom,
});

test('a tag leaves one row, one provenance row, one event that does not tell the kind, and one idempotency row', async () => {
  const { payload, written } = await change('recordCareTag', solitary('zhang'));
  expect(payload).toMatchObject({
    __typename: 'RecordCareTagSuccess',
    careTag: { kind: 'SOLITARY_ELDER', validTo: null },
  });
  expect(written).toMatchObject({ care_tag: 1, outbox: 1, provenance: 1, idempotency: 1, care_visit: 0 });
  const { rows } = await subgraph.pool.query('SELECT event_type, payload, community_code FROM people.outbox');
  expect(rows).toEqual([
    { event_type: 'care-tag.recorded', payload: expect.not.stringContaining('SOLITARY'), community_code: COMMUNITY_A },
  ]);
});

test.each([
  ['below the age of the law', 'li', 'SOLITARY_ELDER', '2026-06-01', COUNTY_AB, 'CARE_TAG_TOO_YOUNG', 'input.kind'],
  ['above the age of the law', 'zhang', 'CHILD_IN_NEED', '2026-06-01', COUNTY_AB, 'CARE_TAG_TOO_OLD', 'input.kind'],
  [
    'before the birthday itself',
    'zhang',
    'SOLITARY_ELDER',
    '2020-06-29',
    COUNTY_AB,
    'CARE_TAG_TOO_YOUNG',
    'input.kind',
  ],
  ['in the future', 'zhang', 'SOLITARY_ELDER', '2026-07-01', COUNTY_AB, 'DATE_IN_FUTURE', 'input.validFrom'],
  [
    'of somebody who lives elsewhere',
    'zhang',
    'SOLITARY_ELDER',
    '2026-06-01',
    COUNTY_C,
    'PERSON_NOT_FOUND',
    'input.personId',
  ],
] as const)('a tag %s is refused and nothing is written', async (_case, name, kind, validFrom, area, code, culprit) => {
  const { payload, written } = await change('recordCareTag', { personId: person(name), kind, validFrom }, area);
  expect(payload).toMatchObject({ code, culprit });
  expect(Object.values(written).every((count) => count === 0)).toBe(true);
});

test('on the sixtieth birthday the tag is right', async () => {
  const { payload } = await change('recordCareTag', solitary('zhang', '2020-06-30'));
  expect(payload.__typename).toBe('RecordCareTagSuccess');
});

test('of fifty parallel tags of one kind one is recorded', async () => {
  const results = await fiftyAtOnce('recordCareTag', () => change('recordCareTag', solitary('zhang')));
  const done = results.filter(({ payload }) => payload.__typename === 'RecordCareTagSuccess');
  expect(done).toHaveLength(1);
  for (const { payload } of results.filter((result) => !done.includes(result))) {
    expect(['CARE_TAG_EXISTS', 'CONCURRENT_CHANGE']).toContain(payload.code);
  }
  const { rows } = await subgraph.pool.query('SELECT count(*)::int AS tags FROM people.care_tag');
  expect(rows).toEqual([{ tags: 1 }]);
});

test('fifty at once end a tag, raise an alert and take its next step: each is done by one', async () => {
  const { payload: tag } = await change('recordCareTag', solitary('zhang'));
  const doneBy = async (mutation: string, input: object) => {
    const answers = await fiftyAtOnce(mutation, () => change(mutation, input));
    return answers.map(({ payload }) => payload).filter(({ __typename }) => __typename.endsWith('Success'));
  };
  const end = { careTagId: tag.careTag.id, validTo: '2026-06-20', reason: '已迁入养老机构' };
  expect(await doneBy('endCareTag', end)).toHaveLength(1);
  const raised = await doneBy('raiseElderAlert', { personId: person('zhang'), kind: 'NO_MOVEMENT' });
  expect(raised).toHaveLength(1);
  const elderAlertId = raised[0].elderAlert.id;
  expect(await doneBy('advanceElderAlert', { elderAlertId, event: 'acknowledge' })).toHaveLength(1);
  const { rows } = await subgraph.pool.query('SELECT count(*)::int AS alerts FROM people.elder_alert');
  expect(rows).toEqual([{ alerts: 1 }]);
});

test('a restricted tag is written and read only with a right of its own, also through node and lists', async () => {
  const input = { personId: person('zhang'), kind: 'AFTERCARE_SUPPORT', validFrom: '2026-06-01' };
  const without = await change('recordCareTag', input);
  expect(without.problems).toEqual(['FIELD_RIGHT_MISSING recordCareTag']);
  expect(Object.values(without.written).every((count) => count === 0)).toBe(true);
  const { payload } = await change('recordCareTag', input, COUNTY_AB, 'person.key-population');
  expect(payload.careTag.kind).toBe('AFTERCARE_SUPPORT');

  const read = (...rights: RightCode[]) =>
    subgraph.run(
      testCaller([CITY], ...rights),
      `query ($id: ID!, $r: [_Any!]!) {
         person(id: $id) { careTags { kind } keyPopulationTags { kind } }
         keyPopulationTags(filter: { kind: AFTERCARE_SUPPORT }) { nodes { kind } }
         careTags(filter: { kind: AFTERCARE_SUPPORT }) { totalCount }
         _entities(representations: $r) { ... on CareTag { kind person { id } } } }`,
      { id: person('zhang'), r: [{ __typename: 'CareTag', id: payload.careTag.id }] },
    );
  const closed = await read('person.care');
  expect(closed.data).toEqual({
    person: { careTags: [], keyPopulationTags: null },
    keyPopulationTags: null,
    careTags: { totalCount: 0 },
    _entities: [{ kind: null, person: null }],
  });
  expect(new Set(closed.errors.map(({ extensions }) => extensions.right))).toEqual(new Set(['person.key-population']));
  const open = await read('person.care', 'person.key-population');
  expect(open.problems).toEqual([]);
  expect(open.data.person).toEqual({ careTags: [], keyPopulationTags: [{ kind: 'AFTERCARE_SUPPORT' }] });
  expect(open.data.keyPopulationTags.nodes).toEqual([{ kind: 'AFTERCARE_SUPPORT' }]);
  expect([...open.statements].sort()).toEqual([
    'care_tag_by_id',
    'care_tags_of_persons',
    'key_population_tags_of_persons',
    'people.care_tags',
    'people.key_population_tags',
    'person_by_id',
  ]);
});

test('a visit is recorded under a live tag only, and its note holds no number of a person', async () => {
  const tag = (await change('recordCareTag', solitary('zhang'))).payload.careTag.id;
  const visit = { careTagId: tag, visitedOn: '2026-06-20', mode: 'HOME_VISIT' };
  expect((await change('recordCareVisit', { ...visit, note: '已联系 13800138000' })).payload.code).toBe(
    'PERSONAL_NUMBER_IN_TEXT',
  );
  expect((await change('recordCareVisit', { ...visit, visitedOn: '2026-05-31' })).payload.code).toBe(
    'DATE_BEFORE_CURRENT',
  );
  expect((await change('recordCareVisit', { ...visit, note: '平安' })).payload.careTag.visits).toEqual([
    { visitedOn: '2026-06-20', note: '平安' },
  ]);
  const ended = await change('endCareTag', { careTagId: tag, validTo: '2026-06-25', reason: '随子女居住' });
  expect(ended.payload.careTag.validTo).toBe('2026-06-25');
  expect((await change('recordCareVisit', visit)).payload.code).toBe('CARE_TAG_ENDED');
  expect((await change('endCareTag', { careTagId: tag, validTo: '2026-06-26', reason: '再次' })).payload.code).toBe(
    'CARE_TAG_ENDED',
  );
});

test('care moves with the person: the community that he leaves no longer sees it', async () => {
  await change('recordCareTag', solitary('zhang'));
  await change('raiseElderAlert', { personId: person('zhang'), kind: 'NO_MOVEMENT' });
  await subgraph.run(
    testCaller([CITY], 'residence.write'),
    `mutation ($input: ChangeResidenceInput!) { changeResidence(input: $input) { __typename } }`,
    {
      input: {
        personId: person('zhang'),
        dwellingId: `Dwelling:${dwellingKeys.C1}`,
        kind: 'RESIDENT',
        from: '2026-06-30',
        idempotencyKey: 'move-with-care',
      },
    },
  );
  const seen = async (area: string) =>
    (
      await subgraph.run(
        testCaller([area], 'person.care'),
        '{ careTags(filter: { kind: SOLITARY_ELDER }) { totalCount } elderAlerts { totalCount } }',
      )
    ).data;
  expect(await seen(COUNTY_AB)).toEqual({ careTags: { totalCount: 0 }, elderAlerts: { totalCount: 0 } });
  expect(await seen(COUNTY_C)).toEqual({ careTags: { totalCount: 1 }, elderAlerts: { totalCount: 1 } });
});

test('an alert goes from raised over acknowledged to resolved, step by step, with its history', async () => {
  const raised = await change('raiseElderAlert', { personId: person('zhang'), kind: 'EMERGENCY_CALL' });
  expect(raised.written).toMatchObject({ elder_alert: 1, transition: 1, outbox: 1, provenance: 1 });
  const elderAlertId = raised.payload.elderAlert.id;
  const step = async (event: string, note?: string) =>
    (await change('advanceElderAlert', { elderAlertId, event, ...(note === undefined ? {} : { note }) })).payload;
  expect((await step('resolve', '已查看')).code).toBe('TRANSITION_NOT_ALLOWED');
  expect((await step('acknowledge')).elderAlert.state).toBe('ACKNOWLEDGED');
  expect((await step('resolve')).code).toBe('TRANSITION_INCOMPLETE');
  expect((await step('resolve', '已上门，平安')).elderAlert).toMatchObject({
    state: 'RESOLVED',
    history: [
      { event: 'raise', toState: 'RAISED', note: null },
      { event: 'acknowledge', toState: 'ACKNOWLEDGED', note: null },
      { event: 'resolve', toState: 'RESOLVED', note: '已上门，平安' },
    ],
  });
  expect(
    (await change('raiseElderAlert', { personId: person('zhang'), kind: 'EMERGENCY_CALL' })).payload.__typename,
  ).toBe('RaiseElderAlertSuccess');
});

test.each([
  ['a second open one of the kind', 'zhang', COUNTY_AB, 'ELDER_ALERT_OPEN'],
  ['about somebody too young', 'li', COUNTY_AB, 'NOT_AN_ELDER'],
  ['about somebody outside the area', 'zhang', COUNTY_C, 'PERSON_NOT_FOUND'],
] as const)('an alert is refused: %s', async (_case, name, area, code) => {
  await change('raiseElderAlert', { personId: person('zhang'), kind: 'NO_MOVEMENT' });
  const { payload, written } = await change('raiseElderAlert', { personId: person(name), kind: 'NO_MOVEMENT' }, area);
  expect(payload.code).toBe(code);
  expect(Object.values(written).every((count) => count === 0)).toBe(true);
});

test('without the right neither tags nor alerts are read', async () => {
  const { data, problems, statements } = await subgraph.run(
    testCaller([CITY], 'person.identity'),
    'query ($id: ID!) { person(id: $id) { careTags { kind } } elderAlerts { totalCount } careTags(filter: { kind: VETERAN }) { totalCount } }',
    { id: person('zhang') },
  );
  expect(data).toEqual({ person: { careTags: null }, elderAlerts: null, careTags: null });
  expect(problems.every((problem) => problem.startsWith('FIELD_RIGHT_MISSING'))).toBe(true);
  expect(statements).toEqual(['person_by_id']);
});
