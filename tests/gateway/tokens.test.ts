import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, exportSPKI, generateKeyPair, importJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issueDemoToken, issueGridAppToken } from '../../gateway/identity/demo-clients.ts';
import { findDemoKey, openDemoKey } from '../../gateway/identity/demo-keys.ts';
import {
  createTokenVerifier,
  demoParties,
  issueToken,
  type SigningKey,
  TokenRefused,
  type TokenVerifier,
} from '../../gateway/identity/tokens.ts';

const WORKER = 'CommunityWorker:01970000-0000-7000-8000-000000000001';
const NOW = Date.parse('2026-07-01T00:00:00Z');

let key: SigningKey;
let verifier: TokenVerifier;
let now = NOW;

async function createKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  return { kid, algorithm: 'ES256', privateKey, publicJwk: { ...jwk, kid, alg: 'ES256' } };
}

beforeAll(async () => {
  key = await createKey();
  verifier = createTokenVerifier({ jwks: [key.publicJwk] }, demoParties, () => now);
});

const issue = (parties = demoParties, lifetime = 3_600) =>
  issueToken(key, parties, { clientId: 'demo-system' }, lifetime, () => NOW);

/** Signs what no issuer of ours would. */
function sign(claims: Record<string, unknown>, header: Record<string, unknown> = {}, signer = key.privateKey) {
  return new SignJWT({ client_id: 'demo-system', iss: demoParties.issuer, aud: demoParties.audience, ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: key.kid, ...header })
    .setExpirationTime(NOW / 1000 + 60)
    .sign(signer);
}

describe('a token', () => {
  test('of ours names its client, and its worker where it has one', async () => {
    expect(await verifier.verify(await issue())).toEqual({ clientId: 'demo-system' });
    const withWorker = await issueToken(key, demoParties, { clientId: 'app', workerId: WORKER }, 60, () => NOW);
    expect(await verifier.verify(withWorker)).toEqual({ clientId: 'app', workerId: WORKER });
  });

  test('ends with its time, also one that was accepted before', async () => {
    const token = await issue(demoParties, 3_600);
    expect(await verifier.verify(token)).toEqual({ clientId: 'demo-system' });

    now = NOW + 3_599_000;
    expect(await verifier.verify(token)).toEqual({ clientId: 'demo-system' });
    expect(verifier.known?.(token)).toEqual({ clientId: 'demo-system' });
    now = NOW + 3_606_000;
    expect(verifier.known?.(token)).toBeUndefined();
    await expect(verifier.verify(token)).rejects.toBeInstanceOf(TokenRefused);
    now = NOW;
  });

  test('that is not valid yet is refused', async () => {
    await expect(verifier.verify(await sign({ nbf: NOW / 1000 + 30 }))).rejects.toBeInstanceOf(TokenRefused);
  });

  test('of another issuer or for another audience is refused', async () => {
    const otherIssuer = await issue({ ...demoParties, issuer: 'https://evil.example' });
    const otherAudience = await issue({ ...demoParties, audience: 'urn:other' });

    await expect(verifier.verify(otherIssuer)).rejects.toBeInstanceOf(TokenRefused);
    await expect(verifier.verify(otherAudience)).rejects.toBeInstanceOf(TokenRefused);
  });

  test('without an end, a client, or with two clients is refused', async () => {
    const endless = await new SignJWT({ client_id: 'demo-system', iss: demoParties.issuer, aud: demoParties.audience })
      .setProtectedHeader({ alg: 'ES256', kid: key.kid })
      .sign(key.privateKey);

    await expect(verifier.verify(endless)).rejects.toBeInstanceOf(TokenRefused);
    await expect(verifier.verify(await sign({ client_id: undefined }))).rejects.toBeInstanceOf(TokenRefused);
    await expect(verifier.verify(await sign({ client_id: '' }))).rejects.toBeInstanceOf(TokenRefused);
    await expect(verifier.verify(await sign({ azp: 'other' }))).rejects.toBeInstanceOf(TokenRefused);
    expect(await verifier.verify(await sign({ client_id: undefined, azp: 'other' }))).toEqual({ clientId: 'other' });
  });

  test.each(['Person:01970000-0000-7000-8000-000000000001', 'CommunityWorker:1', '', 7])(
    'with the worker %j is refused',
    async (worker) => {
      await expect(verifier.verify(await sign({ worker }))).rejects.toBeInstanceOf(TokenRefused);
    },
  );

  test('signed by an unknown key, or naming none, is refused', async () => {
    const stranger = await createKey();
    const unknownKid = await sign({}, { kid: stranger.kid }, stranger.privateKey);
    const stolenKid = await sign({}, {}, stranger.privateKey);
    const noKid = await sign({}, { kid: undefined });

    for (const token of [unknownKid, stolenKid, noKid]) {
      await expect(verifier.verify(token)).rejects.toBeInstanceOf(TokenRefused);
    }
  });

  test('without a signature (alg none) is refused', async () => {
    const [, payload] = (await issue()).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none', kid: key.kid })).toString('base64url');

    await expect(verifier.verify(`${header}.${payload}.`)).rejects.toBeInstanceOf(TokenRefused);
  });

  test('signed with the public key as a shared secret (HS256) is refused', async () => {
    const publicKey = await importJWK(key.publicJwk, 'ES256', { extractable: true });
    if (publicKey instanceof Uint8Array) throw new Error('a key pair was expected');
    const secrets = [Buffer.from(await exportSPKI(publicKey)), Buffer.from(JSON.stringify(key.publicJwk))];

    for (const secret of secrets) {
      const token = await new SignJWT({ client_id: 'demo-system', iss: demoParties.issuer, aud: demoParties.audience })
        .setProtectedHeader({ alg: 'HS256', kid: key.kid })
        .setExpirationTime(NOW / 1000 + 60)
        .sign(secret);
      await expect(verifier.verify(token)).rejects.toBeInstanceOf(TokenRefused);
    }
  });

  test('of another type is refused; the type of access tokens is taken in any spelling', async () => {
    expect(await verifier.verify(await sign({}, { typ: 'AT+JWT' }))).toEqual({ clientId: 'demo-system' });
    await expect(verifier.verify(await sign({}, { typ: 'logout+jwt' }))).rejects.toBeInstanceOf(TokenRefused);
  });

  test.each(['', 'a', 'a.b.c', '...', `${'a'.repeat(5_000)}.b.c`])('that is garbage (%#) is refused', async (token) => {
    await expect(verifier.verify(token)).rejects.toBeInstanceOf(TokenRefused);
  });
});

describe('the keys of an issuer', () => {
  test('are read from its JWKS address; when that fails it is not the token that is refused', async () => {
    let broken = false;
    const server = createServer((_request, response) => {
      if (broken) response.writeHead(500).end();
      else response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [key.publicJwk] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
    const token = await issue();

    const remote = createTokenVerifier({ jwksUrl }, demoParties, () => now);
    expect(await remote.verify(token)).toEqual({ clientId: 'demo-system' });

    broken = true;
    const failing = createTokenVerifier({ jwksUrl }, demoParties, () => now);
    const failure = await failing.verify(token).catch((error: unknown) => error);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const unreachable = createTokenVerifier({ jwksUrl }, demoParties, () => now);
    const absence = await unreachable.verify(token).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(TokenRefused);
    expect(absence).toBeInstanceOf(Error);
    expect(absence).not.toBeInstanceOf(TokenRefused);
  });
});

describe('the demo key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yiyun-demo-key-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'secrets', 'demo-token-key.json');

  test('is missing before the first start, and told so', async () => {
    await expect(findDemoKey(folder)).rejects.toThrow('run npm start first');
  });

  test('is made once, for its owner only, and signs tokens that verify ever after', async () => {
    const [made, rival] = await Promise.all([openDemoKey(folder), openDemoKey(folder)]);
    const found = await findDemoKey(folder);

    expect(rival.kid).toBe(made.kid);
    expect(found.publicJwk).toEqual(made.publicJwk);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(made.publicJwk).not.toHaveProperty('d');
    const own = createTokenVerifier({ jwks: [found.publicJwk] }, demoParties);
    expect(await own.verify(await issueDemoToken(made, 'steward'))).toEqual({ clientId: 'demo-steward' });
    expect(await own.verify(await issueGridAppToken(made, WORKER))).toEqual({
      clientId: 'demo-grid-app',
      workerId: WORKER,
    });
  });

  test('that is damaged is told, and not quoted or replaced', async () => {
    writeFileSync(file, '{"kty":"EC","d":"s3cret"');

    const error = await openDemoKey(folder).catch((thrown: unknown) => thrown);

    expect(String(error)).toContain('is damaged');
    expect(String(error)).not.toContain('s3cret');
    expect(readFileSync(file, 'utf8')).toContain('s3cret');
  });
});
