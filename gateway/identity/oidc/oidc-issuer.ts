import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import type { CatalogPort } from '../../../subgraphs/kit/catalog-port.ts';
import { createTokenVerifier, demoParties, TokenRefused, type TokenVerifier } from '../tokens.ts';
import type { DemoAccount } from './demo-accounts.ts';
import { errorPage, loginPage, loginPolicy } from './login-page.ts';
import { oidcAdapter } from './oidc-adapter.ts';
import { type OidcKeys, openOidcKeys } from './oidc-keys.ts';

/** Path below which the embedded issuer answers. */
export const OIDC_PATH = '/oidc';

export interface OidcIssuerOptions {
  /** Where browsers and programs reach the hub, e.g. `http://localhost:4000`; asked once, at first use. */
  readonly origin: () => string;
  readonly dataDirectory: string;
  readonly catalog: Pick<CatalogPort, 'findClient' | 'isClientSecret' | 'oidcStates'>;
  readonly findAccounts: () => Promise<readonly DemoAccount[]>;
  /** Told of what the caller only sees as a server error. */
  readonly onError: (error: unknown) => void;
}

/** The issuer of tokens that a hub has of its own, where there is no other: OAuth 2.0 and OpenID Connect. */
export interface OidcIssuer {
  /** Its issuer identifier. */
  issuer(): string;
  /** Verifies its access tokens; its keys are read when the first one comes. */
  readonly verifier: TokenVerifier;
  /** Answers a request below `OIDC_PATH`. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

const AUDIENCE = demoParties.audience;
const ACCESS_TOKEN_SECONDS = 600;
const LOGIN_SECONDS = 3_600;
const MAX_FORM_BYTES = 4_096;

/** Makes the issuer; the library and the keys are only loaded when somebody first asks for something. */
export function createOidcIssuer(options: OidcIssuerOptions): OidcIssuer {
  let keys: Promise<OidcKeys> | undefined;
  let opened: Promise<Provider> | undefined;
  let verifier: Promise<TokenVerifier> | undefined;
  let madeVerifier: TokenVerifier | undefined;
  let identifier: string | undefined;
  const issuer = () => {
    identifier ??= `${options.origin()}${OIDC_PATH}`;
    return identifier;
  };
  const readKeys = () => {
    keys ??= openOidcKeys(options.dataDirectory);
    return keys;
  };
  const makeVerifier = async () => {
    const { d: _private, ...open } = (await readKeys()).signing;
    const jwks = [{ ...open, alg: 'ES256', use: 'sig' }];
    return createTokenVerifier({ jwks }, { issuer: issuer(), audience: AUDIENCE });
  };
  return {
    issuer,
    verifier: {
      known: (token) => madeVerifier?.known?.(token),
      async verify(token) {
        verifier ??= makeVerifier();
        madeVerifier = await verifier;
        return madeVerifier.verify(token);
      },
    },
    async handle(request, response) {
      opened ??= readKeys().then((made) => openProvider(issuer(), made, options));
      await answer(await opened, request, response, options);
    },
  };
}

async function openProvider(issuer: string, keys: OidcKeys, options: OidcIssuerOptions): Promise<Provider> {
  const { Provider } = await import('oidc-provider');
  const { catalog, findAccounts, onError } = options;
  const accountOf = async (accountId: string | undefined) =>
    (await findAccounts()).find((account) => account.accountId === accountId);
  const provider = new Provider(issuer, {
    adapter: oidcAdapter(catalog),
    jwks: { keys: [{ ...keys.signing, alg: 'ES256', use: 'sig' }] },
    cookies: { keys: [keys.cookies], long: { sameSite: 'lax' }, short: { sameSite: 'lax' } },
    clientAuthMethods: ['client_secret_basic', 'none'],
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    responseTypes: ['code'],
    scopes: ['openid'],
    pkce: { required: () => true },
    ttl: {
      AccessToken: ACCESS_TOKEN_SECONDS,
      ClientCredentials: ACCESS_TOKEN_SECONDS,
      AuthorizationCode: 60,
      IdToken: ACCESS_TOKEN_SECONDS,
      Interaction: LOGIN_SECONDS,
      Session: LOGIN_SECONDS,
      Grant: LOGIN_SECONDS,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      resourceIndicators: {
        enabled: true,
        // There is one resource, the graph; who names none means it.
        defaultResource: () => AUDIENCE,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource) => {
          if (resource !== AUDIENCE) throw new Error('no such resource');
          return {
            scope: '',
            audience: AUDIENCE,
            accessTokenTTL: ACCESS_TOKEN_SECONDS,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'ES256' } },
          };
        },
      },
    },
    interactions: { url: (_context, { uid }) => `${OIDC_PATH}/login/${uid}` },
    findAccount: async (_context, accountId) =>
      (await accountOf(accountId)) === undefined ? undefined : { accountId, claims: async () => ({ sub: accountId }) },
    // Who acts, beside the client; what he may see is looked up for each request.
    extraTokenClaims: async (_context, token) => {
      const account = 'accountId' in token ? await accountOf(token.accountId) : undefined;
      return account?.workerId === undefined ? {} : { worker: account.workerId };
    },
    // The city's own clients ask nobody for consent to what their grants already say.
    loadExistingGrant: async (context) => {
      const { client, session } = context.oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new context.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid');
      grant.addResourceScope(AUDIENCE, '');
      await grant.save();
      return grant;
    },
    renderError: (context, { error }) => {
      context.type = 'html';
      context.set('content-security-policy', loginPolicy());
      context.body = errorPage(error);
    },
  });
  // Secrets are known by their hashes only, and a client may have two.
  provider.Client.prototype.compareClientSecret = async function compareClientSecret(given: string) {
    return catalog.isClientSecret(this.clientId, given);
  };
  provider.on('server_error', (_context, error) => onError(error));
  return provider;
}

async function answer(
  provider: Provider,
  request: IncomingMessage & { originalUrl?: string },
  response: ServerResponse,
  options: OidcIssuerOptions,
): Promise<void> {
  const url = request.url ?? '/';
  if (new RegExp(`^${OIDC_PATH}/login/[\\w-]+$`).test(url)) return logIn(provider, request, response, options);
  request.originalUrl = url;
  request.url = url.slice(OIDC_PATH.length) || '/';
  await provider.callback()(request, response);
}

async function logIn(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  { findAccounts, onError }: OidcIssuerOptions,
): Promise<void> {
  const send = (status: number, html: string, policy: string) => {
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy });
    response.end(html);
  };
  try {
    // Throws unless the browser that began the login shows its cookie.
    const { params } = await provider.interactionDetails(request, response);
    const accounts = await findAccounts();
    if (request.method === 'POST') {
      const accountId = new URLSearchParams(await readForm(request)).get('account');
      const account = accounts.find((one) => one.accountId === accountId);
      if (account === undefined) return send(400, errorPage('unknown_account'), loginPolicy());
      // The click is both: who it is, and that this program may act for him (RFC 8252, 8.6).
      const result = { login: { accountId: account.accountId }, consent: {} };
      return await provider.interactionFinished(request, response, result);
    }
    const client = await provider.Client.find(String(params.client_id));
    const page = loginPage(request.url ?? '', client?.clientName ?? '', accounts);
    send(200, page, loginPolicy(String(params.redirect_uri)));
  } catch (error) {
    const expected = error instanceof Error && error.name === 'SessionNotFound';
    if (!expected) onError(error);
    if (!response.headersSent) send(400, errorPage('session_not_found'), loginPolicy());
  }
}

async function readForm(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > MAX_FORM_BYTES) throw new Error('the form is too long');
  }
  return text;
}

const REMEMBERED_TOKENS = 5_000;

/** Verifies tokens of several issuers: each by the issuer that it names, which its signature then has to prove. */
export function verifyByIssuer(
  issuers: readonly { readonly issuer: () => string; readonly verifier: TokenVerifier }[],
): TokenVerifier {
  /** Who has verified which token before; only those that were valid, so that garbage does not fill it. */
  const remembered = new Map<string, TokenVerifier>();
  return {
    known: (token) => remembered.get(token)?.known?.(token),
    async verify(token) {
      const known = remembered.get(token);
      if (known !== undefined) return known.verify(token);
      const named = issuerOf(token);
      const found = issuers.find(({ issuer }) => issuer() === named);
      if (found === undefined) throw new TokenRefused('an unknown issuer');
      const subject = await found.verifier.verify(token);
      if (remembered.size >= REMEMBERED_TOKENS) remembered.clear();
      remembered.set(token, found.verifier);
      return subject;
    },
  };
}

function issuerOf(token: string): unknown {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return typeof payload === 'object' && payload !== null && 'iss' in payload ? payload.iss : undefined;
  } catch {
    return undefined;
  }
}
