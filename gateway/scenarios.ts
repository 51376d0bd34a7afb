import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { StartupProblem } from '../subgraphs/kit/codes/startup-problem.ts';
import { projectRoot } from '../subgraphs/kit/project-root.ts';
import { type DemoRole, issueDemoToken } from './identity/demo-clients.ts';
import { findDemoKey } from './identity/demo-keys.ts';
import { DEMO_PURPOSE_HEADERS } from './identity/demo-purpose.ts';
import { examplesByCity, isEmptyAtFirst } from './operations/example-operation.ts';
import { type ExampleOperation, readExamples } from './operations/examples.ts';
import {
  findScenarioFailure,
  type ScenarioAnswer,
  type ScenarioResult,
  scenarioRole,
} from './operations/scenario-result.ts';
import { failProgram } from './startup/failure-text.ts';

const USAGE = `用法 Usage: npm run scenarios -- [--url http://localhost:4000/graphql] [--data-dir .data] [--token JWT] [--city sanya] [--json]
  --url       已在运行的枢纽；缺省时按所需城市各启动一个 a running hub; without it one is started per city
  --data-dir  该枢纽的数据目录，用于签发演示令牌 its data folder, for the demo tokens [.data]
  --token     代替演示令牌 a token to use instead of the demo ones
  --city      只运行这个城市的文档 only the documents of this city
  --json      以 JSON 列表输出 print a JSON list`;

interface Target {
  readonly url: string;
  tokenFor(role: DemoRole): Promise<string>;
  close(): Promise<void>;
}

async function main(): Promise<number> {
  const values = readArguments(process.argv.slice(2));
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const examples = readExamples(join(projectRoot, 'schema', 'operations'));
  const results: ScenarioResult[] = [];
  const cities = examplesByCity(examples);
  if (values.city !== undefined && !cities.has(values.city)) {
    throw new StartupProblem(
      `没有 ${values.city} 的文档：--city 须为 ${[...cities.keys()].join('、')} 之一。`,
      `No document needs ${values.city}: give one of ${[...cities.keys()].join(', ')} as --city.`,
    );
  }
  for (const [city, documents] of cities) {
    if (values.city !== undefined && values.city !== city) continue;
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

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        url: { type: 'string' },
        'data-dir': { type: 'string', default: '.data' },
        token: { type: 'string' },
        city: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    // Node's own sentence names the option, and then explains how to write positional arguments.
    const reason = error instanceof Error ? (error.message.split('. ')[0] ?? '') : '';
    throw new StartupProblem(
      `无法识别的用法（${reason}）：运行 npm run scenarios -- --help 可查看用法。`,
      `That is not how it is used (${reason}): run npm run scenarios -- --help to see how.`,
      { cause: error },
    );
  }
}

async function runScenario(target: Target, example: ExampleOperation, quiet: boolean): Promise<ScenarioResult> {
  const token = await target.tokenFor(scenarioRole(example));
  const started = performance.now();
  const error = await ask(target.url, token, example).then(
    (answer) => findScenarioFailure(answer, isEmptyAtFirst(example)),
    (cause: unknown) => String(cause),
  );
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
  const token = await target.tokenFor('system');
  const { status, data, errors } = await ask(target.url, token, example).catch((error: unknown) => {
    throw new StartupProblem(
      `${target.url} 没有像枢纽那样应答：请确认枢纽在运行，并检查 --url。`,
      `${target.url} does not answer as a hub does: make sure that the hub runs, and check --url.`,
      { cause: error },
    );
  });
  const problem = errors[0]?.message ?? (status === 200 ? undefined : `HTTP ${status}`);
  if (problem !== undefined) {
    throw new StartupProblem(
      `${target.url} 拒绝了请求（${problem}）：请检查 --url、--token 与 --data-dir。`,
      `${target.url} refused the request (${problem}): check --url, --token and --data-dir.`,
    );
  }
  return (data?.loadedCity as { city?: string } | null | undefined)?.city;
}

function runningHub(url: string, dataDirectory: string, token: string | undefined): Target {
  if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) {
    throw new StartupProblem(
      `--url 的值无效：须为 http 或 https 地址，例如 http://localhost:4000/graphql。`,
      `The value of --url is invalid: give an http or https address, for example http://localhost:4000/graphql.`,
    );
  }
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw new StartupProblem(
      '--token 的值无效：须为一个访问令牌（JWT）。',
      'The value of --token is invalid: give one access token (a JWT).',
    );
  }
  return {
    url: new URL(url).pathname === '/' ? new URL('/graphql', url).href : url,
    tokenFor: async (role) => token ?? issueDemoToken(await findDemoKey(dataDirectory), role),
    close: async () => {},
  };
}

/** Starts a hub of its own on a free port with an empty data folder, and removes both afterwards. */
async function startHub(city: string): Promise<Target> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'yiyun-scenarios-'));
  const main = join(projectRoot, 'yiyun.mjs');
  const child = spawn(process.execPath, [main, 'main', '--city', city, '--port', '0', '--data-dir', dataDirectory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      const found = /http:\/\/[\w.:[\]]+\/graphql/.exec(line);
      if (found !== null) resolve(found[0]);
    });
    child.once('exit', (code) =>
      reject(
        new StartupProblem(
          `${city} 的枢纽在就绪前结束（${code}）：原因见上。`,
          `The hub for ${city} ended before it was ready (${code}): its reason stands above.`,
        ),
      ),
    );
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
  failProgram(error, process.env);
}
