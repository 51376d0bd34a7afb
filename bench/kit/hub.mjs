import { readFileSync } from 'node:fs';
import { startServer } from './start-server.mjs';

const words = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).scripts.start.split(' ');
/** What `npm start` runs Node with: a hub that is measured is the hub that is started. */
const command = words.slice(words.indexOf('node') + 1);

/** Starts the hub as `npm start -- <args>` does. @param {readonly string[]} args @param {Record<string, string>} [env] */
export function startHub(args, env = {}) {
  return startServer('hub', process.execPath, [...command, ...args], env);
}
