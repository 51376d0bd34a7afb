import type { GraphQLError } from 'graphql';
import type { Caller } from '../../subgraphs/kit/caller/caller.ts';
import { callerOfClient } from '../../subgraphs/kit/caller/client-caller.ts';
import type { CatalogPort, ClientGrant } from '../../subgraphs/kit/catalog-port.ts';
import { type Clock, systemClock } from '../../subgraphs/kit/clock.ts';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import { createGrantReader, type GrantReader } from './grant-reader.ts';
import { TokenRefused, type TokenSubject, type TokenVerifier } from './tokens.ts';

/** Who asks, and what the gateway itself needs of the grant. */
export interface Identity {
  readonly caller: Caller;
  readonly costBudgetPerMinute: number;
  /** SHA-256 of the only documents that the client may run; undefined for one that may run any. */
  readonly trustedDocuments?: ReadonlySet<string>;
  /** SHA-256 of the documents that it may run by their hash alone. */
  readonly registeredDocuments?: ReadonlySet<string>;
}

/** A request whose caller is not let in. It is answered with `status` and `problem` and nothing else. */
export class IdentityRefused extends Error {
  override readonly name = 'IdentityRefused';
  readonly status: 401 | 403;
  readonly problem: GraphQLError;
  /** Value of `WWW-Authenticate` (RFC 6750); absent when another token would not help. */
  readonly challenge: string | undefined;

  constructor(status: 401 | 403, problem: GraphQLError, challenge?: string, options?: ErrorOptions) {
    super(problem.message, options);
    this.status = status;
    this.problem = problem;
    this.challenge = challenge;
  }
}

export interface IdentifyDependencies {
  readonly verifier: TokenVerifier;
  readonly catalog: Pick<CatalogPort, 'findClient' | 'grantVersion'>;
  /** 15-digit codes of the grids of a worker's live posts; asked anew for every request. */
  readonly gridPostsOf: (workerId: string) => Promise<readonly string[]>;
  /** On which sharing grants begin and end; the city's own. */
  readonly clock?: Clock;
  /** Monotonic milliseconds; for tests. */
  readonly now?: () => number;
}

export interface Identify {
  (authorization: string | undefined): Promise<Identity>;
  /** The same at once, where all that it rests on was read a moment ago. */
  known?(authorization: string | undefined): Identity | undefined;
}

const REALM = 'Bearer realm="yiyun"';
const SCHEME = 'Bearer ';

/**
 * Makes the caller of a request from its `Authorization` header: a verified token says who, the catalogue's grant says
 * what for. Nothing in a token widens a grant.
 *
 * @throws IdentityRefused when there is no valid token, no active client, or no live post. Any other error means that
 *   the catalogue or the issuer's keys could not be read; then nobody is let in.
 */
export function createIdentify(dependencies: IdentifyDependencies): Identify {
  const { verifier, catalog, gridPostsOf, clock = systemClock, now = () => performance.now() } = dependencies;
  const grants = createGrantReader(catalog, now);
  const plainIdentities = new WeakMap<ClientGrant, { readonly identity: Identity; readonly until: number }>();

  /** Of clients that act for themselves; a header that is written in another way is looked at closely. */
  const known = (authorization: string | undefined): Identity | undefined => {
    const token = authorization?.startsWith(SCHEME) ? authorization.slice(SCHEME.length) : undefined;
    const subject = token === undefined ? undefined : verifier.known?.(token);
    const grant = subject === undefined || isActedThrough(subject) ? undefined : grants.known(subject.clientId);
    const made = grant?.active ? plainIdentities.get(grant) : undefined;
    return made !== undefined && clock.now().getTime() < made.until ? made.identity : undefined;
  };

  const identify = async (authorization: string | undefined): Promise<Identity> => {
    const subject = await readToken(authorization, verifier);
    const grant = await readGrant(subject, grants);
    const { workerId } = subject;
    const moment = clock.now().getTime();
    if (grant.jurisdictionRule === 'GRID_POSTS') {
      const posts = workerId === undefined ? [] : await gridPostsOf(workerId);
      if (posts.length === 0) throw new IdentityRefused(403, graphProblem('NO_LIVE_POST'));
      return describe(grant, [...posts], subject, moment);
    }
    if (isActedThrough(subject)) return describe(grant, grant.jurisdictionCodes, subject, moment);
    const made = plainIdentities.get(grant);
    if (made !== undefined && moment < made.until) return made.identity;
    const identity = describe(grant, grant.jurisdictionCodes, { clientId: subject.clientId }, moment);
    plainIdentities.set(grant, { identity, until: nextChange(grant, moment) });
    return identity;
  };
  return Object.assign(identify, { known });
}

/** Whether somebody acts through the client. */
function isActedThrough({ workerId, personId }: TokenSubject): boolean {
  return workerId !== undefined || personId !== undefined;
}

/** When the next sharing grant of a client begins or ends. */
function nextChange({ grants = [] }: ClientGrant, moment: number): number {
  const changes = grants.flatMap(({ validFrom, endsAt }) => [validFrom.getTime(), endsAt.getTime()]);
  return Math.min(Number.POSITIVE_INFINITY, ...changes.filter((change) => change > moment));
}

async function readToken(authorization: string | undefined, verifier: TokenVerifier): Promise<TokenSubject> {
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1];
  // RFC 6750: who sent no token at all is told only where to start.
  if (token === undefined) throw new IdentityRefused(401, graphProblem('UNAUTHENTICATED'), REALM);
  try {
    return await verifier.verify(token);
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error;
    const challenge = `${REALM}, error="invalid_token"`;
    throw new IdentityRefused(401, graphProblem('UNAUTHENTICATED'), challenge, { cause: error });
  }
}

async function readGrant({ clientId }: TokenSubject, grants: GrantReader): Promise<ClientGrant> {
  const grant = await grants.find(clientId);
  if (grant?.active) return grant;
  throw new IdentityRefused(
    401,
    graphProblem('CLIENT_UNKNOWN', { client: clientId }),
    `${REALM}, error="invalid_token"`,
  );
}

function describe(
  grant: ClientGrant,
  jurisdiction: readonly string[],
  subject: TokenSubject,
  moment: number,
): Identity {
  const { workerId, personId } = subject;
  const caller: Caller = {
    ...callerOfClient(grant, new Date(moment), jurisdiction),
    ...(workerId === undefined ? {} : { workerId }),
    ...(personId === undefined ? {} : { personId }),
  };
  const registeredDocuments = hashesOf(grant);
  return {
    caller,
    costBudgetPerMinute: grant.costBudgetPerMinute,
    ...(registeredDocuments === undefined ? {} : { registeredDocuments }),
    ...(grant.trustedOnly ? { trustedDocuments: registeredDocuments ?? NONE } : {}),
  };
}

const NONE: ReadonlySet<string> = new Set();
const hashSets = new WeakMap<ClientGrant, ReadonlySet<string>>();

/** One set for all requests of a grant: a worker's app has an identity for each of them. */
function hashesOf(grant: ClientGrant): ReadonlySet<string> | undefined {
  if (grant.trustedHashes === undefined || grant.trustedHashes.length === 0) return undefined;
  const known = hashSets.get(grant) ?? new Set(grant.trustedHashes);
  hashSets.set(grant, known);
  return known;
}
