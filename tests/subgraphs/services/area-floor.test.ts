import { afterAll, beforeAll, expect, test } from 'vitest';
import { services } from '../../../subgraphs/services/index.ts';
import { areaFloorRule, isUrbanCommunity } from '../../../subgraphs/services/rules/facilities/area-floor.ts';
import { insertRows, placeOf, testUuid } from '../../kit/insert-rows.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const centre = { kind: 'PARTY_MASS_SERVICE_CENTRE', tier: 'COMMUNITY', communityCode: '330402001001' };
const ASKED = `{ meets: facilities(first: 100, filter: { meetsAreaFloor: true }) { nodes { meetsAreaFloor areaFloorSquareMetres community { id } } }
  fails: facilities(first: 100, filter: { meetsAreaFloor: false }) { nodes { meetsAreaFloor areaFloorSquareMetres community { id } } } }`;
interface Node {
  readonly meetsAreaFloor: boolean;
  readonly areaFloorSquareMetres: number;
  readonly community: { readonly id: string };
}

test.each([
  [{}, 'AREA_FLOOR_URBAN'],
  [{ communityCode: '330402001201' }, 'AREA_FLOOR_RURAL'],
  [{ tier: 'TOWNSHIP' }, undefined],
  [{ kind: 'LEGAL_AID' }, undefined],
])('%j falls under %s', (facility, expected) => {
  expect(areaFloorRule({ ...centre, ...facility })).toBe(expected);
});

test('Y04: the filter and the field agree for every kind of village code, at both floors', async () => {
  const suffixes = ['001', '099', '199', '200', '399', '400', '497', '499', '500', '599'];
  const rows = suffixes.flatMap((suffix) => [499.99, 500, 599.99, 600].map((area) => [suffix, area] as const));
  await insertRows(
    subgraph.pool,
    'services.facility',
    rows.map(([suffix, areaSquareMetres], index) => ({
      ...{ id: testUuid(index), kind: centre.kind, tier: 'COMMUNITY', name: 'x', areaSquareMetres, oneDoor: true },
      ...{ stage: 'USE', addressText: 'x', ...placeOf(`330402001${suffix}`), provenanceId: testUuid(1) },
    })),
  );

  const { data } = await subgraph.run(testCaller([]), ASKED);
  const answers = (list: 'meets' | 'fails') => data[list].nodes.map((node: Node) => node.meetsAreaFloor);

  // Six urban codes with one area each that meets the floor, four rural ones with three.
  expect(answers('meets')).toEqual(Array(6 * 1 + 4 * 3).fill(true));
  expect(answers('fails')).toEqual(Array(6 * 3 + 4 * 1).fill(false));
  for (const { areaFloorSquareMetres, community } of [...data.meets.nodes, ...data.fails.nodes] as Node[]) {
    expect(areaFloorSquareMetres).toBe(isUrbanCommunity(community.id.slice('Community:'.length)) ? 600 : 500);
  }
});

test('Y04: a later version of the rule decides from its first day on, and not before', async () => {
  await subgraph.pool.query(`INSERT INTO services.governance_rule
    (code, effective_from, kind, title_zh, title_en, amount, unit, legal_basis, basis_confirmed)
    VALUES ('AREA_FLOOR_URBAN', '2026-07-02', 'FLOOR', '新标准', 'new floor', 599, 'SQUARE_METRE', '待补', false)`);
  const meeting = async () => (await subgraph.run(testCaller([]), ASKED)).data.meets.nodes.length;

  subgraph.clock.set('2026-07-01T15:59:59Z');
  expect(await meeting()).toBe(6 * 1 + 4 * 3);
  subgraph.clock.set('2026-07-01T16:00:00Z');
  expect(await meeting()).toBe(6 * 2 + 4 * 3);
});
