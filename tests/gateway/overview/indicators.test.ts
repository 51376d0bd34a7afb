import { expect, test } from 'vitest';
import type { DemoCity } from '../../../prisma/seed/vocabulary.ts';
import { uuidSource } from '../../../subgraphs/kit/ids.ts';
import { openFigureCounters } from '../../../subgraphs/registry.ts';
import { type HubRole, openCityHub } from '../../kit/city-hub.ts';
import { operationDocument } from '../../kit/operation-document.ts';
import { articleFigures } from './article-figures.ts';

const CENTRES = (side: string) =>
  `FROM services.facility t WHERE t.kind = 'PARTY_MASS_SERVICE_CENTRE' AND t.stage IN ('USE', 'MANAGE', 'EVALUATE')
     AND ${side} substr(t.community_code, 10, 1) IN ('0', '1', '4')`;

/** What the rows of each subgraph give, for every indicator that another subgraph than organizations counts. */
const CITIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  jiaxing: {
    'JX.branches': "SELECT count(*) FROM party.party_organization WHERE kind = 'GRID_BRANCH'",
    'JX.groups': "SELECT count(*) FROM party.party_organization WHERE kind = 'MICRO_GRID_GROUP'",
    'JX.civic': "SELECT count(*) FROM party.party_organization WHERE host_kind = 'CIVIC_TEAM'",
    'JX.members':
      "SELECT count(*) FROM party.post_claim WHERE valid_from <= '2026-06-30' AND (valid_to IS NULL OR valid_to > '2026-06-30')",
    'JX.volunteers': "SELECT count(*) FROM party.volunteer_station WHERE level <> 'TEAM'",
    'JX.lounges': "SELECT count(*) FROM services.facility WHERE kind = 'RESIDENTS_LOUNGE'",
  },
  yantai: {
    'YT.dual.units': "SELECT count(*) FROM party.party_engagement WHERE kind = 'UNIT_REPORT' AND valid_to IS NULL",
    'YT.dual.members': "SELECT count(*) FROM party.party_engagement WHERE kind = 'MEMBER_REPORT' AND valid_to IS NULL",
    'YT.upgrade': 'SELECT coalesce(sum(grant_yuan), 0) FROM services.facility_upgrade',
    'YT.urban': `SELECT round(sum(t.area_square_metres) / nullif(count(*), 0)) ${CENTRES('')}`,
    'YT.rural': `SELECT round(sum(t.area_square_metres) / nullif(count(*), 0)) ${CENTRES('NOT')}`,
    'YT.standard.aspects': 'SELECT 10',
    'YT.standard.clauses': 'SELECT 39',
  },
};
const CODES: Readonly<Record<DemoCity, string>> = {
  hangzhou: '3301',
  sanya: '4602',
  xuzhou: '3203',
  yantai: '3706',
  jiaxing: '3304',
};

/** Figures that depend on no scale: what the city has of them is what its article says. */
const AS_REPORTED = new Set([
  ...[
    'HZ.training.city',
    'HZ.training.runs',
    'HZ.training.members',
    'HZ.training.budget',
    'HZ.kinds',
    'HZ.grants.2016',
  ],
  ...['HZ.platform.modules', 'HZ.levels', 'HZ.steps', 'HZ.lists', 'HZ.forum', 'SY.circle', 'XZ.lines', 'XZ.aspects'],
  ...['YT.standard.aspects', 'YT.standard.clauses', 'YT.area.min.urban', 'YT.area.min.rural', 'YT.career'],
  ...['YT.career.posts', 'YT.career.grades', 'YT.certificates', 'YT.certificates.all', 'YT.modules', 'JX.scenarios'],
  ...['JX.money.purchase', 'JX.money.venture', 'JX.bianding', 'JX.liuding', 'JX.sandan', 'JX.wushe'],
  ...['JX.volunteers.centre', 'JX.chain.clouds', 'JX.chain.platforms'],
]);

interface Figure {
  readonly code: string;
  readonly formula: string | null;
  readonly reported: number | null;
  readonly computed: number | null;
  readonly peopleComputed: number | null;
  readonly partyComputed: number | null;
  readonly servicesComputed: number | null;
  readonly catalogComputed: number | null;
  readonly scope: string;
  readonly flagged: boolean;
  readonly flagNote: string | null;
}
const shownOf = ({ computed, peopleComputed, partyComputed, servicesComputed, catalogComputed }: Figure) =>
  [computed, peopleComputed, partyComputed, servicesComputed, catalogComputed].filter((value) => value != null);

test.each(Object.entries(CODES))(
  'scenario 22, indicator-board: in %s every figure that its article names is computed from the rows of one subgraph, beside what was reported',
  async (city, divisionCode) => {
    await using hub = await openCityHub('in-process', city as DemoCity);
    for (const counter of openFigureCounters({ pool: hub.pool, clock: hub.clock, ids: uuidSource }))
      await counter.recount();
    const day = { divisionCode, countyCode: divisionCode, before: '2025-12-31' };
    const { data, errors, statements } = await hub.ask('system', operationDocument('indicator-board'), day);
    expect(errors).toEqual([]);
    const { organizations, ...others } = statements;
    // Beside the board and its measures, seats of committees where the city has an indicator of who lives there.
    expect(organizations).toBe(city === 'hangzhou' ? 3 : 2);
    expect(Object.values(others).every((count) => count === 1)).toBe(true);
    const board = (data as { city: Figure[] }).city;
    const article = articleFigures[city as DemoCity];
    for (const { said, check, numbers, marked = Object.keys(numbers) } of article) {
      for (const [code, reported] of Object.entries(numbers)) {
        const figure = board.find((one) => one.code === code);
        expect([figure?.reported, figure?.flagged], `${code}: ${said}`).toEqual([
          reported,
          check !== 'OK' && marked.includes(code),
        ]);
      }
    }
    for (const figure of board) {
      // What the city has rows for has a formula and one owner; what it has none for says so.
      expect(shownOf(figure).length, figure.code).toBe(figure.scope === 'CITY' ? 1 : 0);
      expect(figure.formula !== null, figure.code).toBe(figure.scope === 'CITY');
      expect(figure.flagNote !== null, figure.code).toBe(figure.flagged);
      if (AS_REPORTED.has(figure.code)) expect(shownOf(figure), figure.code).toEqual([figure.reported]);
    }
    // Article says 4, and lists five.
    expect(board.filter(({ code }) => code === 'HZ.1plus3').flatMap(shownOf)).toEqual(city === 'hangzhou' ? [5] : []);
    for (const [code, sql] of Object.entries(CITIES[city] ?? {})) {
      const figure = board.find((one) => one.code === code);
      const { rows } = await hub.pool.query({ text: sql, rowMode: 'array' });
      const shown = figure?.partyComputed ?? figure?.servicesComputed ?? null;
      const expected = rows[0]?.[0] === null ? null : Number(rows[0]?.[0]);
      expect(shown === null ? null : Math.round(shown), code).toBe(expected);
      expect(figure?.reported, code).not.toBeNull();
    }
    // The same from the rows, before anything was counted: the place knows no figures, and neither formula differs.
    await hub.pool.query(
      ['people', 'party', 'services'].map((of) => `UPDATE ${of}.place_figure_state SET declaration = ''`).join('; '),
    );
    const counted = await hub.ask('system', operationDocument('indicator-board'), day);
    expect((counted.data as { city: Figure[] }).city).toEqual(board);
    // What organizations keeps of the place sums to what its rows give.
    const place = await hub.ask(
      'system',
      `{ placeOverview(code: "${divisionCode}") { indicators { code computed } } }`,
    );
    const { indicators: kept } = (place.data as { placeOverview: { indicators: Figure[] } }).placeOverview;
    expect(kept.length).toBeGreaterThan(5);
    for (const { code, computed } of kept)
      expect(computed, code).toBe(board.find((figure) => figure.code === code)?.computed);
    // Members are counted for those with the right alone; the rest of the board stays.
    const frontend = await hub.ask(
      'frontend',
      `{ indicators(divisionCode: "${divisionCode}") { code computed partyComputed } }`,
    );
    expect(frontend.errors).toEqual([]);
    const shown = (frontend.data as { indicators: Figure[] }).indicators;
    for (const code of ['JX.members', 'YT.dual.members', 'JX.talent.each']) {
      const figure = shown.find((one) => one.code === code);
      if (figure !== undefined) expect([figure.computed, figure.partyComputed], code).toEqual([null, null]);
    }
  },
);

test('a figure of another subgraph is computed for any division and day from what held there and then', async () => {
  await using hub = await openCityHub('in-process', 'yantai');
  const { rows } = await hub.pool.query<{ community: string; day: string; claims: string; units: string }>(
    `SELECT community_code AS community, (min(valid_from) + 30)::text AS day FROM party.party_engagement
      WHERE kind = 'UNIT_REPORT' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
  );
  const [place] = rows;
  if (place === undefined) throw new Error('nobody has reported');
  const AS_OF = `query ($code: String!, $day: LocalDate!) { indicators(divisionCode: $code, asOf: $day) {
    code computed partyComputed servicesComputed catalogComputed } }`;
  const figure = async (of: string, code: string, day: string) => {
    const { data, errors } = await hub.ask('system', AS_OF, { code, day });
    expect(errors).toEqual([]);
    return (data as { indicators: Figure[] }).indicators.filter((one) => one.code === of).flatMap(shownOf)[0] ?? null;
  };
  const count = async (sql: string, values: unknown[]) => Number((await hub.pool.query(sql, values)).rows[0].n);
  for (const code of [place.community, place.community.slice(0, 6), '3706']) {
    for (const day of [place.day, '2026-01-15', '2010-01-01']) {
      expect(await figure('YT.dual.units', code, day), `${code} ${day}`).toBe(
        await count(
          `SELECT count(*) AS n FROM party.party_engagement WHERE kind = 'UNIT_REPORT' AND community_code LIKE $1 || '%'
             AND valid_from <= $2 AND (valid_to IS NULL OR valid_to > $2) AND (expires_on IS NULL OR expires_on > $2)`,
          [code, day],
        ),
      );
      expect(await figure('YT.upgrade', code, day), `${code} ${day}`).toBe(
        await count(
          `SELECT coalesce(sum(grant_yuan), 0) AS n FROM services.facility_upgrade WHERE community_code LIKE $1 || '%'
             AND year <= extract(year FROM $2::date)`,
          [code, day],
        ),
      );
    }
  }
  // Nothing of the platform is a county's.
  expect(await figure('YT.modules', place.community.slice(0, 6), '2026-06-30')).toBeNull();
});

const SHARE = `query ($code: String!, $day: LocalDate) {
  indicators(divisionCode: $code, code: "JX.socialWorkers.share", asOf: $day) {
    unit reported computed counted peopleComputed } }`;
interface Share {
  readonly unit: string;
  readonly reported: number;
  readonly computed: number | null;
  readonly counted: number | null;
  readonly peopleComputed: number | null;
}

test('certified social workers per resident are counted by organizations and divided by people, in any division and on any day', async () => {
  await using hub = await openCityHub();
  const share = async (code: string, day: string | null = null) => {
    const { data, errors, statements } = await hub.ask('system', SHARE, { code, day });
    expect(errors).toEqual([]);
    // Kept figures or rows of a past day: one statement of each side and its indicators.
    expect(statements).toEqual({ organizations: 2, people: 1 });
    return (data as { indicators: [Share] }).indicators[0];
  };
  const one = async (sql: string, values: unknown[]) => Number((await hub.pool.query(sql, values)).rows[0].n);
  const workers = (code: string, day: string) =>
    one(
      `SELECT count(*) AS n FROM organizations.community_worker w WHERE community_code LIKE $1 || '%' AND certificate IS NOT NULL
         AND hired_on <= $2 AND (left_on IS NULL OR left_on > $2) AND NOT EXISTS (
           SELECT FROM organizations.certificate c WHERE c.person_id = w.person_id HAVING min(passed_year) > extract(year FROM $2::date))`,
      [code, day],
    );
  const residents = (code: string, day: string) =>
    one(
      `SELECT count(DISTINCT person_id) AS n FROM people.residence WHERE community_code LIKE $1 || '%' AND kind <> 'REGISTERED'
         AND valid_from <= $2 AND (valid_to IS NULL OR valid_to > $2)`,
      [code, day],
    );
  const perMille = (above: number, below: number) => (below === 0 ? null : Math.round((above / below) * 100_000) / 100);
  const { rows } = await hub.pool.query<{ code: string }>(
    `SELECT community_code AS code FROM organizations.community_worker WHERE certificate IS NOT NULL
      GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
  );
  const community = rows[0]?.code ?? '';
  const counted = new Set<number>();
  for (const code of ['3304', community.slice(0, 6), community.slice(0, 9), community]) {
    const now = await share(code);
    const people = await one("SELECT count(*) AS n FROM people.person WHERE community_code LIKE $1 || '%'", [code]);
    expect(now, code).toEqual({
      ...{ unit: '‰', reported: 2.6, computed: null, counted: await workers(code, '2026-06-30') },
      peopleComputed: perMille(await workers(code, '2026-06-30'), people),
    });
    for (const day of ['2026-06-29', '2021-12-31', '2015-03-01']) {
      const [above, below] = [await workers(code, day), await residents(code, day)];
      expect(await share(code, day), `${code} ${day}`).toMatchObject({
        ...{ counted: above, peopleComputed: perMille(above, below) },
      });
      counted.add(below);
    }
    // Before anybody was there, a share of nothing.
    expect(await share(code, '1850-01-01'), code).toMatchObject({ counted: 0, peopleComputed: null });
  }
  expect(counted.size).toBeGreaterThan(2);
});

test('a share of a handful of residents is withheld, and one outside the caller’s area is not told', async () => {
  await using hub = await openCityHub();
  const { rows } = await hub.pool.query<{ code: string }>(
    'SELECT community_code AS code FROM people.person GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1',
  );
  const code = rows[0]?.code ?? '';
  const share = async (role: HubRole, day: string | null) => {
    const { data, errors } = await hub.ask(role, SHARE, { code, day });
    expect(errors).toEqual([]);
    return (data as { indicators: [Share] }).indicators[0].peopleComputed;
  };
  const today = await share('system', null);
  const past = await share('system', '2026-06-29');
  expect([today === null, past === null]).toEqual([false, false]);
  const { rows: chiefs } = await hub.pool.query<{ id: string }>(
    "SELECT worker_id AS id FROM organizations.grid_assignment WHERE role = 'GRID_CHIEF' AND valid_to IS NULL ORDER BY id LIMIT 1",
  );
  expect(await share({ worker: `CommunityWorker:${chiefs[0]?.id}` }, null)).toBeNull();
  // Three who are left are too few.
  await hub.pool.query(
    `WITH kept AS (SELECT id FROM people.person WHERE community_code = $1 ORDER BY id LIMIT 3)
     DELETE FROM people.residence WHERE community_code = $1 AND person_id NOT IN (SELECT id FROM kept)`,
    [code],
  );
  await hub.pool.query(
    `DELETE FROM people.person WHERE community_code = $1
        AND id NOT IN (SELECT id FROM people.person WHERE community_code = $1 ORDER BY id LIMIT 3)`,
    [code],
  );
  for (const counter of openFigureCounters({ pool: hub.pool, clock: hub.clock, ids: uuidSource }))
    await counter.recount();
  expect([await share('system', null), await share('system', '2026-06-29')]).toEqual([null, null]);
});

test.each(Object.entries(CODES))(
  'before anything of it was on record, no figure of %s is today’s: each is nothing or zero',
  async (city, divisionCode) => {
    await using hub = await openCityHub('in-process', city as DemoCity);
    const BEFORE = `{ indicators(divisionCode: "${divisionCode}", asOf: "1900-01-01") {
      code computed peopleComputed partyComputed servicesComputed catalogComputed } }`;
    const { data, errors } = await hub.ask('system', BEFORE);
    expect(errors).toEqual([]);
    const board = (data as { indicators: Figure[] }).indicators;
    expect(board.length).toBeGreaterThan(5);
    const standing = board.filter((figure) => shownOf(figure).some((value) => value !== 0));
    expect(standing.map((figure) => `${figure.code} ${shownOf(figure)}`)).toEqual([]);
  },
);

test('an indicator is the same by its id, and a broken id is none', async () => {
  await using hub = await openCityHub();
  const { data } = await hub.ask('system', '{ indicators(divisionCode: "3304", code: "JX.branches") { id code } }');
  const [{ id }] = (data as { indicators: [{ id: string }] }).indicators;
  const BY_ID = 'query ($id: ID!) { node(id: $id) { ... on Indicator { id code reported partyComputed } } }';
  const found = await hub.ask('system', BY_ID, { id });
  expect(found.data).toMatchObject({ node: { id, code: 'JX.branches', reported: 4922 } });
  for (const broken of [
    'Indicator:JX.branches',
    id.replace('3304', '33'),
    `${id}|x`,
    'Indicator:none|3304|2026-06-30||',
  ]) {
    expect((await hub.ask('system', BY_ID, { id: broken })).data).toEqual({ node: null });
  }
});

test('whether a target is met is judged by whichever subgraph has the rows, and of a past day by what stood then', async () => {
  await using hub = await openCityHub('in-process', 'xuzhou');
  const { rows } = await hub.pool.query<{ share: number }>(
    `SELECT round(10000.0 * count(*) FILTER (WHERE last.meets) / count(*)) / 100 AS share FROM services.facility t CROSS JOIN LATERAL (
       SELECT a.meets FROM services.facility_assessment a WHERE a.facility_id = t.id ORDER BY a.assessed_on DESC, a.id DESC LIMIT 1) last
      WHERE t.stage IN ('USE', 'MANAGE', 'EVALUATE')`,
  );
  const share = Number(rows[0]?.share);
  const TARGETS = `query ($day: LocalDate) { indicators(divisionCode: "3203", setCode: "TARGETS", asOf: $day) {
    code computed servicesComputed targets { id value met servicesMet partyMet catalogMet } } }`;
  const { data, errors } = await hub.ask('system', TARGETS);
  expect(errors).toEqual([]);
  const board = (data as { indicators: TargetFigure[] }).indicators;
  const facilities = board.find(({ code }) => code === 'XZ.function');
  expect(facilities).toMatchObject({
    computed: null,
    servicesComputed: share,
    targets: [{ value: 95, met: null, servicesMet: share >= 95, partyMet: null, catalogMet: null }],
  });
  for (const { code, computed, targets } of board.filter(({ code }) => code !== 'XZ.function')) {
    for (const { value, met, servicesMet } of targets) {
      expect([servicesMet, met === null], `${code} ${value}`).toEqual([null, computed === null]);
    }
  }
  // A target is the same by its id; of one that the city has not got there is none.
  const [target] = facilities?.targets ?? [];
  const BY_ID = 'query ($id: ID!) { node(id: $id) { ... on IndicatorTarget { id value operator met servicesMet } } }';
  const byId = await hub.ask('system', BY_ID, { id: target?.id });
  expect(byId.data).toEqual({
    node: { id: target?.id, value: 95, operator: 'AT_LEAST', met: null, servicesMet: share >= 95 },
  });
  const other = target?.id.replace('|95|', '|96|') ?? '';
  expect((await hub.ask('system', BY_ID, { id: other })).data).toEqual({ node: null });
});
interface TargetFigure {
  readonly code: string;
  readonly computed: number | null;
  readonly targets: {
    readonly id: string;
    readonly value: number;
    readonly met: boolean | null;
    readonly servicesMet: boolean | null;
  }[];
}

test('stations, lists and scenarios are counted on a day as far as they stood on it', async () => {
  const on = async (city: DemoCity, code: string, day: string) => {
    await using hub = await openCityHub('in-process', city);
    const { data } = await hub.ask(
      'system',
      `{ indicators(divisionCode: "${CODES[city]}", code: "${code}", asOf: "${day}") { code partyComputed servicesComputed catalogComputed computed } }`,
    );
    return (data as { indicators: Figure[] }).indicators.flatMap(shownOf);
  };
  expect(await on('jiaxing', 'JX.volunteers.general', '2015-03-04')).toEqual([0]);
  expect(await on('jiaxing', 'JX.volunteers.general', '2015-03-05')).toEqual([7]);
  expect(await on('hangzhou', 'HZ.lists', '2016-12-31')).toEqual([0]);
  expect(await on('hangzhou', 'HZ.lists', '2017-02-01')).toEqual([1]);
  // Papers whose day no article gives: the last that it can be.
  expect(await on('xuzhou', 'XZ.lines', '2020-12-30')).toEqual([0]);
  expect(await on('xuzhou', 'XZ.lines', '2020-12-31')).toEqual([6]);
  expect(await on('yantai', 'YT.standard.clauses', '2020-10-15')).toEqual([0]);
  expect(await on('yantai', 'YT.standard.clauses', '2020-10-16')).toEqual([39]);
  expect(await on('jiaxing', 'JX.scenarios', '2010-01-01')).toEqual([0]);
});

test('H29: how many committee members live in their community is counted over two departments, in any division and on any day', async () => {
  await using hub = await openCityHub('in-process', 'hangzhou');
  const LOCAL = `query ($code: String!, $day: LocalDate) {
    indicators(divisionCode: $code, code: "HZ.committee.local", asOf: $day) { formula counted computed gap peopleComputed } }`;
  const local = async (code: string, day: string | null = null, role: HubRole = 'system') => {
    const { data, errors, statements } = await hub.ask(role, LOCAL, { code, day });
    expect(errors).toEqual([]);
    if (role === 'system') expect(statements).toEqual({ organizations: 2, people: 1 });
    const [{ formula, peopleComputed, ...others }] = (data as { indicators: [Share & { formula: string }] }).indicators;
    expect(formula).toContain('居住在本社区');
    expect(others).toEqual({ counted: null, computed: null, gap: null });
    return peopleComputed;
  };
  const { rows } = await hub.pool.query<{ community: string; person: string; members: number }>(
    `SELECT t.community_code AS community, min(m.person_id::text) AS person, count(*)::int AS members
       FROM organizations.committee t JOIN organizations.election_candidate m ON m.committee_id = t.id
      WHERE t.kind <> 'SUPERVISION' GROUP BY 1 ORDER BY 3 DESC, 1`,
  );
  const members = rows.reduce((sum, row) => sum + row.members, 0);
  const [first] = rows;
  if (first === undefined) throw new Error('nobody was elected');
  expect(members).toBeGreaterThan(14);
  expect(await local('3301')).toBe(100);
  // Nobody sat in that term yet.
  expect(await local('3301', '2020-01-01')).toBeNull();
  // Five who have moved away; fewer would be told apart.
  const away = async (count: number) =>
    hub.pool.query(
      `WITH gone AS (SELECT m.person_id FROM organizations.committee t JOIN organizations.election_candidate m ON m.committee_id = t.id
          WHERE t.kind <> 'SUPERVISION' ORDER BY m.id LIMIT $1)
       UPDATE people.residence SET valid_to = '2026-06-30' WHERE person_id IN (SELECT person_id FROM gone)
          AND kind IN ('RESIDENT', 'MIGRANT') AND valid_to IS NULL`,
      [count],
    );
  await away(3);
  expect(await local('3301')).toBeNull();
  await away(5);
  expect(await local('3301')).toBe(Math.round(((members - 5) / members) * 10_000) / 100);
  expect(await local('3301', '2026-06-29')).toBe(100);
  // What joins the two is nobody’s to read.
  const hidden = await hub.ask('system', '{ indicators(divisionCode: "3301") { committeeSeats } }');
  expect(hidden.errors[0]?.message).toContain('committeeSeats');
});

test('J38: the coverage by social-work stations is an indicator of its own, down to a township', async () => {
  await using hub = await openCityHub();
  const coverage = async (divisionCode: string, asOf: string) => {
    const { data, errors } = await hub.ask(
      'system',
      `{ indicators(divisionCode: "${divisionCode}", code: "JX.stations.coverage", asOf: "${asOf}") { formula reported computed counted gap } }`,
    );
    expect(errors).toEqual([]);
    return (data as { indicators: [{ computed: number | null; gap: string | null; counted: number | null }] })
      .indicators[0];
  };
  expect(await coverage('3304', '2026-06-30')).toEqual({
    formula: '有社会工作站的镇（街道） ÷ 有社区（村）的镇（街道）',
    reported: null,
    computed: 100,
    counted: 1,
    gap: null,
  });
  const { rows } = await hub.pool.query<{ code: string }>('SELECT stat_code AS code FROM organizations.community');
  const community = rows[0]?.code ?? '';
  expect(await coverage(community.slice(0, 9), '2026-06-30')).toMatchObject({ computed: 100 });
  expect(await coverage(community, '2026-06-30')).toMatchObject({ computed: null, gap: 'NOT_ON_RECORD' });
  // Years before the list of divisions, when the community had staff and no station yet.
  expect(await coverage('3304', '2018-01-01')).toMatchObject({ computed: 0, counted: 0, gap: null });
  await hub.pool.query(
    "UPDATE organizations.organization SET dissolved_on = '2026-06-01' WHERE kind = 'SOCIAL_WORK_STATION'",
  );
  expect(await coverage('3304', '2026-06-30')).toMatchObject({ computed: 0 });
});
