import { afterAll, beforeAll, expect, test } from 'vitest';
import { services } from '../../../../subgraphs/services/index.ts';
import { boxAround, straightMetres } from '../../../../subgraphs/services/rules/facilities/service-circle.ts';
import { insertProvenance, insertRows, placeOf, TEST_PROVENANCE_ID, testUuid } from '../../../kit/insert-rows.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../../kit/open-test-subgraph.ts';
import { plannedReads, recordQueries } from '../../../kit/query-plans.ts';
import { expectDone, expectRefused } from '../../../kit/refusals.ts';

let subgraph: TestSubgraph;
const ANYBODY = testCaller([]);
const ORIGIN = { longitude: 109.5, latitude: 18.25 };
/** 615.38 m as the crow flies are 800 m of walking, ten minutes. */
const NORTH_METRES = 111_195;
const at = (metres: number) => ({ longitude: ORIGIN.longitude, latitude: ORIGIN.latitude + metres / NORTH_METRES });
const code = (n: number) => `46020319${String(8_000 + n).slice(0, 1)}${String(n).padStart(3, '0')}`;

async function facility(n: number, kind: string, metres: number | null, more: object = {}) {
  const position = metres === null ? {} : at(metres);
  await insertRows(subgraph.pool, 'services.facility', [
    {
      ...{
        id: testUuid(n),
        kind,
        name: `设施${n}`,
        tier: 'COMMUNITY',
        areaSquareMetres: 700,
        oneDoor: true,
        stage: 'USE',
      },
      ...{
        addressText: '路1号',
        ...position,
        positionSynthetic: true,
        ...placeOf(code(1)),
        provenanceId: TEST_PROVENANCE_ID,
        ...more,
      },
    },
  ]);
}

beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
  await insertProvenance(subgraph.pool, 'services');
  await facility(1, 'PARTY_MASS_SERVICE_CENTRE', 0);
  await facility(2, 'CONVENIENCE_STATION', 615);
  await facility(3, 'ELDER_CARE_CENTRE', 616);
  await facility(4, 'HEALTH_STATION', 300, { stage: 'BUILD' });
  await facility(5, 'PUBLIC_SPACE', 300);
  await facility(6, 'RESIDENTS_LOUNGE', null);
  await insertRows(subgraph.pool, 'services.facility_serving', [{ facilityId: testUuid(1), communityCode: code(1) }]);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

test('distances are great circles on a sphere of the Earth’s mean radius', () => {
  // One degree of latitude, and of longitude at 60°: half of it.
  expect(straightMetres({ longitude: 0, latitude: 0 }, { longitude: 0, latitude: 1 })).toBeCloseTo(111_195, 0);
  expect(straightMetres({ longitude: 0, latitude: 60 }, { longitude: 1, latitude: 60 }) / 111_195).toBeCloseTo(0.5, 3);
  const box = boxAround({ longitude: 120, latitude: 30 }, 1_000);
  expect(straightMetres({ longitude: 120, latitude: 30 }, { longitude: box.east, latitude: 30 })).toBeGreaterThan(999);
});

test('S20: what is 615 m away is in the ten-minute circle, 616 m is not; its gaps are named, and how it was computed', async () => {
  const circle =
    'kind minutes synthetic method complete gaps facilities { facility { id } straightMetres walkingMetres walkingMinutes }';
  const { data, problems, statements } = await subgraph.run(
    ANYBODY,
    `query ($p: GeoPositionInput!) { life: serviceCircle(position: $p, kind: LIFE) { ${circle} } }`,
    { p: ORIGIN },
  );
  expect(problems).toEqual([]);
  expect(data.life).toEqual({
    ...{ kind: 'LIFE', minutes: 10, synthetic: true, complete: false, gaps: ['ELDER_CARE_CENTRE'] },
    method: expect.stringContaining('绕行系数 1.3'),
    facilities: [
      { facility: { id: `Facility:${testUuid(1)}` }, straightMetres: 0, walkingMetres: 0, walkingMinutes: 0 },
      { facility: { id: `Facility:${testUuid(2)}` }, straightMetres: 615, walkingMetres: 800, walkingMinutes: 10 },
    ],
  });
  expect(statements).toEqual(['governance_rules', 'facilities_in_boxes']);
});

test('S20: the circles of communities are drawn around their centres, all in one statement; without a centre there is none', async () => {
  const r = [code(1), code(2)].map((own) => ({ __typename: 'Community', id: `Community:${own}` }));
  const { data, statements } = await subgraph.run(
    ANYBODY,
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Community {
      health: serviceCircle(kind: HEALTH) { complete gaps } culture: serviceCircle(kind: CULTURE) { gaps facilities { facility { kind } } } } } }`,
    { r },
  );
  expect(data._entities).toEqual([
    {
      // A station that is being built heals nobody; a lounge whose place is not known is reached by nobody.
      health: { complete: false, gaps: ['HEALTH_STATION'] },
      culture: { gaps: ['RESIDENTS_LOUNGE'], facilities: [{ facility: { kind: 'PUBLIC_SPACE' } }] },
    },
    { health: null, culture: null },
  ]);
  expect(statements.filter((name) => name === 'facilities_in_boxes')).toHaveLength(2);
});

test('H35: resources near a place come nearest first, of the kinds asked for', async () => {
  const ask = (more: string) =>
    subgraph.run(
      ANYBODY,
      `query ($p: GeoPositionInput!) { nearbyFacilities(position: $p${more}) { straightMetres facility { kind opensAt } } }`,
      { p: ORIGIN },
    );
  const kinds = async (more: string) =>
    (await ask(more)).data.nearbyFacilities.map((near: { facility: { kind: string } }) => near.facility.kind);
  expect(await kinds('')).toEqual([
    'PARTY_MASS_SERVICE_CENTRE',
    'PUBLIC_SPACE',
    'CONVENIENCE_STATION',
    'ELDER_CARE_CENTRE',
  ]);
  expect(await kinds(', metres: 301, kinds: [PUBLIC_SPACE]')).toEqual(['PUBLIC_SPACE']);
  expect((await ask(', metres: 5001')).errors[0]?.extensions.code).toBe('FILTER_INVALID');
  const off = await subgraph.run(
    ANYBODY,
    '{ nearbyFacilities(position: { longitude: 181, latitude: 0 }) { straightMetres } }',
  );
  expect(off.errors[0]?.extensions.code).toBe('FILTER_INVALID');
});

test('S06: 148 of 149 communities are served, and the one without is named; J35: every township has a lounge', async () => {
  await insertRows(
    subgraph.pool,
    'services.facility_serving',
    Array.from({ length: 148 }, (_, index) => index + 1).flatMap((n) =>
      n === 77 || n === 1 ? [] : [{ facilityId: testUuid(2), communityCode: code(n) }],
    ),
  );
  await insertRows(subgraph.pool, 'services.facility_serving', [{ facilityId: testUuid(2), communityCode: code(149) }]);
  const { data, statements } = await subgraph.run(
    ANYBODY,
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Division {
       centres: facilityCoverage(by: COMMUNITY, kinds: [CONVENIENCE_CENTRE, CONVENIENCE_STATION, PARTY_MASS_SERVICE_CENTRE]) {
         placeCount coveredCount coveredShare uncovered { id } }
       lounges: facilityCoverage(by: TOWNSHIP, kinds: [RESIDENTS_LOUNGE]) { placeCount coveredCount uncovered { id } } } } }`,
    {
      // What the organizations say of the two divisions.
      r: [
        {
          ...{ __typename: 'Division', id: 'Division:460200000000' },
          communityCodes: Array.from({ length: 149 }, (_, index) => code(index + 1)),
        },
        { __typename: 'Division', id: 'Division:330400000000', communityCodes: [] },
      ],
    },
  );
  expect(data._entities).toEqual([
    {
      centres: {
        placeCount: 149,
        coveredCount: 148,
        coveredShare: 148 / 149,
        uncovered: [{ id: `Division:${code(77)}` }],
      },
      lounges: { placeCount: 1, coveredCount: 1, uncovered: [] },
    },
    {
      centres: { placeCount: 0, coveredCount: 0, coveredShare: null, uncovered: [] },
      lounges: { placeCount: 0, coveredCount: 0, uncovered: [] },
    },
  ]);
  // Both divisions at once.
  expect(statements).toEqual(['facility_coverage_community', 'facility_coverage_township']);
});

test('S31: an item is handled at the tiers that it reaches, the nearest first', async () => {
  await facility(20, 'GOVERNMENT_SERVICE_CENTRE', null, { tier: 'CITY' });
  await facility(21, 'GOVERNMENT_SERVICE_CENTRE', null, { tier: 'COUNTY' });
  await facility(22, 'GOVERNMENT_SERVICE_CENTRE', null, { tier: 'COUNTY', countyCode: '460299' });
  await insertRows(subgraph.pool, 'services.service_item', [
    {
      ...{
        id: testUuid(50),
        itemCode: 'X-1',
        name: '低保',
        namePinyin: 'x',
        type: 'PAYMENT',
        departmentCode: 'civil-affairs',
      },
      ...{
        reach: 'COMMUNITY',
        modes: ['ONCE'],
        promisedWorkingDays: 1,
        legalWorkingDays: 2,
        provenanceId: TEST_PROVENANCE_ID,
      },
    },
    {
      ...{
        id: testUuid(51),
        itemCode: 'X-2',
        name: '许可',
        namePinyin: 'x',
        type: 'LICENCE',
        departmentCode: 'civil-affairs',
      },
      ...{
        reach: 'COUNTY',
        modes: ['ONCE'],
        promisedWorkingDays: 1,
        legalWorkingDays: 2,
        provenanceId: TEST_PROVENANCE_ID,
      },
    },
  ]);
  const { data } = await subgraph.run(
    ANYBODY,
    `{ serviceItems { nodes { name whereToHandle(communityId: "Community:${code(1)}") { id tier } } } }`,
  );
  const [payment, licence] = data.serviceItems.nodes;
  expect(payment.whereToHandle.map(({ tier }: { tier: string }) => tier)).toEqual(['COMMUNITY', 'COUNTY', 'CITY']);
  expect(licence.whereToHandle.map(({ id }: { id: string }) => id)).toEqual([
    `Facility:${testUuid(21)}`,
    `Facility:${testUuid(20)}`,
  ]);
});

test('S21 H26 J28: facilities of a kind are listed, and every filter of the list walks an index', async () => {
  await subgraph.pool.query(`INSERT INTO services.facility (id, kind, name, tier, area_square_metres, one_door, stage, address_text, latitude, longitude, city_code, county_code, township_code, community_code, provenance_id)
    SELECT gen_random_uuid(), (ARRAY['LEGAL_AID','POLICE_ROOM','PUBLIC_SPACE','NEIGHBOUR_CENTRE'])[1 + n % 4], 'x', 'COMMUNITY', 20, false, 'USE', 'x', 30 + n * 0.0001, 120 + n % 100 * 0.001,
           '3301', '33010' || n % 9, '33010' || n % 9 || '00' || n % 7, '33010' || n % 9 || '00' || n % 7 || '00' || n % 5, '${TEST_PROVENANCE_ID}' FROM generate_series(1, 12000) n`);
  await subgraph.pool.query('VACUUM ANALYZE services.facility');
  for (const filter of [
    'kind: LEGAL_AID',
    'divisionCode: "3301"',
    'divisionCode: "330101", kind: PUBLIC_SPACE',
    'divisionCode: "330101001"',
    'divisionCode: "330101001001", stage: USE',
  ]) {
    const queries = await recordQueries(subgraph.pool, () =>
      subgraph.run(ANYBODY, `{ facilities(filter: { ${filter} }) { nodes { id } } }`),
    );
    const reads = await plannedReads(subgraph.pool, queries[0] ?? { text: '' });
    expect(reads, filter).not.toContain('Seq Scan');
    expect(reads.join(), filter).toMatch(/facility_\w+_idx|facility_pkey/);
  }
  const near = await recordQueries(subgraph.pool, () =>
    subgraph.run(ANYBODY, '{ nearbyFacilities(position: { longitude: 120.05, latitude: 30.5 }) { straightMetres } }'),
  );
  expect(await plannedReads(subgraph.pool, near[0] ?? { text: '' })).toContain('facility_position_idx');
  const ledger = await recordQueries(subgraph.pool, () =>
    subgraph.run(ANYBODY, '{ facilityLedger(divisionCode: "3301", kind: LEGAL_AID) { facilityCount } }'),
  );
  const text = ledger.find(({ text: own }) => own.includes('belowFloorCount'))?.text ?? '';
  expect(await plannedReads(subgraph.pool, { text })).toContain('facility_city_ledger_idx');
});

test('J25: the health of devices is open to its area, who passed needs a right and a purpose', async () => {
  const system = testCaller(['4602'], 'device.report');
  const device = (more: object = {}) => ({
    ...{
      deviceCode: 'DOOR-0001',
      kind: 'DOOR',
      estateName: '阳光小区',
      gridId: `Grid:${code(1)}001`,
      state: 'ONLINE',
      idempotencyKey: `device-${Math.random()}`,
      ...more,
    },
  });
  const shown = 'device { id state reportedAt }';
  const first = await expectDone(subgraph, system, 'reportEstateDevice', device(), shown);
  const again = await expectDone(subgraph, system, 'reportEstateDevice', device({ state: 'FAULT' }), shown);
  await expectDone(subgraph, system, 'reportEstateDevice', device({ state: 'FAULT' }), shown);
  expect(again.device).toMatchObject({ id: first.device.id, state: 'FAULT' });
  const told = await subgraph.pool.query(
    `SELECT count(*)::int AS n FROM services.outbox WHERE event_type = 'device.reported'`,
  );
  expect(told.rows).toEqual([{ n: 2 }]);
  await expectRefused(
    subgraph,
    system,
    'reportEstateDevice',
    device({ deviceCode: 'x' }),
    'DEVICE_CODE_INVALID',
    'input.deviceCode',
  );
  await expectRefused(
    subgraph,
    system,
    'reportEstateDevice',
    device({ gridId: 'Grid:330402001001001' }),
    'GRID_NOT_FOUND',
    'input.gridId',
  );

  const entry = (more: object = {}) => ({
    deviceCode: 'DOOR-0001',
    direction: 'IN',
    passedAt: '2026-06-30T01:00:00Z',
    personId: `Person:${testUuid(9)}`,
    idempotencyKey: `entry-${Math.random()}`,
    ...more,
  });
  await expectDone(subgraph, system, 'recordEntryEvent', entry(), 'device { id }');
  await expectRefused(
    subgraph,
    system,
    'recordEntryEvent',
    entry({ passedAt: '2026-06-30T02:00:01Z' }),
    'DATE_IN_FUTURE',
    'input.passedAt',
  );
  await expectRefused(
    subgraph,
    system,
    'recordEntryEvent',
    entry({ deviceCode: 'NONE-1' }),
    'DEVICE_NOT_FOUND',
    'input.deviceCode',
  );
  expect(
    (await subgraph.pool.query(`SELECT count(*)::int AS n FROM services.outbox WHERE entity_type = 'EntryEvent'`)).rows,
  ).toEqual([{ n: 0 }]);

  const ask = (own: typeof system) =>
    subgraph.run(
      own,
      '{ estateDevices(state: FAULT) { totalCount nodes { deviceCode entries { direction person { id } } } } }',
    );
  const open = await ask(testCaller(['4602']));
  expect(open.problems).toEqual(['FIELD_RIGHT_MISSING estateDevices.nodes.0.entries']);
  expect(open.data.estateDevices).toEqual({ totalCount: 1, nodes: [{ deviceCode: 'DOOR-0001', entries: null }] });
  const entitled = await ask(testCaller(['4602'], 'entry.read'));
  expect(entitled.data.estateDevices.nodes[0].entries).toEqual([
    { direction: 'IN', person: { id: `Person:${testUuid(9)}` } },
  ]);
  const { purpose: _none, ...withoutPurpose } = testCaller(['4602'], 'entry.read');
  expect((await ask(withoutPurpose)).data.estateDevices.nodes[0].entries).toBeNull();
  expect((await ask(testCaller(['3304'], 'entry.read'))).data.estateDevices.totalCount).toBe(0);
});
