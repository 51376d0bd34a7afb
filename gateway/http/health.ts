import type { FastifyInstance } from 'fastify';
import type { Drain } from './drain.ts';

/** A database that has not answered by then would not serve a request in time either. */
const DATABASE_MILLISECONDS = 2_000;
/** However many probes there are, the database is asked at most this often. */
const TRUSTED_MILLISECONDS = 1_000;

/**
 * `/health/live` answers while the process runs; `/health/ready` only while it should get requests: the graph is loaded
 * (the server is not built before), the database answers, and the hub is not shutting down. Neither needs a token.
 */
export function registerHealth(app: FastifyInstance, drain: Drain, checkDatabase: () => Promise<unknown>): void {
  let checkedAt = Number.NEGATIVE_INFINITY;
  let answers: Promise<boolean> = Promise.resolve(false);

  app.get('/health/live', () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    if (drain.draining) return reply.code(503).send({ status: 'draining' });
    if (performance.now() - checkedAt >= TRUSTED_MILLISECONDS) {
      checkedAt = performance.now();
      answers = answersInTime(checkDatabase);
    }
    if (!(await answers)) return reply.code(503).send({ status: 'database unreachable' });
    // It may have begun while the database was asked.
    return drain.draining ? reply.code(503).send({ status: 'draining' }) : { status: 'ready' };
  });
}

async function answersInTime(check: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), DATABASE_MILLISECONDS);
  });
  try {
    return await Promise.race([check().then(() => true), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
