import { createHash, createHmac } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { type Caller, type CallerClaims, fromClaims, toClaims } from './caller.ts';

/** Header under which the gateway tells a subgraph, signed, for whom it asks. */
export const SIGNATURE_HEADER = 'x-yiyun-caller';

const ISSUER = 'yiyun-gateway';
const LIFETIME_SECONDS = 60;

/**
 * Signs a request to one subgraph: the caller, bound to that subgraph and to the very bytes of the body, so that a
 * captured header opens nothing else. HMAC-SHA-256 with a key that only gateway and subgraphs hold.
 */
export function signRequest(key: Buffer, subgraph: string, caller: Caller, body: string): Promise<string> {
  return new SignJWT({ caller: toClaims(caller), body: digest(body) })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(ISSUER)
    .setAudience(subgraph)
    .setIssuedAt()
    .setExpirationTime(`${LIFETIME_SECONDS}s`)
    .sign(key);
}

/** The key of a department's own subgraph, so that none of them can sign for another one. */
export function externalKey(key: Buffer, subgraph: string): Buffer {
  return createHmac('sha256', key).update(`external subgraph ${subgraph}`).digest();
}

/** The caller of a signed request, or undefined when the signature is missing, forged, stale or for something else. */
export async function verifyRequest(
  key: Buffer,
  subgraph: string,
  header: string | undefined,
  body: string,
): Promise<Caller | undefined> {
  if (header === undefined) return undefined;
  try {
    const { payload } = await jwtVerify(header, key, { issuer: ISSUER, audience: subgraph, algorithms: ['HS256'] });
    if (payload.body !== digest(body)) return undefined;
    // Only the gateway can have signed it, and it signs what `toClaims` made.
    return fromClaims(payload.caller as unknown as CallerClaims);
  } catch {
    return undefined;
  }
}

function digest(body: string): string {
  return createHash('sha256').update(body).digest('base64url');
}
