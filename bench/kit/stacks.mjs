import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from './start-server.mjs';

/** @typedef {{ name: string, target: import('./load.mjs').Target, pids: () => number[] }} Stack */

/** In the order in which they take turns. */
export const stackNames = ['hub', 'executor', 'monolith', 'floor', 'Apollo Gateway', 'Hive Gateway', 'PostGraphile'];

const PURPOSE = {
  'x-yiyun-legal-basis': 'PIPL-13-3',
  'x-yiyun-scenario': 'service-handling',
  'x-yiyun-unmask': 'true',
};
/** The subgraphs that the operations touch; the gateways of others get the whole supergraph all the same. */
const SUBGRAPHS = ['people', 'organizations', 'services', 'party'];

/**
 * @param {readonly string[]} wanted
 * @param {{ hub: any, postgres: { url: string, secret: string }, token: string, root: string, started: any[], say: (line: string) => void }} city
 * @returns {Promise<Stack[]>}
 */
export async function startStacks(wanted, { hub, postgres, token, root, started, say }) {
  const environment = {
    BENCH_DATABASE_URL: postgres.url,
    BENCH_SECRET: postgres.secret,
    BENCH_CITY: '3304',
    BENCH_INSTANT: '2026-06-30T02:00:00.000Z',
    NODE_ENV: 'production',
  };
  const fromSource = (/** @type {string} */ file) => ['--import', 'tsx', join(root, file)];
  /** @param {string} name @param {string[]} args @param {Record<string, string>} [more] @param {string} [program] */
  const start = async (name, args, more = {}, program = process.execPath) => {
    const server = await startServer(name, program, args, { ...environment, ...more });
    started.push(server);
    return server;
  };
  /** @type {Record<string, () => Promise<Stack>>} */
  const makers = {
    hub: async () => ({
      name: 'hub',
      target: { url: hub.url, headers: { authorization: `Bearer ${token}`, ...PURPOSE } },
      pids: () => [hub.pid],
    }),
    executor: async () => one('executor', await start('executor', fromSource('bench/servers/executor.mjs'))),
    monolith: async () => one('monolith', await start('monolith', fromSource('bench/servers/monolith.mjs'))),
    floor: async () => one('floor', await start('floor', [join(root, 'bench/servers/floor.mjs')])),
    'Apollo Gateway': async () => overHttp('Apollo Gateway', 'bench/peers/apollo-gateway.mjs'),
    'Hive Gateway': async () => overHttp('Hive Gateway', 'bench/peers/hive-gateway.mjs'),
    PostGraphile: async () => {
      // It needs Node 22; npm's package of that name brings one along.
      const node = join(root, 'bench/node_modules/.bin/node');
      const program = existsSync(node) ? node : process.execPath;
      return one(
        'PostGraphile',
        await start('PostGraphile', [join(root, 'bench/peers/postgraphile.mjs')], {}, program),
      );
    },
  };
  /** @type {Promise<{ file: string, pids: number[] }> | undefined} */
  let peersBelow;
  const overHttp = async (/** @type {string} */ name, /** @type {string} */ file) => {
    peersBelow ??= startSubgraphs();
    const below = await peersBelow;
    const server = await start(name, [join(root, file)], { BENCH_SUPERGRAPH: below.file });
    return { name, target: { url: server.url }, pids: () => [server.pid, ...below.pids] };
  };
  const startSubgraphs = async () => {
    const servers = [];
    for (const name of SUBGRAPHS) {
      servers.push(await start(name, fromSource('bench/servers/apollo-subgraph.mjs'), { BENCH_SUBGRAPH: name }));
    }
    let supergraph = readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8');
    for (const [index, name] of SUBGRAPHS.entries()) {
      supergraph = supergraph.replaceAll(`http://${name}.yiyun.example/graphql`, servers[index]?.url ?? '');
    }
    const file = join(tmpdir(), `yiyun-bench-${process.pid}.graphql`);
    writeFileSync(file, supergraph);
    return { file, pids: servers.map(({ pid }) => pid) };
  };
  const stacks = [];
  for (const name of stackNames) {
    const make = makers[name];
    if (make === undefined || !wanted.includes(name)) continue;
    say(`starting ${name} …`);
    stacks.push(await make());
  }
  return stacks;
}

/** @param {string} name @param {{ pid: number, url: string }} server @returns {Stack} */
function one(name, server) {
  return { name, target: { url: server.url }, pids: () => [server.pid] };
}
