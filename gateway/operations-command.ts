import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { StartupProblem } from '../subgraphs/kit/codes/startup-problem.ts';
import { askHub, type HubAddress } from './operations/ask-hub.ts';
import { readManifest } from './operations/read-manifest.ts';
import { failProgram } from './startup/failure-text.ts';

const USAGE = `用法 Usage:
  npm run operations -- register --client <代码 id> --scenario <场景> --manifest <client/manifest.json> [--version <版本>]
      登记一个场景某版本的受信操作 registers the trusted operations of one version of a scenario
      --version 缺省取清单所在包的版本 the version of the package that the manifest lies in, without it
  npm run operations -- list --client <代码 id>              已登记的版本 the versions that are registered
  npm run operations -- retire --client <代码 id> --scenario <场景> --version <版本>   停用一个版本 ends one version
选项 options:
  --hub       枢纽地址 address of the hub [http://localhost:4000/graphql]
  --token     数据专员令牌，缺省用 YIYUN_TOKEN 或演示令牌 a steward's token; YIYUN_TOKEN or the demo one otherwise
  --data-dir  枢纽的数据目录 the hub's data folder [.data]`;

const REFUSAL = '... on Refusal { code messageZh messageEn }';
const REGISTER = `mutation RegisterManifest($input: TrustOperationsInput!) {
  trustOperations(input: $input) { __typename ... on TrustOperationsSuccess { hashes } ${REFUSAL} }
}`;
const RETIRE = `mutation RetireManifest($input: RetireOperationsInput!) {
  retireOperations(input: $input) { __typename ${REFUSAL} }
}`;
const LIST = `query Manifests($clientId: String!, $after: String) {
  client(clientId: $clientId) {
    trustedOnly
    operationManifests(first: 100, after: $after) {
      nodes { scenario version operationCount registeredAt retiredAt }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

interface Refused {
  readonly code?: string;
  readonly messageZh?: string;
  readonly messageEn?: string;
}

interface PageEnd {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

interface Listed {
  readonly client: {
    readonly trustedOnly: boolean;
    readonly operationManifests: {
      readonly nodes: readonly {
        readonly scenario: string;
        readonly version: string;
        readonly operationCount: number;
        readonly registeredAt: string;
        readonly retiredAt: string | null;
      }[];
      readonly pageInfo: PageEnd;
    };
  } | null;
}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args);
  const [command] = positionals;
  const { client: clientId, scenario, version } = values;
  if (values.help || clientId === undefined || positionals.length !== 1) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const address: HubAddress = { hub: values.hub, token: values.token, dataDirectory: values['data-dir'] };
  switch (command) {
    case 'register': {
      if (scenario === undefined || values.manifest === undefined) break;
      return register(address, { clientId, scenario, version, manifest: values.manifest });
    }
    case 'retire': {
      if (scenario === undefined || version === undefined) break;
      const input = { clientId, scenario, version, idempotencyKey: randomUUID() };
      const { retireOperations } = await askHub<{ retireOperations: Refused }>(address, RETIRE, { input });
      heed(retireOperations);
      console.log(`${scenario} ${version}：已停用 retired`);
      return 0;
    }
    case 'list':
      return list(address, clientId);
  }
  console.error(USAGE);
  return 2;
}

function readArguments(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      client: { type: 'string' },
      scenario: { type: 'string' },
      version: { type: 'string' },
      manifest: { type: 'string' },
      hub: { type: 'string', default: 'http://localhost:4000/graphql' },
      token: { type: 'string' },
      'data-dir': { type: 'string', default: process.env.YIYUN_DATA_DIR ?? '.data' },
      help: { type: 'boolean', short: 'h', default: false },
    },
    allowPositionals: true,
  });
}

async function register(
  address: HubAddress,
  given: { clientId: string; scenario: string; version: string | undefined; manifest: string },
): Promise<number> {
  const { clientId, scenario } = given;
  const manifest = readManifest(given.manifest);
  const version = given.version ?? manifest.version;
  if (version === undefined) {
    throw new StartupProblem(
      '清单旁没有 package.json：请用 --version 给出版本。',
      'There is no package.json beside the manifest: give --version.',
    );
  }
  const input = { clientId, scenario, version, documents: manifest.documents, idempotencyKey: randomUUID() };
  const { trustOperations } = await askHub<{ trustOperations: Refused & { hashes?: string[] } }>(address, REGISTER, {
    input,
  });
  heed(trustOperations);
  console.log(`${scenario} ${version}：已登记 ${trustOperations.hashes?.length} 个操作 operations registered`);
  return 0;
}

async function list(address: HubAddress, clientId: string): Promise<number> {
  let after: string | null = null;
  do {
    const listed: Listed = await askHub<Listed>(address, LIST, { clientId, after });
    const { client } = listed;
    if (client === null) {
      throw new StartupProblem(`没有登记接入方 ${clientId}。`, `No client ${clientId} is registered.`);
    }
    for (const { scenario, version, operationCount, registeredAt, retiredAt } of client.operationManifests.nodes) {
      const state = retiredAt === null ? '在用 live' : `已停用 retired ${retiredAt}`;
      console.log([scenario, version, `${operationCount} 个操作 operations`, registeredAt, state].join('\t'));
    }
    const { pageInfo }: { pageInfo: PageEnd } = client.operationManifests;
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return 0;
}

function heed({ code, messageZh = '', messageEn = '' }: Refused): void {
  if (code !== undefined) throw new StartupProblem(`${messageZh}（${code}）`, `${messageEn} (${code})`);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  failProgram(error, process.env);
  process.exitCode = 2;
}
