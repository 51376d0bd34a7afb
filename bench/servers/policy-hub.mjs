/**
 * Hubs in one process, each with some of what guards it switched off, by `BENCH_OFF` (of policy, purpose, rows, ledger,
 * those of one hub with commas and hubs with semicolons between them), for `bench/policy-cost.mjs` alone: the product has
 * no such switches, so parts are put together here in another way. Says `HUB <address>` of each and then `READY`.
 */
import { AccessAudit } from '../../gateway/audit/access-audit.ts';
import { CompiledExecutor } from '../../gateway/execute/compiled/compiled-executor.ts';
import { openHub } from '../../gateway/hub.ts';
import { findDemoKey } from '../../gateway/identity/demo-keys.ts';
import { createTokenVerifier, demoParties } from '../../gateway/identity/tokens.ts';
import { openGraph } from '../../gateway/open-graph.ts';
import { readAccessSubjects, withAccessSubjects } from '../../gateway/plan/access-subjects.ts';
import { protectedInputs } from '../../gateway/plan/live-contract.ts';
import { readSubjectFields } from '../../gateway/policy/personal-fields.ts';
import { InProcessTransport } from '../../gateway/transport/in-process-transport.ts';
import { GraphPlugin, ownResolver } from '../../subgraphs/kit/graph/graph-plugin.ts';
import { uuidSource } from '../../subgraphs/kit/ids.ts';
import { PipelinedPool } from '../../subgraphs/kit/store/pipelined-pool.ts';
import { deriveSealingKeys } from '../../subgraphs/kit/store/sealing.ts';
import { openSubgraph } from '../../subgraphs/kit/subgraph-definition.ts';
import { openCatalogPort, subgraphs } from '../../subgraphs/registry.ts';
import { productRequire } from './product-require.mjs';

// The peers bring a GraphQL of their own; a schema of theirs is none to the product.
const { buildSchema, parse } = productRequire('graphql');
const { pino } = productRequire('pino');

const keys = deriveSealingKeys(Buffer.from(process.env.BENCH_SECRET ?? '', 'hex'));
const instant = new Date(process.env.BENCH_INSTANT ?? 0);
const clock = { now: () => instant };
const complain = (/** @type {unknown[]} */ ...what) => console.error(...what);
const { wrapResolve } = GraphPlugin.prototype;
const key = await findDemoKey(process.env.BENCH_DATA ?? '');

/** @param {ReadonlySet<string>} off what is off */
async function openVariant(off) {
  // Without the guards of the cards: what a subgraph would be that leaves all to the gateway, which leaves it, too.
  GraphPlugin.prototype.wrapResolve = off.has('policy') ? ownResolver : wrapResolve;
  // Such hubs and the city's own share the 60 connections of one Postgres.
  const pool = new PipelinedPool({ connectionString: process.env.BENCH_DATABASE_URL, max: 5 });
  const environment = { pool, clock, ids: uuidSource, keys };
  const running = subgraphs.map((definition) => openSubgraph(definition, environment));
  const graph = await openGraph({
    subgraphs: running,
    remoteUrls: {},
    signatureKey: keys.signature,
    timeoutMilliseconds: 10_000,
    onSubgraphError: complain,
    onFallback: complain,
  });

  const full = graph.apiSchema;
  const stripped = graph.apiSdl
    .replace(off.has('policy') ? /, right: "[^"]*"/g : /$^/g, '')
    .replace(
      off.has('policy') || off.has('purpose') ? /category: "(SENSITIVE_)?PERSONAL"/g : /$^/g,
      'category: "GOVERNMENT"',
    );
  const apiSchema = buildSchema(stripped, { assumeValidSDL: true });
  const execution = withAccessSubjects(graph.supergraphSdl);
  const compiled = new CompiledExecutor({
    supergraphSdl: off.has('rows') ? execution.replace(/ @rows\(owner: "[^"]*", scope: "[^"]*"\)/g, '') : execution,
    apiSchema,
    transports: running.map((subgraph) => new InProcessTransport(subgraph, complain)),
    subjectFields: off.has('ledger') ? new Map() : readSubjectFields(full, readAccessSubjects(execution)),
    fallback: graph.executor,
    onFallback: complain,
  });
  /** @type {WeakMap<object, any>} */
  const callers = new WeakMap();
  /** What a switched-off part would have made of the caller. @param {any} caller */
  const openedUp = (caller) => {
    if (!off.has('purpose') && !off.has('rows')) return caller;
    let made = callers.get(caller);
    if (made === undefined) {
      made = {
        ...caller,
        ...(off.has('purpose')
          ? { purpose: { legalBasis: 'PIPL-13-3', scenario: 'service-handling' }, unmask: true }
          : {}),
        ...(off.has('rows') ? { kind: 'HUB' } : {}),
      };
      callers.set(caller, made);
    }
    return made;
  };
  const executor = {
    name: 'bench',
    execute: (/** @type {any} */ request) => compiled.execute({ ...request, caller: openedUp(request.caller) }),
  };

  const catalog = openCatalogPort(environment);
  const nothing = async () => undefined;
  const silent = {
    ...{ announceWrite: nothing, announceImport: nothing, announceFetch: nothing, noteRefusal: async () => {} },
    ...{ noteWritten: () => {}, requestOf: () => ({ id: '', operationHash: '', operationName: null, subjects: [] }) },
    close: async () => {},
  };
  /** @param {() => number} underWay */
  const openAudit = (underWay) =>
    off.has('ledger')
      ? {
          ...silent,
          settle: (/** @type {unknown} */ _request, /** @type {unknown} */ _seen, /** @type {any} */ result) => result,
        }
      : new AccessAudit({ apiSchema: full, catalog, clock, underWay, onFailure: complain });
  return openHub(
    {
      host: '127.0.0.1',
      port: 0,
      maxBodyBytes: 256 * 1024,
      limits: { tokens: 4_000, depth: 14, aliases: 60, directives: 60, rootFields: 20, cost: 50_000 },
      introspection: false,
      suggestions: false,
      requestTimeoutMilliseconds: 30_000,
      metricsPublic: false,
    },
    {
      graph: { apiSchema, executor },
      openAudit,
      catalog: {
        ...catalog,
        findClient: async (id) =>
          ((found) => found && { ...found, costBudgetPerMinute: 1e12 })(await catalog.findClient(id)),
      },
      clock,
      verifier: createTokenVerifier({ jwks: [key.publicJwk] }, demoParties),
      gridPostsOf: async () => [],
      protectedInputs: protectedInputs(parse(graph.apiSdl, { noLocation: true })),
      checkDatabase: async () => undefined,
      logger: pino({ level: 'error' }, pino.destination(2)),
    },
  );
}

const hubs = [];
for (const off of (process.env.BENCH_OFF ?? '').split(';')) {
  const hub = await openVariant(new Set(off.split(',')));
  hubs.push(hub);
  console.log(`HUB ${await hub.listen()}`);
}
console.log('READY http://127.0.0.1/graphql');
process.once('SIGTERM', async () => {
  await Promise.all(hubs.map((hub) => hub.close()));
  process.exit(0);
});
