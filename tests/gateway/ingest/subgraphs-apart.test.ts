import { afterAll, beforeAll, expect, test } from 'vitest';
import { samplePartyMembers } from '../../../prisma/seed/party/party-members-sample.ts';
import { samplePeople } from '../../../prisma/seed/people/people-sample.ts';
import { sampleIncidents } from '../../../prisma/seed/services/incidents-sample.ts';
import { datasets } from '../../../subgraphs/datasets.ts';
import { type CityHub, openCityHub } from '../../kit/city-hub.ts';
import { countsOf, datasetCsv, NO_ROWS, sendDataset } from '../../kit/dataset-files.ts';
import { settledOutbox } from '../../kit/settled-outbox.ts';

let hub: CityHub;
let origin: string;
let token: string;

beforeAll(async () => {
  hub = await openCityHub('http');
  origin = await hub.app.listen({ port: 0, host: '127.0.0.1' });
  token = await hub.tokenOf('system');
});
afterAll(() => hub[Symbol.asyncDispose]());

const options = { city: 'jiaxing', scale: 0.001, count: 8, seed: 'apart' } as const;
type Row = Readonly<Record<string, string>>;

test.each<[dataset: string, subgraph: string, typeName: string, rows: () => Iterable<Row & object>]>([
  ['people', 'people', 'Person', () => samplePeople(options) as unknown as Iterable<Row>],
  ['incidents', 'services', 'Incident', () => sampleIncidents(options)],
  ['party-members', 'party', 'PartyMember', () => samplePartyMembers(options)],
])(
  'with every subgraph in a process of its own, %s are taken in and followed',
  async (name, subgraph, typeName, rows) => {
    const dataset = datasets.find((candidate) => candidate.name === name);
    if (dataset === undefined) throw new Error(`no dataset ${name}`);
    const before = await hub.ask('system', '{ changes(first: 1) { latestCursor } }');
    const { latestCursor } = (before.data as { changes: { latestCursor: string } }).changes;
    const { status, receipt } = await sendDataset(origin, token, name, datasetCsv(dataset, rows()));
    expect(receipt.reason).toBeNull();
    expect([status, countsOf(receipt)]).toEqual([200, { ...NO_ROWS, rows: 8, inserted: 8 }]);
    await settledOutbox(hub.pool, subgraph);
    const { data } = await hub.ask(
      'system',
      `query ($after: String!, $types: [String!]) {
       changes(after: $after, types: $types, first: 50) { nodes { subgraph entity { id } } }
       receipt: ${subgraph}Import(batchId: "${receipt.batchId}") { state insertedCount } }`,
      { after: latestCursor, types: [typeName] },
    );
    expect(data).toEqual({
      changes: { nodes: Array(8).fill({ subgraph, entity: { id: expect.stringMatching(`^${typeName}:`) } }) },
      receipt: { state: 'MERGED', insertedCount: 8 },
    });
  },
);
