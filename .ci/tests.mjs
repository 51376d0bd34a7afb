// Runs the tests. What fails while others share the cores is run once more by itself, and said to have been.
// Writes to the file that it is given: "passed failed skipped", then a line for each test that failed or needed both goes.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/** More files than these do not fail for want of a core. */
const MOST_AGAIN = 8;

const [summary] = process.argv.slice(2);
const report = `${summary}.json`;

/** @returns the files that ran, by their paths; what ends the run without failing in any of them is one itself */
function run(...options) {
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = spawnSync('npm', ['test', '--', ...reporters, ...options], { stdio: 'inherit' });
  const files = JSON.parse(readFileSync(report, 'utf8')).testResults.map((file) => ({
    ...file,
    name: relative('.', file.name),
  }));
  if (status !== 0 && files.every(({ status }) => status === 'passed')) {
    files.push({ name: 'vitest', status: 'failed', message: `ended with ${status}`, assertionResults: [] });
  }
  return new Map(files.map((file) => [file.name, file]));
}

/** A file that fails without a test that does counts as one failure. */
function failuresOf({ name, status, message, assertionResults }) {
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (status === 'failed' && failed.length === 0) return [`${name}: ${message}`];
  return failed.map((test) => `${name}: ${test.fullName}: ${test.failureMessages.join('; ').split('\n')[0]}`);
}

const files = run();
const failed = [...files.values()].filter((file) => failuresOf(file).length > 0);
const second =
  failed.length > 0 && failed.length <= MOST_AGAIN && !files.has('vitest')
    ? run('--maxWorkers=1', ...failed.map(({ name }) => name))
    : new Map();
for (const [name, file] of second) files.set(name, file);

const all = [...files.values()];
const count = (status) => all.flatMap((file) => file.assertionResults).filter((test) => test.status === status).length;
const failures = all.flatMap(failuresOf);
const mended = failed.filter(({ name }) => failuresOf(files.get(name)).length === 0).flatMap(failuresOf);
const lines = [
  `${count('passed')} ${failures.length} ${count('skipped')}`,
  ...failures.map((text) => `FAILED: ${text}`),
  ...mended.map((text) => `passed only by itself: ${text}`),
];
writeFileSync(summary, `${lines.join('\n')}\n`);
