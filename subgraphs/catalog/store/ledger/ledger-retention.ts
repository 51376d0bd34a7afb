import type pg from 'pg';
import { KeyedHash } from '../../../kit/store/keyed-hash.ts';
import type { SealingKeys } from '../../../kit/store/sealing.ts';
import { LAST_SEQUENCE } from './ledger-line.ts';
import { addMonths, findMonths, monthOf, partitionName } from './ledger-months.ts';
import { type LedgerHead, sealHead } from './ledger-writer.ts';

/** 三年 — PIPL art. 56, Network Data Security Regulation art. 12. */
export const RETENTION_MONTHS = 36;

export interface RetentionReport {
  readonly dropped: readonly string[];
  /** Months past their time that a legal hold keeps. */
  readonly held: readonly string[];
}

/**
 * Drops the months that are past their time, the oldest first, unless a legal hold keeps them. Where a chain loses its
 * beginning, its sealed head says from which line on it stands. A held month keeps the later ones too, since a chain
 * can lose its beginning but not its middle.
 */
export async function dropExpiredMonths(
  pool: pg.Pool,
  keys: Pick<SealingKeys, 'ledger'>,
  now: Date,
): Promise<RetentionReport> {
  const last = addMonths(monthOf(now), -RETENTION_MONTHS);
  const expired = (await findMonths(pool)).filter((month) => month < last);
  const dropped: string[] = [];
  for (const month of expired) {
    if (await isHeld(pool, month)) break;
    await dropMonth(pool, keys, month);
    dropped.push(month);
  }
  return { dropped, held: expired.slice(dropped.length) };
}

async function isHeld(pool: pg.Pool, month: string): Promise<boolean> {
  const { rows } = await pool.query(
    `SELECT 1 FROM catalog.ledger_hold
      WHERE lifted_at IS NULL AND $1::date BETWEEN from_month AND to_month LIMIT 1`,
    [`${month}-01`],
  );
  return rows.length > 0;
}

async function dropMonth(pool: pg.Pool, keys: Pick<SealingKeys, 'ledger'>, month: string): Promise<void> {
  const connection = await pool.connect();
  try {
    await connection.query('BEGIN');
    const { rows } = await connection.query<LedgerHead>(
      `SELECT w.id, w.previous, l.last::float8 AS "baseSequence", l.hash AS "baseHash",
              w.last_sequence::float8 AS "lastSequence", w.last_hash AS "lastHash"
         FROM catalog.ledger_writer w
         JOIN LATERAL (SELECT ${LAST_SEQUENCE} AS last, hash FROM catalog.${partitionName(month)}
                        WHERE writer = w.id ORDER BY sequence DESC LIMIT 1) l ON true
          FOR UPDATE OF w`,
    );
    for (const head of rows) {
      await connection.query(
        'UPDATE catalog.ledger_writer SET base_sequence = $2, base_hash = $3, seal = $4 WHERE id = $1',
        [head.id, head.baseSequence, head.baseHash, sealHead(new KeyedHash(keys.ledger), head)],
      );
    }
    await connection.query(`DROP TABLE catalog.${partitionName(month)}`);
    await connection.query('COMMIT');
  } catch (error) {
    await connection.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    connection.release();
  }
}
