import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { StartupProblem } from '../subgraphs/kit/codes/startup-problem.ts';
import { describeError } from './http/error-report.ts';
import { issueDemoToken } from './identity/demo-clients.ts';
import { findDemoKey } from './identity/demo-keys.ts';
import { relayChanges } from './relay/relay-changes.ts';
import { failProgram } from './startup/failure-text.ts';

const USAGE = `用法 Usage: npm run relay -- [--url http://localhost:4000/graphql] [--nats nats://localhost:4222]
把变更流转发到 NATS JetStream：按子图提交次序，至少一次，消息编号即变更编号。
Relays the change feed to NATS JetStream: in commit order per subgraph, at least once, the message id being the change's.
选项 options（环境变量 variables）:
  --url         枢纽地址 address of the hub [http://localhost:4000/graphql]
  --token-file  访问令牌文件，每次连接时重读；缺省用演示令牌 file of an access token, read for each connection; the demo one without it [--data-dir .data]
  --nats        NATS 地址，逗号分隔 addresses, separated by commas [nats://localhost:4222] (YIYUN_NATS_URL)
  --stream      流的名称，不存在则建立 name of the stream, made when it is not there [YIYUN_CHANGES]
  --subject     主题前缀：<前缀>.<子图>.<对象类型>.<动作> prefix: <prefix>.<subgraph>.<entity type>.<what happened> [yiyun.changes]
  --types --divisions  筛选，逗号分隔，同 GET /changes filters, as of GET /changes
  --from        流中尚无变更时的起点：oldest 或游标 where to begin with an empty stream: oldest, or a cursor [oldest]
  --anew        忽略流中的游标，从 --from 重新开始 begin at --from although the stream says how far it has come
  NATS 令牌用环境变量 YIYUN_NATS_TOKEN。 A token for NATS stands in YIYUN_NATS_TOKEN.`;

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        url: { type: 'string', default: 'http://localhost:4000/graphql' },
        'token-file': { type: 'string' },
        'data-dir': { type: 'string', default: process.env.YIYUN_DATA_DIR ?? '.data' },
        nats: { type: 'string', default: process.env.YIYUN_NATS_URL ?? 'nats://localhost:4222' },
        stream: { type: 'string', default: 'YIYUN_CHANGES' },
        subject: { type: 'string', default: 'yiyun.changes' },
        types: { type: 'string' },
        divisions: { type: 'string' },
        from: { type: 'string', default: 'oldest' },
        anew: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('. ')[0] ?? '') : '';
    throw new StartupProblem(
      `无法识别的用法（${reason}）：运行 npm run relay -- --help 可查看用法。`,
      `That is not how it is used (${reason}): run npm run relay -- --help to see how.`,
      { cause: error },
    );
  }
}

function readUrl(url: string): URL {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return new URL(url);
  throw new StartupProblem(
    '--url 的值无效：须为 http 或 https 地址。',
    'The value of --url is invalid: give an http or https address.',
  );
}

function readName(option: string, value: string, form: RegExp): string {
  if (form.test(value)) return value;
  throw new StartupProblem(
    `--${option} 的值无效：只能有字母、数字、下划线与连字符${option === 'subject' ? '，以点分隔' : ''}。`,
    `The value of --${option} is invalid: letters, digits, underscores and hyphens${option === 'subject' ? ', separated by dots' : ''}.`,
  );
}

async function main(): Promise<void> {
  const values = readArguments(process.argv.slice(2));
  if (values.help) return console.log(USAGE);
  const logger = pino({ level: process.env.YIYUN_LOG_LEVEL ?? 'info', base: null });
  const { 'data-dir': dataDirectory, 'token-file': tokenFile } = values;
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
  logger.info({ url: values.url, stream: values.stream, subject: values.subject }, 'relaying changes to JetStream');
  await relayChanges({
    source: {
      url: readUrl(values.url),
      token: async () =>
        tokenFile === undefined
          ? issueDemoToken(await findDemoKey(dataDirectory), 'system')
          : readFileSync(tokenFile, 'utf8').trim(),
      types: values.types,
      divisions: values.divisions,
    },
    target: {
      servers: values.nats.split(','),
      token: process.env.YIYUN_NATS_TOKEN,
      stream: readName('stream', values.stream, /^[\w-]{1,80}$/),
      subject: readName('subject', values.subject, /^[\w-]+(\.[\w-]+)*$/),
    },
    from: values.from,
    anew: values.anew,
    signal: ending.signal,
    onTrouble: (error) => logger.warn({ error: describeError(error) }, 'the relay begins again'),
  });
}

try {
  await main();
} catch (error) {
  failProgram(error, process.env);
}
