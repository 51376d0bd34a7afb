import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../subgraphs/kit/project-root.ts';
import { readExamples } from './operations/examples.ts';
import type { ScenarioResult } from './operations/scenario-result.ts';
import { acceptanceRows, readAcceptance } from './systems/acceptance.ts';
import { readTests } from './systems/proofs.ts';
import { readSystemRegister } from './systems/system-register.ts';
import { systemRows, systemsPage } from './systems/systems-page.ts';

const USAGE = `用法 Usage: npm run systems -- [--results results.json] [--write]
  --results  npm run scenarios -- --json 的输出；缺省时现在运行 its output; without it the documents are run now
  --write    写入 docs/systems.md，而非打印 write docs/systems.md instead of printing`;

/** Runs every operation document on hubs of its own; the program must have been built. */
function runScenarios(): ScenarioResult[] {
  const script = join(projectRoot, 'dist', 'gateway', 'scenarios.js');
  const { stdout } = spawnSync(process.execPath, [script, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout) as ScenarioResult[];
}

const { values } = parseArgs({
  options: {
    results: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(USAGE);
} else {
  const results =
    values.results === undefined
      ? runScenarios()
      : (JSON.parse(readFileSync(values.results, 'utf8')) as ScenarioResult[]);
  const register = readSystemRegister();
  const examples = readExamples(join(projectRoot, 'schema', 'operations'));
  const tests = readTests(join(projectRoot, 'tests'));
  const page = systemsPage(
    register,
    systemRows(register, examples, tests, results),
    acceptanceRows(readAcceptance(), examples, tests, results),
  );
  if (values.write) writeFileSync(join(projectRoot, 'docs', 'systems.md'), page);
  else process.stdout.write(page);
}
