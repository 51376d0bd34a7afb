import { expect, test, vi } from 'vitest';
import { uuidSource } from '../../../subgraphs/kit/ids.ts';
import { openFigureCounters } from '../../../subgraphs/registry.ts';
import { openCityHub } from '../../kit/city-hub.ts';
import { operationDocument } from '../../kit/operation-document.ts';

vi.setConfig({ testTimeout: 180_000 });

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
const CODES: Readonly<Record<string, string>> = { jiaxing: '3304', yantai: '3706' };

test.each(Object.entries(CITIES))(
  'scenario 22, indicator-board: in %s what other subgraphs count is computed from their rows, beside what was reported',
  async (city, sums) => {
    await using hub = await openCityHub('in-process', city as 'jiaxing' | 'yantai');
    for (const counter of openFigureCounters({ pool: hub.pool, clock: hub.clock, ids: uuidSource }))
      await counter.recount();
    const divisionCode = CODES[city] ?? '';
    const day = { divisionCode, countyCode: divisionCode, before: '2025-12-31' };
    const { data, errors } = await hub.ask('system', operationDocument('indicator-board'), day);
    expect(errors).toEqual([]);
    interface Figure {
      readonly code: string;
      readonly formula: string | null;
      readonly reported: number | null;
      readonly computed: number | null;
      readonly partyComputed: number | null;
      readonly servicesComputed: number | null;
      readonly flagged: boolean;
      readonly flagNote: string | null;
    }
    const board = (data as { city: Figure[] }).city;
    for (const figure of board) {
      const given = [figure.computed, figure.partyComputed, figure.servicesComputed].filter((value) => value !== null);
      // One subgraph has the rows of an indicator; without a formula nobody has.
      expect(given.length, figure.code).toBe(figure.formula === null ? 0 : 1);
      expect(figure.flagNote !== null, figure.code).toBe(figure.flagged);
    }
    for (const [code, sql] of Object.entries(sums)) {
      const figure = board.find((one) => one.code === code);
      const { rows } = await hub.pool.query({ text: sql, rowMode: 'array' });
      const shown = figure?.partyComputed ?? figure?.servicesComputed ?? null;
      const expected = rows[0]?.[0] === null ? null : Number(rows[0]?.[0]);
      expect(shown === null ? null : Math.round(shown), code).toBe(expected);
      expect(figure?.reported, code).not.toBeNull();
    }
    // Members are counted for those with the right alone; the rest of the board stays.
    const frontend = await hub.ask(
      'frontend',
      `{ indicators(divisionCode: "${divisionCode}") { code partyComputed } }`,
    );
    expect(frontend.errors).toEqual([]);
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
