/**
 * `npm run bench:garbage [-- --requests 6000] [--json] [--flags="…"] [--scale 0.01] [--data-dir …]`: what a request
 * leaves to the garbage collector, of the hub as `npm start` starts it, with 64 requests in flight: bytes allocated, bytes
 * that outlived one collection of young objects and were copied, and bytes that outlived two and moved to the old space,
 * where only a full collection finds them. They do not depend on how busy the machine is.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { findPostgres, readCity, runProduct } from './kit/city.mjs';
import { startHub } from './kit/hub.mjs';
import { drive, PURPOSE } from './kit/load.mjs';
import { bodiesFor, operationsFor } from './kit/operations.mjs';

const root = new URL('..', import.meta.url).pathname;
const { values: options } = parseArgs({
  options: {
    requests: { type: 'string', default: '6000' },
    flags: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
    scale: { type: 'string', default: '0.01' },
    'data-dir': { type: 'string' },
  },
});
const IN_FLIGHT = 64;
const MOST_MILLISECONDS = 120_000;
const WARM_REQUESTS = 12_000;

const data = options['data-dir'] ?? mkdtempSync(join(tmpdir(), 'yiyun-garbage-'));
const hubArguments = ['--port', '0', '--scale', options.scale, '--data-dir', data];
await (await startHub(hubArguments)).stop();
let output = '';
const hub = await startHub(
  hubArguments,
  {},
  {
    flags: ['--trace-gc-nvp', ...options.flags.split(' ').filter((flag) => flag !== '')],
    onOutput: (text) => {
      output += text;
    },
  },
);
try {
  const dossier = operationsFor(await readCity(findPostgres(data).url))['person-dossier'];
  const target = {
    url: hub.url,
    headers: { authorization: `Bearer ${runProduct(['token', 'system', '--data-dir', data])}`, ...PURPOSE },
  };
  const bodies = bodiesFor(root, 'person-dossier', dossier, 'hub');
  await drive([target], bodies, MOST_MILLISECONDS, IN_FLIGHT, WARM_REQUESTS);
  await delay(500);
  output = '';
  const { requests } = await drive([target], bodies, MOST_MILLISECONDS, IN_FLIGHT, Number(options.requests));
  await delay(500);
  const collections = output.split('\n').filter((line) => / allocated=\d/.test(line));
  const young = collections.filter((line) => / gc=s /.test(line));
  const kilobytesOf = (/** @type {string} */ name) =>
    young.reduce((sum, line) => sum + Number(new RegExp(`${name}=(\\d+)`).exec(line)?.[1] ?? 0), 0) / 1024 / requests;
  const figures = {
    allocated: kilobytesOf(' allocated'),
    copied: kilobytesOf('new_space_survived'),
    promoted: kilobytesOf(' promoted'),
    youngCollections: young.length,
    otherCollections: collections.length - young.length,
  };
  if (options.json) console.log(JSON.stringify(figures));
  else {
    console.log(`A person’s dossier, ${requests} requests, ${IN_FLIGHT} in flight, KiB per request\n`);
    console.log(
      '| allocated | copied once | moved to the old space | collections, young and other |\n|---|---|---|---|',
    );
    const { allocated, copied, promoted, youngCollections, otherCollections } = figures;
    const shown = [allocated, copied, promoted].map((figure) => figure.toFixed(1)).join(' | ');
    console.log(`| ${shown} | ${youngCollections} + ${otherCollections} |`);
  }
} finally {
  await hub.stop();
  if (options['data-dir'] === undefined) rmSync(data, { recursive: true, force: true });
}
