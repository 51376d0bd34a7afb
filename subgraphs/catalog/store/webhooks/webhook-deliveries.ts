import type pg from 'pg';
import type { DueWebhook, WaitingLetter, WebhookDeliveries } from '../../../kit/catalog-port.ts';
import type { IdSource } from '../../../kit/ids.ts';
import { unseal } from '../../../kit/store/sealing.ts';

/** A dispatcher that has gone leaves its webhooks to the next after so long. */
const LEASE_SECONDS = 60;
const LETTERS_AT_ONCE = 50;

/** What the dispatcher of webhooks reads and writes. Times are real ones, not the demo city's. */
export function openWebhookDeliveries(pool: pg.Pool, fieldKey: Buffer, ids: IdSource): WebhookDeliveries {
  return {
    async lease(limit) {
      const { rows } = await pool.query<Omit<DueWebhook, 'secret'> & { sealedSecret: Buffer }>(
        `UPDATE catalog.webhook SET leased_until = now() + interval '${LEASE_SECONDS} seconds' WHERE id IN (
           SELECT id FROM catalog.webhook WHERE state = 'ACTIVE' AND next_attempt_at <= now()
             AND (leased_until IS NULL OR leased_until < now())
           ORDER BY next_attempt_at LIMIT $1 FOR UPDATE SKIP LOCKED)
         RETURNING id, client_id AS "clientId", url, types, divisions, cursor, attempts, sealed_secret AS "sealedSecret"`,
        [limit],
      );
      return rows.map(({ sealedSecret, ...row }) => ({ ...row, secret: unseal(fieldKey, sealedSecret) }));
    },
    async advance(id, { cursor, delivered, status, nextInMilliseconds }) {
      const { rowCount } = await pool.query(
        `UPDATE catalog.webhook SET cursor = $2, attempts = 0, delivered_count = delivered_count + $3::int,
           last_status = coalesce($4::int, last_status), last_error = CASE WHEN $3::int > 0 THEN NULL ELSE last_error END,
           last_delivered_at = CASE WHEN $3::int > 0 THEN now() ELSE last_delivered_at END,
           next_attempt_at = now() + $5::float8 * interval '1 millisecond',
           leased_until = CASE WHEN $5::float8 = 0 THEN now() + interval '${LEASE_SECONDS} seconds' END
         WHERE id = $1::uuid AND state = 'ACTIVE'`,
        [id, cursor, delivered, status ?? null, nextInMilliseconds],
      );
      return (rowCount ?? 0) > 0;
    },
    async fail(id, { attempts, status, error, nextInMilliseconds }) {
      await pool.query(
        `UPDATE catalog.webhook SET attempts = $2, last_status = $3, last_error = $4,
           next_attempt_at = now() + $5::float8 * interval '1 millisecond', leased_until = NULL WHERE id = $1::uuid`,
        [id, attempts, status ?? null, error, nextInMilliseconds],
      );
    },
    async bury(id, { cursor, body, attempts, status, error }) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        await client.query(
          `INSERT INTO catalog.webhook_dead_letter (id, webhook_id, cursor, body, attempts, last_status, last_error, died_at)
           VALUES ($1, $2::uuid, $3, $4, $5, $6, $7, now())`,
          [ids.next(), id, cursor, body, attempts, status ?? null, error],
        );
        await client.query(
          `UPDATE catalog.webhook SET cursor = $2, attempts = 0, dead_count = dead_count + 1, last_status = $3,
             last_error = $4, next_attempt_at = now(), leased_until = NULL WHERE id = $1::uuid`,
          [id, cursor, status ?? null, error],
        );
        await client.query('COMMIT');
      } catch (failure) {
        await client.query('ROLLBACK').catch(() => {});
        throw failure;
      } finally {
        client.release();
      }
    },
    async findWaitingLetters(id) {
      const { rows } = await pool.query<WaitingLetter>(
        `SELECT id, body FROM catalog.webhook_dead_letter WHERE webhook_id = $1::uuid AND state = 'WAITING'
          ORDER BY id LIMIT ${LETTERS_AT_ONCE}`,
        [id],
      );
      return rows;
    },
    async settleLetter(id, letter, { state, status, error }) {
      await pool.query(
        `WITH settled AS (
           UPDATE catalog.webhook_dead_letter SET state = $3, attempts = attempts + CASE WHEN $3 = 'WITHDRAWN' THEN 0 ELSE 1 END,
                  last_status = coalesce($4::int, last_status), last_error = $5
            WHERE id = $2::uuid AND state = 'WAITING' RETURNING id)
         UPDATE catalog.webhook SET leased_until = now() + interval '${LEASE_SECONDS} seconds',
                delivered_count = delivered_count + CASE WHEN $3 = 'DELIVERED' THEN 1 ELSE 0 END,
                dead_count = dead_count - CASE WHEN $3 = 'DELIVERED' THEN 1 ELSE 0 END
          WHERE id = $1::uuid AND EXISTS (SELECT FROM settled)`,
        [id, letter.id, state, status ?? null, error ?? null],
      );
    },
    async disable(id, reason) {
      await pool.query(
        `UPDATE catalog.webhook SET state = 'DISABLED', state_reason = $2, leased_until = NULL WHERE id = $1::uuid`,
        [id, reason],
      );
    },
  };
}
