import { parseArgs } from 'node:util';
import { StartupProblem } from '../subgraphs/kit/codes/startup-problem.ts';
import type { TargetPolicy } from '../subgraphs/kit/webhooks/target-policy.ts';
import { type Setting, type SettingName, type SettingValues, settings } from './settings.ts';
import { readConnections, type SourceConnections } from './sources/connections.ts';

/** Limits on one operation; see `operations/limits.ts` and `operations/cost.ts` for what each counts. */
export interface OperationLimits {
  readonly tokens: number;
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  readonly rootFields: number;
  readonly cost: number;
}

/** How the hub was told to run: the command line first, then the environment, then the defaults. */
export interface Options {
  readonly mode: 'demo' | 'production';
  /** Subgraphs fail on demand; never in production. */
  readonly sandbox: boolean;
  readonly city: SettingValues['city'];
  readonly scale: number;
  readonly host: string;
  /** 0 lets the system choose a free one. */
  readonly port: number;
  readonly dataDirectory: string;
  /** Connection string of a server of one's own; the embedded Postgres when absent. */
  readonly databaseUrl?: string;
  /** The secret that the hub's keys are derived from; kept in the data folder when absent (demo mode only). */
  readonly secret?: Buffer;
  /** Who issues the tokens; the hub itself, with keys of its data folder, when absent (demo mode only). */
  readonly tokenIssuer?: { readonly jwksUrl: string; readonly issuer: string; readonly audience: string };
  /** Where subgraphs that run apart answer, by name. */
  readonly subgraphUrls: Readonly<Record<string, string>>;
  /** Where department systems answer that the hub fetches from, by name. */
  readonly sourceConnections: SourceConnections;
  readonly maxBodyBytes: number;
  readonly limits: OperationLimits;
  readonly introspection: boolean;
  readonly suggestions: boolean;
  readonly requestTimeoutMilliseconds: number;
  readonly metricsPublic: boolean;
  /** How long events are kept for those who follow the changes. */
  readonly changeRetentionHours: number;
  /** Where webhooks may be sent to: anywhere in demo mode. */
  readonly webhookTargets: TargetPolicy;
  readonly logLevel: NonNullable<SettingValues['logLevel']>;
  /** `YIYUN_…` variables that mean nothing here: most likely misspelt, worth a warning. */
  readonly unknownVariables: readonly string[];
}

const SUBGRAPH_VARIABLE = /^SUBGRAPH_([A-Z][A-Z0-9_]*)_URL$/;

/**
 * Reads the options from the command line and the environment; the only place that looks at either.
 *
 * @returns 'help' when `--help` was asked for.
 * @throws StartupProblem that names the first option which is unknown, malformed or missing.
 */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): Options | 'help' {
  const flags = readFlags(args);
  if (flags.has('help')) return 'help';
  const values = readSettings(flags, environment);
  const production = values.mode === 'production';
  if (production) demandForProduction(values);
  if (production && values.sandbox) {
    throw new StartupProblem(
      '沙箱只在演示模式下可用：请删除 YIYUN_SANDBOX。',
      'A sandbox is for the demo only: remove YIYUN_SANDBOX.',
    );
  }
  const { jwksUrl, issuer, audience } = values;
  if (!production && (jwksUrl !== undefined || issuer !== undefined || audience !== undefined)) {
    throw new StartupProblem(
      'YIYUN_JWKS_URL、YIYUN_ISSUER 和 YIYUN_AUDIENCE 只在生产模式下有效：请设置 YIYUN_MODE=production，或删除它们。',
      'YIYUN_JWKS_URL, YIYUN_ISSUER and YIYUN_AUDIENCE only count in production mode: set YIYUN_MODE=production, or remove them.',
    );
  }
  return {
    mode: values.mode,
    sandbox: values.sandbox,
    city: values.city,
    scale: values.scale,
    host: values.host,
    port: values.port,
    dataDirectory: values.dataDirectory,
    ...(values.databaseUrl === undefined ? {} : { databaseUrl: values.databaseUrl }),
    ...(values.secret === undefined ? {} : { secret: values.secret }),
    ...(jwksUrl === undefined || issuer === undefined || audience === undefined
      ? {}
      : { tokenIssuer: { jwksUrl, issuer, audience } }),
    subgraphUrls: readSubgraphUrls(environment),
    sourceConnections: readConnections(environment),
    maxBodyBytes: values.maxBodyBytes,
    limits: {
      tokens: values.maxTokens,
      depth: values.maxDepth,
      aliases: values.maxAliases,
      directives: values.maxDirectives,
      rootFields: values.maxRootFields,
      cost: values.maxCost,
    },
    introspection: values.introspection ?? !production,
    suggestions: values.suggestions ?? !production,
    requestTimeoutMilliseconds: values.requestTimeoutSeconds * 1000,
    metricsPublic: values.metricsPublic,
    changeRetentionHours: values.changeRetentionHours,
    webhookTargets: { allowPrivate: !production, allowedHosts: values.webhookHosts },
    logLevel: values.logLevel ?? (production ? 'info' : 'warn'),
    unknownVariables: findUnknownVariables(environment),
  };
}

/** Everything that was decided, on one line and without secrets. */
export function describeOptions(options: Options): string {
  const {
    databaseUrl,
    secret,
    tokenIssuer,
    subgraphUrls,
    sourceConnections,
    limits,
    unknownVariables: _,
    ...plain
  } = options;
  const parts: Record<string, unknown> = {
    ...plain,
    database: databaseUrl === undefined ? 'embedded' : describeUrl(databaseUrl),
    secret: secret === undefined ? 'data folder' : 'given',
    tokens: tokenIssuer === undefined ? 'demo' : `${tokenIssuer.issuer} (${describeUrl(tokenIssuer.jwksUrl)})`,
    sources: [...sourceConnections.keys()],
    remoteSubgraphs: Object.entries(subgraphUrls).map(([name, url]) => `${name}=${describeUrl(url)}`),
    ...Object.fromEntries(Object.entries(limits).map(([name, limit]) => [`limit.${name}`, limit])),
  };
  return Object.entries(parts)
    .map(([name, value]) => `${name}=${Array.isArray(value) ? value.join(',') || 'none' : String(value)}`)
    .join(' ');
}

/** What `--help` prints. */
export function usage(): string {
  const lines = Object.values<Setting>(settings).map((setting) => {
    const flag = setting.flag === undefined ? '' : `--${setting.flag}`;
    const fallback = setting.defaultText === undefined ? '' : ` [${setting.defaultText}]`;
    return `  ${flag.padEnd(13)} ${setting.variable.padEnd(29)} ${setting.zh} ${setting.en}${fallback}`;
  });
  return [
    '用法 Usage: npm start -- [选项 options]',
    '',
    '每个选项也可以写成环境变量；命令行优先。Every option is also an environment variable; the command line wins.',
    '',
    ...lines,
    `  ${''.padEnd(13)} ${'SUBGRAPH_<NAME>_URL'.padEnd(29)} 单独运行的子图地址 where a subgraph that runs apart answers`,
    `  ${''.padEnd(13)} ${'SOURCE_<NAME>_URL, _TOKEN'.padEnd(29)} 部门系统的地址与令牌（映射中的 connection） where a department system is fetched from`,
    `  ${'--help'.padEnd(13)} ${''.padEnd(29)} 显示本说明 print this`,
    '',
  ].join('\n');
}

function readFlags(args: readonly string[]): ReadonlyMap<string, string | undefined> {
  const options = { help: { type: 'boolean', short: 'h' } } as Record<
    string,
    { type: 'boolean' | 'string'; short?: string }
  >;
  for (const { flag } of Object.values<Setting>(settings)) if (flag !== undefined) options[flag] = { type: 'string' };
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const flags = new Map<string, string | undefined>();
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    const given = token.kind === 'positional' ? token.value : token.rawName;
    if (token.kind === 'positional' || !Object.hasOwn(options, token.name)) {
      throw new StartupProblem(
        `无法识别选项“${given}”：运行 npm start -- --help 可查看全部选项。`,
        `Unknown option "${given}": run npm start -- --help to see them all.`,
      );
    }
    if (token.name !== 'help' && (token.value === undefined || token.value === '' || token.value.startsWith('--'))) {
      throw new StartupProblem(
        `选项 ${given} 缺少值：运行 npm start -- --help 可查看用法。`,
        `The option ${given} lacks its value: run npm start -- --help to see how it is used.`,
      );
    }
    flags.set(token.name, token.value);
  }
  return flags;
}

function readSettings(flags: ReadonlyMap<string, string | undefined>, environment: NodeJS.ProcessEnv): SettingValues {
  const values: Partial<Record<SettingName, unknown>> = {};
  for (const [name, setting] of Object.entries<Setting>(settings)) {
    const fromFlag = setting.flag === undefined ? undefined : flags.get(setting.flag);
    // An empty variable is how compose files and shells say "not set".
    const text = fromFlag ?? (environment[setting.variable]?.trim() || undefined);
    const parsed = setting.schema.safeParse(text);
    if (!parsed.success) {
      const label = fromFlag === undefined ? setting.variable : `--${setting.flag}`;
      const [shownZh, shownEn] = setting.secret || text === undefined ? ['', ''] : [`“${text}”`, ` "${text}"`];
      throw new StartupProblem(
        `${label} 的值${shownZh}无效：须为${setting.expectedZh}。`,
        `The value${shownEn} of ${label} is invalid: give ${setting.expectedEn}.`,
      );
    }
    values[name as SettingName] = parsed.data;
  }
  return values as SettingValues; // every setting of the table was parsed by its own schema just above
}

function demandForProduction(values: SettingValues): void {
  for (const name of ['jwksUrl', 'issuer', 'audience', 'secret'] as const) {
    if (values[name] !== undefined) continue;
    const { variable, zh, en } = settings[name];
    throw new StartupProblem(
      `生产模式必须设置 ${variable}（${zh}）。`,
      `Production mode needs ${variable} (${en}): set it and start again.`,
    );
  }
}

function readSubgraphUrls(environment: NodeJS.ProcessEnv): Record<string, string> {
  const urls: Record<string, string> = {};
  for (const [variable, value] of Object.entries(environment)) {
    const name = SUBGRAPH_VARIABLE.exec(variable)?.[1];
    const text = value?.trim();
    if (name === undefined || !text) continue;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol)) {
      throw new StartupProblem(
        `${variable} 的值无效：须为 http 或 https 地址。`,
        `The value of ${variable} is invalid: give an http or https address.`,
      );
    }
    urls[name.toLowerCase().replaceAll('_', '-')] = text;
  }
  return urls;
}

function findUnknownVariables(environment: NodeJS.ProcessEnv): string[] {
  const known = new Set(Object.values<Setting>(settings).map(({ variable }) => variable));
  return Object.keys(environment).filter((name) => name.startsWith('YIYUN_') && !known.has(name));
}

/** The address without what may be secret in it: user, password, query. */
function describeUrl(text: string): string {
  if (!URL.canParse(text)) return 'given';
  const { protocol, host, pathname } = new URL(text);
  return `${protocol}//${host}${pathname}`;
}
