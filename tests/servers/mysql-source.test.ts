import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mysqlRows } from '../../gateway/sources/mysql-rows.ts';
import { sourceFault } from '../../gateway/sources/source-rows.ts';

/** MARIADB_HOME names an unpacked server; otherwise the one on the path. */
const home = process.env.MARIADB_HOME;
const server = home === undefined ? 'mariadbd' : join(home, 'usr/sbin/mariadbd');
const installer = home === undefined ? 'mariadb-install-db' : join(home, 'usr/bin/mariadb-install-db');
const found = spawnSync(server, ['--no-defaults', '--version']).status === 0;
if (!found) console.warn('skipped: no MariaDB server on this machine (mariadbd); npm run test:servers installs it');

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test.skipIf(!found)(
  'a MariaDB table or view is streamed as text from where the last pull ended, and its faults are told by code',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'yiyun-mariadb-'));
    const port = await freePort();
    const init = join(folder, 'init.sql');
    writeFileSync(
      init,
      `CREATE DATABASE dept CHARACTER SET utf8mb4;
CREATE USER 'hub'@'%' IDENTIFIED BY 'x';
GRANT SELECT ON dept.* TO 'hub'@'%';
USE dept;
CREATE TABLE rk (sfzh bigint unsigned, xm varchar(40), csrq date, gxsj datetime, bz text);
INSERT INTO rk SELECT 330499199001010000 + seq, concat(_utf8mb4 x'E6B288', seq), '2018-08-08', '2026-01-01' + INTERVAL seq MINUTE, 'x' FROM seq_1_to_1200;
CREATE SQL SECURITY INVOKER VIEW rk_view AS SELECT * FROM rk WHERE sfzh % 2 = 0;
`,
    );
    const data = join(folder, 'data');
    const basedir = home === undefined ? [] : [`--basedir=${join(home, 'usr')}`];
    const common = ['--no-defaults', ...basedir, `--datadir=${data}`, `--user=${userInfo().username}`];
    const installed = spawnSync(installer, [...common, '--auth-root-authentication-method=normal', '--skip-test-db']);
    expect(installed.status, String(installed.stderr)).toBe(0);
    const running = spawn(
      server,
      [
        ...common,
        `--port=${port}`,
        `--socket=${join(folder, 's')}`,
        '--bind-address=127.0.0.1',
        `--init-file=${init}`,
        '--innodb-buffer-pool-size=32M',
      ],
      { stdio: 'ignore' },
    );
    try {
      const read = async (table: string, cursor: string | null) => {
        const rows: Readonly<Record<string, unknown>>[] = [];
        let reached: string | undefined;
        for await (const group of mysqlRows({
          source: { kind: 'MYSQL', connection: 'DEPT', rowsPerSecond: 1_000, table, cursor: 'gxsj' },
          connection: { url: `mysql://hub:x@127.0.0.1:${port}/dept`, token: undefined },
          fields: ['sfzh', 'xm', 'csrq'],
          cursor,
          signal: new AbortController().signal,
          onCursor: (value) => {
            reached = value;
          },
        })) {
          rows.push(...group);
        }
        return { rows, reached };
      };
      await expect
        .poll(
          () =>
            read('rk', null).then(
              ({ rows }) => rows.length,
              (error: unknown) => String(error),
            ),
          { timeout: 30_000 },
        )
        .toBe(1_200);
      const whole = await read('rk', null);
      expect(whole.rows[0]).toEqual({ sfzh: '330499199001010001', xm: '沈1', csrq: '2018-08-08' });
      expect(whole.reached).toBe('2026-01-01 20:00:00');
      expect((await read('rk_view', null)).rows).toHaveLength(600);
      const later = await read('rk', '2026-01-01 19:58:00');
      expect(later.rows.map(({ xm }) => xm)).toEqual(['沈1198', '沈1199', '沈1200']);
      const nobody = mysqlRows({
        source: { kind: 'MYSQL', connection: 'DEPT', rowsPerSecond: 1_000, table: 'rk' },
        connection: { url: 'mysql://hub:x@127.0.0.1:1/dept', token: undefined },
        fields: ['xm'],
        cursor: null,
        signal: new AbortController().signal,
        onCursor: () => {},
      });
      await expect(nobody.next()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      const fault = await read('no_such', null).catch((error: unknown) => sourceFault(error));
      expect(fault).toMatchObject({ code: 'SOURCE_FAILED', values: { reason: 'ER_NO_SUCH_TABLE' } });
    } finally {
      running.kill();
      if (running.exitCode === null) await new Promise((resolve) => running.once('exit', resolve));
      rmSync(folder, { recursive: true, force: true });
    }
  },
  120_000,
);
