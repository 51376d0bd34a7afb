import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildServers } from './build-servers.mjs';
import { runProduct } from './city.mjs';
import { nodeFlags, startEnvironment, startHub } from './hub.mjs';
import { PURPOSE } from './load.mjs';
import { startServer } from './start-server.mjs';

/** Requests go to its targets in turn. @typedef {{ name: string, targets: [import('./load.mjs').Target, ...import('./load.mjs').Target[]], pids: () => number[] }} Stack */

/** The hub in other shapes: subgraphs apart, two workers, and without what guards it. */
export const shapesOfHub = ['hub over HTTP', 'two hubs', 'hub without ledger', 'hub without policy and ledger'];
/** In the order in which they take turns. */
export const stackNames = [
  'hub',
  ...shapesOfHub,
  'executor',
  'monolith',
  'floor',
  'Apollo Gateway',
  'Hive Gateway',
  'PostGraphile',
];

/** The subgraphs that the operations touch; the gateways of others get the whole supergraph all the same. */
const SUBGRAPHS = ['people', 'organizations', 'services', 'party'];
const ALL_SUBGRAPHS = [...SUBGRAPHS, 'catalog'];

/**
 * @param {readonly string[]} wanted
 * @param {{ hub?: any, postgres: { url: string, secret: string }, token?: string, root: string, started: any[], say: (line: string) => void, scale?: string, dataFolder?: string }} city
 * @returns {Promise<Stack[]>}
 */
export async function startStacks(wanted, { hub, postgres, token, root, started, say, scale = '', dataFolder = '' }) {
  const environment = {
    BENCH_DATABASE_URL: postgres.url,
    BENCH_SECRET: postgres.secret,
    BENCH_CITY: '3304',
    BENCH_INSTANT: '2026-06-30T02:00:00.000Z',
    NODE_ENV: 'production',
  };
  const built = await buildServers(root, ['executor', 'monolith', 'policy-hub', 'apollo-subgraph']);
  /** @param {string} name @param {string[]} args @param {Record<string, string>} [more] @param {string} [program] */
  const start = async (name, args, more = {}, program = process.execPath) => {
    const server = await startServer(name, program, args, { ...environment, ...more });
    started.push(server);
    return server;
  };
  /** @type {Record<string, () => Promise<Stack>>} */
  const makers = {
    hub: async () => ({ name: 'hub', targets: [asked(hub.url, token)], pids: () => [hub.pid] }),
    'hub over HTTP': async () => {
      const servers = [];
      /** @type {Record<string, string>} */
      const urls = {};
      for (const name of ALL_SUBGRAPHS) {
        const port = await freePort();
        servers.push(await start(name, ['yiyun.mjs', 'subgraph', name, '--port', `${port}`, '--data-dir', dataFolder]));
        urls[`SUBGRAPH_${name.toUpperCase()}_URL`] = `http://127.0.0.1:${port}/graphql`;
      }
      const front = await anotherHub(urls);
      const pids = [front.pid, ...servers.map(({ pid }) => pid)];
      return { name: 'hub over HTTP', targets: [front.target], pids: () => pids };
    },
    'two hubs': async () => {
      const other = await anotherHub({});
      return { name: 'two hubs', targets: [asked(hub.url, token), other.target], pids: () => [hub.pid, other.pid] };
    },
    'hub without ledger': () => hubWithout('hub without ledger', 'ledger'),
    'hub without policy and ledger': () => hubWithout('hub without policy and ledger', 'policy,purpose,rows,ledger'),
    executor: async () => one('executor', await start('executor', [built('executor')])),
    monolith: async () => one('monolith', await start('monolith', [built('monolith')])),
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
  /** A hub beside the city's, as on another machine: the same database and secret. @param {Record<string, string>} more */
  const anotherHub = async (more) => {
    const folder = mkdtempSync(join(tmpdir(), 'yiyun-bench-hub-'));
    const server = await startHub(['--port', '0', '--scale', scale, '--data-dir', folder], {
      ...{ DATABASE_URL: postgres.url, YIYUN_SECRET: postgres.secret },
      ...more,
    });
    started.push({ ...server, stop: () => server.stop().then(() => rmSync(folder, { recursive: true, force: true })) });
    return { pid: server.pid, target: asked(server.url, runProduct(['token', 'system', '--data-dir', folder])) };
  };
  /** @param {string} name @param {string} off see `policy-hub.mjs` @returns {Promise<Stack>} */
  const hubWithout = async (name, off) => {
    const server = await start(name, [...nodeFlags, built('policy-hub')], {
      ...startEnvironment,
      BENCH_OFF: off,
      BENCH_DATA: dataFolder,
    });
    const [, url = ''] = /^HUB (\S+)$/m.exec(server.output) ?? [];
    return { name, targets: [asked(url, token)], pids: () => [server.pid] };
  };
  /** @type {Promise<{ file: string, pids: number[] }> | undefined} */
  let peersBelow;
  const overHttp = async (/** @type {string} */ name, /** @type {string} */ file) => {
    peersBelow ??= startSubgraphs();
    const below = await peersBelow;
    const server = await start(name, [join(root, file)], { BENCH_SUPERGRAPH: below.file });
    return { name, targets: [{ url: server.url }], pids: () => [server.pid, ...below.pids] };
  };
  const startSubgraphs = async () => {
    const servers = [];
    for (const name of SUBGRAPHS) {
      servers.push(await start(name, [built('apollo-subgraph')], { BENCH_SUBGRAPH: name }));
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
  return { name, targets: [{ url: server.url }], pids: () => [server.pid] };
}

/** @param {string} url @param {string | undefined} token @returns {import('./load.mjs').Target} */
function asked(url, token) {
  return { url, headers: { authorization: `Bearer ${token}`, ...PURPOSE } };
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
