import { parseArgs } from 'node:util';
import { StartupProblem } from '../subgraphs/kit/codes/startup-problem.ts';
import {
  demoRoles,
  isDemoRole,
  issueDemoToken,
  issueGridAppToken,
  issueResidentToken,
} from './identity/demo-clients.ts';
import { findDemoKey } from './identity/demo-keys.ts';
import { readOptions } from './options.ts';
import { failProgram } from './startup/failure-text.ts';

/**
 * `npm run --silent token -- system|frontend|steward [--data-dir DIR]` prints a token of a demo client;
 * `grid --worker ID` one of the grid workers' app, `resident --person ID` one of the residents' app. It needs no running hub, only its data folder.
 */
async function main(args: readonly string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      'data-dir': { type: 'string' },
      worker: { type: 'string' },
      person: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
    strict: false,
  });
  const [role, ...more] = positionals;
  const { 'data-dir': given, worker, person } = values;
  const unknown = Object.keys(values).find((name) => !['data-dir', 'worker', 'person', 'help'].includes(name));
  if (values.help === true) return usage();
  if (unknown !== undefined) {
    throw new StartupProblem(
      `无法识别选项“--${unknown}”：运行 npm run --silent token -- --help 可查看用法。`,
      `Unknown option "--${unknown}": run npm run --silent token -- --help to see how it is used.`,
    );
  }
  for (const [name, value] of Object.entries({ 'data-dir': given, worker, person })) {
    if (value !== true && value !== '' && !String(value).startsWith('--')) continue;
    throw new StartupProblem(
      `选项 --${name} 缺少值：运行 npm run --silent token -- --help 可查看用法。`,
      `The option --${name} lacks its value: run npm run --silent token -- --help to see how it is used.`,
    );
  }
  if (worker !== undefined && role !== 'grid') {
    throw new StartupProblem(
      '选项 --worker 只用于 grid：请写 npm run --silent token -- grid --worker CommunityWorker:…，或去掉它。',
      'The option --worker goes with grid only: write npm run --silent token -- grid --worker CommunityWorker:…, or leave it out.',
    );
  }
  if (role === 'grid' && worker === undefined) {
    throw new StartupProblem(
      'grid 令牌需要 --worker：请给出网格员的全局编号，例如 --worker CommunityWorker:…。',
      'A grid token needs --worker: give the global id of a grid worker, for example --worker CommunityWorker:….',
    );
  }
  if ((person !== undefined) !== (role === 'resident')) {
    throw new StartupProblem(
      '居民令牌写作 npm run --silent token -- resident --person Person:…，其他令牌不用 --person。',
      'A resident’s token is npm run --silent token -- resident --person Person:…; no other takes --person.',
    );
  }
  const wantsGrid = role === 'grid' && typeof worker === 'string';
  if (more.length > 0 || !(isDemoRole(role) || wantsGrid || role === 'resident')) {
    throw new StartupProblem(
      `无法识别的用法：请给出 ${demoRoles.join('、')} 之一，例如 npm run --silent token -- system。`,
      `That is not how it is used: name one of ${demoRoles.join(', ')}, for example npm run --silent token -- system.`,
    );
  }
  const options = readOptions(typeof given === 'string' ? ['--data-dir', given] : [], process.env);
  const { dataDirectory } = options === 'help' ? { dataDirectory: '.data' } : options;
  const key = await findDemoKey(dataDirectory);
  if (role === 'resident') return issueResidentToken(key, String(person));
  return isDemoRole(role) ? issueDemoToken(key, role) : issueGridAppToken(key, String(worker));
}

function usage(): string {
  return [
    '用法 Usage: npm run --silent token -- system|frontend|steward [--data-dir .data]',
    '            npm run --silent token -- grid --worker CommunityWorker:… [--data-dir .data]',
    '            npm run --silent token -- resident --person Person:… [--data-dir .data]',
  ].join('\n');
}

try {
  console.log(await main(process.argv.slice(2)));
} catch (error) {
  failProgram(error, process.env);
}
