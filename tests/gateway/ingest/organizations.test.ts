import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoParties, issueToken } from '../../../gateway/identity/tokens.ts';
import { sampleOrganizations } from '../../../prisma/seed/organizations/organizations-sample.ts';
import { uuidSource } from '../../../subgraphs/kit/ids.ts';
import { waitForTurn } from '../../../subgraphs/kit/store/ingest/stage-checks.ts';
import { organizationsDataset } from '../../../subgraphs/organizations/datasets/organizations-dataset.ts';
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

const sample = (count: number) => [
  ...sampleOrganizations({ city: 'jiaxing', scale: 0.001, count, seed: 'organizations' }),
];
const send = (rows: Iterable<Readonly<Record<string, string>>>, as = token) =>
  sendDataset(origin, as, 'organizations', datasetCsv(organizationsDataset, rows));
const [first, second, third] = sample(3);
if (first === undefined || second === undefined || third === undefined) throw new Error('no sample');

test('new bodies are registered with events and figures, and the same file again changes nothing', async () => {
  const merged = await send(sample(40));
  expect(merged.receipt.reason).toBeNull();
  expect([merged.status, countsOf(merged.receipt)]).toEqual([200, { ...NO_ROWS, rows: 40, inserted: 40 }]);
  const { rows: events } = await hub.pool.query(
    "SELECT count(*)::int AS count, count(community_code)::int AS placed FROM organizations.outbox WHERE event_type = 'organization.registered'",
  );
  expect(events).toEqual([{ count: 40, placed: 40 }]);
  for (const counter of openFigureCounters({ pool: hub.pool, clock: hub.clock, ids: uuidSource })) {
    if (counter.subgraph !== 'organizations') continue;
    await settledOutbox(hub.pool, 'organizations');
    await counter.catchUp();
    expect(await counter.recount()).toEqual([]);
  }
  const again = await send(sample(40));
  expect(countsOf(again.receipt)).toEqual({ ...NO_ROWS, rows: 40, unchanged: 40 });
});

test('codes are written as code or name; a unit names its parent; what does not fit is told by line and column', async () => {
  const { receipt } = await send(
    [
      { ...first, parentUscc: second.uscc, kind: '社会组织', field: '公益慈善类' },
      { ...third, form: '' },
      { ...third, uscc: `${third.uscc.slice(0, 17)}?` },
      { ...third, kind: '律师事务所' },
      { ...third, dissolvedOn: '1999-01-01' },
      { ...third, parentUscc: third.uscc },
      { uscc: third.uscc, kind: '怪物' },
      { ...third, parentUscc: '52330499MA00000000' },
    ].slice(0, 7),
    token,
  );
  expect(receipt.state).toBe('REFUSED');
  expect(receipt.reason?.code).toBe('ERROR_RATE_EXCEEDED');
  expect(receipt.results.map(({ line, column, code }) => [line, column, code])).toEqual([
    [3, 'form', 'SOCIAL_ORGANIZATION_INCOMPLETE'],
    [4, 'uscc', 'USCC_INVALID'],
    [5, 'form', 'NOT_A_SOCIAL_ORGANIZATION'],
    [6, 'dissolvedOn', 'PERIOD_REVERSED'],
    [7, 'parentUscc', 'REFERS_TO_ITSELF'],
    [8, 'kind', 'CODE_UNKNOWN'],
  ]);
  const taken = await send([{ ...first, parentUscc: second.uscc, kind: '社会组织', field: '公益慈善类' }]);
  expect(countsOf(taken.receipt)).toEqual({ ...NO_ROWS, rows: 1, updated: 1 });
  const { data } = await hub.ask(
    'system',
    `{ organizationsImports(first: 1) { nodes { datasetName updatedCount departmentName } } }`,
  );
  expect(data).toEqual({
    organizationsImports: { nodes: [{ datasetName: '组织机构', updatedCount: 1, departmentName: '公安局' }] },
  });
});

test('bodies that lie above each other in a circle are rejected, in one file and with what is on record; those below are taken', async () => {
  // Since the test before, the first lies below the second.
  const [, , , ...others] = sample(7);
  const above = (row: object | undefined, parent: { uscc: string } | undefined) => ({
    ...row,
    parentUscc: parent?.uscc ?? '',
  });
  const [a, b, c, below] = others;
  const parents = async () =>
    (
      await hub.pool.query(
        `SELECT o.uscc, p.uscc AS above FROM organizations.organization o
           JOIN organizations.organization p ON p.id = o.parent_id ORDER BY o.uscc`,
      )
    ).rows;
  const before = await parents();
  const query = '?maxErrorRate=1';
  const circle = await sendDataset(
    ...([origin, token, 'organizations'] as const),
    datasetCsv(organizationsDataset, [
      ...[above(a, b), above(b, c), above(c, a), above(below, a), above(second, first)],
    ] as Record<string, string>[]),
    query,
  );
  expect(circle.receipt.results.map(({ line, column, code }) => [line, column, code])).toEqual(
    [2, 3, 4, 6].map((line) => [line, 'parentUscc', 'REFERENCE_CIRCLE']),
  );
  expect(countsOf(circle.receipt)).toEqual({ ...NO_ROWS, rows: 5, updated: 1, rejected: 4 });
  expect(await parents()).toEqual(
    [...before, { uscc: below?.uscc, above: a?.uscc }].sort((one, other) => (one.uscc < other.uscc ? -1 : 1)),
  );
  // Turned round in one file it is no circle.
  const turned = await send([above(first, third), above(second, first)] as Record<string, string>[]);
  expect(countsOf(turned.receipt)).toEqual({ ...NO_ROWS, rows: 2, updated: 2 });
});

test('two files that make a circle together are merged one after the other, and the later one is told', async () => {
  const [, , , , , , , one, other] = sample(9);
  const above = (row: object | undefined, parent: { uscc: string } | undefined) => ({
    ...row,
    parentUscc: parent?.uscc ?? '',
  });
  // Both are checked before either is merged.
  const waits = `SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE wait_event_type = 'Lock' AND datname = current_database()`;
  const client = await hub.pool.connect();
  await client.query('BEGIN');
  await waitForTurn(client, 'organizations', organizationsDataset.table);
  const both = [above(one, other), above(other, one)].map((row) =>
    sendDataset(
      ...([origin, token, 'organizations'] as const),
      datasetCsv(organizationsDataset, [row] as Record<string, string>[]),
      '?maxErrorRate=1',
    ),
  );
  await expect.poll(async () => (await hub.pool.query(waits)).rows[0].count, { timeout: 60_000 }).toBe(2);
  await client.query('COMMIT');
  client.release();
  const receipts = (await Promise.all(both)).map(({ receipt }) => receipt);
  expect(receipts.map((receipt) => countsOf(receipt).updated).sort()).toEqual([0, 1]);
  expect(receipts.flatMap(({ results }) => results.map(({ column, code }) => [column, code]))).toEqual([
    ['parentUscc', 'REFERENCE_CIRCLE'],
  ]);
});

test('the source department overwrites, another one’s word becomes a conflict that both see on the body', async () => {
  await hub.catalog.ensureClients([
    {
      clientId: 'test-civil-affairs',
      name: '民政 Civil affairs',
      kind: 'SYSTEM',
      departmentCode: 'civil-affairs',
      jurisdictionCodes: ['3304'],
      jurisdictionRule: 'DIVISIONS',
      rights: ['organization.import'],
      costBudgetPerMinute: 1_000,
      active: true,
    },
  ]);
  const civilAffairs = await issueToken(hub.key, demoParties, { clientId: 'test-civil-affairs' }, 600);
  const renamed = await send([{ ...second, name: '更名后的协会' }], civilAffairs);
  expect(countsOf(renamed.receipt)).toEqual({ ...NO_ROWS, rows: 1, updated: 1 });
  const disputed = await send([{ ...second, name: '公安所称的协会' }]);
  expect(countsOf(disputed.receipt)).toEqual({ ...NO_ROWS, rows: 1, held: 1, conflicts: 1 });
  const { data } = await hub.ask(
    'system',
    `{ organizationItemConflicts(filter: { state: OPEN }) { totalCount nodes { item statedValue departmentName
        standingDepartmentName rule organization { name itemSources { item provenance { departmentName } } itemConflicts { item } } } } }`,
  );
  expect(data).toEqual({
    organizationItemConflicts: {
      totalCount: 1,
      nodes: [
        {
          item: 'name',
          statedValue: '公安所称的协会',
          departmentName: '公安局',
          standingDepartmentName: '民政局',
          rule: 'SOURCE_STANDS',
          organization: {
            name: '更名后的协会',
            itemSources: expect.arrayContaining([
              { item: 'name', provenance: { departmentName: '民政局' } },
              { item: 'establishedOn', provenance: { departmentName: '公安局' } },
            ]),
            itemConflicts: [{ item: 'name' }],
          },
        },
      ],
    },
  });
});
