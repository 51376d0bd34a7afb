import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type pg from 'pg';
import type { SignedCheckpoint } from '../../../kit/catalog-port.ts';
import { scopeDigest } from './ledger-line.ts';

/** RFC 8410: an Ed25519 private key as PKCS #8, without its 32 bytes. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const UNIQUE_VIOLATION = '23505';

/** What a checkpoint says. */
export interface CheckpointText {
  readonly number: number;
  readonly at: string;
  /** Digest of the text of the checkpoint before it. */
  readonly previous: string | null;
  /** Writer, sequence of its last line, hash of that line (hex); those that moved since the checkpoint before. */
  readonly heads: readonly (readonly [string, number, string])[];
}

export interface CheckpointKeys {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** The signing key, from its seed. */
export function checkpointKeys(seed: Buffer): CheckpointKeys {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** The public half as people pass it on: SPKI, PEM. */
export function publicKeyText({ publicKey }: CheckpointKeys): string {
  return String(publicKey.export({ format: 'pem', type: 'spki' }));
}

export function verifyCheckpoint({ publicKey }: CheckpointKeys, { text, signature }: SignedCheckpoint): boolean {
  return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64url'));
}

/** Signs where all chains stand. Undefined when none has moved since the newest checkpoint. */
export async function signCheckpoint(
  pool: Pick<pg.Pool, 'query'>,
  keys: CheckpointKeys,
  now: Date,
): Promise<SignedCheckpoint | undefined> {
  const newest = (await readCheckpoints(pool, 1))[0];
  const known = await readSignedHeads(pool);
  const { rows } = await pool.query<{ id: string; sequence: number; hash: Buffer }>(
    `SELECT id, last_sequence::float8 AS sequence, last_hash AS hash FROM catalog.ledger_writer
      WHERE last_sequence > 0 ORDER BY id`,
  );
  const heads = rows
    .filter(({ id, sequence }) => known.get(id) !== sequence)
    .map(({ id, sequence, hash }) => [id, sequence, hash.toString('hex')] as const);
  if (heads.length === 0) return undefined;
  const said: CheckpointText = {
    number: (newest?.number ?? 0) + 1,
    at: now.toISOString(),
    previous: newest === undefined ? null : scopeDigest(newest.text),
    heads,
  };
  const text = JSON.stringify(said);
  const signature = sign(null, Buffer.from(text), keys.privateKey).toString('base64url');
  try {
    await pool.query('INSERT INTO catalog.ledger_checkpoint (number, at, text, signature) VALUES ($1, $2, $3, $4)', [
      said.number,
      now,
      text,
      signature,
    ]);
  } catch (error) {
    // Another process was quicker; its checkpoint is as good, the next one will say the rest.
    if ((error as { code?: unknown }).code === UNIQUE_VIOLATION) return undefined;
    throw error;
  }
  return { number: said.number, text, signature };
}

/** The sequence up to which each writer's chain has been signed. */
async function readSignedHeads(pool: Pick<pg.Pool, 'query'>): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ id: string; sequence: number }>(
    `SELECT h->>0 AS id, max((h->>1)::bigint)::float8 AS sequence
       FROM catalog.ledger_checkpoint c CROSS JOIN LATERAL jsonb_array_elements(c.text::jsonb->'heads') h
      WHERE c.number > (SELECT coalesce(max(number), 0) - ${SIGNED_WINDOW} FROM catalog.ledger_checkpoint)
      GROUP BY 1`,
  );
  return new Map(rows.map(({ id, sequence }) => [id, sequence]));
}

/** A chain that has not moved for that many checkpoints is signed once more, which does no harm. */
const SIGNED_WINDOW = 500;

/** Checkpoints, newest first. */
export async function readCheckpoints(pool: Pick<pg.Pool, 'query'>, limit?: number): Promise<SignedCheckpoint[]> {
  const { rows } = await pool.query<SignedCheckpoint>(
    `SELECT number, text, signature FROM catalog.ledger_checkpoint ORDER BY number DESC
     ${limit === undefined ? '' : `LIMIT ${limit}`}`,
  );
  return rows;
}
