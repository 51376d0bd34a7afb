import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleHouseholds } from '../../../prisma/seed/people/households-sample.ts';
import { samplePeople } from '../../../prisma/seed/people/people-sample.ts';
import { uuidSource } from '../../../subgraphs/kit/ids.ts';
import { householdsDataset } from '../../../subgraphs/people/datasets/households-dataset.ts';
import { peopleDataset } from '../../../subgraphs/people/datasets/people-dataset.ts';
import { openFigureCounters } from '../../../subgraphs/registry.ts';
import { type CityHub, openCityHub } from '../../kit/city-hub.ts';
import { countsOf, datasetCsv, NO_ROWS, sendDataset } from '../../kit/dataset-files.ts';
import { settledOutbox } from '../../kit/settled-outbox.ts';

let hub: CityHub;
let origin: string;
let token: string;

beforeAll(async () => {
  hub = await openCityHub();
  origin = await hub.app.listen({ port: 0, host: '127.0.0.1' });
  token = await hub.tokenOf('system');
});
afterAll(() => hub[Symbol.asyncDispose]());

const sample = (count: number) => [...sampleHouseholds({ city: 'jiaxing', scale: 0.001, count, seed: 'households' })];
const send = (rows: Iterable<Readonly<Record<string, string>>>, query = '') =>
  sendDataset(origin, token, 'households', datasetCsv(householdsDataset, rows), query);
const [one, other] = sample(2);
if (one === undefined || other === undefined) throw new Error('no sample');

test('new households move into dwellings on record and are counted; the same file again changes nothing', async () => {
  const households = async () =>
    (
      await hub.pool.query<{ rows: number; kept: number; grids: number }>(
        `SELECT (SELECT count(*)::int FROM people.household) AS rows,
                (SELECT sum(household_count)::int FROM people.community_population) AS kept,
                (SELECT sum(household_count)::int FROM people.grid_population) AS grids`,
      )
    ).rows[0];
  const before = await households();
  const { status, receipt } = await send(sample(60));
  expect(receipt.reason).toBeNull();
  expect([status, countsOf(receipt)]).toEqual([200, { ...NO_ROWS, rows: 60, inserted: 60 }]);
  const more = (count: number | undefined) => (count ?? 0) + 60;
  expect(await households()).toEqual({
    rows: more(before?.rows),
    kept: more(before?.kept),
    grids: more(before?.grids),
  });
  expect(countsOf((await send(sample(60))).receipt)).toEqual({ ...NO_ROWS, rows: 60, unchanged: 60 });
  for (const counter of openFigureCounters({ pool: hub.pool, clock: hub.clock, ids: uuidSource })) {
    if (counter.subgraph !== 'people') continue;
    await settledOutbox(hub.pool, 'people');
    await counter.catchUp();
    expect(await counter.recount()).toEqual([]);
  }
});

test('a head comes by number and must be on record; then the people dataset brings the members', async () => {
  const [head] = samplePeople({ city: 'jiaxing', scale: 0.001, count: 1, seed: 'heads' });
  if (head === undefined) throw new Error('no sample');
  const unknown = await send([{ ...one, headCitizenId: head.citizenId }], '?maxErrorRate=1');
  expect(unknown.receipt.results.map(({ column, code, value }) => [column, code, value])).toEqual([
    ['headCitizenId', 'REFERENCE_UNKNOWN', null],
  ]);
  const people = (rows: Iterable<Readonly<Record<string, string>>>) =>
    sendDataset(origin, token, 'people', datasetCsv(peopleDataset, rows));
  await people([{ ...head }]);
  expect(countsOf((await send([{ ...one, headCitizenId: head.citizenId }])).receipt)).toEqual({
    ...NO_ROWS,
    rows: 1,
    updated: 1,
  });
  const member = { ...head, householdNumber: one.householdNumber, relationToHead: '02' };
  expect(countsOf((await people([member])).receipt)).toEqual({ ...NO_ROWS, rows: 1, updated: 1 });
  const { data } = await hub.ask(
    'system',
    `query ($id: String!) { personByCitizenId(citizenId: $id) { household { householdNumber head { name }
        members { nodes { name } } itemSources { item provenance { kind } } } } }`,
    { id: head.citizenId },
    { 'x-yiyun-unmask': 'true' },
  );
  expect(data).toEqual({
    personByCitizenId: {
      household: {
        householdNumber: one.householdNumber,
        head: { name: head.name },
        members: { nodes: [{ name: head.name }] },
        itemSources: expect.arrayContaining([{ item: 'head', provenance: { kind: 'IMPORT' } }]),
      },
    },
  });
});

test('a household does not move by a file, and its dwelling must lie where the row says', async () => {
  const moved = await send([{ ...one, dwellingAddress: other.dwellingAddress, microGridCode: other.microGridCode }]);
  expect(countsOf(moved.receipt)).toEqual({ ...NO_ROWS, rows: 1, held: 1, conflicts: 1 });
  expect(moved.receipt.results[0]).toMatchObject({ column: 'dwellingAddress', code: 'RECORDED_ELSEWHERE' });
  const { data } = await hub.ask(
    'system',
    `{ householdItemConflicts { nodes { item statedValue household { householdNumber } } } personItemConflicts { totalCount } }`,
    {},
    { 'x-yiyun-unmask': 'true' },
  );
  expect(data).toEqual({
    householdItemConflicts: {
      nodes: [
        { item: 'dwelling', statedValue: other.dwellingAddress, household: { householdNumber: one.householdNumber } },
      ],
    },
    personItemConflicts: { totalCount: 0 },
  });
  const elsewhere = await send(
    [
      { ...one, householdNumber: 'NEW-1', microGridCode: '330402007024002001' },
      { ...one, householdNumber: 'NEW-2', microGridCode: '' },
    ],
    '?maxErrorRate=1',
  );
  expect(elsewhere.receipt.results.map(({ column, code }) => [column, code])).toEqual([
    ['dwellingAddress', 'REFERENCE_UNKNOWN'],
    ['microGridCode', 'VALUES_TOGETHER'],
  ]);
});
