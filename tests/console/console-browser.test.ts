import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { registerConsole } from '../../gateway/http/console.ts';
import { DEMO_PURPOSE_HEADERS } from '../../gateway/identity/demo-purpose.ts';
import { readReviewed } from '../../gateway/plan/reviewed-supergraph.ts';
import { samplePeople } from '../../prisma/seed/people/people-sample.ts';
import { uuidSource } from '../../subgraphs/kit/ids.ts';
import { peopleDataset } from '../../subgraphs/people/datasets/people-dataset.ts';
import { openFigureCounters } from '../../subgraphs/registry.ts';
import { type CityHub, openCityHub } from '../kit/city-hub.ts';
import { settledOutbox } from '../kit/settled-outbox.ts';
import { deprecating } from '../subgraphs/catalog/versions/graph-operations.ts';
import { builtConsole } from './built-console.ts';

const CHROMIUM = '/usr/bin/chromium';
const hasChromium = existsSync(CHROMIUM);
if (!hasChromium) console.warn(`The browser tests of the console are skipped: there is no ${CHROMIUM}`);

describe.skipIf(!hasChromium)('the console in a browser', () => {
  let hub: CityHub;
  let browser: Browser;
  let origin: string;
  let folder: string;
  /** Errors of the page, violations of its policy included: Chromium reports them on the console. */
  const complaints: string[] = [];
  const foreignRequests: string[] = [];

  beforeAll(async () => {
    [hub, folder] = await Promise.all([openCityHub(), builtConsole()]);
    await hub.catalog.indexDataFields();
    // What the hub does by itself: statistics and rules of quality are among it.
    for (const work of hub.graph().timedWork) await work();
    registerConsole(hub.app, {
      assetsFolder: folder,
      endpoint: '/graphql',
      demoHeaders: DEMO_PURPOSE_HEADERS,
      demoTokens: [
        { role: 'system', titleZh: '部门系统', token: await hub.tokenOf('system') },
        { role: 'frontend', titleZh: '前端应用', token: await hub.tokenOf('frontend') },
        { role: 'steward', titleZh: '数据专员', token: await hub.tokenOf('steward') },
      ],
    });
    origin = await hub.app.listen({ port: 0, host: '127.0.0.1' });
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    });
  });

  afterAll(async () => {
    await browser?.close();
    await hub?.[Symbol.asyncDispose]();
  });

  afterEach(() => {
    expect(complaints.splice(0)).toEqual([]);
    expect(foreignRequests.splice(0)).toEqual([]);
  });

  async function open(path: string, size = { width: 1366, height: 768 }, locale = 'zh-CN'): Promise<Page> {
    const context = await browser.newContext({ locale, viewport: size });
    const page = await context.newPage();
    page.setDefaultTimeout(100_000);
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(origin) && !url.startsWith('data:')) foreignRequests.push(url);
    });
    await page.goto(`${origin}/console#/${path}`);
    return page;
  }

  const close = (page: Page) => page.context().close();

  /** A picture of the whole page on a desk and on a wall, for somebody to look at; where a folder for them is named. */
  async function keepPicture(page: Page, name: string): Promise<void> {
    const pictures = process.env.YIYUN_SCREENSHOTS;
    if (pictures === undefined) return;
    for (const [width, height] of [
      [1366, 768],
      [3840, 2160],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(500); // charts follow the size
      await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true });
    }
  }

  /** A new synthetic person as the population system would send him. */
  function sampleRow(): { head: string; row: string; restated: string } {
    const { columns } = peopleDataset;
    const [person] = [...samplePeople({ city: 'jiaxing', scale: 0.001, count: 1, seed: 'console' })].map(
      (one): Readonly<Record<string, string>> => ({ ...one }),
    );
    const line = (one: Readonly<Record<string, string>>) => columns.map(({ key }) => one[key] ?? '').join(',');
    const education = person?.education === '11' ? '21' : '11';
    return {
      head: columns.map(({ zh }) => zh).join(','),
      row: line(person ?? {}),
      restated: line({ ...person, education }),
    };
  }

  test('the city at a glance, and by keyboard down to the grid, in two turns of requests at most', async () => {
    const page = await open('');
    let asked = 0;
    page.on('request', (request) => {
      const isStream = request.headers().accept === 'text/event-stream';
      if (request.url().endsWith('/graphql') && !isStream) asked += 1;
    });
    await page.getByRole('heading', { level: 1, name: '嘉兴市' }).waitFor();
    const residents = await hub.pool.query<{ count: number }>(
      'SELECT sum(resident_count)::int AS count FROM people.community_population',
    );
    const figures = page.getByRole('region', { name: '主要数字' });
    expect(await figures.textContent()).toContain(residents.rows[0]?.count.toLocaleString('en'));
    await page.locator('.bars canvas').first().waitFor();
    expect(asked).toBeLessThanOrEqual(2);

    // Live: an incident that is reported now moves the figure, and nobody asks again.
    const figure = page.locator('.figure', { hasText: '未结事件' }).locator('.value');
    const count = Number.parseInt((await figure.textContent()) ?? '', 10);
    await hub.ask(
      'system',
      `mutation { reportIncident(input: { category: HAZARD, title: "楼道堆放杂物", severity: GENERAL, channel: GRID_WORKER,
         gridId: "Grid:330402007024001", idempotencyKey: "console-live-1" }) { __typename } }`,
    );
    await settledOutbox(hub.pool, 'services');
    for (const counter of openFigureCounters({ pool: hub.pool, clock: hub.clock, ids: uuidSource })) {
      await counter.catchUp();
    }
    await page.locator('.figure', { hasText: `未结事件${count + 1}` }).waitFor();

    for (const name of ['南湖区', '建设街道']) {
      await page.getByRole('link', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name }).waitFor();
    }
    const { rows } = await hub.pool.query<{ community: string; grid: string; code: string }>(
      `SELECT d.name AS community, g.name AS grid, g.grid_code AS code
         FROM organizations.grid g JOIN organizations.division d ON d.stat_code = g.community_code
        ORDER BY g.grid_code LIMIT 1`,
    );
    const first = rows[0] as { community: string; grid: string; code: string }; // the city has one
    await page.getByRole('link', { name: first.community, exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: first.grid, exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: first.grid }).waitFor();
    expect(page.url()).toBe(`${origin}/console#/brain/${first.code}`);
    await close(page);
  });

  test('a field is found by its initials in pinyin, and its page goes from the source to who uses it', async () => {
    await hub.ask('system', 'query Birthdays { persons(first: 1) { nodes { birthDate } } }');
    await hub.flushUsage();
    const page = await open('fields');
    await page.getByRole('searchbox', { name: '搜索字段' }).fill('csrq person.');
    await page.getByRole('link', { name: 'birthDate', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: /出生日期/ }).waitFor();
    const text = await page.locator('main').textContent();
    for (const shown of ['公安局', '有条件共享', 'Birthdays', 'demo-system']) expect(text).toContain(shown);
    await close(page);
  });

  test('who read this person, and why; whom one looks for is in no address', async () => {
    const { rows } = await hub.pool.query<{ id: string }>('SELECT id FROM people.person ORDER BY id DESC LIMIT 1');
    const person = `Person:${rows[0]?.id}`;
    await hub.ask('system', 'query LookUp($id: ID!) { person(id: $id) { name phone } }', { id: person });
    const page = await open('ledger');
    await page.getByRole('textbox', { name: '人员编号' }).fill(person);
    await page.keyboard.press('Enter');
    await page.getByRole('cell', { name: 'LookUp' }).waitFor();
    const text = await page.locator('main').textContent();
    for (const shown of ['公安局', 'demo-system', '共 1 次访问']) expect(text).toContain(shown);
    expect(page.url()).toBe(`${origin}/console#/ledger`);

    // Another role sees what it may: nothing, and who may.
    await page.getByLabel('演示身份').selectOption('frontend');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('cell', { name: 'LookUp' }).count()).toBe(0);
    await close(page);
  });

  test('systems, sharing and changes answer in English; letters grow with the wall', async () => {
    const page = await open('systems', { width: 3840, height: 2160 }, 'en-GB');
    await page.getByRole('heading', { level: 1, name: 'Health of systems' }).waitFor();
    await page.getByRole('cell', { name: /hub/ }).first().waitFor();
    expect(await page.evaluate("parseFloat(getComputedStyle(document.querySelector('td')).fontSize)")).toBeGreaterThan(
      24,
    );
    await page.getByRole('link', { name: 'Sharing' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sharing requests and their clocks' }).waitFor();
    await page.getByRole('link', { name: 'Changes' }).click();
    await page.getByRole('cell', { name: 'Newer code' }).waitFor();
    await close(page);
  });

  test('what departments have sent, row by row, and the clients with their registered operations', async () => {
    const { head, row, restated } = sampleRow();
    const send = (token: string, body: string) =>
      fetch(`${origin}/ingest/people?maxErrorRate=1`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
        body,
      });
    const sent = await send(await hub.tokenOf('system'), `${head}\n${row}\n坏行,x\n`);
    expect(await sent.json()).toMatchObject({ state: 'MERGED', inserted: 1, rejected: 1 });
    // Another department says something else of the same person.
    await hub.catalog.ensureClients([
      {
        ...{ clientId: 'console-civil-affairs', name: '民政局系统', kind: 'SYSTEM', departmentCode: 'civil-affairs' },
        ...{ jurisdictionCodes: ['3304'], jurisdictionRule: 'DIVISIONS', rights: ['person.import'] },
        ...{ costBudgetPerMinute: 1_000, active: true },
      },
    ]);
    const differs = await send(await hub.tokenOf({ client: 'console-civil-affairs' }), `${head}\n${restated}\n`);
    expect(await differs.json()).toMatchObject({ held: 1, conflicts: 1 });
    await hub.ask(
      'steward',
      `mutation { trustOperations(input: { clientId: "demo-frontend", scenario: "desk", version: "1.2.3",
         documents: ["query Desk { loadedCity { city } }"], idempotencyKey: "console-manifest" }) { __typename } }`,
    );
    const page = await open('intake');
    await page.getByLabel('演示身份').selectOption('steward');
    await page
      .getByRole('row', { name: /公安局.*已入库/ })
      .first()
      .getByRole('button')
      .focus();
    await page.keyboard.press('Enter');
    await page.getByRole('cell', { name: 'RAGGED_ROW', exact: true }).waitFor();
    const conflict = page.getByRole('row', { name: /民政局.*教育局/ });
    await conflict.waitFor();
    expect(await conflict.textContent()).toContain('一数一源');
    await keepPicture(page, 'intake-with-conflict');

    await page.getByRole('link', { name: '接入方' }).click();
    await page
      .getByRole('row', { name: /demo-frontend/ })
      .getByRole('button')
      .focus();
    await page.keyboard.press('Enter');
    await page.getByRole('cell', { name: '1.2.3', exact: true }).waitFor();
    expect(await page.locator('main').textContent()).toContain('Desk');
    await close(page);
  });

  test('a contract is judged, proposed, signed, published and taken back, by keyboard alone', async () => {
    const page = await open('changes');
    const press = async (name: string | RegExp) => {
      // Focused and pressed in one: what is drawn anew in between would lose the key.
      await page.getByRole('button', { name }).and(page.locator(':enabled')).first().press('Enter');
    };
    const fill = async (name: string, value: string) => {
      await page.getByRole('textbox', { name }).focus();
      await page.keyboard.type(value);
    };
    const state = (name: string) => page.locator('.ant-steps-item-active', { hasText: name }).waitFor();
    await hub.ask('system', 'query Groups { persons(first: 1) { nodes { ethnicGroup { code } } } }');
    await hub.flushUsage();
    const announced = '已有替代 replaced by ageYears；移除 removal: 2027-01-01';
    const sdl = deprecating(/\n {2}ethnicGroup: .*/, announced)(readReviewed('people') ?? '');
    const file = { name: 'people.graphql', mimeType: 'text/plain', buffer: Buffer.from(sdl) };
    await page.locator('input[type=file]').setInputFiles(file);
    await press('评审');
    await page.getByText('对照', { exact: false }).waitFor();
    await fill('名称', '停用民族');
    await fill('理由', '已有替代');
    await press('提出');
    await page.getByRole('heading', { level: 1, name: /停用民族/ }).waitFor();
    await state('草拟');
    await press('评审');
    await page.getByRole('cell', { name: '待会签' }).waitFor();
    await press('审定');
    await state('已审定');
    await press('发布');
    // The check names it, too; what is waited for is the refusal.
    await page.getByRole('alert').filter({ hasText: '未能办理' }).filter({ hasText: '公安局' }).waitFor();

    await page.getByLabel('演示身份').selectOption('system');
    await fill('会签意见', '同意');
    await press('同意');
    await page.getByRole('cell', { name: '同意', exact: true }).first().waitFor();
    await page.getByLabel('演示身份').selectOption('steward');
    await state('已审定');
    await keepPicture(page, 'proposal');
    await press('发布');
    await page.locator('.ant-steps-item-finish', { hasText: '已发布' }).waitFor();

    await page.getByRole('link', { name: '全部提案' }).click();
    // What was announced by it, and who has not said yet that he does without it.
    const going = page.getByRole('row', { name: /Person\.ethnicGroup.*2027-01-01/ });
    await going.waitFor();
    for (const shown of ['ageYears', 'demo-system', 'Groups', '未知悉'])
      expect(await going.textContent()).toContain(shown);
    await press(/版本 2 的差异/);
    await page.getByText('版本 1 → 2', { exact: false }).waitFor();
    await press('退回到版本 1');
    await page.getByRole('textbox', { name: /退回到版本 1 的原因/ }).waitFor();
    await page.keyboard.type('文字有误');
    await page.keyboard.press('Enter');
    await page.getByText('退回旧版 → 1').waitFor();
    const { rows } = await hub.pool.query<{ origin: string; note: string }>(
      'SELECT origin, note FROM catalog.graph_version ORDER BY number',
    );
    expect(rows.map(({ origin }) => origin)).toEqual(['START', 'PROPOSAL', 'ROLLBACK']);
    expect(rows[2]?.note).toContain('文字有误');
    await keepPicture(page, 'changes-with-versions');
    await close(page);
  });

  test('a field’s page says who may read it now, and leads to its documentation', async () => {
    const page = await open('field/Person.birthDate');
    await page.getByLabel('演示身份').selectOption('steward');
    const clear = page.getByRole('row', { name: /demo-system/ }).first();
    await clear.waitFor();
    expect(await clear.textContent()).toContain('明文（声明目的后）');
    expect(
      await page
        .getByRole('row', { name: /demo-frontend/ })
        .first()
        .textContent(),
    ).toContain('共享授权');
    // Everything that is known of it: source and its column, freshness, nulls, scores with their rules and samples.
    const { rows } = await hub.pool.query<{ size: number }>(
      "SELECT sample_size AS size FROM catalog.quality_measure WHERE rule_code = 'people.person.birth_date.not_future'",
    );
    const size = rows[0]?.size.toLocaleString('en');
    const known = await page.locator('main').textContent();
    for (const shown of [
      ...[
        '人口基础信息库',
        'people.birthDate',
        'people.person.birth_date',
        '新鲜度',
        '空值率',
        '完整性',
        '一致性',
        '时效性',
      ],
      `出生日期不在未来 100% (${size} / ${size})`,
    ]) {
      expect(known).toContain(shown);
    }
    await page.getByRole('main').getByRole('link', { name: '文档' }).click();
    await page.getByRole('heading', { level: 1, name: 'Person' }).waitFor();
    expect(page.url()).toBe(`${origin}/docs/types/Person#birthDate`);
    await close(page);
  });

  test.each([
    '',
    'fields',
    'field/Person.name',
    'similar',
    'sharing',
    'ledger',
    'systems',
    'intake',
    'clients',
    'changes',
  ])(
    'the page %j is there after two turns of requests at most, and nothing runs over its edge on a desk',
    async (path) => {
      // A page of one request, which has been answered when its rows are there.
      const page = await open(path === 'clients' ? 'similar' : 'clients');
      await page.getByRole('row').nth(1).waitFor();
      // Turns: a request that begins after another one has been answered waits for it.
      let turns = 0;
      let answered = true;
      page.on('request', (request) => {
        if (!request.url().endsWith('/graphql') || request.headers().accept === 'text/event-stream') return;
        if (answered) turns += 1;
        answered = false;
      });
      page.on('response', (response) => {
        if (response.url().endsWith('/graphql')) answered = true;
      });
      await page.evaluate(`location.hash = '#/${path}'`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.waitForTimeout(500);
      expect(turns).toBeLessThanOrEqual(2);
      const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect(over).toBeLessThanOrEqual(0);
      const clipped = await page.evaluate(
        `[...document.querySelectorAll('.figure')].filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)`,
      );
      expect(clipped).toEqual([]);
      await keepPicture(page, path.replaceAll('/', '-') || 'brain');
      await close(page);
    },
  );

  test('a token that is none is refused in words, and the page stands', async () => {
    const page = await open('systems');
    await page.getByRole('button', { name: '换令牌' }).click();
    await page.getByLabel(/令牌（只保存在本标签页）/).fill('not-a-token');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.evaluate('localStorage.length + " " + document.cookie')).toBe('1 ');
    // The browser itself reports the refused request.
    complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes('401')));
    await close(page);
  });

  test('a machine without Chinese letters gets them from the hub, only those that are shown', async () => {
    const page = await open('fields');
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    const fonts: string[] = [];
    page.on('response', (response) => response.url().endsWith('.woff2') && fonts.push(response.url()));
    const loaded = await page.evaluate(
      `document.fonts.load('16px "Noto Sans SC Variable"', '嘉兴').then((faces) => faces.map(({ status }) => status))`,
    );
    expect(new Set(loaded as string[])).toEqual(new Set(['loaded']));
    expect(fonts.length).toBeGreaterThan(0);
    expect(fonts.length).toBeLessThanOrEqual(2);
    expect(fonts.every((url) => url.startsWith(`${origin}/console/assets/`))).toBe(true);
    await close(page);
  });

  test('what a browser loads before the charts is below 500 KB', () => {
    const assets = join(folder, 'assets');
    const compressed = readdirSync(assets)
      .filter((file) => file.endsWith('.gz') && !file.startsWith('draw-'))
      .map((file) => statSync(join(assets, file)).size);
    expect(compressed.reduce((sum, size) => sum + size, 0)).toBeLessThan(500_000);
  });
});
