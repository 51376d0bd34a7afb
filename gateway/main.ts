import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { hasCluster, openDataFolder } from '../prisma/database/data-folder.ts';
import { type Clock, clockFrom, systemClock } from '../subgraphs/kit/clock.ts';
import { StartupProblem } from '../subgraphs/kit/codes/startup-problem.ts';
import { federateSchema } from '../subgraphs/kit/graph/federated-schema.ts';
import { uuidSource } from '../subgraphs/kit/ids.ts';
import { projectRoot } from '../subgraphs/kit/project-root.ts';
import { deriveSealingKeys, type SealingKeys } from '../subgraphs/kit/store/sealing.ts';
import { openDesk, openSubgraph, type SubgraphEnvironment } from '../subgraphs/kit/subgraph-definition.ts';
import { openCatalogPort, openChangeFeed, openFigureCounters, subgraphs } from '../subgraphs/registry.ts';
import { checkpointFile, keepCheckpoint } from './audit/checkpoint-file.ts';
import { ExternalWatch } from './external/external-watch.ts';
import { describeError } from './http/error-report.ts';
import { createMetrics } from './http/metrics.ts';
import type { ServerOptions } from './http/server.ts';
import { openHub } from './hub.ts';
import { type DemoRole, demoClients, demoRoles, demoRoleTitles, issueDemoToken } from './identity/demo-clients.ts';
import { openDemoKey } from './identity/demo-keys.ts';
import { DEMO_PURPOSE_HEADERS } from './identity/demo-purpose.ts';
import { gridPostsOf } from './identity/grid-posts.ts';
import { findDemoAccounts } from './identity/oidc/demo-accounts.ts';
import { createOidcIssuer, verifyByIssuer } from './identity/oidc/oidc-issuer.ts';
import { createTokenVerifier, demoParties, type SigningKey } from './identity/tokens.ts';
import { checkRemoteSubgraphs, openGraph } from './open-graph.ts';
import { examplesIn } from './operations/example-operation.ts';
import { type ExampleOperation, readExamples } from './operations/examples.ts';
import { describeOptions, type Options, readOptions, usage } from './options.ts';
import { findBuiltContract } from './plan/built-contract.ts';
import { describeGraph, protectedInputs } from './plan/live-contract.ts';
import { FaultSwitches } from './sandbox/faults.ts';
import { GraphFollower } from './serving/graph-follower.ts';
import { demoBanner } from './startup/banner.ts';
import { checkPort } from './startup/check-port.ts';
import { startClockwork } from './startup/clockwork.ts';
import { Closers } from './startup/closers.ts';
import { failureText } from './startup/failure-text.ts';
import { startFigures } from './startup/figures.ts';
import { FollowedCalendar } from './startup/followed-calendar.ts';
import { createLoadDisplay } from './startup/load-display.ts';
import { openDatabase } from './startup/open-database.ts';
import { type PrepareCityOptions, type PreparedCity, prepareCity } from './startup/prepare-city.ts';
import { WebhookDispatcher } from './webhooks/webhook-dispatcher.ts';

/** Does work of its own as soon as the awaited one only waits for other processes, at the latest when it is done. */
async function meanwhile<A, B>(wait: (onWaiting: () => void) => Promise<A>, work: () => B): Promise<[A, B]> {
  let done: { readonly result: B } | undefined;
  const awaited = await wait(() => {
    done ??= { result: work() };
  });
  done ??= { result: work() };
  return [awaited, done.result];
}

/** What only a demo hub has: its city and the key that signs its tokens. */
interface Demo {
  readonly city: PreparedCity;
  readonly key: SigningKey;
}

/** Opens everything in order, and tells `closers` how to close it. Listens at the end. */
async function start(
  options: Options,
  closers: Closers,
  onDatabaseLost: (problem: StartupProblem) => void,
): Promise<void> {
  await checkPort(options);
  const logger = pino({ level: options.logLevel, base: null });
  logger.info(describeOptions(options));
  if (options.unknownVariables.length > 0) {
    logger.warn({ variables: options.unknownVariables }, 'these variables mean nothing here; are they misspelt?');
  }

  // With a database and a secret of its own a production hub keeps nothing here: replicas share no folder.
  const needsFolder = options.mode === 'demo' || options.databaseUrl === undefined;
  const folder = needsFolder ? await openDataFolder(options.dataDirectory) : undefined;
  if (folder !== undefined) closers.add('data folder', () => folder.close());
  const secret = options.secret ?? folder?.readSecret('hub-secret', 32);
  if (secret === undefined) throw new Error('production mode without a secret');
  const keys = deriveSealingKeys(secret);
  await checkRemoteSubgraphs({
    remoteUrls: Object.fromEntries(
      Object.entries(options.subgraphUrls).filter(([name]) => !subgraphs.some((ours) => ours.name === name)),
    ),
    signatureKey: keys.signature,
    timeoutMilliseconds: Math.ceil(options.requestTimeoutMilliseconds / 3),
  });
  const chunks =
    options.mode === 'demo' && options.databaseUrl === undefined && folder !== undefined && !hasCluster(folder)
      ? (await import('./startup/begin-city.ts')).beginCity(options, keys)
      : undefined;
  const [pool, schemas] = await meanwhile(
    (onWaiting) =>
      openDatabase(
        {
          databaseUrl: options.databaseUrl,
          folder,
          log: (line) => logger.info(line),
          onConnectionLost: (error) => logger.warn({ error: describeError(error) }, 'a database connection was lost'),
          onDatabaseLost,
          onWaiting,
        },
        closers,
      ),
    () =>
      new Map(
        subgraphs.map((definition) => [
          definition.name,
          federateSchema(definition.name, definition.buildSchema(), findBuiltContract(definition.name)),
        ]),
      ),
  );
  const demo =
    options.mode === 'demo' && folder !== undefined
      ? await openDemo(options, pool, keys, folder.path, chunks)
      : undefined;
  await chunks?.stop();

  const calendar = new FollowedCalendar();
  const changes = openChangeFeed({ pool, ids: uuidSource, keys }, (error) =>
    logger.warn({ error: describeError(error) }, 'changes could not be followed'),
  );
  closers.add('changes', () => changes.close());
  const environment: SubgraphEnvironment = {
    pool,
    clock: clockOf(demo),
    ids: uuidSource,
    keys,
    calendar,
    changes,
    webhookTargets: options.webhookTargets,
  };
  const catalog = openCatalogPort(environment);
  closers.add('catalogue', () => catalog.close());
  await catalog.ensurePurposes();
  await calendar.refresh(catalog);
  if (demo !== undefined) await catalog.ensureClients(demoClients(demo.city.area));

  const figures = startFigures({
    counters: openFigureCounters(environment),
    onTrouble: (subgraph, error) =>
      logger.warn({ subgraph, error: describeError(error) }, 'figures of places could not be counted'),
  });
  closers.add('figures', () => figures.close());

  const metrics = createMetrics();
  const faults = options.sandbox ? new FaultSwitches() : undefined;
  const external = new ExternalWatch({
    catalog,
    clock: environment.clock,
    onTrouble: (error) => logger.warn({ error: describeError(error) }, 'latencies could not be kept'),
  });
  closers.add('external subgraphs', () => external.close());
  const graph = await openGraph({
    wrapExternal: (transport, sdl) => external.wrap(transport, sdl),
    wrapTransport: faults === undefined ? undefined : (transport) => faults.wrap(transport),
    subgraphs: subgraphs
      .filter(({ name }) => options.subgraphUrls[name] === undefined)
      .map((definition) => openSubgraph(definition, environment, schemas.get(definition.name))),
    remoteUrls: options.subgraphUrls,
    desksApart: subgraphs
      .filter(({ name }) => options.subgraphUrls[name] !== undefined)
      .flatMap((definition) => {
        const { schema } = schemas.get(definition.name) ?? federateSchema(definition.name, definition.buildSchema());
        return openDesk(definition, environment, schema) ?? [];
      }),
    signatureKey: keys.signature,
    // A subgraph that hangs must leave time for the rest of the answer.
    timeoutMilliseconds: Math.ceil(options.requestTimeoutMilliseconds / 3),
    onFallback: (reason) => {
      metrics.operationNotCompiled();
      logger.info({ reason }, 'an operation is left to the stitching executor');
    },
    onFallbackRequest: () => metrics.fallbackServed(),
    onSubgraphError: (subgraph, error) => {
      const { name, code } = describeError(error);
      metrics.subgraphFailed(subgraph, code ?? name);
      logger.warn({ subgraph, error: describeError(error) }, 'a subgraph failed');
    },
  });
  closers.add('graph', () => graph.close());
  // What a hub that was killed has left behind; nobody needs to wait for it.
  for (const desk of graph.ingest) {
    desk.sweep().catch((error: unknown) => logger.warn({ error: describeError(error) }, 'imports could not be swept'));
  }
  const examples = readExamples(join(projectRoot, 'schema', 'operations'));
  await catalog.publishGraph(describeGraph(graph, examples));

  const { tokenIssuer } = options;
  const tokens = demo === undefined ? undefined : await issueTokens(demo.key);
  const port = { taken: options.port };
  const oidc =
    demo === undefined || folder === undefined
      ? undefined
      : createOidcIssuer({
          origin: () => `http://localhost:${port.taken}`,
          dataDirectory: folder.path,
          catalog,
          findAccounts: () => findDemoAccounts(graph),
          onError: (error) => logger.warn({ error: describeError(error) }, 'the embedded issuer failed'),
        });
  const hub = openHub(options, {
    graph,
    catalog,
    metrics,
    changes,
    logger,
    clock: environment.clock,
    verifier:
      tokenIssuer === undefined
        ? verifyByIssuer([
            {
              issuer: () => demoParties.issuer,
              verifier: createTokenVerifier({ jwks: demo === undefined ? [] : [demo.key.publicJwk] }, demoParties),
            },
            ...(oidc === undefined ? [] : [oidc]),
          ])
        : createTokenVerifier({ jwksUrl: tokenIssuer.jwksUrl }, tokenIssuer),
    oidc,
    exports: { work: catalog.exports, folder: join(folder?.path ?? options.dataDirectory, 'exports') },
    sources: { work: catalog.sources, connections: options.sourceConnections },
    gridPostsOf: gridPostsOf(graph),
    protectedInputs: protectedInputs(graph.apiDocument),
    checkDatabase: () => pool.query('select 1'),
    ...(folder === undefined
      ? {}
      : { onCheckpoint: (checkpoint) => keepCheckpoint(checkpointFile(folder.path), checkpoint) }),
    graphiql: options.introspection
      ? graphiqlOf(tokens, examplesIn(demo?.city.loaded.city, examples), logger)
      : undefined,
    console: consoleOf(tokens, logger),
    documents: examples,
    sandbox: faults === undefined ? undefined : await openSandbox(pool, faults),
  });
  closers.add('hub', () => hub.close(), 20_000);
  const follower = new GraphFollower({
    catalog,
    graph,
    hubId: randomUUID(),
    reload: (next) => hub.reload(next),
    onState: ({ contracts, maintenance }, served) => {
      hub.variants.follow(served, contracts);
      external.setMaintained(maintenance);
    },
    onLoaded: async ({ number }, next) => {
      const { release: _ofStarts, ...described } = describeGraph(next, examples);
      await catalog.publishGraph(described);
      await catalog.indexDataFields();
      logger.info({ version: number }, 'another version of the graph is served');
    },
    onRefused: ({ number }, reason) =>
      logger.error({ version: number, reason }, 'a version of the graph does not load; the one before is served on'),
    onTrouble: (error) => logger.warn({ error: describeError(error) }, 'the published graph could not be looked up'),
  });
  closers.add('published graph', () => follower.close());
  await follower.look();
  follower.start();
  const clockwork = startClockwork({
    catalog,
    calendar,
    timedWork: graph.timedWork,
    onTrouble: (error) => logger.warn({ error: describeError(error) }, 'deadlines could not be followed'),
    onDropped: (months) => logger.info({ months }, 'months of the access log past three years were dropped'),
    keptChanges: { changes, clock: environment.clock, hours: options.changeRetentionHours },
  });
  closers.add('clockwork', () => clockwork.close());
  const dispatcher = new WebhookDispatcher({
    catalog,
    changes,
    targets: options.webhookTargets,
    onTrouble: (error) => logger.warn({ error: describeError(error) }, 'webhooks could not be served'),
  });
  closers.add('webhooks', () => dispatcher.close());
  // A demo city shows its figures from the first request on; a real one is counted while it already answers.
  if (demo !== undefined) await figures.counted;
  const url = await hub.listen();
  const indexing = catalog
    .indexDataFields()
    .catch((error: unknown) => logger.warn({ error: describeError(error) }, 'fields could not be made searchable'));
  closers.add('search index', () => indexing);
  port.taken = Number(new URL(url).port);
  if (demo !== undefined && tokens !== undefined) console.log(demoBanner(url, demo.city, tokens));
  else console.log(`一云 Yiyun ${url}`);
}

/** Once everything is in place, and before anybody can change it. */
async function openSandbox(pool: Parameters<typeof prepareCity>[0], faults: FaultSwitches) {
  const { CitySnapshot } = await import('../prisma/seed/city-snapshot.ts');
  const snapshot = await CitySnapshot.take(pool);
  return { faults, reset: () => snapshot.restore() };
}

async function openDemo(
  options: Options,
  pool: Parameters<typeof prepareCity>[0],
  keys: SealingKeys,
  folderPath: string,
  chunks: PrepareCityOptions['chunks'],
): Promise<Demo> {
  const key = await openDemoKey(folderPath);
  const display = createLoadDisplay(process.stdout);
  const { city, scale } = options;
  try {
    const prepared = await prepareCity(pool, {
      city,
      scale,
      keys,
      chunks,
      onLoadStarted: () => console.log(`正在装载 ${city}，规模 ${scale} … Loading ${city} at scale ${scale} …`),
      onProgress: (progress) => display.show(progress),
    });
    return { city: prepared, key };
  } finally {
    display.finish();
  }
}

/** The demo city stands at its reference instant when it is loaded, and lives on from there. */
function clockOf(demo: Demo | undefined): Clock {
  if (demo === undefined) return systemClock;
  const { loadedAt, referenceInstant, startedAt } = demo.city.loaded;
  return clockFrom(referenceInstant, loadedAt ?? startedAt);
}

async function issueTokens(key: SigningKey): Promise<Record<DemoRole, string>> {
  const [system, frontend, steward] = await Promise.all([
    issueDemoToken(key, 'system'),
    issueDemoToken(key, 'frontend'),
    issueDemoToken(key, 'steward'),
  ]);
  return { system, frontend, steward };
}

/** The page for browsers; it lives from introspection, so it goes with it. */
function graphiqlOf(
  tokens: Record<DemoRole, string> | undefined,
  examples: readonly ExampleOperation[],
  logger: Logger,
): ServerOptions['graphiql'] {
  const assetsFolder = join(projectRoot, 'dist', 'gateway', 'graphiql');
  if (!existsSync(assetsFolder)) {
    logger.warn('the GraphiQL page has not been built: npm run build');
    return undefined;
  }
  return {
    assetsFolder,
    demoTokens: demoTokensOf(tokens),
    demoHeaders: DEMO_PURPOSE_HEADERS,
    examples,
  };
}

/** The stewards' page; it reads the graph as its users may, so it is there in every mode. */
function consoleOf(tokens: Record<DemoRole, string> | undefined, logger: Logger): ServerOptions['console'] {
  const assetsFolder = join(projectRoot, 'dist', 'console');
  if (!existsSync(assetsFolder)) {
    logger.warn('the console has not been built: npm run build');
    return undefined;
  }
  return { assetsFolder, demoTokens: demoTokensOf(tokens), demoHeaders: DEMO_PURPOSE_HEADERS };
}

function demoTokensOf(tokens: Record<DemoRole, string> | undefined) {
  return demoRoles.flatMap((role) =>
    tokens === undefined ? [] : [{ role, titleZh: demoRoleTitles[role].zh, token: tokens[role] }],
  );
}

/** Tells a failure to whoever started the hub: one sentence when it is known, a stack only when it was asked for. */
function tell(error: unknown, options: Options | undefined): void {
  console.error(failureText(error));
  if (options?.logLevel === 'debug' && !(error instanceof StartupProblem)) console.error(error);
}

async function main(): Promise<void> {
  const closers = new Closers();
  let options: Options | undefined;
  let ending = false;
  const end = async (exitCode: number) => {
    ending = true;
    await closers.close((name, error) => {
      const { name: kind, code = kind } = describeError(error);
      console.error(`未能正常关闭 not closed: ${name} (${code})`);
    });
    process.exit(exitCode);
  };
  const fail = (error: unknown) => {
    // What fails while the hub is being ended mostly fails because of that.
    if (ending) return;
    tell(error, options);
    void end(1);
  };
  const stop = () => {
    // Who asks twice does not want to wait; the embedded Postgres is then taken over by the next start.
    if (ending) process.exit(130);
    void end(0);
  };
  try {
    const read = readOptions(process.argv.slice(2), process.env);
    if (read === 'help') {
      console.log(usage());
      return;
    }
    options = read;
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
    process.on('uncaughtException', fail);
    process.on('unhandledRejection', fail);
    await start(options, closers, fail);
  } catch (error) {
    fail(error);
  }
}

await main();
