import { readFileSync } from 'node:fs';
import { startServer } from './start-server.mjs';

const words = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).scripts.start.split(' ');
/** What `npm start` runs Node with: a hub that is measured is the hub that is started. */
const command = words.slice(words.indexOf('node') + 1);
/** The settings of the C library's memory before it. @type {Record<string, string>} */
export const startEnvironment = Object.fromEntries(
  words.slice(0, words.indexOf('exec')).map((/** @type {string} */ word) => word.split('=')),
);
/** The part of it that is for Node itself. @type {string[]} */
export const nodeFlags = command.slice(0, command.indexOf('yiyun.mjs'));

/**
 * Starts the hub as `npm start -- <args>` does.
 *
 * @param {readonly string[]} args @param {Record<string, string>} [env] @param {{ flags?: readonly string[], onOutput?: (text: string) => void }} [more] of Node, and who reads all that it prints
 */
export function startHub(args, env = {}, { flags = [], onOutput } = {}) {
  return startServer(
    'hub',
    process.execPath,
    [...flags, ...command, ...args],
    { ...startEnvironment, ...env },
    onOutput,
  );
}
