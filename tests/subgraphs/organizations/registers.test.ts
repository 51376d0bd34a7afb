import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CityState } from '../../../prisma/seed/city-state.ts';
import { cityRegisters } from '../../../prisma/seed/organizations/city-registers.ts';
import { cityProfiles } from '../../../prisma/seed/profile/profiles.ts';
import { isMet } from '../../../subgraphs/kit/figures/targets.ts';
import { indicatorValue, WHOLE } from '../../../subgraphs/kit/graph/indicator-figure.ts';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { fiftyAtOnce } from '../../kit/fifty-at-once.ts';
import { insertRows, TEST_PROVENANCE_ID, testUuid } from '../../kit/insert-rows.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { insertOrganizations } from '../../kit/organizations-rows.ts';
import { CITY, COMMUNITY_A, COMMUNITY_B, COMMUNITY_C, COUNTY_AB, COUNTY_C } from '../../kit/people-rows.ts';
import { plannedReads, recordQueries } from '../../kit/query-plans.ts';

let subgraph: TestSubgraph;
const provenanceId = TEST_PROVENANCE_ID;

beforeAll(async () => {
  subgraph = await openTestSubgraph(organizations);
  await insertOrganizations(subgraph.pool);
  for (const city of ['hangzhou', 'xuzhou', 'yantai', 'sanya'] as const) {
    const state = new CityState(cityProfiles[city]);
    for (const [table, rows] of Object.entries(cityRegisters(state)))
      await insertRows(
        subgraph.pool,
        table,
        [...rows].map((row) => ({ ...row })),
      );
    if (city === 'hangzhou' || city === 'xuzhou') await designateByHand(city, state);
  }
});

/** Communities of two cities under their programmes, as the generator puts them. */
async function designateByHand(city: 'hangzhou' | 'xuzhou', state: CityState): Promise<void> {
  const codes = {
    hangzhou: ['330102001051', '330102001052'],
    xuzhou: ['320302001002', '320302008201', '320302008202'],
  };
  const under: Record<string, readonly (readonly [index: number, phase: number | null])[]> =
    city === 'hangzhou'
      ? {
          INTERNATIONAL: [
            [0, null],
            [1, null],
          ],
          NATIONAL_PILOT: [[0, null]],
        }
      : {
          HARMONIOUS: [
            [0, null],
            [1, null],
            [2, null],
          ],
          GENERALIST: [
            [0, 1],
            [1, 1],
            [2, 2],
          ],
        };
  const places = codes[city].map((statCode) => ({
    cityCode: statCode.slice(0, 4),
    countyCode: statCode.slice(0, 6),
    townshipCode: statCode.slice(0, 9),
    communityCode: statCode,
  }));
  await insertRows(
    subgraph.pool,
    'organizations.community',
    places.map((place) => ({
      statCode: place.communityCode,
      name: `社区 ${place.communityCode}`,
      kind: 'RESIDENTIAL_COMMUNITY',
      origin: 'ORIGINAL',
      ...place,
      provenanceId,
    })),
  );
  let number = city === 'hangzhou' ? 8_200 : 8_300;
  const rows = Object.entries(under).flatMap(([code, members]) =>
    members.map(([index, phase]) => ({
      id: testUuid(number++),
      programmeId: state.registers.programmes.get(code),
      validFrom: '2017-01-01',
      phase,
      ...places[index],
      provenanceId,
    })),
  );
  await insertRows(subgraph.pool, 'organizations.designation', rows);
  await insertRows(
    subgraph.pool,
    'organizations.indicator_score',
    state.registers.evaluationIndicators.map((indicatorId) => ({
      id: testUuid(number++),
      indicatorId,
      communityCode: codes[city][0],
      evaluatedOn: '2025-12-20',
      score: 88,
      provenanceId,
    })),
  );
}

beforeEach(async () => {
  await subgraph.pool.query(
    "DELETE FROM organizations.designation WHERE city_code = '3304'; DELETE FROM organizations.programme WHERE city_code = '3304'; DELETE FROM organizations.experience_event WHERE city_code = '3304'",
  );
  await insertRows(subgraph.pool, 'organizations.programme', [
    {
      id: testUuid(8_001),
      code: 'PILOT',
      name: '试点',
      kind: 'PILOT',
      level: 'NATIONAL',
      cityCode: CITY,
      provenanceId,
    },
    { id: testUuid(8_002), code: 'ROLL', name: '推进', kind: 'ROLLOUT', level: null, cityCode: CITY, provenanceId },
  ]);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const query = async (text: string) => {
  const answer = await subgraph.run(testCaller([]), text);
  expect(answer.problems).toEqual([]);
  return answer;
};
let calls = 0;
async function send(mutation: string, input: object, area: string = COUNTY_AB) {
  const name = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}`;
  const before = await subgraph.rowCounts();
  const { data, problems } = await subgraph.run(
    testCaller([area], 'organization.write'),
    `mutation ($input: ${name}Input!) { answer: ${mutation}(input: $input) { __typename
      ${mutation === 'recordExperienceEvent' ? `... on ${name}Success { experienceEvent { id quarter } }` : `... on ${name}Success { designation { id validTo phase } }`}
      ... on Refusal { code culprit messageZh } } }`,
    { input: { idempotencyKey: `register-${calls++}`, ...input } },
  );
  expect(problems).toEqual([]);
  const after = await subgraph.rowCounts();
  const written = Object.keys(after).filter((table) => after[table] !== before[table]);
  return { ...data.answer, written };
}

test('H01: the papers of a city are a tree, and those of a theme are found wherever they stand', async () => {
  const { data, statements } = await query(
    '{ tree: policyDocuments(cityCode: "3301") { issuer issuedOn children { theme inForce } } theme: policyDocuments(cityCode: "330100000000", theme: DELIBERATION) { parent { issuer } } }',
  );
  expect(data.tree).toEqual([
    {
      issuer: '中共中央、国务院',
      issuedOn: '2017-06-12',
      children: [
        { theme: 'GOVERNANCE', inForce: true },
        { theme: 'INTERNATIONAL', inForce: true },
        { theme: 'RURAL', inForce: true },
        { theme: 'DELIBERATION', inForce: true },
        { theme: 'VILLAGE_CONVERSION', inForce: false },
        { theme: 'WORKFORCE', inForce: false },
      ],
    },
  ]);
  expect(data.theme).toEqual([{ parent: { issuer: '中共中央、国务院' } }]);
  expect([...statements].sort()).toEqual(['policy_document_by_id', 'policy_documents']);
});

test('X01, X02, X08, X25, X26: six work lines, targets without a year, duties that wait for their names, three phases', async () => {
  const { data } = await query(
    `{ policyDocuments(cityCode: "3203") { lines: provisions(kind: WORK_LINE) { name } aspects: provisions(kind: ASPECT) { name }
         children { provisions { kind namePending } } }
       indicators(divisionCode: "3203", setCode: "TARGETS") { code reported computed targets { operator value year met } }
       programmes(cityCode: "3203", kind: ROLLOUT) { rollout { phase communityCount cumulativeCount cumulativePercent } } }`,
  );
  const [paper] = data.policyDocuments;
  expect(paper.lines.map(({ name }: { name: string }) => name)).toEqual([
    '一体化',
    '精细化',
    '信息化',
    '法治化',
    '社会化',
    '民主化',
  ]);
  expect(paper.aspects).toHaveLength(6);
  expect(paper.children[0].provisions).toEqual([
    { kind: 'GOVERNMENT_DUTY', namePending: true },
    { kind: 'SELF_GOVERNANCE_DUTY', namePending: true },
  ]);
  const target = (code: string) => data.indicators.find((indicator: { code: string }) => indicator.code === code);
  expect(target('XZ.autonomy')).toEqual({
    code: 'XZ.autonomy',
    reported: null,
    computed: 0,
    targets: [{ operator: 'AT_LEAST', value: 98, year: null, met: false }],
  });
  // Of what one community was scored.
  expect(target('XZ.safety')).toMatchObject({ computed: 88, targets: [{ value: 90, met: false }] });
  expect(target('XZ.harmony')).toMatchObject({ computed: 100, targets: [{ value: 95, met: true }] });
  expect(target('XZ.legalAdviser')).toMatchObject({ reported: 100, computed: 0, targets: [{ met: false }] });
  expect(data.programmes[0].rollout).toEqual([
    { phase: 1, communityCount: 2, cumulativeCount: 2, cumulativePercent: 66.67 },
    { phase: 2, communityCount: 1, cumulativeCount: 3, cumulativePercent: 100 },
  ]);
});

test('Y08: ten aspects, of which the article names six', async () => {
  const { data } = await query(
    '{ policyDocuments(cityCode: "3706", theme: WORKFORCE) { provisions(kind: ASPECT) { namePending } } }',
  );
  const pending = data.policyDocuments[0].provisions.map(({ namePending }: { namePending: boolean }) => namePending);
  expect([pending.length, pending.filter(Boolean).length]).toEqual([10, 4]);
});

test('H04, H08, H31: what a community is designated and what it scored, below its programmes and by itself', async () => {
  const { data, statements } = await query(
    `{ programmes(cityCode: "3301") { code designations(first: 5) { totalCount nodes { community { name } } } }
       community(statCode: "330102001051") { designations { programme { code } } evaluation { setCode indicatorName score } } }`,
  );
  const counts = Object.fromEntries(
    data.programmes.map((row: { code: string; designations: { totalCount: number } }) => [
      row.code,
      row.designations.totalCount,
    ]),
  );
  expect(counts).toEqual({
    INTERNATIONAL: 2,
    INTERNATIONAL_DEMONSTRATION: 0,
    NATIONAL_PILOT: 1,
    OBSERVATION_POINT: 0,
    PASTORAL: 0,
    PROVINCIAL_PILOT: 0,
  });
  const { community } = data;
  expect(community.designations.map((row: { programme: { code: string } }) => row.programme.code).sort()).toEqual([
    'INTERNATIONAL',
    'NATIONAL_PILOT',
  ]);
  expect(community.evaluation).toHaveLength(3);
  expect(community.evaluation[0]).toMatchObject({
    setCode: 'INTERNATIONAL',
    indicatorName: expect.stringContaining('待补'),
  });
  expect(statements).toHaveLength(8);
});

test('S11: a city’s rated campaigns are rows of its own, and its doubtful figures say so', async () => {
  const { data } = await query(
    '{ programmes(cityCode: "4602", kind: CAMPAIGN) { name level } indicators(divisionCode: "4602", code: "SY.committees") { reported flagged flagNote } }',
  );
  expect(data.programmes).toEqual([
    { name: '和谐社区', level: null },
    { name: '平安社区', level: null },
  ]);
  expect(data.indicators).toEqual([{ reported: 149, flagged: true, flagNote: expect.stringContaining('150') }]);
});

test('H03, H05: a year has four forums, each of another quarter', async () => {
  const { data } = await query(
    '{ forums: experienceEvents(cityCode: "3301", year: 2017, kind: FORUM) { nodes { quarter } } all: experienceEvents(cityCode: "3301", year: 2017) { totalCount } none: experienceEvents(cityCode: "3301", year: 2016) { totalCount } }',
  );
  expect(data.forums.nodes.map(({ quarter }: { quarter: number }) => quarter)).toEqual([4, 3, 2, 1]);
  expect([data.all.totalCount, data.none.totalCount]).toEqual([7, 0]);
});

const forum = (heldOn: string) => ({
  kind: 'FORUM',
  theme: '协商共治',
  host: '民政局',
  communityId: `Community:${COMMUNITY_A}`,
  heldOn,
});

test('of twenty parallel forums in one quarter one is entered; the next quarter has its own, other events have no limit', async () => {
  const answers = await fiftyAtOnce('recordExperienceEvent', (index) =>
    send('recordExperienceEvent', forum(`2026-0${7 + (index % 3)}-10`)),
  );
  const done = answers.filter(({ __typename }) => __typename === 'RecordExperienceEventSuccess');
  expect(done).toHaveLength(1);
  expect(new Set(answers.filter((answer) => !done.includes(answer)).map(({ code }) => code))).toEqual(
    new Set(['FORUM_QUARTER_TAKEN']),
  );
  expect((await send('recordExperienceEvent', forum('2026-10-10'))).experienceEvent.quarter).toBe(4);
  expect((await send('recordExperienceEvent', { ...forum('2026-07-11'), kind: 'SITE_VISIT' })).written).toEqual([
    'experience_event',
    'idempotency',
    'outbox',
    'provenance',
  ]);
});

const designation = { communityId: `Community:${COMMUNITY_A}`, programmeCode: 'PILOT', validFrom: '2026-06-01' };

test.each([
  ['an unknown programme', { programmeCode: 'NONE' }, COUNTY_AB, 'PROGRAMME_NOT_FOUND'],
  ['another city’s programme', { programmeCode: 'INTERNATIONAL' }, COUNTY_AB, 'PROGRAMME_NOT_FOUND'],
  ['a community of another county', { communityId: `Community:${COMMUNITY_C}` }, COUNTY_AB, 'COMMUNITY_NOT_FOUND'],
  ['a caller of another county', {}, COUNTY_C, 'COMMUNITY_NOT_FOUND'],
  ['a day to come', { validFrom: '2026-07-01' }, COUNTY_AB, 'DATE_IN_FUTURE'],
  ['a phase where there are none', { phase: 1 }, COUNTY_AB, 'PHASE_NOT_SERVED'],
  ['no phase of a roll-out', { programmeCode: 'ROLL' }, COUNTY_AB, 'PHASE_REQUIRED'],
])('a designation is refused and nothing is written: %s', async (_case, change, area, code) => {
  expect(await send('designateCommunity', { ...designation, ...change }, area)).toMatchObject({ code, written: [] });
});

test('a community is designated once at a time under twenty parallel callers, and again when that has ended', async () => {
  const answers = await fiftyAtOnce('designateCommunity', () => send('designateCommunity', designation));
  const done = answers.filter(({ __typename }) => __typename === 'DesignateCommunitySuccess');
  expect(done).toHaveLength(1);
  const { id } = done[0].designation;
  const end = { designationId: id, validTo: '2026-06-20', reason: '复核未达标' };
  expect((await send('endDesignation', { ...end, validTo: '2026-06-01' })).code).toBe('DATE_BEFORE_CURRENT');
  expect((await send('endDesignation', end, COUNTY_C)).code).toBe('DESIGNATION_NOT_FOUND');
  const ended = await fiftyAtOnce('endDesignation', () => send('endDesignation', end));
  expect(ended.flatMap((answer) => answer.designation ?? [])).toEqual([
    expect.objectContaining({ validTo: '2026-06-20' }),
  ]);
  expect((await send('endDesignation', end)).code).toBe('DESIGNATION_ENDED');
  expect((await send('designateCommunity', { ...designation, validFrom: '2026-06-19' })).code).toBe(
    'DESIGNATION_EXISTS',
  );
  expect((await send('designateCommunity', { ...designation, validFrom: '2026-06-20' })).__typename).toBe(
    'DesignateCommunitySuccess',
  );
});

test('figures are computed for any division and day, all of a board in one statement', async () => {
  await insertRows(subgraph.pool, 'organizations.indicator', [
    indicator('T.workers', 'COMMUNITY_WORKERS', null),
    indicator('T.share', 'CERTIFIED_WORKERS', 'COMMUNITY_WORKERS'),
    indicator('T.chiefs', 'GRID_CHIEFS', null),
    indicator('T.communities', 'COMMUNITIES', null),
  ]);
  const board = async (divisionCode: string, asOf?: string) => {
    const { data, statements } = await query(
      `{ indicators(divisionCode: "${divisionCode}", setCode: "TEST"${asOf === undefined ? '' : `, asOf: "${asOf}"`}) { code computed } }`,
    );
    expect(statements).toEqual(['indicators', 'measures']);
    return Object.fromEntries(
      data.indicators.map((row: { code: string; computed: number | null }) => [row.code, row.computed]),
    );
  };
  const workers = async (code: string, day: string) =>
    (
      await subgraph.pool.query(
        "SELECT count(*)::int AS n FROM organizations.community_worker WHERE community_code LIKE $1 || '%' AND hired_on <= $2::date AND (left_on IS NULL OR left_on > $2::date)",
        [code, day],
      )
    ).rows[0].n;
  for (const [code, day] of [
    [CITY, '2026-06-30'],
    [COMMUNITY_A, '2026-06-30'],
    [COMMUNITY_A, '2025-01-01'],
    [COMMUNITY_B, '2026-06-30'],
  ] as const) {
    expect((await board(code, day))['T.workers']).toBe(await workers(code, day));
  }
  expect((await board(CITY))['T.communities']).toBe(3);
  expect((await board('330402001003'))['T.share']).toBeNull();
});

test('territory of an unknown first day is counted since the oldest record that lies in it, and before says why not', async () => {
  await insertRows(subgraph.pool, 'organizations.indicator', [
    indicator('T.places', 'COMMUNITIES', null),
    indicator('T.grids', 'GRIDS', null),
    indicator('T.tiers', 'DIVISION_TIERS', null),
    indicator('T.advised', 'LEGAL_ADVISED_COMMUNITIES', 'COMMUNITIES'),
    indicator('T.townships', 'TOWNSHIPS', null),
  ]);
  await subgraph.pool.query(`UPDATE organizations.division SET list_edition = '2023-06-30', valid_from = NULL;
    UPDATE organizations.community SET valid_from = NULL, valid_to = NULL;
    UPDATE organizations.community_worker SET hired_on = '2019-03-01' WHERE community_code = '${COMMUNITY_A}'`);
  const figures = async (divisionCode: string, asOf: string) => {
    const { data, statements } = await query(
      `{ indicators(divisionCode: "${divisionCode}", setCode: "TEST", asOf: "${asOf}") { code computed gap } }`,
    );
    expect(statements).toEqual(['indicators', 'measures']);
    return Object.fromEntries(
      data.indicators.map((row: { code: string; computed: number | null; gap: string | null }) => [
        row.code,
        row.gap ?? row.computed,
      ]),
    );
  };
  const { rows } = await subgraph.pool.query(
    `SELECT least((SELECT min(hired_on) FROM organizations.community_worker WHERE community_code = $1),
       (SELECT min(term_start) FROM organizations.committee WHERE community_code = $1), '2023-06-30')::text AS day`,
    [COMMUNITY_A],
  );
  expect(rows).toEqual([{ day: '2019-03-01' }]);
  // Long before the list, and a day before anything is known of it.
  expect((await figures(COMMUNITY_A, '2019-03-01'))['T.places']).toBe(1);
  expect((await figures(COMMUNITY_A, '2019-02-28'))['T.places']).toBe('NOT_ON_RECORD');
  expect((await figures(COMMUNITY_A, '2019-02-28'))['T.advised']).toBe('NOT_ON_RECORD');
  // One whose first day is known was not there before it, which is a zero and no gap.
  await subgraph.pool.query(
    `UPDATE organizations.community SET valid_from = '2016-06-25' WHERE stat_code = '${COMMUNITY_A}'`,
  );
  expect((await figures(COMMUNITY_A, '2016-06-24'))['T.places']).toBe(0);
  expect((await figures(COMMUNITY_A, '2016-06-25'))['T.places']).toBe(1);
  expect((await figures(COMMUNITY_A, '2016-06-24'))['T.advised']).toBe('NOTHING_TO_DIVIDE_BY');
  // A city is counted as soon as it is known of all that lies in it; some of it would be less than there was.
  expect((await figures(CITY, '2016-06-25'))['T.places']).toBe('NOT_ON_RECORD');
  expect((await figures(CITY, '2023-06-30'))['T.places']).toBe(3);
  expect((await figures(CITY, '2023-06-29'))['T.tiers']).toBe('NOT_ON_RECORD');
  expect((await figures(CITY, '2023-06-30'))['T.tiers']).toBeGreaterThan(1);
  // Grids are known since somebody held a post in them.
  const { rows: grids } = await subgraph.pool.query<{ day: string; before: string }>(
    `SELECT (max(since))::text AS day, (max(since) - 1)::text AS before FROM (
       SELECT least((SELECT (min(a.valid_from) AT TIME ZONE 'Asia/Shanghai')::date FROM organizations.grid_assignment a
         WHERE a.grid_code = g.grid_code), '2023-06-30') AS since FROM organizations.grid g
        WHERE g.community_code = '${COMMUNITY_A}' AND g.valid_from IS NULL) s`,
  );
  expect((await figures(COMMUNITY_A, grids[0]?.day ?? ''))['T.grids']).toBeGreaterThan(0);
  expect((await figures(COMMUNITY_A, grids[0]?.before ?? ''))['T.grids']).toBe('NOT_ON_RECORD');
  // A community is no township.
  expect((await figures(COMMUNITY_A, '2026-06-30'))['T.townships']).toBe('NOT_ON_RECORD');
  expect((await figures(CITY, '2026-06-30'))['T.townships']).toBe(2);
});

function indicator(code: string, measure: string, denominator: string | null) {
  const more = { formula: measure, reported: null, reportedNote: null, flagged: false, flagNote: null };
  const number = 8_100 + Number.parseInt(code.slice(2, 4), 36);
  return {
    id: testUuid(number),
    code,
    setCode: 'TEST',
    ordinal: number,
    name: code,
    unit: '个',
    measure,
    denominator,
    ...more,
    cityCode: CITY,
    provenanceId,
  };
}

test.each([
  [5, undefined, WHOLE.PERCENT, 5],
  [1, 3, WHOLE.PERCENT, 33.33],
  [1, 3, WHOLE.PER_MILLE, 333.33],
  [1, 3, WHOLE.MEAN, 0.33],
  [0, 0, WHOLE.PERCENT, null],
])('%i of %s, of a whole of %i, is %s', (above, below, whole, value) => {
  expect(indicatorValue(above, below, whole)).toBe(value);
});

test.each([
  ['AT_LEAST', 95, 95, true],
  ['AT_LEAST', 95, 94.99, false],
  ['AT_MOST', 15, 15, true],
  ['EQUAL', 100, 99.99, false],
  ['EQUAL', 100, null, null],
] as const)('%s %d is held against %s', (operator, value, figure, met) => {
  expect(isMet({ operator, value }, figure)).toBe(met);
});

test('workers by post and service are read from an index that holds nothing else', async () => {
  const reads = async (filter: string) => {
    const queries = await recordQueries(subgraph.pool, () =>
      subgraph.run(testCaller([CITY]), `{ workers(filter: { ${filter} }) { nodes { id } } }`),
    );
    return queries[0] === undefined ? [] : plannedReads(subgraph.pool, queries[0]);
  };
  expect((await reads('inService: true')).join()).toMatch(/community_worker_city_(post_)?serving_idx/);
  expect((await reads('post: DEPUTY, inService: false')).join()).toContain('community_worker_city_post_left_idx');
});
