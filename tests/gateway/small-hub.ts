import { Writable } from 'node:stream';
import { pino } from 'pino';
import { createMetrics } from '../../gateway/http/metrics.ts';
import { type Hub, type HubDependencies, type HubOptions, openHub } from '../../gateway/hub.ts';
import { TokenRefused, type TokenVerifier } from '../../gateway/identity/tokens.ts';
import type { ClientGrant } from '../../subgraphs/kit/catalog-port.ts';
import { fixedClock } from '../../subgraphs/kit/clock.ts';
import { InMemoryCatalogPort } from '../kit/in-memory-catalog-port.ts';
import { defaultLimits, SmallExecutor, smallProtectedInputs, smallSchema } from './small-graph.ts';

export const demoGrant: ClientGrant = {
  clientId: 'demo',
  name: '演示 Demo',
  kind: 'SYSTEM',
  departmentCode: 'public-security',
  jurisdictionCodes: ['3304'],
  jurisdictionRule: 'DIVISIONS',
  rights: ['person.identity'],
  costBudgetPerMinute: 100_000,
  active: true,
};

/** A hub over the small graph: the token `demo` is the client `demo`, any other is refused. */
export interface SmallHub extends AsyncDisposable {
  readonly hub: Hub;
  readonly executor: SmallExecutor;
  readonly catalog: InMemoryCatalogPort;
  /** Lines of the log, parsed. */
  readonly log: Record<string, unknown>[];
  readonly metricsText: () => Promise<string>;
  post(
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; headers: Record<string, unknown>; body: GraphqlBody; text: string }>;
  get(
    query: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<{ status: number; headers: Record<string, unknown>; body: GraphqlBody; text: string }>;
}

export interface GraphqlBody {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: { message: string; path?: unknown[]; extensions?: Record<string, unknown> }[];
}

export const demoHeaders = { authorization: 'Bearer demo' };

const plainVerifier: TokenVerifier = {
  async verify(token) {
    if (token === 'expired') throw new TokenRefused('expired');
    return { clientId: token };
  },
};

export function openSmallHub(options: Partial<HubOptions> = {}, dependencies: Partial<HubDependencies> = {}): SmallHub {
  const executor = new SmallExecutor();
  const catalog = new InMemoryCatalogPort(demoGrant);
  const log: Record<string, unknown>[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      log.push(JSON.parse(String(chunk)));
      done();
    },
  });
  const metrics = createMetrics(false);
  const hub = openHub(
    {
      host: '127.0.0.1',
      port: 0,
      maxBodyBytes: 256 * 1024,
      limits: defaultLimits,
      introspection: true,
      suggestions: true,
      requestTimeoutMilliseconds: 30_000,
      metricsPublic: false,
      ...options,
    },
    {
      graph: { apiSchema: smallSchema, executor },
      catalog,
      verifier: plainVerifier,
      gridPostsOf: async () => [],
      protectedInputs: smallProtectedInputs,
      checkDatabase: async () => undefined,
      clock: fixedClock('2026-06-30T10:00:00+08:00'),
      logger: pino({ level: 'info', base: null }, stream),
      metrics,
      ...dependencies,
    },
  );
  const read = async (response: { statusCode: number; headers: Record<string, unknown>; body: string }) => ({
    status: response.statusCode,
    headers: response.headers,
    text: response.body,
    body: (response.body.startsWith('{') ? JSON.parse(response.body) : {}) as GraphqlBody,
  });
  return {
    hub,
    executor,
    catalog,
    log,
    metricsText: () => metrics.registry.metrics(),
    post: async (body, headers = {}) =>
      read(
        await hub.app.inject({
          method: 'POST',
          url: '/graphql',
          headers: { 'content-type': 'application/json', ...demoHeaders, ...headers },
          payload: typeof body === 'string' ? body : JSON.stringify(body),
        }),
      ),
    get: async (query, headers = {}) =>
      read(await hub.app.inject({ method: 'GET', url: '/graphql', headers: { ...demoHeaders, ...headers }, query })),
    [Symbol.asyncDispose]: () => hub.close(),
  };
}
