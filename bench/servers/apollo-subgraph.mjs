/** One subgraph of the product behind Apollo Server, as a department would run it without Yiyun's gateway. */
import { OperationTrace } from '../../subgraphs/kit/operation-trace.ts';
import { ready } from './listen.mjs';
import { caller, openSubgraphs, productRequire } from './product.mjs';

const { ApolloServer } = productRequire('@apollo/server');
const { startStandaloneServer } = productRequire('@apollo/server/standalone');
const [one] = openSubgraphs(process.env.BENCH_SUBGRAPH);
if (one === undefined) throw new Error('no subgraph');
const server = new ApolloServer({ schema: one.running.schema, includeStacktraceInErrorResponses: false });
const { url } = await startStandaloneServer(server, {
  listen: { port: 0, host: '127.0.0.1' },
  context: async () => one.running.createContext(caller, new OperationTrace()),
});
ready(Number(new URL(url).port));
