/**
 * `npm run bench:reload`: whether a hub that is asked at a steady rate loses a request when another version of the graph
 * takes over. A hub with a small demo city is sent `--rate` requests a second (200), each at its time whether or not the
 * ones before have been answered, while `--reloads` proposals (5) are published through the graph one after another.
 * Every answer is counted: it must be whole, and equal to the one before the first reload. Exits with 1 when one is not.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { post } from './kit/load.mjs';
import { startServer } from './kit/start-server.mjs';

const root = new URL('..', import.meta.url).pathname;
const { values } = parseArgs({
  options: { rate: { type: 'string', default: '200' }, reloads: { type: 'string', default: '5' } },
});
const RATE = Number(values.rate);
const RELOADS = Number(values.reloads);
const PURPOSE = { 'x-yiyun-legal-basis': 'PIPL-13-3', 'x-yiyun-scenario': 'service-handling' };

const data = mkdtempSync(join(tmpdir(), 'yiyun-reload-'));
const hub = await startServer(
  'hub',
  process.execPath,
  ['yiyun.mjs', 'main', '--port', '0', '--scale', '0.001', '--data-dir', data],
  {},
);
try {
  const targetOf = (/** @type {string} */ role) => {
    const token = spawnSync(process.execPath, ['yiyun.mjs', 'token', role, '--data-dir', data], {
      cwd: root,
      encoding: 'utf8',
    }).stdout.trim();
    return { url: hub.url, headers: { authorization: `Bearer ${token}`, ...PURPOSE } };
  };
  const [system, steward] = [targetOf('system'), targetOf('steward')];
  const query = '{ departmentSystems(first: 5) { nodes { code name health } } currentCaller { clientId } }';
  const body = JSON.stringify({ query });
  const expected = await post(system, body);
  if (JSON.parse(expected).errors !== undefined) throw new Error(expected);

  const latencies = /** @type {number[]} */ ([]);
  const wrong = /** @type {string[]} */ ([]);
  let [sent, running] = [0, true];
  const load = (async () => {
    const started = performance.now();
    while (running) {
      for (; sent < ((performance.now() - started) / 1000) * RATE; sent++) {
        const sentAt = performance.now();
        post(system, body).then(
          (answer) => {
            latencies.push(performance.now() - sentAt);
            if (answer !== expected) wrong.push(answer.slice(0, 300));
          },
          (error) => wrong.push(String(error)),
        );
      }
      await delay(2);
    }
  })();
  const run = async (/** @type {typeof system} */ as, /** @type {string} */ mutation, /** @type {object} */ input) => {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}`;
    const text = `mutation ($input: ${type}Input!) { ${mutation}(input: $input) { ... on Refusal { code messageEn }
      ... on ${type}Success { proposal { id state publishedNumber missingSignOffs { code } } } } }`;
    const key = { idempotencyKey: `reload-${Math.random().toString(36).slice(2)}-key` };
    const answer = JSON.parse(
      await post(as, JSON.stringify({ query: text, variables: { input: { ...key, ...input } } })),
    );
    const proposal = answer.data?.[mutation]?.proposal;
    if (proposal === undefined) throw new Error(JSON.stringify(answer));
    return proposal;
  };
  const people = readFileSync(join(root, 'schema/people.graphql'), 'utf8');
  const loaded = /** @type {string[]} */ ([]);
  for (let reload = 1; reload <= RELOADS; reload++) {
    const reason = `已有替代 replaced by ageYears；移除 removal: 2027-01-${String(reload).padStart(2, '0')}`;
    const sdl = people.replace(/\n {2}ethnicGroup: .*/, (line) => `${line} @deprecated(reason: "${reason}")`);
    const contracts = [{ subgraph: 'people', sdlGzipBase64: gzipSync(sdl).toString('base64') }];
    const { id } = await run(system, 'submitSchemaProposal', { title: `重载 ${reload}`, reason: '压测', contracts });
    const reviewed = await run(steward, 'advanceSchemaProposal', { id, event: 'REVIEW' });
    if (reviewed.missingSignOffs.length > 0) await run(system, 'signSchemaProposal', { id, agreed: true });
    await run(steward, 'advanceSchemaProposal', { id, event: 'APPROVE' });
    const { publishedNumber } = await run(steward, 'advanceSchemaProposal', { id, event: 'PUBLISH' });
    for (;;) {
      const answer = await post(
        steward,
        JSON.stringify({ query: `{ graphVersion(number: ${publishedNumber}) { loads { loaded reason } } }` }),
      );
      const [load] = JSON.parse(answer).data.graphVersion.loads;
      if (load?.loaded === true) break;
      if (load?.loaded === false) throw new Error(load.reason);
      await delay(100);
    }
    loaded.push(publishedNumber);
  }
  running = false;
  await load;
  for (let waited = 0; latencies.length + wrong.length < sent && waited < 30_000; waited += 50) await delay(50);
  latencies.sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => latencies[Math.floor((latencies.length - 1) * share)]?.toFixed(1);
  console.log(
    `${RELOADS} reloads (versions ${loaded.join(', ')}) under ${RATE} requests/s: ${sent} sent, ${latencies.length} answered, ${wrong.length} lost or wrong; median ${at(0.5)} ms, 99 % ${at(0.99)} ms, longest ${at(1)} ms`,
  );
  for (const text of wrong.slice(0, 5)) console.log(text);
  process.exitCode = latencies.length === sent && wrong.length === 0 ? 0 : 1;
} finally {
  await hub.stop();
  rmSync(data, { recursive: true, force: true });
}
