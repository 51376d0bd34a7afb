import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Caller } from '../../subgraphs/kit/caller/caller.ts';

/** One finished request, as the metrics see it. */
export interface FinishedRequest {
  /** `none` when no operation was found in it. */
  readonly operation: 'query' | 'mutation' | 'subscription' | 'none';
  readonly status: number;
  readonly clientKind: Caller['kind'] | 'none';
  readonly seconds: number;
  readonly cost: number;
  /** Codes of the errors that were answered. */
  readonly errorCodes: readonly string[];
}

export interface Metrics {
  readonly registry: Registry;
  finished(request: FinishedRequest): void;
  subgraphFailed(subgraph: string, code: string): void;
  /** An operation was seen that cannot be compiled; the fallback executor will serve it. */
  operationNotCompiled(): void;
  /** The fallback executor was given a request. */
  fallbackServed(): void;
}

export interface MetricsSources {
  /** Documents that are remembered. */
  readonly cachedOperations?: () => number;
  /** Uses that could not be recorded. */
  readonly droppedUsages?: () => number;
  /** Connections that last: change streams and subscriptions. */
  readonly streams?: () => number;
}

/** @param withProcess also observe the process (memory, event loop, garbage collection). */
export function createMetrics(withProcess = true): Metrics & { observe(sources: MetricsSources): void } {
  const registry = new Registry();
  const registers = [registry];
  if (withProcess) collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'yiyun_requests_total',
    help: 'Requests to the GraphQL endpoint',
    labelNames: ['operation', 'status', 'client_kind'],
    registers,
  });
  const durations = new Histogram({
    name: 'yiyun_request_duration_seconds',
    help: 'Time from the arrival of a request to its answer',
    labelNames: ['operation'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const cost = new Counter({
    name: 'yiyun_cost_points_total',
    help: 'Cost points spent',
    labelNames: ['client_kind'],
    registers,
  });
  const errors = new Counter({
    name: 'yiyun_errors_total',
    help: 'Errors answered, by code',
    labelNames: ['code'],
    registers,
  });
  const subgraphErrors = new Counter({
    name: 'yiyun_subgraph_errors_total',
    help: 'Requests to subgraphs that failed',
    labelNames: ['subgraph', 'code'],
    registers,
  });

  const notCompiled = new Counter({
    name: 'yiyun_operations_not_compiled_total',
    help: 'Operations that are left to the fallback executor',
    registers,
  });
  const fallbackRequests = new Counter({
    name: 'yiyun_fallback_requests_total',
    help: 'Requests that the fallback executor served',
    registers,
  });

  return {
    registry,
    operationNotCompiled: () => notCompiled.inc(),
    fallbackServed: () => fallbackRequests.inc(),
    finished(request) {
      const { operation, status, clientKind, seconds, errorCodes } = request;
      requests.inc({ operation, status, client_kind: clientKind });
      durations.observe({ operation }, seconds);
      if (request.cost > 0) cost.inc({ client_kind: clientKind }, request.cost);
      for (const code of errorCodes) errors.inc({ code });
    },
    subgraphFailed(subgraph, code) {
      subgraphErrors.inc({ subgraph, code });
    },
    observe({ cachedOperations, droppedUsages, streams }) {
      gauge('yiyun_cached_operations', 'Documents that are remembered', cachedOperations);
      gauge('yiyun_dropped_usages', 'Uses that could not be recorded', droppedUsages);
      gauge('yiyun_streams', 'Connections that last', streams);
    },
  };

  function gauge(name: string, help: string, read: (() => number) | undefined): void {
    if (read === undefined) return;
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  }
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** Serves `/metrics` without a token: to this machine only, unless it is made public. Others find nothing there. */
export function registerMetrics(app: FastifyInstance, { registry }: Metrics, isPublic: boolean): void {
  app.get('/metrics', async (request, reply) => {
    if (!isPublic && !LOOPBACK.has(request.ip)) return reply.callNotFound();
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
