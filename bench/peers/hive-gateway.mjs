/** Hive Gateway with the Rust query planner over the subgraphs named by a supergraph file. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';

const runtime = createGatewayRuntime({
  supergraph: readFileSync(process.env.BENCH_SUPERGRAPH, 'utf8'),
  unifiedGraphHandler,
  logging: false,
  landingPage: false,
  graphiql: false,
});
const server = createServer(runtime);
server.listen(0, '127.0.0.1', () => console.log(`READY http://127.0.0.1:${server.address().port}/graphql`));
