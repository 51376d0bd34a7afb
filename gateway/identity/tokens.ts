import {
  type CryptoKey,
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JWK,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
  SignJWT,
} from 'jose';
import { splitGlobalId } from '../../subgraphs/kit/global-id.ts';
import { isUuid } from '../../subgraphs/kit/ids.ts';

/** A private key that signs tokens, with the public half that verifies them. */
export interface SigningKey {
  readonly kid: string;
  readonly algorithm: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** What tokens must name: who issued them, and for whom. */
export interface TokenParties {
  readonly issuer: string;
  readonly audience: string;
}

/** The parties of the tokens that a demo hub issues to itself. */
export const demoParties: TokenParties = { issuer: 'urn:yiyun:demo', audience: 'urn:yiyun:graph' };

/** Who a verified token speaks for. */
export interface TokenSubject {
  readonly clientId: string;
  /** Global id of the worker that acts through the client. */
  readonly workerId?: string;
  /** Global id of the person who acts through the client for himself. */
  readonly personId?: string;
}

/** A token that proves nothing. The reason is for the log; the caller only learns that the token is not valid. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

export interface TokenVerifier {
  /**
   * @throws TokenRefused for a token that is malformed, forged, expired, not yet valid or meant for somebody else.
   * Any other error means that the issuer's keys could not be had: not the caller's fault.
   */
  verify(token: string): Promise<TokenSubject>;
  /** At once, of a token that was verified a moment ago; of others nothing is said. */
  known?(token: string): TokenSubject | undefined;
}

/** Asymmetric ones only: with a shared secret, whoever verifies could also issue. */
const ALGORITHMS = [
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
];
const TOKEN_TYPES = new Set(['at+jwt', 'jwt', 'application/at+jwt', 'application/jwt']);
/** Clocks of two machines may differ that much. */
const CLOCK_TOLERANCE_SECONDS = 5;
/** A verification costs about 0.1 ms of a core, more than the whole way of a small operation through the gateway. */
const REMEMBERED_TOKENS = 5_000;
/** A key that its issuer withdraws must not live on in remembered tokens for longer. */
const REMEMBERED_MILLISECONDS = 60_000;

/** Verifies tokens against the keys of an issuer: given ones, or those behind its JWKS address. */
export function createTokenVerifier(
  keys: { readonly jwks: readonly JWK[] } | { readonly jwksUrl: string },
  parties: TokenParties,
  now: () => number = Date.now,
): TokenVerifier {
  const keySet: JWTVerifyGetKey =
    'jwks' in keys ? createLocalJWKSet({ keys: [...keys.jwks] }) : createRemoteJWKSet(new URL(keys.jwksUrl));
  const remembered = new Map<string, { subject: TokenSubject; notAfter: number }>();
  const findKnown = (token: string) => {
    const found = remembered.get(token);
    return found !== undefined && now() < found.notAfter ? found.subject : undefined;
  };

  return {
    known: findKnown,
    async verify(token) {
      const known = findKnown(token);
      if (known !== undefined) return known;
      remembered.delete(token);
      const { payload, protectedHeader } = await verifySignature(token, keySet, parties, now);
      if (protectedHeader.kid === undefined) throw new TokenRefused('the token names no key (kid)');
      const { typ } = protectedHeader;
      if (typ !== undefined && !TOKEN_TYPES.has(typ.toLowerCase())) throw new TokenRefused('not an access token (typ)');
      const subject = readSubject(payload);
      const notAfter = Math.min(now() + REMEMBERED_MILLISECONDS, (payload.exp ?? 0) * 1000);
      if (remembered.size >= REMEMBERED_TOKENS) remembered.clear();
      remembered.set(token, { subject, notAfter });
      return subject;
    },
  };
}

/** Signs an access token for a client (RFC 9068). */
export async function issueToken(
  key: SigningKey,
  parties: TokenParties,
  subject: TokenSubject,
  lifetimeSeconds: number,
  now: () => number = Date.now,
): Promise<string> {
  const issuedAt = Math.floor(now() / 1000);
  return new SignJWT({
    client_id: subject.clientId,
    ...(subject.workerId === undefined ? {} : { worker: subject.workerId }),
    ...(subject.personId === undefined ? {} : { person: subject.personId }),
  })
    .setProtectedHeader({ alg: key.algorithm, kid: key.kid, typ: 'at+jwt' })
    .setIssuer(parties.issuer)
    .setAudience(parties.audience)
    .setSubject(subject.clientId)
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds)
    .sign(key.privateKey);
}

async function verifySignature(token: string, keySet: JWTVerifyGetKey, parties: TokenParties, now: () => number) {
  try {
    return await jwtVerify(token, keySet, {
      ...parties,
      algorithms: ALGORITHMS,
      requiredClaims: ['exp', 'iss', 'aud'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(now()),
    });
  } catch (error) {
    const isIssuersFault = error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid;
    // A refused or garbled answer of the JWKS address is a plain JOSEError; a refused connection none at all.
    const isOfToken = error instanceof errors.JOSEError && error.constructor !== errors.JOSEError;
    if (!isOfToken || isIssuersFault) throw error;
    throw new TokenRefused(error.code, { cause: error });
  }
}

function readSubject(payload: JWTPayload): TokenSubject {
  const { client_id: clientId, azp, person, worker } = payload;
  const named = clientId ?? azp;
  if (typeof named !== 'string' || named === '' || named.length > 200)
    throw new TokenRefused('the token names no client');
  if (clientId !== undefined && azp !== undefined && clientId !== azp)
    throw new TokenRefused('the token names two clients');
  return {
    clientId: named,
    ...(worker === undefined ? {} : { workerId: requireId(worker, 'CommunityWorker') }),
    ...(person === undefined ? {} : { personId: requireId(person, 'Person') }),
  };
}

function requireId(value: unknown, typeName: string): string {
  const id = typeof value === 'string' ? splitGlobalId(value) : undefined;
  if (typeof value !== 'string' || id?.typeName !== typeName || !isUuid(id.key)) {
    throw new TokenRefused(`a claim is not the global id of a ${typeName}`);
  }
  return value;
}
