import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DemoToken } from '../../gateway/http/graphiql-page.ts';
import { createGateway, type Gateway, signTokens } from './graphiql-gateway.ts';

const CHROMIUM = '/usr/bin/chromium';
const hasChromium = existsSync(CHROMIUM);
if (!hasChromium) {
  console.warn(`The browser tests of the GraphiQL page are skipped: there is no ${CHROMIUM}`);
}

/** Waits for what a browser shows only after a while. */
const eventually = <T>(read: () => T) => expect.poll(read);

describe.skipIf(!hasChromium)('in a browser', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let gateway: Gateway;
  let origin: string;
  /** Errors of the page, Content-Security-Policy violations included: Chromium reports them on the console. */
  let complaints: string[];
  let foreignRequests: string[];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });

  afterAll(() => browser?.close());

  beforeEach(async () => {
    context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
    context.setDefaultTimeout(100_000);
    // what came to Chromium after version 87 and libraries like to call
    await context.addInitScript(`
      for (const name of ['at', 'findLast', 'findLastIndex', 'toReversed', 'toSorted', 'toSpliced', 'with']) {
        delete Array.prototype[name];
      }
      delete String.prototype.at;
      delete Object.hasOwn;
      delete Object.groupBy;
      delete window.structuredClone;
      delete Crypto.prototype.randomUUID;
      delete Element.prototype.checkVisibility;
    `);
    page = await context.newPage();
    complaints = [];
    foreignRequests = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    context.on('request', (request) => request.url().startsWith(origin) || foreignRequests.push(request.url()));
  });

  afterEach(async () => {
    await context.close();
    await gateway.app.close();
    expect(complaints).toEqual([]);
    expect(foreignRequests.filter((url) => !url.startsWith('data:'))).toEqual([]);
  });

  /** Starts a gateway and opens its page, once the editors and the schema are there. */
  async function open(demoTokens?: DemoToken[], port = 0) {
    gateway = createGateway(demoTokens);
    origin = await gateway.app.listen({ port, host: '127.0.0.1' });
    await page.goto(`${origin}/graphql`);
    await settled();
  }

  async function settled() {
    await page.locator('.graphiql-query-editor .CodeMirror').waitFor();
    await eventually(() => gateway.received.map(({ operation }) => operation)).toContain('IntrospectionQuery');
  }

  const tabs = () => page.locator('.graphiql-tab-button').allTextContents();
  const run = () => page.getByRole('button', { name: 'Execute query' }).click();
  const result = () => page.locator('.result-window .CodeMirror-code').textContent();

  test('the first view holds the first example and the frontend token, which the introspection carries too', async () => {
    await open(signTokens('first'));

    expect(await page.title()).toBe('一云 Yiyun');
    expect(await page.locator('.yiyun-example').allTextContents()).toHaveLength(3);
    expect(await page.locator('.yiyun-example').first().textContent()).toContain('社区全貌');
    expect(await page.locator('.yiyun-example').first().locator('.yiyun-tag').allTextContents()).toEqual([
      'sanya',
      'S05',
      'S22',
    ]);
    expect(await tabs()).toEqual(['Community']);
    expect(await page.locator('.yiyun-role select').inputValue()).toBe('frontend');
    expect(gateway.received).toEqual([{ operation: 'IntrospectionQuery', authorization: 'Bearer frontend.first' }]);
  });

  test('choosing an example and pressing run shows its result', async () => {
    await open(signTokens('first'));

    await page.locator('[data-example=greeting]').click();
    await run();
    await eventually(result).toContain('你好，一云');
    await page.locator('[data-example=community]').click();
    await run();
    await eventually(result).toContain('天涯社区');

    expect(await tabs()).toEqual(['Community']);
    expect(gateway.received.slice(1)).toEqual([
      { operation: 'Greeting', authorization: 'Bearer frontend.first' },
      { operation: 'Community', authorization: 'Bearer frontend.first' },
    ]);
    expect(page.url()).toBe(`${origin}/graphql`);
  });

  test('an example that names a role is run with its token, which the page says; the next one as before', async () => {
    await open(signTokens('first'));

    await page.locator('[data-example=stewardship]').click();
    await eventually(() => page.locator('.yiyun-role select').inputValue()).toBe('steward');
    expect(await page.getByRole('status').textContent()).toContain('已换用演示身份：数据专员');
    await run();
    await eventually(() => gateway.received.at(-1)).toEqual({
      operation: 'Stewardship',
      authorization: 'Bearer steward.first',
    });
    await page.locator('[data-example=greeting]').click();
    await eventually(() => page.locator('.yiyun-role select').inputValue()).toBe('frontend');
    expect(await page.getByRole('status').count()).toBe(0);
  });

  test('a query of the user\u2019s own is kept: the example opens in a new tab', async () => {
    await open(signTokens('first'));

    await page.locator('.graphiql-query-editor .CodeMirror').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('query Mine { greeting }');
    await eventually(tabs).toEqual(['Mine']);
    await page.locator('[data-example=community]').click();

    await eventually(tabs).toEqual(['Mine', 'Community']);
    expect(await page.locator('.graphiql-query-editor .CodeMirror-code').textContent()).toContain(
      'community(code: $code)',
    );
    await run();
    await eventually(result).toContain('天涯社区');
    await page.getByRole('tab', { name: 'Mine' }).click();
    await eventually(() => page.locator('.graphiql-query-editor .CodeMirror-code').textContent()).toContain(
      'query Mine { greeting }',
    );
  });

  test('another role reads the schema and runs with its own token', async () => {
    await open(signTokens('first'));

    await page.locator('.yiyun-role select').selectOption('steward');
    await eventually(() => page.locator('.yiyun-role select').inputValue()).toBe('steward');
    await run();
    await eventually(result).toContain('天涯社区');

    expect(gateway.received).toEqual([
      { operation: 'IntrospectionQuery', authorization: 'Bearer frontend.first' },
      { operation: 'IntrospectionQuery', authorization: 'Bearer steward.first' },
      { operation: 'Community', authorization: 'Bearer steward.first' },
    ]);
  });

  test('after a restart of the demo the kept tab carries the new token of its role', async () => {
    await open(signTokens('first'));
    await page.locator('.yiyun-role select').selectOption('system');
    await page.locator('[data-example=greeting]').click();
    await eventually(tabs).toEqual(['Greeting']);
    await page.waitForTimeout(700); // GraphiQL stores its tabs half a second after the last change
    await gateway.app.close();

    await open(signTokens('second'), Number(new URL(origin).port));

    expect(await tabs()).toEqual(['Greeting']);
    expect(await page.locator('.yiyun-role select').inputValue()).toBe('system');
    expect(gateway.received).toEqual([{ operation: 'IntrospectionQuery', authorization: 'Bearer system.second' }]);
  });

  test('a side panel that was dragged shut stays shut after a reload, and opens again', async () => {
    await open(signTokens('first'));
    const panel = page.locator('.yiyun-examples');

    expect((await panel.boundingBox())?.x).toBeGreaterThan(0);
    const bar = await page.locator('.graphiql-horizontal-drag-bar').first().boundingBox();
    await page.mouse.move((bar?.x ?? 0) + 4, 400);
    await page.mouse.down();
    await page.mouse.move(70, 400, { steps: 5 });
    await page.mouse.up();
    await panel.waitFor({ state: 'detached' });
    await page.waitForTimeout(700); // GraphiQL stores its layout half a second after the last change
    await page.reload();
    await settled();
    expect(await panel.count()).toBe(0);
    await page.getByRole('button', { name: 'Show 示例 Examples' }).click();

    await eventually(async () => (await panel.boundingBox())?.x).toBeGreaterThan(0);
  });

  test('a gateway that does not answer JSON is named in Chinese and English', async () => {
    await open(signTokens('first'));
    await page.route('**/graphql', (route) => route.fulfill({ status: 200, body: 'maintenance' }));

    await run();

    await eventually(result).toContain('网关没有返回 JSON（HTTP 200） / The gateway did not answer JSON (HTTP 200)');
    expect(await result()).not.toContain('stack');
  });

  test('the search finds examples by row', async () => {
    await open(signTokens('first'));

    await page.locator('.yiyun-search').fill('j02');

    await eventually(() => page.locator('.yiyun-example code').allTextContents()).toEqual(['greeting']);
  });

  test('the documentation shows the Chinese descriptions', async () => {
    await open(signTokens('first'));

    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.locator('.graphiql-doc-explorer').getByText('Query', { exact: true }).click();

    await eventually(() => page.locator('.graphiql-doc-explorer').textContent()).toContain(
      '社区：按统计代码查找。One community, by its statistical code.',
    );
  });

  test('outside demo mode there is no role and no header, and nothing outlives the tab', async () => {
    await open();

    expect(await page.locator('.yiyun-role').count()).toBe(0);
    await page.locator('.graphiql-editor-tool .CodeMirror:visible').click();
    await page.keyboard.insertText('{ "Authorization": "Bearer mine" }');
    await run();
    await eventually(result).toContain('天涯社区');
    await page.waitForTimeout(700); // GraphiQL stores its tabs half a second after the last change

    expect(gateway.received).toEqual([
      { operation: 'IntrospectionQuery', authorization: undefined },
      { operation: 'Community', authorization: 'Bearer mine' },
    ]);
    expect(await page.evaluate('localStorage.length')).toBe(0);
    expect(await page.evaluate('JSON.stringify(sessionStorage)')).not.toContain('Bearer mine');
  });
});
