import { realpathSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { besideHub } from '../prisma/database/beside-hub.ts';
import { CITY_DATABASE } from '../prisma/database/ensure-database.ts';
import { StartupProblem } from '../subgraphs/kit/codes/startup-problem.ts';
import { federateSchema } from '../subgraphs/kit/graph/federated-schema.ts';
import { deriveSealingKeys } from '../subgraphs/kit/store/sealing.ts';
import type { SubgraphDefinition } from '../subgraphs/kit/subgraph-definition.ts';
import { subgraphs } from '../subgraphs/registry.ts';
import { describeError } from './http/error-report.ts';
import { readOptions } from './options.ts';
import { checkPort, listenProblem } from './startup/check-port.ts';
import { failProgram } from './startup/failure-text.ts';
import { FollowedSubgraph } from './startup/followed-subgraph.ts';
import { createSubgraphServer } from './transport/subgraph-server.ts';

const DEFAULT_PORT = 4001;

/**
 * `npm run subgraph -- people --port 4001 [--data-dir .data]` serves one subgraph alone, for a gateway that names its
 * address in `SUBGRAPH_PEOPLE_URL`. It works on `DATABASE_URL` with the secret in `YIYUN_SECRET`, or on the Postgres
 * that the hub of the data folder runs, whenever that runs.
 */
async function main(args: readonly string[]): Promise<void> {
  const options = readOptions([], process.env);
  if (options === 'help') return;
  if (args.some((argument) => argument === '--help' || argument === '-h')) {
    console.log(usage());
    return;
  }
  const { definition, host, port, folder } = readArguments(args, options.dataDirectory);
  await checkPort({ host, port });
  const logger = pino({ level: options.logLevel, base: null });
  const hub = options.databaseUrl === undefined || options.secret === undefined ? besideHub(folder) : undefined;
  const secret = options.secret ?? hub?.readSecret('hub-secret');
  if (secret === undefined) throw new Error('neither a secret nor a data folder');
  const keys = deriveSealingKeys(secret);
  const followed = new FollowedSubgraph({
    definition,
    keys,
    findDatabaseUrl: async () => options.databaseUrl ?? (await hub?.findDatabaseUrl(CITY_DATABASE)),
    onConnectionLost: (error) => logger.warn({ error: describeError(error) }, 'a database connection was lost'),
  });
  followed.startTimedWork((error) => logger.warn({ error: describeError(error) }, 'timed work failed'));
  const server = await createSubgraphServer({
    name: definition.name,
    schema: federateSchema(definition.name, definition.buildSchema()).schema,
    running: () => followed.current(),
    signatureKey: keys.signature,
    onError: (error) => logger.warn({ error: describeError(error) }, 'a request failed'),
  });
  const stop = async () => {
    await server.close();
    await followed.close();
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop());
  process.once('SIGINT', () => void stop());
  const address = await server.listen({ host, port }).catch((error: unknown) => {
    throw listenProblem({ host, port }, error);
  });
  console.log(`一云子图 Yiyun subgraph ${definition.name} ${address}/graphql`);
  console.log(`SUBGRAPH_${definition.name.toUpperCase()}_URL=${address}/graphql npm start`);
}

interface SubgraphArguments {
  readonly definition: SubgraphDefinition;
  readonly host: string;
  readonly port: number;
  readonly folder: string;
}

function readArguments(args: readonly string[], defaultFolder: string): SubgraphArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: String(DEFAULT_PORT) },
      host: { type: 'string', default: '127.0.0.1' },
      'data-dir': { type: 'string', default: defaultFolder },
    },
    allowPositionals: true,
    strict: false,
  });
  const definition = subgraphs.find(({ name }) => name === positionals[0]);
  const unknown = Object.keys(values).find((name) => !['port', 'host', 'data-dir'].includes(name));
  if (unknown !== undefined) {
    throw new StartupProblem(
      `无法识别选项“--${unknown}”：运行 npm run subgraph -- --help 可查看用法。`,
      `Unknown option "--${unknown}": run npm run subgraph -- --help to see how it is used.`,
    );
  }
  const empty = Object.entries(values).find(([, value]) => typeof value !== 'string' || value === '')?.[0];
  if (empty !== undefined) {
    throw new StartupProblem(
      `选项 --${empty} 缺少值：运行 npm run subgraph -- --help 可查看用法。`,
      `The option --${empty} lacks its value: run npm run subgraph -- --help to see how it is used.`,
    );
  }
  if (definition === undefined || positionals.length !== 1) {
    throw new StartupProblem(
      `请给出一个子图的名称（${names}），例如 npm run subgraph -- people --port 4001。`,
      `Name one subgraph (${names}), for example npm run subgraph -- people --port 4001.`,
    );
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new StartupProblem(`端口 --port 应为 0 到 65535 的整数。`, `--port must be a whole number from 0 to 65535.`);
  }
  return { definition, host: String(values.host), port, folder: existingFolder(String(values['data-dir'])) };
}

const names = subgraphs.map(({ name }) => name).join(', ');

function usage(): string {
  return [
    '用法 Usage: npm run subgraph -- <name> [--port 4001] [--host 127.0.0.1] [--data-dir .data]',
    `  <name>  子图 the subgraph: ${names}`,
    '  DATABASE_URL 与 YIYUN_SECRET 代替数据目录 stand in for the data folder.',
  ].join('\n');
}

function existingFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  failProgram(error, process.env);
}
