import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';
import { createFile, errorCode } from '../../../prisma/database/atomic-file.ts';
import { StartupProblem } from '../../../subgraphs/kit/codes/startup-problem.ts';

const KEY_FOLDER = 'secrets';
const KEY_FILE = 'oidc-keys.json';

const storedKeys = z.object({
  signing: z.object({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: z.string(),
    y: z.string(),
    d: z.string(),
    kid: z.string().min(1),
  }),
  cookies: z.string().min(32),
});

export type OidcKeys = z.infer<typeof storedKeys>;

/**
 * The keys of the embedded issuer, made in the data folder at the first call and the same ever after, for every process.
 *
 * @throws StartupProblem when the stored keys are damaged.
 */
export async function openOidcKeys(dataDirectory: string): Promise<OidcKeys> {
  const path = join(dataDirectory, KEY_FOLDER, KEY_FILE);
  if (!exists(path)) {
    mkdirSync(join(dataDirectory, KEY_FOLDER), { recursive: true, mode: 0o700 });
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = await exportJWK(privateKey);
    const signing = { ...jwk, kid: await calculateJwkThumbprint(jwk) };
    // Another process may be quicker; the file that is there first holds everybody's keys.
    createFile(path, `${JSON.stringify({ signing, cookies: randomBytes(32).toString('base64url') })}\n`, 0o600);
  }
  try {
    return storedKeys.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // The cause is left out on purpose: a parser's message quotes what it could not read.
    throw new StartupProblem(
      `登录密钥 ${path} 已损坏：删除该文件并重新启动即可生成新密钥，旧令牌随之失效。`,
      `The issuer's keys ${path} are damaged: delete the file and start again; new keys are made and old tokens end.`,
    );
  }
}

function exists(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
