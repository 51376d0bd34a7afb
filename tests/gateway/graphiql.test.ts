import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Fastify from 'fastify';
import { afterAll, expect, test } from 'vitest';
import { graphiqlForBrowsers, registerGraphiql } from '../../gateway/http/graphiql.ts';
import { assetsFolder, createGateway, examples, signTokens } from './graphiql-gateway.ts';

const { app } = createGateway(signTokens('first'));
const accept = 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8';

afterAll(() => app.close());

test('a browser that opens the endpoint gets the page with strict headers', async () => {
  const reply = await app.inject({ url: '/graphql', headers: { accept } });

  expect(reply.statusCode).toBe(200);
  expect(reply.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
  const policy = String(reply.headers['content-security-policy']).split('; ');
  expect(policy).toEqual(
    expect.arrayContaining(["default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"]),
  );
  expect(reply.body).toContain('<html lang="zh-CN">');
  expect(reply.body).toContain('<title>一云 Yiyun</title>');
});

test('the configuration survives texts that look like markup, and cannot end its script', async () => {
  const { body } = await app.inject({ url: '/graphql', headers: { accept } });

  const config = /<script type="application\/json" id="yiyun-config">(.*?)<\/script>/s.exec(body)?.[1] ?? '';
  expect(config).not.toContain('<');
  expect(JSON.parse(config)).toEqual({
    endpoint: '/graphql',
    examples,
    demoTokens: signTokens('first'),
    demoHeaders: {},
  });
});

test.each([
  ['a client that accepts JSON', { url: '/graphql?query={greeting}', headers: { accept: 'application/json' } }],
  ['a browser with a query in its address', { url: '/graphql?query={greeting}', headers: { accept } }],
])('%s reaches the GraphQL handler', async (_client, request) => {
  const reply = await app.inject(request);

  expect(reply.json()).toEqual({ data: { greeting: '你好，一云' } });
});

test('a POST that accepts HTML reaches the GraphQL handler', async () => {
  const reply = await app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { accept },
    payload: { query: '{ greeting }' },
  });

  expect(reply.headers['content-security-policy']).toBeUndefined();
});

test('a gateway without GraphiQL lets browsers through to the GraphQL handler', async () => {
  await using bare = Fastify();
  bare.get('/graphql', { onRequest: graphiqlForBrowsers }, () => 'handler');

  expect((await bare.inject({ url: '/graphql', headers: { accept } })).body).toBe('handler');
});

test('every asset that the page names is served to keep, compressed where the browser can', async () => {
  const { body } = await app.inject({ url: '/graphql', headers: { accept } });
  const assets = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => String(match[1]));

  expect(assets.map((asset) => asset.replace(/-[A-Z0-9]{8}\./, '.'))).toEqual([
    '/graphql/assets/icon.svg',
    '/graphql/assets/main.css',
    '/graphql/assets/main.js',
  ]);
  for (const url of assets) {
    const plain = await app.inject({ url });
    const compressed = await app.inject({ url, headers: { 'accept-encoding': 'gzip, deflate, br' } });
    expect(plain.statusCode).toBe(200);
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(plain.headers['x-content-type-options']).toBe('nosniff');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(compressed.headers['content-encoding']).toBe('gzip');
  }
});

test.each(['nothing.js', 'index.html', '..%2Findex.html', '%2e%2e%2findex.html'])(
  'there is no asset %s',
  async (file) => {
    expect((await app.inject({ url: `/graphql/assets/${file}` })).statusCode).toBe(404);
  },
);

test('a folder without a built page is refused by name', () => {
  const folder = join(assetsFolder, 'missing');

  expect(() => registerGraphiql(Fastify(), { assetsFolder: folder, examples, endpoint: '/graphql' })).toThrow(
    `${folder}: GraphiQL 页面尚未构建，请运行 npm run build / The GraphiQL page has not been built: run npm run build`,
  );
});

test('the bundle names no content delivery network and embeds no font', () => {
  const folder = join(assetsFolder, 'assets');
  const text = readdirSync(folder)
    .filter((file) => !file.endsWith('.gz'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');

  expect(text).not.toMatch(/unpkg|jsdelivr|cdnjs|esm\.sh|skypack|googleapis|gstatic/);
  expect(text).not.toContain('@font-face');
});

test('the style sheet needs no selector younger than Chromium 87', () => {
  const folder = join(assetsFolder, 'assets');
  const style = readdirSync(folder).find((file) => file.endsWith('.css')) ?? '';

  expect(readFileSync(join(folder, style), 'utf8')).not.toMatch(/:(is|where|has)\(/);
});
