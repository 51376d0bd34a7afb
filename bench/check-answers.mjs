/**
 * `BENCH_DATABASE_URL=… BENCH_SECRET=<hexadecimal> node bench/check-answers.mjs`: whether what `npm run bench` measures
 * the hub against still answers as the hub's executor does: the floor's statements and the monolith, over a database
 * that holds a demo city. The suite runs it, so that the bench does not rot.
 */
import { readCity } from './kit/city.mjs';
import { demandEqualAnswers, operationsFor } from './kit/operations.mjs';
import { startStacks } from './kit/stacks.mjs';

const root = new URL('..', import.meta.url).pathname;
const { BENCH_DATABASE_URL: url = '', BENCH_SECRET: secret = '' } = process.env;
/** @type {{ stop: () => Promise<void> }[]} */
const started = [];
try {
  const names = ['executor', 'monolith', 'floor'];
  const stacks = await startStacks(names, { postgres: { url, secret }, root, started, say: () => {} });
  const compared = {};
  for (const [name, operation] of Object.entries(operationsFor(await readCity(url)))) {
    const able = stacks.filter((stack) => operation.stacks.includes(stack.name));
    if (able.length < 2 || operation.next !== undefined) continue;
    const answers = await demandEqualAnswers(root, name, operation, able);
    Object.assign(compared, { [name]: { stacks: able.map((stack) => stack.name), answers } });
  }
  console.log(JSON.stringify(compared));
} finally {
  for (const server of started.reverse()) await server.stop();
}
