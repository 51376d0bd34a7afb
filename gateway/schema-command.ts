import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { besideHub } from '../prisma/database/beside-hub.ts';
import { StartupProblem } from '../subgraphs/kit/codes/startup-problem.ts';
import type { ProposedContract } from '../subgraphs/kit/schema-check/schema-judgement.ts';
import { deriveSealingKeys } from '../subgraphs/kit/store/sealing.ts';
import { type HubAddress, postToHub } from './operations/ask-hub.ts';
import { readProposedContracts } from './schema/proposed-contracts.ts';
import { failProgram } from './startup/failure-text.ts';

const USAGE = `用法 Usage: npm run schema -- check <文件 file | 目录 folder | 地址 url> [--subgraph people] [--json]
  评审契约变更：能否合成、破坏了什么、影响谁、是否合乎规范；通过时退出码为 0，不通过为 1
  judges a change of contracts: does it compose, what breaks, for whom, does it keep the rules; exit code 0 passed, 1 failed
  --subgraph  该契约属于哪个子图，缺省取文件名 which subgraph it is; the file's name otherwise
  --hub       所对照的枢纽 the hub to hold it against [http://localhost:4000/graphql]
  --token     数据专员令牌，缺省用 YIYUN_TOKEN 或演示令牌 a steward's token; YIYUN_TOKEN or the demo one otherwise
  --data-dir  枢纽的数据目录 the hub's data folder [.data]
  --json      以 JSON 输出 print JSON`;

const CHECK = `query SchemaCheck($contracts: [ProposedContractInput!]!) {
  schemaCheck(contracts: $contracts) {
    verdict checkedAt composes compositionFindings breakingCount dangerousCount safeCount documentCount since text
    changes { kind coordinate level messageZh messageEn ownerCode
      usedBy { clientId clientName departmentCode departmentName operationCount requestCount lastSeenAt operationNames } }
    lint { rule coordinate messageZh messageEn }
  }
}`;

interface Checked {
  readonly schemaCheck?: ({ readonly verdict: string; readonly text: string } & object) | null;
}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      subgraph: { type: 'string' },
      hub: { type: 'string', default: 'http://localhost:4000/graphql' },
      token: { type: 'string' },
      'data-dir': { type: 'string', default: '.data' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
    allowPositionals: true,
  });
  const [command, place, ...more] = positionals;
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (command !== 'check' || place === undefined || more.length > 0) {
    console.error(USAGE);
    return 2;
  }
  const contracts = await readProposedContracts({
    place,
    subgraph: values.subgraph,
    signatureKey: findSignatureKey(values['data-dir']),
  });
  const address = { hub: values.hub, token: values.token, dataDirectory: values['data-dir'] };
  const { text, ...check } = await ask(address, contracts);
  console.log(values.json ? JSON.stringify(check, null, 2) : text.trimEnd());
  return check.verdict === 'PASSED' ? 0 : 1;
}

async function ask(address: HubAddress, contracts: readonly ProposedContract[]) {
  const sent = contracts.map(({ name, sdl }) => ({
    subgraph: name,
    sdlGzipBase64: gzipSync(sdl).toString('base64'),
  }));
  const answer = await postToHub<Checked>(address, CHECK, { contracts: sent });
  const check = answer.data?.schemaCheck;
  if (check != null) return check;
  const reason = answer.errors?.map(({ message }) => message).join('; ') ?? '-';
  throw new StartupProblem(`枢纽没有给出评审结论：${reason}`, `The hub gave no verdict: ${reason}`);
}

/** A contract that runs under this hub's signature can only be read with its secret. */
function findSignatureKey(dataDirectory: string): Buffer | undefined {
  try {
    const secret = besideHub(dataDirectory).readSecret('hub-secret');
    return secret === undefined ? undefined : deriveSealingKeys(secret).signature;
  } catch {
    return undefined;
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  failProgram(error, process.env);
  process.exitCode = 2;
}
