import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SamplePerson, samplePeople } from '../../../prisma/seed/people/people-sample.ts';
import { uuidSource } from '../../../subgraphs/kit/ids.ts';
import { peopleDataset } from '../../../subgraphs/people/datasets/people-dataset.ts';
import { scanCandidates } from '../../../subgraphs/people/store/identity/scan-candidates.ts';
import { openPeopleStore } from '../../../subgraphs/people/store/people-store.ts';
import { openFigureCounters } from '../../../subgraphs/registry.ts';
import { TEST_KEYS } from '../../kit/city-database.ts';
import { type CityHub, openCityHub } from '../../kit/city-hub.ts';
import { datasetCsv, sendDataset } from '../../kit/dataset-files.ts';
import { fiftyAtOnce } from '../../kit/fifty-at-once.ts';
import { operationDocument } from '../../kit/operation-document.ts';
import { settledOutbox } from '../../kit/settled-outbox.ts';

let hub: CityHub;
let origin: string;
let token: string;
const people = [...samplePeople({ city: 'jiaxing', scale: 0.001, count: 60, seed: 'identity' })];

beforeAll(async () => {
  hub = await openCityHub();
  origin = await hub.app.listen({ port: 0, host: '127.0.0.1' });
  token = await hub.tokenOf('system');
  await sendDataset(
    origin,
    token,
    'people',
    datasetCsv(
      peopleDataset,
      people.map((person) => ({ ...person })),
    ),
  );
}, 300_000);
afterAll(() => hub[Symbol.asyncDispose]());

const UNMASK = { 'x-yiyun-unmask': 'true' };
async function idOf(person: SamplePerson | undefined): Promise<string> {
  const { data } = await hub.ask('system', 'query ($n: String!) { personByCitizenId(citizenId: $n) { id } }', {
    n: person?.citizenId,
  });
  return (data as { personByCitizenId: { id: string } }).personByCitizenId.id;
}

let keys = 0;
async function change(name: 'mergePersons' | 'splitPersons' | 'keepPersonsApart', input: Record<string, unknown>) {
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const field = name === 'keepPersonsApart' ? 'candidate { state reason }' : 'person { id name }';
  const { data, errors } = await hub.ask(
    'system',
    `mutation ($input: ${title}Input!) { ${name}(input: $input) { __typename ... on ${title}Success { ${field} } ... on Refusal { code culprit } } }`,
    { input: { reason: '同一人重复登记', idempotencyKey: `identity-${++keys}-key`, ...input } },
    UNMASK,
  );
  expect(errors).toEqual([]);
  return (data as Record<string, Record<string, unknown>>)[name] ?? {};
}

const totals = async () =>
  (
    await hub.pool.query<Record<string, number>>(
      `SELECT (SELECT count(*)::int FROM people.person) AS persons,
              (SELECT sum(resident_count)::int FROM people.community_population) AS residents,
              (SELECT sum(registered_count)::int FROM people.community_population) AS registered,
              (SELECT sum(resident_count)::int FROM people.grid_population) AS of_grids,
              (SELECT sum(registered_resident_count)::int FROM people.grid_population) AS natives,
              (SELECT count(*)::int FROM people.person_merge) AS merges,
              (SELECT count(*)::int FROM people.outbox WHERE event_type IN ('person.merged', 'person.split')) AS events`,
    )
  ).rows[0] ?? {};

async function expectFiguresRight(): Promise<void> {
  for (const counter of openFigureCounters({ pool: hub.pool, clock: hub.clock, ids: uuidSource })) {
    if (counter.subgraph !== 'people') continue;
    await settledOutbox(hub.pool, 'people');
    await counter.catchUp();
    expect(await counter.recount()).toEqual([]);
  }
}

test('a merged record still resolves, its number finds the survivor, and the survivor’s dossier shows both', async () => {
  const [survivor, merged] = [await idOf(people[0]), await idOf(people[1])];
  const before = await totals();
  expect(await change('mergePersons', { survivorId: survivor, mergedId: merged })).toMatchObject({
    person: { id: survivor },
  });
  const after = await totals();
  const less = (key: string) => (before[key] ?? 0) - 1;
  expect(after).toMatchObject({
    persons: less('persons'),
    residents: less('residents'),
    registered: less('registered'),
    of_grids: less('of_grids'),
    merges: 1,
    events: 1,
  });
  await expectFiguresRight();
  expect(await idOf(people[1])).toBe(survivor);
  const { data } = await hub.ask(
    'system',
    `query ($merged: ID!, $survivor: ID!) {
       merged: node(id: $merged) { ... on Person { name mergedInto { id } } }
       survivor: node(id: $survivor) { ... on Person { name mergedInto { id } mergedPersons { id name citizenId residences { id } }
         merges { kind reason departmentName survivor { id } merged { id } provenance { kind } } } } }`,
    { merged, survivor },
    UNMASK,
  );
  expect(data).toMatchObject({
    merged: { name: people[1]?.name, mergedInto: { id: survivor } },
    survivor: {
      name: people[0]?.name,
      mergedInto: null,
      mergedPersons: [{ id: merged, name: people[1]?.name, citizenId: people[1]?.citizenId }],
      merges: [
        {
          kind: 'MERGED',
          reason: '同一人重复登记',
          departmentName: '公安局',
          survivor: { id: survivor },
          merged: { id: merged },
          provenance: { kind: 'MUTATION' },
        },
      ],
    },
  });
});

test('a file that names a merged number is held, and registers nobody anew', async () => {
  const before = await totals();
  const { receipt } = await sendDataset(
    origin,
    token,
    'people',
    datasetCsv(peopleDataset, [{ ...people[1] }] as Record<string, string>[]),
  );
  expect([receipt.held, receipt.results[0]?.code]).toEqual([1, 'IDENTITY_MERGED']);
  expect(await totals()).toEqual(before);
});

test('a split puts the record back as it was, with its counts; both steps stay on record', async () => {
  const survivor = await idOf(people[0]);
  const { rows } = await hub.pool.query<{ id: string }>('SELECT id FROM people.merged_person');
  const mergedId = `Person:${rows[0]?.id}`;
  const before = await totals();
  expect(await change('splitPersons', { mergedId })).toMatchObject({ person: { id: mergedId, name: people[1]?.name } });
  const after = await totals();
  expect(after.persons).toBe((before.persons ?? 0) + 1);
  expect(after.residents).toBe((before.residents ?? 0) + 1);
  expect(after.natives).toBe(
    (before.natives ?? 0) + (people[1]?.microGridCode.startsWith(people[1]?.registeredDivision) ? 1 : 0),
  );
  expect(await idOf(people[1])).toBe(mergedId);
  await expectFiguresRight();
  const { data } = await hub.ask(
    'system',
    'query ($id: ID!) { node(id: $id) { ... on Person { mergedPersons { id } merges { kind } } } }',
    { id: survivor },
  );
  expect(data).toEqual({ node: { mergedPersons: [], merges: [{ kind: 'SPLIT' }, { kind: 'MERGED' }] } });
});

test('what cannot be merged or split is refused, and nothing is written', async () => {
  const [a, b, c] = [await idOf(people[2]), await idOf(people[3]), await idOf(people[4])];
  await change('mergePersons', { survivorId: a, mergedId: b });
  const before = await totals();
  const nobody = 'Person:01900000-0000-7000-8000-000000000001';
  const refused = async (name: 'mergePersons' | 'splitPersons', input: Record<string, unknown>) => {
    const { code, culprit } = await change(name, input);
    return [code, culprit];
  };
  expect(await refused('mergePersons', { survivorId: a, mergedId: a })).toEqual(['SAME_PERSON', 'input.mergedId']);
  expect(await refused('mergePersons', { survivorId: nobody, mergedId: a })).toEqual([
    'PERSON_NOT_FOUND',
    'input.survivorId',
  ]);
  expect(await refused('mergePersons', { survivorId: c, mergedId: b })).toEqual(['PERSON_NOT_FOUND', 'input.mergedId']);
  expect(await refused('mergePersons', { survivorId: c, mergedId: a })).toEqual([
    'PERSON_SURVIVES_OTHERS',
    'input.mergedId',
  ]);
  expect(await refused('mergePersons', { survivorId: a, mergedId: c, reason: people[2]?.citizenId })).toEqual([
    'PERSONAL_NUMBER_IN_TEXT',
    'input.reason',
  ]);
  expect(await refused('splitPersons', { mergedId: c })).toEqual(['MERGE_NOT_FOUND', 'input.mergedId']);
  expect(await totals()).toEqual(before);
  const frontend = await hub.ask(
    'frontend',
    'mutation ($input: MergePersonsInput!) { mergePersons(input: $input) { __typename } }',
    {
      input: { survivorId: a, mergedId: c, reason: '无权办理', idempotencyKey: 'identity-frontend' },
    },
  );
  expect(frontend.errors[0]?.extensions?.code).toBe('FIELD_RIGHT_MISSING');
  expect(await totals()).toEqual(before);
});

test('of fifty who merge two records at once, either way round, one does', async () => {
  const [a, b] = [await idOf(people[5]), await idOf(people[6])];
  const before = await totals();
  const answers = await fiftyAtOnce('mergePersons', (index) =>
    change('mergePersons', index % 2 === 0 ? { survivorId: a, mergedId: b } : { survivorId: b, mergedId: a }),
  );
  expect(answers.filter(({ __typename }) => __typename === 'MergePersonsSuccess')).toHaveLength(1);
  expect(new Set(answers.map(({ code }) => code))).toEqual(new Set([undefined, 'PERSON_NOT_FOUND']));
  const after = await totals();
  expect([after.persons, after.residents, after.merges]).toEqual([
    (before.persons ?? 0) - 1,
    (before.residents ?? 0) - 1,
    (before.merges ?? 0) + 1,
  ]);
  // What is one now is split by one of fifty, too.
  const mergedId = answers.some(({ person }) => (person as { id: string } | undefined)?.id === a) ? b : a;
  const splits = await fiftyAtOnce('splitPersons', () => change('splitPersons', { mergedId }));
  expect(splits.filter(({ __typename }) => __typename === 'SplitPersonsSuccess')).toHaveLength(1);
  expect((await totals()).persons).toBe(before.persons);
});

test('likely doubles are held for a person to decide, with what speaks for it; relatives and strangers are not', async () => {
  const [one, other, relative, stranger] = [
    ...samplePeople({ city: 'jiaxing', scale: 0.001, count: 4, seed: 'doubles' }),
  ];
  if (one === undefined || other === undefined || relative === undefined || stranger === undefined)
    throw new Error('no sample');
  const store = openPeopleStore({ pool: hub.pool, clock: hub.clock, ids: uuidSource, keys: TEST_KEYS });
  while ((await scanCandidates(store, hub.clock.now())) > 0);
  await hub.pool.query('DELETE FROM people.identity_candidate');
  const phone = '10087654321';
  await sendDataset(
    origin,
    token,
    'people',
    datasetCsv(peopleDataset, [
      { ...one, phone },
      // Another number, the same name, telephone and micro-grid: an old record of the same person.
      { ...other, sex: '', name: one.name, phone, microGridCode: one.microGridCode },
      { ...relative, phone },
      { ...stranger, name: one.name },
    ]),
  );
  // The sex follows the number; a pair of different sex is none.
  await hub.pool.query('UPDATE people.person SET sex_code = $1 WHERE name = $2', [one.sex, one.name]);
  while ((await scanCandidates(store, hub.clock.now())) > 0);
  const LIST = `{ identityCandidates(state: OPEN) { nodes { candidateId score reasons first { name } second { name } } } }`;
  const { data } = await hub.ask('system', LIST, {}, UNMASK);
  const { nodes } = (data as { identityCandidates: { nodes: { candidateId: string }[] } }).identityCandidates;
  expect(nodes).toEqual([
    {
      candidateId: expect.any(String),
      score: 75,
      reasons: ['NAME', 'PHONE', 'ADDRESS'],
      first: { name: one.name },
      second: { name: one.name },
    },
  ]);
  expect((await hub.ask('frontend', LIST)).errors[0]?.extensions?.code).toBe('FIELD_RIGHT_MISSING');
  const candidateId = nodes[0]?.candidateId;
  const apart = await fiftyAtOnce('keepPersonsApart', () =>
    change('keepPersonsApart', { candidateId, reason: '父子同名' }),
  );
  expect(apart.filter(({ candidate }) => candidate !== undefined)).toEqual([
    expect.objectContaining({ candidate: { state: 'APART', reason: '父子同名' } }),
  ]);
  expect(await change('keepPersonsApart', { candidateId })).toMatchObject({ code: 'CANDIDATE_DECIDED' });
  expect(await change('keepPersonsApart', { candidateId: 'nothing' })).toMatchObject({ code: 'CANDIDATE_NOT_FOUND' });
  await hub.pool.query('UPDATE people.identity_scan SET last_id = $1', ['00000000-0000-0000-0000-000000000000']);
  while ((await scanCandidates(store, hub.clock.now())) > 0);
  expect((await hub.ask('system', LIST, {}, UNMASK)).data).toMatchObject({
    identityCandidates: { nodes: expect.not.arrayContaining([expect.objectContaining({ candidateId })]) },
  });
  await store.close();
});

test('identity-candidates: a city begins with some likely doubles, which the search finds just so', async () => {
  await using city = await openCityHub();
  const { data, errors } = await city.ask('system', operationDocument('identity-candidates'), {
    first: 10,
    state: 'OPEN',
  });
  expect(errors).toEqual([]);
  const { nodes } = (
    data as {
      identityCandidates: {
        nodes: {
          first: { id: string; name: string; citizenId: string };
          second: { id: string; name: string; citizenId: string };
        }[];
      };
    }
  ).identityCandidates;
  expect(nodes).toHaveLength(3);
  for (const { first, second } of nodes) {
    expect(second.name).toBe(first.name);
    expect(second.id).not.toBe(first.id);
  }
  const found = () =>
    city.pool.query(
      'SELECT first_id, second_id, score, reasons FROM people.identity_candidate ORDER BY first_id, second_id',
    );
  const { rows: seeded } = await found();
  expect(seeded.map(({ score, reasons }) => [score, reasons])).toEqual(
    Array.from({ length: 3 }, () => [75, ['NAME', 'PHONE', 'ADDRESS']]),
  );
  const { rows: numbers } = await city.pool.query(
    `SELECT count(DISTINCT citizen_id_hash)::int AS count FROM people.person
      WHERE id IN (SELECT unnest(ARRAY[first_id, second_id]) FROM people.identity_candidate)`,
  );
  expect(numbers).toEqual([{ count: 6 }]);
  await city.pool.query('DELETE FROM people.identity_candidate');
  const store = openPeopleStore({ pool: city.pool, clock: city.clock, ids: uuidSource, keys: TEST_KEYS });
  while ((await scanCandidates(store, city.clock.now())) > 0);
  expect((await found()).rows).toEqual(expect.arrayContaining(seeded));
  await store.close();
});

test('a name that is written otherwise is held by its sound, with birthday and telephone; another name is not', async () => {
  const store = openPeopleStore({ pool: hub.pool, clock: hub.clock, ids: uuidSource, keys: TEST_KEYS });
  while ((await scanCandidates(store, hub.clock.now())) > 0);
  await hub.pool.query('DELETE FROM people.identity_candidate');
  const people = [...samplePeople({ city: 'jiaxing', scale: 0.001, count: 6, seed: 'variants' })];
  // A variant, a traditional character, and another name of the same day and telephone.
  const names = ['沈志峰', '沈志峯', '张国华', '張國華', '王建军', '王建民'];
  const phones = ['10011110001', '10011110001', '10011110002', '10011110002', '10011110003', '10011110003'];
  await sendDataset(
    ...([origin, token, 'people'] as const),
    datasetCsv(
      peopleDataset,
      people.map((person, index) => ({ ...person, name: names[index] ?? '', phone: phones[index] ?? '' })),
    ),
  );
  await hub.pool.query(
    `UPDATE people.person SET sex_code = '1', birth_date = '1971-07-01', micro_grid_code = left(micro_grid_code, 15) || substr(md5(id::text), 1, 3)
      WHERE name = ANY($1)`,
    [names],
  );
  await hub.pool.query('UPDATE people.identity_scan SET last_id = $1', ['00000000-0000-0000-0000-000000000000']);
  while ((await scanCandidates(store, hub.clock.now())) > 0);
  const { rows } = await hub.pool.query(
    `SELECT array_agg(p.name ORDER BY p.name COLLATE "C") AS names, c.score, c.reasons
       FROM people.identity_candidate c JOIN people.person p ON p.id IN (c.first_id, c.second_id)
      WHERE p.name = ANY($1) GROUP BY c.id, c.score, c.reasons ORDER BY 1`,
    [names],
  );
  const told = { score: 75, reasons: ['NAME_SOUND', 'BIRTH_DATE', 'PHONE'] };
  expect(rows).toEqual([
    { names: ['张国华', '張國華'], ...told },
    { names: ['沈志峯', '沈志峰'].sort(), ...told },
  ]);
  await store.close();
});

test('kinship speaks for one person, and against it: the same place in a household, a family on record twice, twins', async () => {
  const store = openPeopleStore({ pool: hub.pool, clock: hub.clock, ids: uuidSource, keys: TEST_KEYS });
  while ((await scanCandidates(store, hub.clock.now())) > 0);
  await hub.pool.query('DELETE FROM people.identity_candidate');
  const people = [...samplePeople({ city: 'jiaxing', scale: 0.001, count: 10, seed: 'kin' })];
  const [first] = people;
  await sendDataset(
    origin,
    token,
    'people',
    datasetCsv(
      peopleDataset,
      people.map((person) => ({ ...person, phone: '', microGridCode: first?.microGridCode ?? '' })),
    ),
  );
  const ids = await Promise.all(people.map(idOf));
  const { rows: households } = await hub.pool.query<{ id: string }>(
    'SELECT id FROM people.household ORDER BY id LIMIT 2',
  );
  const keys = ids.map((id) => id.slice('Person:'.length));
  /** Each with a record beside it of the same name and birthday, in another community: 65 points alone. */
  const place = async (pair: number, name: string, places: readonly (readonly [(string | undefined)?, string?])[]) => {
    for (const [index, [household = null, relation = null]] of places.entries()) {
      await hub.pool.query(
        `UPDATE people.person SET name = $2, name_pinyin = $2, birth_date = $3, sex_code = '1', household_id = $4,
           relation_to_head_code = $5, community_code = left(community_code, 9) || $6,
           micro_grid_code = left(micro_grid_code, 9) || $6 || '001900' WHERE id = $1`,
        [keys[pair * 2 + index], name, `19${70 + pair}-03-0${pair + 1}`, household, relation, `90${index}`],
      );
    }
  };
  const [one, other] = households.map(({ id }) => id);
  await place(0, '甲户主', [
    [one, '01'],
    [other, '01'],
  ]);
  await place(1, '乙配偶', [
    [one, '10'],
    [other, '10'],
  ]);
  await place(2, '丙长子', [
    [one, '21'],
    [one, '21'],
  ]);
  await place(3, '丁双生', [
    [one, '22'],
    [one, '23'],
  ]);
  await place(4, '戊同名', [[], []]);
  await hub.pool.query('UPDATE people.identity_scan SET last_id = $1', ['00000000-0000-0000-0000-000000000000']);
  while ((await scanCandidates(store, hub.clock.now())) > 0);
  const { rows } = await hub.pool.query(
    `SELECT p.name, c.score, c.reasons FROM people.identity_candidate c JOIN people.person p ON p.id = c.first_id
      WHERE c.first_id = ANY($1) ORDER BY p.name COLLATE "C"`,
    [keys],
  );
  const reasons = ['NAME', 'BIRTH_DATE', 'KINSHIP'];
  expect(rows).toEqual(['丙长子', '乙配偶', '甲户主'].map((name) => ({ name, score: 80, reasons })));
  await store.close();
});

test('records of a file that began before are not passed by: the search waits for what is on its way', async () => {
  const store = openPeopleStore({ pool: hub.pool, clock: hub.clock, ids: uuidSource, keys: TEST_KEYS });
  const compare = async () => {
    let compared = 0;
    for (let count = -1; count !== 0; compared += count) count = await scanCandidates(store, hub.clock.now());
    return compared;
  };
  try {
    await compare();
    const batchId = uuidSource.next();
    await hub.pool.query(
      `INSERT INTO people.import_batch (id, dataset, dataset_version, client_id, department, format, policy,
         max_error_rate, state, received_at, touched_at)
       VALUES ($1, 'people', 1, 'another-hub', 'public-security', 'CSV', 'GOOD_ROWS', 0, 'RECEIVING', now(), now())`,
      [batchId],
    );
    const later = [...samplePeople({ city: 'jiaxing', scale: 0.001, count: 5, seed: 'later' })];
    const { receipt } = await sendDataset(
      origin,
      token,
      'people',
      datasetCsv(
        peopleDataset,
        later.map((row) => ({ ...row })),
      ),
    );
    expect(receipt.inserted).toBe(5);
    expect(await compare()).toBe(0);
    await hub.pool.query(`UPDATE people.import_batch SET state = 'ABANDONED', finished_at = now() WHERE id = $1`, [
      batchId,
    ]);
    expect(await compare()).toBe(5);
  } finally {
    await store.close();
  }
});
