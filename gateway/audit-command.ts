import { realpathSync } from 'node:fs';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { besideHub } from '../prisma/database/beside-hub.ts';
import { CITY_DATABASE } from '../prisma/database/ensure-database.ts';
import type { AuditPort, LedgerFindingReport } from '../subgraphs/kit/audit-port.ts';
import { systemClock } from '../subgraphs/kit/clock.ts';
import { StartupProblem } from '../subgraphs/kit/codes/startup-problem.ts';
import { isUuid, uuidSource } from '../subgraphs/kit/ids.ts';
import { deriveSealingKeys } from '../subgraphs/kit/store/sealing.ts';
import { openAuditPort } from '../subgraphs/registry.ts';
import { checkpointFile, keepCheckpoint, readCheckpointFile } from './audit/checkpoint-file.ts';
import { readOptions } from './options.ts';
import { failProgram } from './startup/failure-text.ts';

const USAGE = `用法 Usage: npm run audit -- verify | checkpoint | public-key | retention | hold | release | holds [--data-dir .data]
  verify [--published FILE]…   核验整个访问日志；发现问题时退出码为 1 check the whole access log; exit code 1 on a finding
  checkpoint                   签发并打印检查点，供他处公布 sign and print a checkpoint, to be published elsewhere
  public-key                   打印检查点的公钥 print the key that checkpoints are verified with
  retention                    删除超过三年且无保全的月份 drop months older than three years that no hold keeps
  hold --from YYYY-MM --to YYYY-MM --reason TEXT   法律保全 keep these months
  release --id ID · holds      解除保全、列出保全 lift a hold, list them
数据库 database: DATABASE_URL + YIYUN_SECRET, 或所给数据目录中运行的枢纽 or the hub that runs on the data folder`;

interface Opened {
  readonly port: AuditPort;
  readonly pool: pg.Pool;
  /** Where this hub keeps its checkpoints beside the database; undefined where it has no folder. */
  readonly file: string | undefined;
}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      'data-dir': { type: 'string' },
      published: { type: 'string', multiple: true, default: [] },
      from: { type: 'string' },
      to: { type: 'string' },
      reason: { type: 'string' },
      id: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const [command] = positionals;
  if (values.help || command === undefined) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const { port, pool, file } = await open(values['data-dir']);
  try {
    switch (command) {
      case 'verify':
        return await verify(port, [...(file === undefined ? [] : [file]), ...values.published]);
      case 'checkpoint': {
        const checkpoint = await port.checkpoint();
        if (checkpoint === undefined) return 0;
        const kept = file === undefined ? [] : readCheckpointFile(file);
        if (file !== undefined && !kept.some(({ number }) => number === checkpoint.number))
          keepCheckpoint(file, checkpoint);
        console.log(JSON.stringify(checkpoint));
        return 0;
      }
      case 'public-key':
        console.log(port.publicKey.trim());
        return 0;
      case 'retention': {
        const { dropped, held } = await port.dropExpired();
        console.log(`已删除 dropped: ${dropped.join(' ') || '-'}；因保全留存 held: ${held.join(' ') || '-'}`);
        return 0;
      }
      case 'hold':
        console.log(await port.hold(readHold(values)));
        return 0;
      case 'release': {
        if (values.id === undefined || !isUuid(values.id))
          throw problem('请用 --id 指明保全。', 'Name the hold with --id.');
        if (await port.release(values.id)) return 0;
        throw problem('没有这个生效中的保全。', 'There is no such hold in force.');
      }
      case 'holds':
        for (const { id, fromMonth, toMonth, reason, liftedAt } of await port.holds()) {
          console.log(
            `${id} ${fromMonth}…${toMonth} ${liftedAt === null ? '生效 in force' : '已解除 lifted'} ${reason}`,
          );
        }
        return 0;
      default:
        console.error(USAGE);
        return 2;
    }
  } finally {
    await pool.end();
  }
}

async function verify(port: AuditPort, files: readonly string[]): Promise<number> {
  const published = files.flatMap(readCheckpointFile);
  const { lines, chains, checkpoints, findings } = await port.verify(published);
  for (const finding of findings) console.log(describe(finding));
  const summary = `${lines} 行 lines, ${chains} 条链 chains, ${checkpoints} 个检查点 checkpoints`;
  console.log(findings.length === 0 ? `完好 intact: ${summary}` : `${findings.length} 处问题 findings: ${summary}`);
  return findings.length === 0 ? 0 : 1;
}

function describe({ code, zh, en, writer, from, to, subject }: LedgerFindingReport): string {
  const lines = from === undefined ? '' : from === to || to === undefined ? `#${from}` : `#${from}–#${to}`;
  return [code, writer ?? '', lines, subject ?? '', `${zh} ${en}`].filter((part) => part !== '').join(' ');
}

function readHold({ from, to, reason }: { from?: string; to?: string; reason?: string }) {
  const isMonth = (text: string | undefined): text is string => /^\d{4}-(0[1-9]|1[0-2])$/.test(text ?? '');
  if (!isMonth(from) || !isMonth(to) || from > to || reason === undefined || reason.trim() === '') {
    throw problem('请给出 --from 与 --to（YYYY-MM）以及 --reason。', 'Give --from and --to (YYYY-MM) and --reason.');
  }
  return { fromMonth: from, toMonth: to, reason };
}

async function open(dataDirectory: string | undefined): Promise<Opened> {
  const options = readOptions([], process.env);
  if (options === 'help') throw new Error('no options');
  const folder = existingFolder(dataDirectory ?? options.dataDirectory);
  const apart = dataDirectory === undefined && options.databaseUrl !== undefined;
  const hub = apart && options.secret !== undefined ? undefined : besideHub(folder);
  const connectionString = apart ? options.databaseUrl : await hub?.findDatabaseUrl(CITY_DATABASE);
  const secret = apart ? (options.secret ?? hub?.readSecret('hub-secret')) : hub?.readSecret('hub-secret');
  if (connectionString === undefined || secret === undefined) {
    throw problem(
      `${folder} 上没有运行中的枢纽：请先启动，或设置 DATABASE_URL 与 YIYUN_SECRET。`,
      `No hub runs on ${folder}: start it, or set DATABASE_URL and YIYUN_SECRET.`,
    );
  }
  const pool = new pg.Pool({ connectionString, max: 2 });
  const keys = deriveSealingKeys(secret);
  const port = openAuditPort({ pool, clock: systemClock, ids: uuidSource, keys });
  return { port, pool, file: hub === undefined ? undefined : checkpointFile(folder) };
}

/** A running Postgres is known by its real path. */
function existingFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function problem(zh: string, en: string): StartupProblem {
  return new StartupProblem(zh, en);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  failProgram(error, process.env);
  process.exitCode = 2;
}
