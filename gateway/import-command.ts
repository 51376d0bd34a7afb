import { parseArgs } from 'node:util';
import { StartupProblem } from '../subgraphs/kit/codes/startup-problem.ts';
import type { DatasetDeclaration } from '../subgraphs/kit/ingest/dataset.ts';
import type { Receipt } from '../subgraphs/kit/ingest/receipt.ts';
import { subgraphs } from '../subgraphs/registry.ts';
import { describeDataset } from './import/describe-dataset.ts';
import { fetchRejected } from './import/fetch-rejected.ts';
import { printReceipt } from './import/print-receipt.ts';
import { pullFrom, sendFile } from './import/send-file.ts';
import { storeMapping } from './import/store-mapping.ts';
import { writeSample } from './import/write-sample.ts';
import { failProgram } from './startup/failure-text.ts';

const USAGE = `用法 Usage:
  npm run import -- --describe people [--json]                列、类型、代码表与示例 columns, types, code lists, examples
  npm run --silent import -- --sample people 1000 > new.csv   新的合成数据 new synthetic rows [--city jiaxing] [--scale 0.01] [--seed TEXT]
  npm run import -- people new.csv --url http://localhost:4000/graphql [--json]
  npm run import -- people --store-mapping rk.json --mapping <system>   登记该系统的映射文件 stores the mapping file of a system
  npm run import -- people --from <system>                    从登记了映射的部门系统拉取 fetched from a department's system by its mapping
  npm run --silent import -- --rejected <batch> > fix.csv     被拒收的行，更正后照常导入即销号 rejected rows; corrected and imported, they are closed
选项 options:
  --url            枢纽地址 address of the hub [http://localhost:4000/graphql]
  --token          访问令牌，缺省用演示令牌 an access token; the demo one without it [--data-dir .data]
  --policy         good-rows（合格行入库）| all-or-nothing（全有或全无） [good-rows]
  --max-error-rate 不合格率上限，超过则整批拒收 refuse the batch above this share of rejected rows [0.05]
  --mapping        用该部门系统登记的映射读取文件 read the file by the mapping of this system
  --client         按映射定时拉取时的接入方 as which client the hub fetches by the mapping's schedule
  --encoding       utf-8 | gb18030，缺省自动识别 found out without it
  --key            幂等键：同一文件重发得到同一回执 idempotency key: the same file again gets the same receipt
  --json           打印 JSON 回执 print the receipt as JSON
文件 file: .csv .tsv .ndjson .jsonl .xlsx，可加 .gz；“-”为标准输入（CSV） may end in .gz; "-" is standard input (CSV)
退出码 exit code: 0 已入库 merged, 1 整批拒收 refused, 2 用法或连接有误 wrong use or no connection`;

const datasets = subgraphs.flatMap((subgraph) => subgraph.datasets ?? []);

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args);
  if (values.rejected !== undefined) {
    await fetchRejected(values.rejected, { ...values, dataDirectory: values['data-dir'] }, process.stdout);
    return 0;
  }
  if (values.help === true || (positionals.length === 0 && values.describe !== true && values.sample !== true)) {
    console.log(USAGE);
    return values.help === true ? 0 : 2;
  }
  const dataset = getDataset(positionals[0]);
  if (values.describe === true) {
    console.log(describeDataset(dataset, values.json));
    return 0;
  }
  if (values.sample === true) {
    await writeSample(
      dataset,
      positionals[1],
      { city: values.city, scale: values.scale, seed: values.seed },
      process.stdout,
    );
    return 0;
  }
  const sending = {
    url: values.url,
    token: values.token,
    dataDirectory: values['data-dir'],
    policy: values.policy,
    maxErrorRate: values['max-error-rate'],
    encoding: values.encoding,
    key: values.key,
    mapping: values.mapping,
  };
  const print = (receipt: Receipt) => {
    console.log(values.json ? JSON.stringify(receipt, null, 2) : printReceipt(receipt));
    return receipt.state === 'MERGED' ? 0 : 1;
  };
  const stored = values['store-mapping'];
  if (stored !== undefined) {
    const version = await storeMapping(dataset, stored, { ...sending, clientId: values.client });
    console.log(
      `${values.mapping} · ${dataset.name}：映射第 ${version} 版已登记 version ${version} of the mapping is stored`,
    );
    return 0;
  }
  if (values.from !== undefined) return print(await pullFrom(dataset, values.from, sending));
  const [, file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new StartupProblem(
      `请给出一个文件，例如 npm run import -- ${dataset.name} ${dataset.name}.csv。`,
      `Name one file, for example npm run import -- ${dataset.name} ${dataset.name}.csv.`,
    );
  }
  return print(await sendFile(dataset, file, sending));
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        describe: { type: 'boolean' },
        sample: { type: 'boolean' },
        url: { type: 'string', default: 'http://localhost:4000/graphql' },
        token: { type: 'string' },
        'data-dir': { type: 'string', default: process.env.YIYUN_DATA_DIR ?? '.data' },
        rejected: { type: 'string' },
        from: { type: 'string' },
        mapping: { type: 'string' },
        'store-mapping': { type: 'string' },
        client: { type: 'string' },
        policy: { type: 'string', default: 'good-rows' },
        'max-error-rate': { type: 'string', default: '0.05' },
        encoding: { type: 'string' },
        key: { type: 'string' },
        city: { type: 'string', default: process.env.YIYUN_CITY ?? 'jiaxing' },
        scale: { type: 'string' },
        seed: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: true,
    });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('. ')[0] ?? '') : '';
    throw new StartupProblem(
      `无法识别的用法（${reason}）：运行 npm run import -- --help 可查看用法。`,
      `That is not how it is used (${reason}): run npm run import -- --help to see how.`,
      { cause: error },
    );
  }
}

function getDataset(name: string | undefined): DatasetDeclaration {
  const found = datasets.find((dataset) => dataset.name === name);
  if (found !== undefined) return found;
  const known = datasets.map((dataset) => dataset.name);
  throw new StartupProblem(`请给出一个数据集：${known.join('、')}。`, `Name one dataset: ${known.join(', ')}.`);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  failProgram(error, process.env);
  process.exitCode = 2;
}
