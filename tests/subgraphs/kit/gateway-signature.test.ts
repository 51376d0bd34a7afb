import { createHmac } from 'node:crypto';
import { decodeJwt, jwtVerify, SignJWT } from 'jose';
import { expect, test, vi } from 'vitest';
import { signRequest, verifyRequest } from '../../../subgraphs/kit/caller/gateway-signature.ts';
import { testCaller } from '../../kit/open-test-subgraph.ts';

const KEY = Buffer.alloc(32, 7);
const BODY = '{"query":"{ 人 }"}';
const caller = testCaller(['330402'], 'person.identity');

test('a signature is a JSON Web Token like any other, and one like it is taken', async () => {
  const signature = signRequest(KEY, 'people', caller, BODY);
  const { payload, protectedHeader } = await jwtVerify(signature, KEY, {
    issuer: 'yiyun-gateway',
    audience: 'people',
    algorithms: ['HS256'],
  });
  expect(protectedHeader).toEqual({ alg: 'HS256' });
  expect(Number(payload.exp) - Number(payload.iat)).toBe(60);

  const { caller: claims, body } = decodeJwt(signature);
  const another = await new SignJWT({ caller: claims, body })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('yiyun-gateway')
    .setAudience('people')
    .setExpirationTime('60s')
    .sign(KEY);
  expect(verifyRequest(KEY, 'people', signature, BODY)).toEqual(caller);
  expect(verifyRequest(KEY, 'people', another, BODY)).toEqual(caller);
});

test('what is altered, cut, stale or of another algorithm, issuer or audience is nobody’s', () => {
  const signature = signRequest(KEY, 'people', caller, BODY);
  const [head = '', claims = '', seal = ''] = signature.split('.');
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const sealed = (first: string, second: string) =>
    `${first}.${second}.${createHmac('sha256', KEY).update(`${first}.${second}`).digest('base64url')}`;
  const said = decodeJwt(signature);
  const refused = {
    nothing: undefined,
    'an empty text': '',
    'two parts': `${head}.${claims}`,
    'four parts': `${signature}.`,
    'no seal': `${head}.${claims}.`,
    'half a seal': `${head}.${claims}.${seal.slice(0, 20)}`,
    'another seal': `${head}.${claims}.${seal.startsWith('A') ? 'B' : 'A'}${seal.slice(1)}`,
    'a seal with more behind it': `${signature}A`,
    'a seal that is no ASCII': `${head}.${claims}.é${seal.slice(1)}`,
    'other claims': `${head}.${encode({ ...said, caller: { ...caller, jurisdiction: [''] } })}.${seal}`,
    'no algorithm': `${encode({ alg: 'none' })}.${claims}.`,
    'another header, sealed': sealed(encode({ alg: 'HS256', typ: 'JWT' }), claims),
    'another issuer': sealed(head, encode({ ...said, iss: 'somebody' })),
    'another audience': sealed(head, encode({ ...said, aud: 'party' })),
    'no end': sealed(head, encode({ ...said, exp: undefined })),
  };
  for (const [title, given] of Object.entries(refused)) {
    expect(verifyRequest(KEY, 'people', given, BODY), title).toBeUndefined();
  }
  expect(verifyRequest(KEY, 'people', signature, `${BODY} `)).toBeUndefined();
  expect(verifyRequest(Buffer.alloc(32, 8), 'people', signature, BODY)).toBeUndefined();
  vi.useFakeTimers({ now: Date.now() + 61_000 });
  expect(verifyRequest(KEY, 'people', signature, BODY)).toBeUndefined();
  vi.useRealTimers();
});
