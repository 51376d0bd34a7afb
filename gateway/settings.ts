import { z } from 'zod';
import { demoCities } from '../prisma/seed/vocabulary.ts';

/** One setting: where it is read from, what it takes, and how it is told to an operator. */
export interface Setting {
  /** Without one it is read from the environment only: secrets do not belong into a list of processes. */
  readonly flag?: string;
  readonly variable: string;
  /** Parses the given text, or `undefined` when nothing was given. */
  readonly schema: z.ZodType;
  readonly zh: string;
  readonly en: string;
  readonly expectedZh: string;
  readonly expectedEn: string;
  readonly defaultText?: string;
  /** Never shown, not even when it is malformed. */
  readonly secret?: true;
}

const SECRET_BYTES = 32;

const wholeNumber = (least: number, most: number, fallback: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most))
    .default(fallback);

const decimal = (least: number, most: number, fallback: number) =>
  z
    .string()
    .regex(/^\d{1,6}(\.\d{1,6})?$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most))
    .default(fallback);

const onOff = z.enum(['on', 'off', 'true', 'false', '1', '0']).transform((text) => ['on', 'true', '1'].includes(text));

/** Keys must not come over a connection that anybody may answer; a local identity provider is the exception. */
const jwksAddress = z.url().refine((text) => {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
});

const secretBytes = z.string().transform((text, context) => {
  const bytes = /^([0-9a-f]{2})+$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (bytes.length >= SECRET_BYTES) return bytes;
  context.addIssue('too short');
  return z.NEVER;
});

function limit(variable: string, fallback: number, most: number, zh: string, en: string) {
  return {
    variable,
    schema: wholeNumber(1, most, fallback),
    zh,
    en,
    expectedZh: ` 1 到 ${most} 的整数`,
    expectedEn: `a whole number from 1 to ${most}`,
    defaultText: String(fallback),
  };
}

const onOffTexts = { expectedZh: ' on 或 off', expectedEn: 'on or off' };

/** Every setting, in the order in which `--help` lists them. */
export const settings = {
  city: {
    flag: 'city',
    variable: 'YIYUN_CITY',
    schema: z.enum(demoCities).default('jiaxing'),
    zh: '示范城市',
    en: 'the demo city',
    expectedZh: ` ${demoCities.join('、')} 之一`,
    expectedEn: `one of ${demoCities.join(', ')}`,
    defaultText: 'jiaxing',
  },
  scale: {
    flag: 'scale',
    variable: 'YIYUN_SCALE',
    schema: decimal(0.001, 1, 0.01),
    zh: '城市规模',
    en: 'the share of the city that is loaded',
    expectedZh: ' 0.001 到 1 的小数',
    expectedEn: 'a number from 0.001 to 1',
    defaultText: '0.01',
  },
  port: {
    flag: 'port',
    variable: 'YIYUN_PORT',
    schema: wholeNumber(0, 65_535, 4000),
    zh: '端口，0 为任选空闲端口',
    en: 'port; 0 takes a free one',
    expectedZh: ' 0 到 65535 的整数',
    expectedEn: 'a whole number from 0 to 65535',
    defaultText: '4000',
  },
  host: {
    flag: 'host',
    variable: 'YIYUN_HOST',
    schema: z
      .string()
      .regex(/^[\w.:-]+$/)
      .default('127.0.0.1'),
    zh: '监听地址',
    en: 'address to listen on',
    expectedZh: '主机名或网络地址',
    expectedEn: 'a host name or network address',
    defaultText: '127.0.0.1',
  },
  dataDirectory: {
    flag: 'data-dir',
    variable: 'YIYUN_DATA_DIR',
    schema: z.string().min(1).default('.data'),
    zh: '数据目录',
    en: 'data folder',
    expectedZh: '目录路径',
    expectedEn: 'the path of a folder',
    defaultText: '.data',
  },
  mode: {
    flag: 'mode',
    variable: 'YIYUN_MODE',
    schema: z.enum(['demo', 'production']).default('demo'),
    zh: '运行模式',
    en: 'demo city and demo tokens, or neither',
    expectedZh: ' demo 或 production',
    expectedEn: 'demo or production',
    defaultText: 'demo',
  },
  sandbox: {
    variable: 'YIYUN_SANDBOX',
    schema: onOff.default(false),
    zh: '沙箱：可让各子图按需失败（npm run sandbox）',
    en: 'a sandbox whose subgraphs fail on demand (npm run sandbox)',
    ...onOffTexts,
    defaultText: 'off',
  },
  logLevel: {
    flag: 'log-level',
    variable: 'YIYUN_LOG_LEVEL',
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']).optional(),
    zh: '日志级别',
    en: 'least level that is logged',
    expectedZh: ' debug、info、warn、error 或 silent',
    expectedEn: 'debug, info, warn, error or silent',
    defaultText: 'demo: warn, production: info',
  },
  databaseUrl: {
    variable: 'DATABASE_URL',
    schema: z
      .string()
      .regex(/^postgres(ql)?:\/\/\S+$/)
      .refine((text) => URL.canParse(text))
      .optional(),
    zh: '外部 Postgres 的连接地址',
    en: 'a Postgres server of your own, 15 or later',
    expectedZh: ' postgresql://用户:密码@主机:端口/数据库',
    expectedEn: 'postgresql://user:password@host:port/database',
    secret: true,
  },
  secret: {
    variable: 'YIYUN_SECRET',
    schema: secretBytes.optional(),
    zh: '主密钥，至少 32 字节',
    en: 'the secret that all keys derive from, 32 bytes or more',
    expectedZh: '至少 32 字节的十六进制或 base64 文本（可用 openssl rand -hex 32 生成）',
    expectedEn: 'at least 32 bytes as hexadecimal or base64, for example from openssl rand -hex 32',
    secret: true,
  },
  jwksUrl: {
    variable: 'YIYUN_JWKS_URL',
    schema: jwksAddress.optional(),
    zh: '令牌公钥地址',
    en: "the issuer's public keys (JWKS)",
    expectedZh: ' https 地址',
    expectedEn: 'an https address',
  },
  issuer: {
    variable: 'YIYUN_ISSUER',
    schema: z.string().optional(),
    zh: '令牌签发方 iss',
    en: 'the issuer that tokens must name',
    expectedZh: '文本',
    expectedEn: 'a text',
  },
  audience: {
    variable: 'YIYUN_AUDIENCE',
    schema: z.string().optional(),
    zh: '令牌受众 aud',
    en: 'the audience that tokens must name',
    expectedZh: '文本',
    expectedEn: 'a text',
  },
  maxBodyBytes: limit(
    'YIYUN_LIMIT_BODY_BYTES',
    256 * 1024,
    64 * 1024 * 1024,
    '请求体字节数上限',
    'bytes of a request body',
  ),
  maxTokens: limit('YIYUN_LIMIT_TOKENS', 4_000, 20_000, '词法单元上限', 'tokens of a document'),
  maxDepth: limit('YIYUN_LIMIT_DEPTH', 14, 100, '嵌套层数上限', 'levels of an operation'),
  maxAliases: limit('YIYUN_LIMIT_ALIASES', 60, 10_000, '别名上限', 'aliases and repeated fields'),
  maxDirectives: limit('YIYUN_LIMIT_DIRECTIVES', 60, 10_000, '指令上限', 'directives'),
  maxRootFields: limit('YIYUN_LIMIT_ROOT_FIELDS', 20, 1_000, '根字段上限', 'root fields'),
  maxCost: limit('YIYUN_LIMIT_COST', 50_000, 1_000_000_000, '单次操作代价上限', 'cost points of one operation'),
  introspection: {
    variable: 'YIYUN_INTROSPECTION',
    schema: onOff.optional(),
    zh: '内省',
    en: 'introspection',
    ...onOffTexts,
    defaultText: 'demo: on, production: off',
  },
  suggestions: {
    variable: 'YIYUN_SUGGESTIONS',
    schema: onOff.optional(),
    zh: '错误信息中的拼写建议',
    en: '"Did you mean …" in errors',
    ...onOffTexts,
    defaultText: 'demo: on, production: off',
  },
  requestTimeoutSeconds: {
    variable: 'YIYUN_REQUEST_TIMEOUT_SECONDS',
    schema: wholeNumber(1, 600, 30),
    zh: '单个请求的时限（秒）',
    en: 'seconds a request may take',
    expectedZh: ' 1 到 600 的整数',
    expectedEn: 'a whole number from 1 to 600',
    defaultText: '30',
  },
  changeRetentionHours: {
    variable: 'YIYUN_CHANGE_RETENTION_HOURS',
    schema: wholeNumber(1, 8_760, 168),
    zh: '变更事件的保留时间（小时）',
    en: 'hours that change events are kept',
    expectedZh: ' 1 到 8760 的整数',
    expectedEn: 'a whole number from 1 to 8760',
    defaultText: '168',
  },
  webhookHosts: {
    variable: 'YIYUN_WEBHOOK_HOSTS',
    schema: z
      .string()
      .regex(/^[\w.:-]+(,[\w.:-]+)*$/)
      .transform((text) => text.split(','))
      .default([]),
    zh: '允许推送的内网主机',
    en: 'hosts of private networks that webhooks may be sent to',
    expectedZh: '以逗号分隔的主机名或网络地址',
    expectedEn: 'host names or network addresses, separated by commas',
  },
  metricsPublic: {
    variable: 'YIYUN_METRICS_PUBLIC',
    schema: onOff.default(false),
    zh: '允许其他机器读取 /metrics',
    en: 'serve /metrics to other machines',
    ...onOffTexts,
    defaultText: 'off',
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;
export type SettingValues = { readonly [Name in SettingName]: z.output<(typeof settings)[Name]['schema']> };
