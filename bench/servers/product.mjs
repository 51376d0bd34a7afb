/** The hub's own parts, for servers that put them together in another way. Run with `node --import tsx`. */
import { rights } from '../../subgraphs/kit/codes/rights.ts';
import { uuidSource } from '../../subgraphs/kit/ids.ts';
import { PipelinedPool } from '../../subgraphs/kit/store/pipelined-pool.ts';
import { deriveSealingKeys } from '../../subgraphs/kit/store/sealing.ts';
import { openSubgraph } from '../../subgraphs/kit/subgraph-definition.ts';
import { subgraphs } from '../../subgraphs/registry.ts';

export { productRequire } from './product-require.mjs';

export const databaseUrl = process.env.BENCH_DATABASE_URL ?? '';
const secret = Buffer.from(process.env.BENCH_SECRET ?? '', 'hex');
const instant = new Date(process.env.BENCH_INSTANT ?? 0);

/** May read everything of the city; what the hub makes of a token and a stated purpose. */
export const caller = {
  clientId: 'bench',
  kind: /** @type {const} */ ('SYSTEM'),
  departmentCode: 'public-security',
  jurisdiction: [process.env.BENCH_CITY ?? ''],
  rights: new Set(Object.keys(rights)),
  unmask: true,
  purpose: { legalBasis: 'PIPL-13-3', scenario: 'service-handling' },
};

/** @param {string | undefined} [only] name of one subgraph */
export function openSubgraphs(only) {
  const pool = new PipelinedPool({ connectionString: databaseUrl, max: 8 });
  const environment = { pool, clock: { now: () => instant }, ids: uuidSource, keys: deriveSealingKeys(secret) };
  return subgraphs
    .filter(({ name }) => only === undefined || name === only)
    .map((definition) => ({ definition, running: openSubgraph(definition, environment) }));
}
