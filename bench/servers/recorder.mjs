/** Measures the recorder of usage by itself, for `bench/recording.mjs`: prints one line of JSON. */
import { readFileSync } from 'node:fs';
import { createOperationCache } from '../../gateway/operations/prepare.ts';
import { UsageRecorder } from '../../gateway/operations/usage-recorder.ts';
import { uuidSource } from '../../subgraphs/kit/ids.ts';
import { PipelinedPool } from '../../subgraphs/kit/store/pipelined-pool.ts';
import { deriveSealingKeys } from '../../subgraphs/kit/store/sealing.ts';
import { openCatalogPort } from '../../subgraphs/registry.ts';
import { childrenOf, cpuByThread, microsecondsBetween } from '../kit/processes.mjs';
import { productRequire } from './product-require.mjs';

const { buildSchema } = productRequire('graphql');
const root = new URL('../..', import.meta.url);
const requests = Number(process.env.BENCH_REQUESTS);
const postgresPid = Number(process.env.BENCH_POSTGRES_PID);
const pool = new PipelinedPool({ connectionString: process.env.BENCH_DATABASE_URL, max: 4 });
const catalog = openCatalogPort({
  pool,
  clock: { now: () => new Date() },
  ids: uuidSource,
  keys: deriveSealingKeys(Buffer.alloc(32, 7)),
});
const cache = createOperationCache({
  apiSchema: buildSchema(readFileSync(new URL('schema/api.graphql', root), 'utf8'), { assumeValidSDL: true }),
  limits: { tokens: 4_000, depth: 14, aliases: 60, directives: 60, rootFields: 20, cost: 50_000 },
  introspection: true,
  suggestions: true,
});
const texts = [
  readFileSync(new URL('bench/operations/person-dossier.graphql', root), 'utf8'),
  `query Residents($code: String!) { community(statCode: $code) { name residents(first: 20) { totalCount
    nodes { name sex ageYears phone birthDate grid { name } } } } }`,
];
const operations = texts.map((text) => {
  const prepared = cache.prepare(text, undefined);
  if (!('document' in prepared)) throw new Error(prepared.map(({ message }) => message).join('; '));
  return prepared;
});
const recorder = new UsageRecorder({ catalog, clock: { now: () => new Date() }, flushMilliseconds: 3_600_000 });
const spent = () => cpuByThread([process.pid, postgresPid, ...childrenOf(postgresPid)]);
const note = (/** @type {number} */ count) => {
  for (let i = 0; i < count; i++) {
    const operation = operations[i % operations.length];
    if (operation !== undefined) recorder.record(operation, 'demo-system', false);
  }
};

note(200_000);
await recorder.flush();
const NOTED = 1_000_000;
const before = process.cpuUsage();
note(NOTED);
const noted = process.cpuUsage(before);
const notedMicroseconds = (noted.user + noted.system) / NOTED;
await recorder.flush();

const REPORTS = 100;
const started = spent();
for (let report = 0; report < REPORTS; report++) {
  note(operations.length);
  await recorder.flush();
}
const reportMicroseconds = microsecondsBetween(started, spent()) / REPORTS;
await recorder.close();
await catalog.close();
await pool.end();
const microsecondsPerRequest = notedMicroseconds + reportMicroseconds / requests;
console.log(
  JSON.stringify({ microsecondsPerRequest, notedMicroseconds, reportMicroseconds, operations: operations.length }),
);
process.exit(0);
