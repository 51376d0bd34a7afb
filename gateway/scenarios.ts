import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { StartupProblem } from '../subgraphs/kit/codes/startup-problem.ts';
import { projectRoot } from '../subgraphs/kit/project-root.ts';
import { type DemoRole, issueDemoToken } from './identity/demo-clients.ts';
import { findDemoKey } from './identity/demo-keys.ts';
import { DEMO_PURPOSE_HEADERS } from './identity/demo-purpose.ts';
import { type ExampleOperation, readExamples } from './operations/examples.ts';
import {
  findScenarioFailure,
  type ScenarioAnswer,
  type ScenarioResult,
  scenarioRole,
} from './operations/scenario-result.ts';

const USAGE = `用法 Usage: npm run scenarios -- [--url http://localhost:4000/graphql] [--data-dir .data] [--token JWT] [--json]
  --url       已在运行的枢纽；缺省时按所需城市各启动一个 a running hub; without it one is started per city
  --data-dir  该枢纽的数据目录，用于签发演示令牌 its data folder, for the demo tokens [.data]
  --token     代替演示令牌 a token to use instead of the demo ones
  --json      以 JSON 列表输出 print a JSON list`;

const DEFAULT_CITY = 'jiaxing';

interface Target {
  readonly url: string;
  tokenFor(role: DemoRole): Promise<string>;
  close(): Promise<void>;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      'data-dir': { type: 'string', default: '.data' },
      token: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const examples = readExamples(join(projectRoot, 'schema', 'operations'));
  const results: ScenarioResult[] = [];
  for (const [city, documents] of byCity(examples)) {
    const target =
      values.url === undefined ? await startHub(city) : runningHub(values.url, values['data-dir'], values.token);
    try {
      if (values.url !== undefined && (await cityOf(target)) !== city) {
        console.error(
          `跳过 ${documents.length} 个 ${city} 的文档 skipped ${documents.length} document(s) that need ${city}`,
        );
        continue;
      }
      for (const example of documents) results.push(await runScenario(target, example, values.json));
    } finally {
      await target.close();
    }
  }
  if (values.json) console.log(JSON.stringify(results, null, 2));
  else console.log(`${results.filter((result) => result.ok).length} / ${results.length} ok`);
  return results.length > 0 && results.every((result) => result.ok) ? 0 : 1;
}

function byCity(examples: readonly ExampleOperation[]): Map<string, ExampleOperation[]> {
  const cities = new Map<string, ExampleOperation[]>();
  for (const example of examples) {
    const city = example.city ?? DEFAULT_CITY;
    cities.set(city, [...(cities.get(city) ?? []), example]);
  }
  return cities;
}

async function runScenario(target: Target, example: ExampleOperation, quiet: boolean): Promise<ScenarioResult> {
  const token = await target.tokenFor(scenarioRole(example));
  const started = performance.now();
  const error = await ask(target.url, token, example).then(findScenarioFailure, (cause: unknown) => String(cause));
  const ms = Math.round((performance.now() - started) * 10) / 10;
  const result = { rows: example.rows, operation: example.name, ok: error === undefined, ms };
  if (!quiet) console.log(`${example.rows.join(',').padEnd(16)} ${example.name.padEnd(36)} ${error ?? 'ok'} ${ms} ms`);
  return error === undefined ? result : { ...result, error };
}

async function ask(url: string, token: string, example: ExampleOperation): Promise<ScenarioAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...DEMO_PURPOSE_HEADERS },
    body: JSON.stringify({
      query: example.document,
      variables: example.variables,
      operationName: example.operationName,
    }),
  });
  const body = (await response.json()) as Partial<ScenarioAnswer>;
  return { status: response.status, data: body.data ?? null, errors: body.errors ?? [] };
}

async function cityOf(target: Target): Promise<string | undefined> {
  const example = { name: 'city', title: '', rows: [], document: '{ loadedCity { city } }', variables: {} };
  const { data } = await ask(target.url, await target.tokenFor('system'), example);
  return (data?.loadedCity as { city?: string } | null | undefined)?.city;
}

function runningHub(url: string, dataDirectory: string, token: string | undefined): Target {
  return {
    url: new URL(url).pathname === '/' ? new URL('/graphql', url).href : url,
    tokenFor: async (role) => token ?? issueDemoToken(await findDemoKey(dataDirectory), role),
    close: async () => {},
  };
}

/** Starts a hub of its own on a free port with an empty data folder, and removes both afterwards. */
async function startHub(city: string): Promise<Target> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'yiyun-scenarios-'));
  const main = fileURLToPath(new URL('./main.js', import.meta.url));
  const child = spawn(process.execPath, [main, '--city', city, '--port', '0', '--data-dir', dataDirectory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      const found = /http:\/\/[\w.:[\]]+\/graphql/.exec(line);
      if (found !== null) resolve(found[0]);
    });
    child.once('exit', (code) => reject(new Error(`The hub for ${city} ended with ${code} before it was ready`)));
  });
  return {
    url,
    tokenFor: async (role) => issueDemoToken(await findDemoKey(dataDirectory), role),
    close: async () => {
      child.kill('SIGTERM');
      await exited;
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof StartupProblem ? error.message : error);
  process.exitCode = 1;
}
