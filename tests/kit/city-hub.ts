import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import type pg from 'pg';
import { pino } from 'pino';
import { ExternalWatch } from '../../gateway/external/external-watch.ts';
import type { Graph } from '../../gateway/graph.ts';
import { describeError } from '../../gateway/http/error-report.ts';
import { openHub } from '../../gateway/hub.ts';
import {
  type DemoArea,
  demoClients,
  issueDemoToken,
  issueGridAppToken,
  issueResidentToken,
} from '../../gateway/identity/demo-clients.ts';
import { DEMO_PURPOSE_HEADERS } from '../../gateway/identity/demo-purpose.ts';
import { gridPostsOf } from '../../gateway/identity/grid-posts.ts';
import { findDemoAccounts } from '../../gateway/identity/oidc/demo-accounts.ts';
import { createOidcIssuer, verifyByIssuer } from '../../gateway/identity/oidc/oidc-issuer.ts';
import { createTokenVerifier, demoParties, issueToken, type SigningKey } from '../../gateway/identity/tokens.ts';
import { readExamples } from '../../gateway/operations/examples.ts';
import { describeGraph, protectedInputs } from '../../gateway/plan/live-contract.ts';
import type { FaultSwitches } from '../../gateway/sandbox/faults.ts';
import { GraphFollower } from '../../gateway/serving/graph-follower.ts';
import type { SourceConnections } from '../../gateway/sources/connections.ts';
import { CitySnapshot } from '../../prisma/seed/city-snapshot.ts';
import { REFERENCE_INSTANT } from '../../prisma/seed/reference-instant.ts';
import type { DemoCity } from '../../prisma/seed/vocabulary.ts';
import type { CatalogPort } from '../../subgraphs/kit/catalog-port.ts';
import { fixedClock } from '../../subgraphs/kit/clock.ts';
import { uuidSource } from '../../subgraphs/kit/ids.ts';
import type { OperationTrace } from '../../subgraphs/kit/operation-trace.ts';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import { openCatalogPort, openChangeFeed, openFigureCounters } from '../../subgraphs/registry.ts';
import { publishedCityDatabase, TEST_KEYS } from './city-database.ts';
import type { TestDatabase } from './test-database.ts';
import { openTestGraph, type TransportMode } from './test-graph.ts';

export interface HubAnswer {
  readonly status: number;
  readonly data: unknown;
  readonly errors: readonly { message: string; path?: unknown[]; extensions?: Record<string, unknown> }[];
  readonly text: string;
  /** Statements by subgraph; in-process only. */
  readonly statements: Record<string, number>;
}

export type HubRole =
  | 'system'
  | 'frontend'
  | 'steward'
  | { readonly worker: string }
  | { readonly person: string }
  | { readonly client: string };

export interface CityHub extends AsyncDisposable {
  /** The HTTP side, for requests of any kind. */
  readonly app: FastifyInstance;
  /** Signs the demo tokens. */
  readonly key: SigningKey;
  /** What the hub has logged, line by line. */
  readonly log: readonly string[];
  tokenOf(role: HubRole): Promise<string>;
  /** Headers that state the demo's purpose. */
  readonly purpose: Readonly<Record<string, string>>;
  /** Statements of the operation that ran since this was last asked; 0 when none did. */
  lastStatements(): number;
  readonly pool: pg.Pool;
  readonly clock: ReturnType<typeof fixedClock>;
  /** The catalogue as the hub knows it. */
  readonly catalog: CatalogPort;
  ask(
    role: HubRole,
    query: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<HubAnswer>;
  /** Sends any body as a role; without asserting anything of the answer. */
  inject(role: HubRole, payload: object, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** Looks what was published, as a hub does every second; resolves when it is served, or known not to be. */
  follow(): Promise<void>;
  /** What is served now. */
  readonly graph: () => Graph;
  /** Writes what external subgraphs took so far into the catalogue. */
  flushLatency(): Promise<void>;
  /** Writes what was counted so far into the catalogue. */
  flushUsage(): Promise<void>;
}

/** What every start does to a database, done once for all hubs of a run. */
export async function publish(pool: pg.Pool): Promise<void> {
  const clock = fixedClock(REFERENCE_INSTANT);
  await using testGraph = await openTestGraph({ pool, clock });
  const catalog = openCatalogPort({ pool, clock, ids: uuidSource, keys: TEST_KEYS });
  await catalog.ensurePurposes();
  await catalog.ensureClients(demoClients(await areaOf(pool)));
  const examples = readExamples(join(projectRoot, 'schema', 'operations'));
  await catalog.publishGraph(describeGraph(testGraph.graph, examples));
  for (const counter of openFigureCounters({ pool, clock, ids: uuidSource })) await counter.catchUp();
  await catalog.close();
}

/** The whole hub, from the HTTP request to Postgres, over one community of a city; nothing is replaced but the clock. */
export async function openCityHub(
  mode: TransportMode = 'in-process',
  city: DemoCity = 'jiaxing',
  connections: SourceConnections = new Map(),
  openDatabase: () => Promise<TestDatabase> = () => publishedCityDatabase(city, publish),
  /** A sandbox's switches. */
  faults?: FaultSwitches,
): Promise<CityHub> {
  const database = await openDatabase();
  const { pool } = database;
  const clock = fixedClock(REFERENCE_INSTANT);
  const changes = openChangeFeed({ pool, ids: uuidSource, keys: TEST_KEYS }, () => {});
  const catalog = openCatalogPort({ pool, clock, ids: uuidSource, keys: TEST_KEYS, changes });
  const external = new ExternalWatch({ catalog, clock });
  const wrapExternal = external.wrap.bind(external);
  const testGraph = await openTestGraph({
    ...{ pool, clock, mode, changes, wrapExternal },
    wrapTransport: faults === undefined ? undefined : (transport) => faults.wrap(transport),
  });
  const { graph } = testGraph;
  const documents = readExamples(join(projectRoot, 'schema', 'operations'));
  const key = await makeSigningKey();
  const log: string[] = [];
  const write = (chunk: unknown, _encoding: unknown, done: () => void) => {
    log.push(String(chunk));
    done();
  };
  const logger = pino({ level: 'info', base: null }, new Writable({ write }));
  const dataDirectory = mkdtempSync(join(tmpdir(), 'yiyun-hub-'));
  const oidc = createOidcIssuer({
    origin: () => 'http://localhost:4000',
    dataDirectory,
    catalog,
    findAccounts: () => findDemoAccounts(graph),
    onError: (error) => logger.warn({ error: describeError(error) }, 'the embedded issuer failed'),
  });
  const snapshot = faults === undefined ? undefined : await CitySnapshot.take(pool);
  const sandbox =
    faults === undefined || snapshot === undefined ? undefined : { faults, reset: () => snapshot.restore() };
  let trace: OperationTrace | undefined;
  const hub = openHub(
    {
      host: '127.0.0.1',
      port: 0,
      maxBodyBytes: 256 * 1024,
      limits: { tokens: 4_000, depth: 14, aliases: 60, directives: 60, rootFields: 20, cost: 50_000 },
      introspection: true,
      suggestions: true,
      requestTimeoutMilliseconds: 60_000,
      metricsPublic: false,
    },
    {
      graph,
      catalog,
      documents,
      clock,
      changes,
      verifier: verifyByIssuer([
        {
          issuer: () => demoParties.issuer,
          verifier: createTokenVerifier({ jwks: [key.publicJwk] }, demoParties),
        },
        oidc,
      ]),
      oidc,
      exports: { work: catalog.exports, folder: join(dataDirectory, 'exports'), lookMilliseconds: 50 },
      sources: { work: catalog.sources, connections, lookMilliseconds: 100 },
      gridPostsOf: gridPostsOf(graph),
      protectedInputs: protectedInputs(graph.apiDocument),
      sandbox,
      checkDatabase: () => pool.query('select 1'),
      logger,
      onTrace: (made) => {
        trace = made;
      },
    },
  );
  const follower = new GraphFollower({
    catalog,
    graph,
    hubId: uuidSource.next(),
    reload: (next) => hub.reload(next),
    onState: ({ contracts, maintenance }, served) => {
      hub.variants.follow(served, contracts);
      external.setMaintained(maintenance);
    },
    onLoaded: async (_release, next) => {
      const { release: _ofStarts, ...described } = describeGraph(next, documents);
      await catalog.publishGraph(described);
    },
  });
  const tokenOf = (role: HubRole) => {
    if (typeof role === 'string') return issueDemoToken(key, role);
    if ('client' in role) return issueToken(key, demoParties, { clientId: role.client }, 600);
    return 'person' in role ? issueResidentToken(key, role.person) : issueGridAppToken(key, role.worker);
  };
  const inject = async (role: HubRole, payload: object, headers: Record<string, string> = {}) =>
    hub.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await tokenOf(role)}`,
        ...DEMO_PURPOSE_HEADERS,
        ...headers,
      },
      payload: JSON.stringify(payload),
    });
  return {
    app: hub.app,
    key,
    log,
    tokenOf,
    purpose: DEMO_PURPOSE_HEADERS,
    lastStatements: () => {
      const counts = Object.values(trace?.statementCounts() ?? {});
      trace = undefined;
      return counts.reduce((sum, count) => sum + count, 0);
    },
    pool,
    inject,
    clock,
    catalog,
    async ask(role, query, variables = {}, headers = {}) {
      trace = undefined;
      const response = await inject(role, { query, variables }, headers);
      const body = response.json() as { data?: unknown; errors?: HubAnswer['errors'] };
      // Assigned by the hub while it answered.
      const made = trace as OperationTrace | undefined;
      return {
        status: response.statusCode,
        data: body.data ?? null,
        errors: body.errors ?? [],
        text: response.body,
        statements: made?.statementCounts() ?? {},
      };
    },
    follow: () => follower.look(),
    graph: () => follower.graph,
    flushLatency: () => external.flush(),
    flushUsage: () => hub.usage.flush(),
    [Symbol.asyncDispose]: async () => {
      await follower.close();
      await external.close();
      await hub.close();
      rmSync(dataDirectory, { recursive: true, force: true });
      await changes.close();
      await testGraph[Symbol.asyncDispose]();
      await catalog.close();
      await database[Symbol.asyncDispose]();
    },
  };
}

/** The area of the one community that has people. */
async function areaOf(pool: pg.Pool): Promise<DemoArea> {
  const { rows } = await pool.query<DemoArea>(
    'SELECT city_code AS "cityCode", county_code AS "countyCode" FROM organizations.committee ORDER BY id LIMIT 1',
  );
  return rows[0] as DemoArea; // every city has a committee
}

async function makeSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  return { kid, algorithm: 'ES256', privateKey, publicJwk: { ...publicJwk, kid, alg: 'ES256' } };
}
