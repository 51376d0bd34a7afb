import { afterAll, beforeAll, expect, test } from 'vitest';
import { samplePeople } from '../../../prisma/seed/people/people-sample.ts';
import { peopleDataset } from '../../../subgraphs/people/datasets/people-dataset.ts';
import { type CityHub, openCityHub } from '../../kit/city-hub.ts';
import { countsOf, datasetCsv, NO_ROWS, sendDataset } from '../../kit/dataset-files.ts';

let hub: CityHub;
let origin: string;
let token: string;

beforeAll(async () => {
  hub = await openCityHub();
  origin = await hub.app.listen({ port: 0, host: '127.0.0.1' });
  token = await hub.tokenOf('system');
});
afterAll(() => hub[Symbol.asyncDispose]());

const people = [...samplePeople({ city: 'jiaxing', scale: 0.001, count: 40, seed: 'rejected' })];
const fetchRejected = (batchId: string, as = token) =>
  fetch(`${origin}/ingest/rejected/${batchId}`, { headers: { authorization: `Bearer ${as}` } });

test('rejected rows come back as they were stated; corrected and sent again, each is closed', async () => {
  const wrong = people.map((person, index) => ({
    ...person,
    ...(index === 3 ? { education: '999' } : {}),
    ...(index === 7 ? { microGridCode: '330402007024999001' } : {}),
  }));
  const { receipt } = await sendDataset(origin, token, 'people', datasetCsv(peopleDataset, wrong), '?maxErrorRate=0.1');
  expect(countsOf(receipt)).toEqual({ ...NO_ROWS, rows: 40, inserted: 38, rejected: 2 });

  const answer = await fetchRejected(receipt.batchId);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  const file = await answer.text();
  const [header, first, second] = file.trim().split('\n');
  expect(header).toBe(`原批次,原行号,拒收原因,${peopleDataset.columns.map(({ zh }) => zh).join(',')}`);
  expect(first).toMatch(new RegExp(`^${receipt.batchId},5,文化程度：.*,${people[3]?.citizenId},.*,999,`));
  expect(second).toMatch(new RegExp(`^${receipt.batchId},9,现住微网格代码：.*,${people[7]?.citizenId},`));
  expect(second).toContain(`,${people[7]?.phone},`);
  // Nobody reads them in the database.
  const { rows } = await hub.pool.query<{ text: string }>(
    'SELECT row_to_json(r)::text AS text FROM people.import_row r WHERE batch_id = $1',
    [receipt.batchId],
  );
  expect(rows.map(({ text }) => text.includes(String(people[3]?.citizenId)))).toEqual([false, false]);

  // One of them is put right, the other is not.
  const halfCorrected = file.replace(',999,', ',20,');
  const again = await sendDataset(origin, token, 'people', halfCorrected, '?maxErrorRate=1');
  expect([countsOf(again.receipt), again.receipt.corrected]).toEqual([
    { ...NO_ROWS, rows: 2, inserted: 1, rejected: 1 },
    1,
  ]);
  const left = await (await fetchRejected(receipt.batchId)).text();
  expect(left.trim().split('\n')).toHaveLength(2);
  const { data } = await hub.ask(
    'system',
    'query ($id: String!) { peopleImport(batchId: $id) { lines { nodes { line code correctedByBatchId } } } }',
    { id: receipt.batchId },
  );
  expect(data).toEqual({
    peopleImport: {
      lines: {
        nodes: [
          { line: 5, code: 'CODE_UNKNOWN', correctedByBatchId: again.receipt.batchId },
          { line: 9, code: 'PLACE_UNKNOWN', correctedByBatchId: null },
        ],
      },
    },
  });
  const last = left.replace('330402007024999001', String(people[7]?.microGridCode));
  const done = await sendDataset(origin, token, 'people', last);
  expect([countsOf(done.receipt), done.receipt.corrected]).toEqual([{ ...NO_ROWS, rows: 1, inserted: 1 }, 1]);
  expect((await (await fetchRejected(receipt.batchId)).text()).trim().split('\n')).toHaveLength(1);
});

test('another department, and whoever lacks the right, is told of no such batch; every reading is in the ledger', async () => {
  const { receipt } = await sendDataset(
    origin,
    token,
    'people',
    datasetCsv(peopleDataset, [{ ...people[0], education: '999' }] as Record<string, string>[]),
    '?maxErrorRate=1',
  );
  const foreign = await fetchRejected(receipt.batchId, await hub.tokenOf('frontend'));
  expect(foreign.status).toBe(404);
  expect(await foreign.text()).toContain('BATCH_UNKNOWN');
  expect((await fetch(`${origin}/ingest/rejected/${receipt.batchId}`)).status).toBe(401);
  await fetchRejected(receipt.batchId);
  const { rows } = await hub.pool.query(
    'SELECT count(*)::int AS count FROM catalog.access_scope WHERE operation_name = $1',
    [`rejected ${receipt.batchId}`],
  );
  expect(rows).toEqual([{ count: 1 }]);
});
