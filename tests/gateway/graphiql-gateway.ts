import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Fastify, { type FastifyInstance } from 'fastify';
import { buildSchema } from 'graphql';
import { createHandler } from 'graphql-http/lib/use/fastify';
import { bundleGraphiql } from '../../gateway/graphiql/bundle.mjs';
import { graphiqlForBrowsers, registerGraphiql } from '../../gateway/http/graphiql.ts';
import type { DemoToken } from '../../gateway/http/graphiql-page.ts';
import type { ExampleOperation } from '../../gateway/operations/example-operation.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** A bundle of this run's own. */
export const assetsFolder = mkdtempSync(join(tmpdir(), 'yiyun-graphiql-'));
await bundleGraphiql({ root, outdir: assetsFolder });

const schema = buildSchema(`
  "一云：全市一张图。The graph of the whole city."
  schema { query: Query }
  type Query {
    "社区：按统计代码查找。One community, by its statistical code."
    community(code: ID!): Community
    "问候。A greeting."
    greeting: String!
  }
  "社区。A community."
  type Community {
    code: ID!
    "名称。Its name."
    name: String!
  }
`);
const rootValue = {
  greeting: '你好，一云',
  community: ({ code }: { code: string }) => ({ code, name: '天涯社区' }),
};
export const examples: ExampleOperation[] = [
  {
    name: 'community',
    title: '社区全貌 / A whole community',
    rows: ['S05', 'S22'],
    city: 'sanya',
    document: 'query Community($code: ID!) {\n  community(code: $code) {\n    code\n    name\n  }\n}\n',
    variables: { code: '330499001001' },
    operationName: 'Community',
  },
  {
    name: 'greeting',
    title: '问候</script><!-- / Greeting $& %assets%',
    rows: ['J02'],
    document: 'query Greeting {\n  greeting\n}\n',
    variables: {},
    operationName: 'Greeting',
  },
  {
    name: 'stewardship',
    title: '专员 / As a steward',
    rows: ['G01'],
    document: '# role: steward\nquery Stewardship {\n  greeting\n}\n',
    variables: {},
    operationName: 'Stewardship',
  },
];

/** Tokens as one start of the demo signs them. */
export function signTokens(start: string): DemoToken[] {
  return [
    { role: 'system', titleZh: '部门系统', token: `system.${start}` },
    { role: 'frontend', titleZh: '前端应用', token: `frontend.${start}` },
    { role: 'steward', titleZh: '数据专员', token: `steward.${start}` },
  ];
}

export interface Gateway {
  app: FastifyInstance;
  /** What reached the GraphQL handler, in order: operation name and Authorization header. */
  received: { operation: string; authorization: string | undefined }[];
}

/** A gateway as far as the page needs one: the page, and a real GraphQL handler behind it. */
export function createGateway(demoTokens?: DemoToken[]): Gateway {
  const app = Fastify();
  const received: Gateway['received'] = [];
  const handler = createHandler({ schema, rootValue });
  registerGraphiql(app, { assetsFolder, examples, endpoint: '/graphql', ...(demoTokens ? { demoTokens } : {}) });
  app.get('/graphql', { onRequest: graphiqlForBrowsers }, handler);
  app.post('/graphql', (request, reply) => {
    const { operationName = '' } = request.body as { operationName?: string };
    received.push({ operation: operationName, authorization: request.headers.authorization });
    return handler.call(app, request, reply);
  });
  return { app, received };
}

// All files of a worker share it.
process.once('exit', () => rmSync(assetsFolder, { recursive: true, force: true }));
