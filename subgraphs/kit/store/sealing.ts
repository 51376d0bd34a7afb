import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomFillSync } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Keys derived from the hub's one secret, each for one use only. */
export interface SealingKeys {
  readonly field: Buffer;
  readonly lookup: Buffer;
  readonly cursor: Buffer;
  /** Signs requests between gateway and subgraphs. */
  readonly signature: Buffer;
  /** Turns the subjects of the access log into hashes that nobody else can compute. */
  readonly subject: Buffer;
  /** Seals the heads of the access log's chains. */
  readonly ledger: Buffer;
  /** Seed of the Ed25519 key that signs the access log's checkpoints. */
  readonly checkpoint: Buffer;
}

/** Derives the keys (HKDF-SHA-256) from a secret of at least 32 bytes. */
export function deriveSealingKeys(secret: Buffer): SealingKeys {
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', `yiyun/${use}`, 32));
  return {
    field: derive('field'),
    lookup: derive('lookup'),
    cursor: derive('cursor'),
    signature: derive('signature'),
    subject: derive('subject'),
    ledger: derive('ledger'),
    checkpoint: derive('checkpoint'),
  };
}

/** Encrypts a short text with AES-256-GCM: nonce, ciphertext, tag. */
export function seal(key: Buffer, plain: string): Buffer {
  return sealWith(key, nextNonce(), plain);
}

/**
 * Like `seal`, but the same text always gives the same bytes: the nonce is a keyed hash of the text (as in SIV), so no
 * two texts share one. Whoever sees two of them learns whether they are equal, and nothing else.
 */
export function sealRepeatably(key: Buffer, plain: string): Buffer {
  return sealBytesRepeatably(key, Buffer.from(plain, 'utf8'));
}

export function sealBytesRepeatably(key: Buffer, plain: Buffer): Buffer {
  return sealWith(key, createHmac('sha256', key).update(plain).digest().subarray(0, NONCE_BYTES), plain);
}

function sealWith(key: Buffer, nonce: Buffer, plain: string | Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
  return Buffer.concat([nonce, body, cipher.final(), cipher.getAuthTag()]);
}

/** Random bytes are drawn in blocks: one draw per nonce costs more than the encryption (a bulk load makes millions). */
const nonces = Buffer.alloc(NONCE_BYTES * 1024);
let nonceOffset = nonces.length;

function nextNonce(): Buffer {
  if (nonceOffset === nonces.length) {
    randomFillSync(nonces);
    nonceOffset = 0;
  }
  const nonce = Buffer.from(nonces.subarray(nonceOffset, nonceOffset + NONCE_BYTES));
  nonceOffset += NONCE_BYTES;
  return nonce;
}

/** Opens what `seal` made. Throws when it was altered or sealed with another key. */
export function unseal(key: Buffer, sealed: Buffer): string {
  return unsealBytes(key, sealed).toString('utf8');
}

export function unsealBytes(key: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const body = sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}

/** Keyed hash (HMAC-SHA-256) by which a number is found again without being stored in clear. */
export function keyedHash(key: Buffer, plain: string): Buffer {
  return createHmac('sha256', key).update(plain).digest();
}
