import type pg from 'pg';
import type { LedgerHoldReport } from '../../../kit/audit-port.ts';
import type { IdSource } from '../../../kit/ids.ts';

type Connection = Pick<pg.Pool, 'query'>;

/** All holds, lifted ones included, the newest first. */
export async function findHolds(connection: Connection): Promise<LedgerHoldReport[]> {
  const { rows } = await connection.query<LedgerHoldReport>(
    `SELECT id, to_char(from_month, 'YYYY-MM') AS "fromMonth", to_char(to_month, 'YYYY-MM') AS "toMonth", reason,
            placed_at AS "placedAt", lifted_at AS "liftedAt"
       FROM catalog.ledger_hold ORDER BY id DESC`,
  );
  return rows;
}

export async function placeHold(
  connection: Connection,
  ids: IdSource,
  hold: { readonly fromMonth: string; readonly toMonth: string; readonly reason: string },
  now: Date,
): Promise<string> {
  const id = ids.next();
  await connection.query(
    `INSERT INTO catalog.ledger_hold (id, from_month, to_month, reason, placed_at) VALUES ($1, $2, $3, $4, $5)`,
    [id, `${hold.fromMonth}-01`, `${hold.toMonth}-01`, hold.reason, now],
  );
  return id;
}

export async function liftHold(connection: Connection, id: string, now: Date): Promise<boolean> {
  const { rowCount } = await connection.query(
    'UPDATE catalog.ledger_hold SET lifted_at = $2 WHERE id = $1 AND lifted_at IS NULL',
    [id, now],
  );
  return rowCount === 1;
}
