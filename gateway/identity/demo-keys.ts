import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { z } from 'zod';
import { createFile, errorCode } from '../../prisma/database/atomic-file.ts';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import type { SigningKey } from './tokens.ts';

const KEY_FOLDER = 'secrets';
const KEY_FILE = 'demo-token-key.json';
/** Not EdDSA: Node 20 still warns that its WebCrypto form is experimental. */
const ALGORITHM = 'ES256';

const storedKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
  kid: z.string().min(1),
});

/**
 * The key pair that signs the demo tokens, generated into the data folder at the first call and the same ever after.
 *
 * @throws StartupProblem when the stored key is damaged.
 */
export async function openDemoKey(dataDirectory: string): Promise<SigningKey> {
  const path = join(dataDirectory, KEY_FOLDER, KEY_FILE);
  if (readText(path) === undefined) {
    mkdirSync(join(dataDirectory, KEY_FOLDER), { recursive: true, mode: 0o700 });
    const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
    const jwk = await exportJWK(privateKey);
    // Another process may be quicker; the file that is there first is everybody's key.
    createFile(path, `${JSON.stringify({ ...jwk, kid: await calculateJwkThumbprint(jwk) })}\n`, 0o600);
  }
  return readKey(path);
}

/**
 * The same key for a process beside the hub, which must not create anything.
 *
 * @throws StartupProblem when no hub has created a key in this folder yet, or it is damaged.
 */
export async function findDemoKey(dataDirectory: string): Promise<SigningKey> {
  const path = join(dataDirectory, KEY_FOLDER, KEY_FILE);
  if (readText(path) === undefined) {
    throw new StartupProblem(
      `数据目录 ${dataDirectory} 中还没有演示密钥：请先运行 npm start，或用 --data-dir 指明数据目录。`,
      `The data folder ${dataDirectory} holds no demo key yet: run npm start first, or name the folder with --data-dir.`,
    );
  }
  return readKey(path);
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw new StartupProblem(
      `无法读取演示密钥 ${path}（${errorCode(error) ?? ''}）：请检查权限。`,
      `Cannot read the demo key ${path} (${errorCode(error) ?? ''}): check its permissions.`,
      { cause: error },
    );
  }
}

async function readKey(path: string): Promise<SigningKey> {
  try {
    const { kid, d, ...open } = storedKey.parse(JSON.parse(readText(path) ?? ''));
    const publicJwk: JWK = { ...open, kid, alg: ALGORITHM, use: 'sig' };
    const privateKey = await importJWK({ ...open, d }, ALGORITHM);
    if (privateKey instanceof Uint8Array) throw new Error('not a key pair');
    return { kid, algorithm: ALGORITHM, privateKey, publicJwk };
  } catch (error) {
    if (error instanceof StartupProblem) throw error;
    // The cause is left out on purpose: a parser's message quotes what it could not read.
    throw new StartupProblem(
      `演示密钥 ${path} 已损坏：删除该文件并重新启动即可生成新密钥，旧令牌随之失效。`,
      `The demo key ${path} is damaged: delete the file and start again; a new key is made and old tokens end.`,
    );
  }
}
