import { expect, test } from 'vitest';
import { describeOptions, type Options, readOptions, usage } from '../../gateway/options.ts';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';

function read(args: string[] = [], environment: Record<string, string> = {}): Options {
  const options = readOptions(args, environment);
  if (options === 'help') throw new Error('help was not expected');
  return options;
}

function problemOf(args: string[], environment: Record<string, string> = {}): StartupProblem {
  try {
    read(args, environment);
  } catch (error) {
    if (error instanceof StartupProblem) return error;
    throw error;
  }
  throw new Error('no problem was reported');
}

const production = {
  YIYUN_MODE: 'production',
  YIYUN_JWKS_URL: 'https://id.example.cn/jwks',
  YIYUN_ISSUER: 'https://id.example.cn',
  YIYUN_AUDIENCE: 'yiyun',
  YIYUN_SECRET: 'ab'.repeat(32),
};

test('without anything it is a small Jiaxing on port 4000, for this machine only', () => {
  expect(read()).toEqual({
    mode: 'demo',
    sandbox: false,
    city: 'jiaxing',
    scale: 0.01,
    host: '127.0.0.1',
    port: 4000,
    dataDirectory: '.data',
    subgraphUrls: {},
    sourceConnections: new Map(),
    maxBodyBytes: 262_144,
    limits: { tokens: 4_000, depth: 14, aliases: 60, directives: 60, rootFields: 20, cost: 50_000 },
    introspection: true,
    suggestions: true,
    requestTimeoutMilliseconds: 30_000,
    metricsPublic: false,
    changeRetentionHours: 168,
    webhookTargets: { allowPrivate: true, allowedHosts: [] },
    logLevel: 'warn',
    unknownVariables: [],
  });
});

test('the command line wins over the environment, and an empty variable counts as none', () => {
  const environment = { YIYUN_CITY: 'sanya', YIYUN_SCALE: '0.5', YIYUN_PORT: '', DATABASE_URL: ' ' };

  const options = read(['--city', 'yantai', '--data-dir=/srv/yiyun', '--port', '0'], environment);

  expect(options).toMatchObject({ city: 'yantai', scale: 0.5, port: 0, dataDirectory: '/srv/yiyun' });
  expect(options.databaseUrl).toBeUndefined();
});

test.each([
  [
    ['--city', 'beijing'],
    {},
    '--city 的值“beijing”无效',
    'The value "beijing" of --city is invalid: give one of jiaxing',
  ],
  [['--scale', '2'], {}, '--scale', 'a number from 0.001 to 1'],
  [['--scale', '0'], {}, '--scale', 'a number from 0.001 to 1'],
  [['--scale', '1e-2'], {}, '--scale', 'a number from 0.001 to 1'],
  [['--port', '70000'], {}, '--port', 'a whole number from 0 to 65535'],
  [[], { YIYUN_PORT: 'tcp://10.0.0.1:4000' }, 'YIYUN_PORT', 'a whole number from 0 to 65535'],
  [['--ctiy', 'sanya'], {}, '无法识别选项“--ctiy”', 'Unknown option "--ctiy"'],
  [['sanya'], {}, '无法识别选项“sanya”', 'Unknown option "sanya"'],
  [['--city'], {}, '选项 --city 缺少值', 'The option --city lacks its value'],
  [['--city', '--port', '4'], {}, '选项 --city 缺少值', 'The option --city lacks its value'],
  [[], { YIYUN_INTROSPECTION: 'maybe' }, 'YIYUN_INTROSPECTION', 'give on or off'],
  [[], { YIYUN_LIMIT_DEPTH: '-3' }, 'YIYUN_LIMIT_DEPTH', 'a whole number from 1 to 100'],
  [[], { SUBGRAPH_PEOPLE_URL: 'people:4001' }, 'SUBGRAPH_PEOPLE_URL', 'an http or https address'],
])('%j %j is named as wrong, with the way out', (args, environment, chinese, english) => {
  const problem = problemOf(args, environment);

  expect(problem.messageZh).toContain(chinese);
  expect(problem.messageEn).toContain(english);
});

test.each([{ DATABASE_URL: 'mysql://root:s3cret@db/city' }, { YIYUN_SECRET: 's3cret' }])(
  '%j is refused without being repeated',
  (environment) => {
    const { message } = problemOf([], environment);

    expect(message).toContain(Object.keys(environment)[0]);
    expect(message).not.toContain('s3cret');
  },
);

test.each(['YIYUN_JWKS_URL', 'YIYUN_ISSUER', 'YIYUN_AUDIENCE', 'YIYUN_SECRET'])('production needs %s', (variable) => {
  const { messageEn } = problemOf([], { ...production, [variable]: '' });

  expect(messageEn).toContain(`Production mode needs ${variable}`);
});

test('production is closed by default and takes its keys over https', () => {
  expect(read([], production)).toMatchObject({
    mode: 'production',
    introspection: false,
    suggestions: false,
    logLevel: 'info',
    tokenIssuer: { jwksUrl: 'https://id.example.cn/jwks', issuer: 'https://id.example.cn', audience: 'yiyun' },
  });
  expect(problemOf([], { ...production, YIYUN_JWKS_URL: 'http://id.example.cn/jwks' }).messageEn).toContain(
    'YIYUN_JWKS_URL',
  );
});

test('an issuer outside of production is a mistake, not a setting to be ignored', () => {
  expect(problemOf([], { YIYUN_ISSUER: 'https://id.example.cn' }).messageEn).toContain('only count in production mode');
});

test('subgraphs that run apart are read by name', () => {
  const { subgraphUrls } = read([], {
    SUBGRAPH_PEOPLE_URL: 'http://10.0.0.2:4001/graphql',
    SUBGRAPH_TAX_OFFICE_URL: 'https://t/',
  });

  expect(subgraphUrls).toEqual({ people: 'http://10.0.0.2:4001/graphql', 'tax-office': 'https://t/' });
});

test('a misspelt variable is noticed', () => {
  expect(read([], { YIYUN_SCALLE: '1', YIYUN_SCALE: '0.1' }).unknownVariables).toEqual(['YIYUN_SCALLE']);
});

test('the description has everything but secrets', () => {
  const line = describeOptions(
    read([], { ...production, DATABASE_URL: 'postgresql://yiyun:s3cret@db.example.cn:5432/city?options=s3cret' }),
  );

  expect(line).toContain('database=postgresql://db.example.cn:5432/city');
  expect(line).toContain('limit.depth=14');
  expect(line).not.toContain('s3cret');
  expect(line).not.toContain('abab');
  expect(line).not.toContain('\n');
});

test('--help lists every option with its variable', () => {
  expect(readOptions(['--help'], {})).toBe('help');
  expect(usage()).toContain('--city        YIYUN_CITY');
  expect(usage()).toContain('YIYUN_SECRET');
});
