import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CityHub, openCityHub } from '../../../kit/city-hub.ts';
import { ADVANCE_ENTRY, carry, matterRows, SUBMIT_ENTRY } from './matter-operations.ts';

let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

// biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects, and fails when it is not there
type Payload = any;

const CARD = { sharing: 'CONDITIONAL', grade: 3, category: 'PERSONAL', updateCycle: 'DAILY' };
const change = (coordinate: string, card: object = {}) => ({
  kind: 'CHANGE',
  coordinate,
  itemName: '出生日期',
  card: { ...CARD, ...card },
});
const submit = (role: 'system' | 'frontend' | 'steward', input: object): Promise<Payload> =>
  carry(hub, role, SUBMIT_ENTRY, input);
const advance = (role: 'system' | 'frontend' | 'steward', id: string, event: string, more: object = {}) =>
  carry<Payload>(hub, role, ADVANCE_ENTRY, { id, event, ...more });
const entry = async (coordinate: string): Promise<Payload> => {
  const { data } = await hub.ask(
    'frontend',
    `query ($coordinate: String!) { dataField(coordinate: $coordinate) {
      updateCycle differencesFromGraph collectionExceptions { department { code } ground }
      versions { version origin updateCycle sharing sourceDepartment { code } validTo } } }`,
    { coordinate },
  );
  return (data as Payload).dataField;
};

test('every field of the live graph is an entry in its first version', async () => {
  const { rows } = await hub.pool.query(
    `SELECT count(*)::int AS fields, count(v.coordinate)::int AS entries
       FROM catalog.data_field f LEFT JOIN catalog.catalogue_version v
         ON v.coordinate = f.coordinate AND v.valid_to IS NULL AND v.version = 1 AND v.origin = 'GRAPH'
      WHERE f.removed_at IS NULL`,
  );
  expect(rows[0].entries).toBe(rows[0].fields);
  expect(rows[0].fields).toBeGreaterThan(400);
});

test('a change goes from its source through the authority into force, and the version before is kept', async () => {
  const coordinate = 'Person.birthDate';
  const { submission } = await submit('system', change(coordinate));
  expect(submission).toMatchObject({
    state: 'SUBMITTED',
    department: { code: 'public-security' },
    deadline: { ruleCode: 'CATALOGUE_REVIEW', dueOn: '2026-07-07' },
  });
  expect(await advance('system', submission.id, 'APPROVE')).toMatchObject({ code: 'TRANSITION_NOT_YOURS' });
  const returned = await advance('steward', submission.id, 'RETURN', { note: '更新周期请与实际一致' });
  expect(returned.submission).toMatchObject({ state: 'RETURNED', deadline: { ruleCode: 'CATALOGUE_CORRECTION' } });
  expect(await advance('system', submission.id, 'RESUBMIT')).toMatchObject({ code: 'TRANSITION_INCOMPLETE' });
  const again = await advance('system', submission.id, 'RESUBMIT', { card: { ...CARD, updateCycle: 'MONTHLY' } });
  expect(again.submission.state).toBe('SUBMITTED');
  const approved = await advance('steward', submission.id, 'APPROVE');
  expect(approved.submission).toMatchObject({ state: 'APPROVED', deadline: { ruleCode: 'CATALOGUE_PUBLICATION' } });
  const published = await advance('steward', submission.id, 'PUBLISH');
  expect(published.submission).toMatchObject({ state: 'PUBLISHED', deadline: null });
  expect(published.submission.steps.map(({ event }: { event: string }) => event)).toEqual([
    'SUBMIT',
    'RETURN',
    'RESUBMIT',
    'APPROVE',
    'PUBLISH',
  ]);

  const now = await entry(coordinate);
  expect(now.versions).toMatchObject([
    {
      version: 2,
      origin: 'SUBMISSION',
      updateCycle: 'MONTHLY',
      sourceDepartment: { code: 'public-security' },
      validTo: null,
    },
    { version: 1, origin: 'GRAPH', validTo: '2026-06-30T02:00:00.000Z' },
  ]);
  // The contract is what is enforced; that it says otherwise is shown until it follows.
  expect(now.differencesFromGraph).toEqual(['updateCycle']);
});

test('a second collector is refused, and let in only on a recorded ground', async () => {
  const before = await matterRows(hub);
  const item = { coordinate: 'Person.ethnicGroup', itemName: '民族', card: CARD };
  const refused = await submit('frontend', { kind: 'REGISTER', ...item });
  expect(refused).toMatchObject({ code: 'SECOND_COLLECTOR', culprit: 'input.coordinate' });
  expect(refused.messageZh).toContain('公安局');
  expect(await submit('frontend', { kind: 'CHANGE', ...item })).toMatchObject({ code: 'NOT_THE_SOURCE' });
  expect(await submit('frontend', { kind: 'SECOND_COLLECTOR', ...item })).toMatchObject({
    code: 'INPUT_MISSING',
    culprit: 'input.exceptionGround',
  });
  expect(await matterRows(hub)).toEqual(before);

  const exceptionGround = '民族事务条例要求单独核定';
  const { submission } = await submit('frontend', { kind: 'SECOND_COLLECTOR', ...item, exceptionGround });
  await advance('steward', submission.id, 'APPROVE');
  expect((await advance('steward', submission.id, 'PUBLISH')).submission.state).toBe('PUBLISHED');
  const now = await entry(item.coordinate);
  expect(now.collectionExceptions).toEqual([{ department: { code: 'civil-affairs' }, ground: exceptionGround }]);
  expect(now.versions).toMatchObject([{ version: 1, sourceDepartment: { code: 'public-security' } }]);
  const recorded = await matterRows(hub);
  const again = await submit('frontend', { kind: 'SECOND_COLLECTOR', ...item, exceptionGround });
  expect(again).toMatchObject({ code: 'EXCEPTION_RECORDED', culprit: 'input.kind' });
  expect(await matterRows(hub)).toEqual(recorded);
});

test.each([
  ['a secret', change('Person.sex', { secrecy: 'STATE_SECRET' }), 'STATE_SECRET_REFUSED'],
  ['not shared without a ground', change('Person.sex', { sharing: 'NOT_SHARED' }), 'NOT_SHARED_NEEDS_BASIS'],
  [
    'a condition on open data',
    change('Person.sex', { sharing: 'UNCONDITIONAL', sharingBasis: '须批准' }),
    'BASIS_ONLY_FOR_NOT_SHARED',
  ],
  ['a grade that does not exist', change('Person.sex', { grade: 5 }), 'GRADE_INVALID'],
  ['a name that is no coordinate', change('person sex'), 'CATALOGUE_COORDINATE_INVALID'],
  ['a change of what nobody collects', change('Person.shoeSize'), 'ITEM_HAS_NO_SOURCE'],
])('%s is refused and leaves nothing', async (_what, input, code) => {
  const before = await matterRows(hub);
  expect(await submit('system', input)).toMatchObject({ code });
  expect(await matterRows(hub)).toEqual(before);
});

test('a card that is corrected on return is checked like a new one: not shared still needs its ground', async () => {
  const { submission } = await submit('system', change('Person.ageYears'));
  await advance('steward', submission.id, 'RETURN', { note: '请说明依据' });
  const before = await matterRows(hub);
  const card = { ...CARD, sharing: 'NOT_SHARED' };
  expect(await advance('system', submission.id, 'RESUBMIT', { card })).toMatchObject({
    code: 'NOT_SHARED_NEEDS_BASIS',
    culprit: 'input.card.sharingBasis',
  });
  expect(await matterRows(hub)).toEqual(before);
  const sharingBasis = '《户口登记条例》第二十条';
  const again = await advance('system', submission.id, 'RESUBMIT', { card: { ...card, sharingBasis } });
  expect(again.submission).toMatchObject({ state: 'SUBMITTED', sharing: 'NOT_SHARED' });
});

test('only the authority reviews and publishes; nothing is published that was not approved', async () => {
  const { submission } = await submit('system', change('Person.ethnicGroup'));
  for (const role of ['system', 'frontend'] as const) {
    for (const event of ['APPROVE', 'REJECT', 'PUBLISH']) {
      expect((await advance(role, submission.id, event, { note: '自行办理' })).__typename).not.toBe(
        'AdvanceCatalogueSubmissionSuccess',
      );
    }
  }
  expect(await advance('steward', submission.id, 'PUBLISH')).toMatchObject({ code: 'TRANSITION_NOT_ALLOWED' });
  const rejected = await advance('steward', submission.id, 'REJECT', { note: '与标准不一致' });
  expect(rejected.submission).toMatchObject({ state: 'REJECTED', deadline: null });
  expect((await entry('Person.ethnicGroup')).versions).toMatchObject([{ version: 1, origin: 'GRAPH' }]);
});

test('of twenty departments’ clients that register the same new item at once, one becomes its source', async () => {
  const coordinate = 'Person.shoeSize';
  const item = { kind: 'REGISTER', coordinate, itemName: '鞋码', card: CARD };
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => submit(index % 2 === 0 ? 'system' : 'frontend', item)),
  );
  const submitted = answers.filter(({ __typename }) => __typename === 'SubmitCatalogueEntrySuccess');
  // One open submission for each department, however many of its clients ask at once.
  expect(submitted.map(({ submission }) => submission.department.code).sort()).toEqual([
    'civil-affairs',
    'public-security',
  ]);
  const ids = submitted.map(({ submission }) => submission.id as string);
  for (const id of ids) await advance('steward', id, 'APPROVE');
  const published = await Promise.all(ids.map((id) => advance('steward', id, 'PUBLISH')));
  expect(published.map(({ __typename, code }) => code ?? __typename).sort()).toEqual(
    [expect.stringMatching(/CATALOGUE_CHANGED_SINCE|CONCURRENT_CHANGE/), 'AdvanceCatalogueSubmissionSuccess'].sort(),
  );
  const { rows } = await hub.pool.query(
    'SELECT version FROM catalog.catalogue_version WHERE coordinate = $1 AND valid_to IS NULL',
    [coordinate],
  );
  expect(rows).toEqual([{ version: 1 }]);
});

test('a department sees its own submissions, the authority all', async () => {
  const list = async (role: 'system' | 'frontend' | 'steward') => {
    const { data } = await hub.ask(role, '{ catalogueSubmissions(first: 100) { nodes { department { code } } } }');
    return new Set((data as Payload).catalogueSubmissions.nodes.map((node: Payload) => node.department.code));
  };
  expect(await list('frontend')).toEqual(new Set(['civil-affairs']));
  expect(await list('system')).toEqual(new Set(['public-security']));
  expect((await list('steward')).size).toBeGreaterThan(1);
});
