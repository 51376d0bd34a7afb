import { afterAll, beforeAll, expect, test } from 'vitest';
import { services } from '../../../subgraphs/services/index.ts';
import { meetsAreaFloor } from '../../../subgraphs/services/rules/facilities/area-floor.ts';
import { insertRows, placeOf, testUuid } from '../../kit/insert-rows.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(services);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const centre = { kind: 'PARTY_MASS_SERVICE_CENTRE', tier: 'COMMUNITY', communityCode: '330402001001' };

test.each([
  [{ areaSquareMetres: 600 }, true],
  [{ areaSquareMetres: 599.99 }, false],
  [{ areaSquareMetres: 500, communityCode: '330402001201' }, true],
  [{ areaSquareMetres: 499.99, communityCode: '330402001201' }, false],
  [{ areaSquareMetres: 10, tier: 'TOWNSHIP' }, null],
  [{ areaSquareMetres: 10, kind: 'LEGAL_AID' }, null],
])('the floor of %j → %s', (facility, expected) => {
  expect(meetsAreaFloor({ ...centre, ...facility })).toBe(expected);
});

test('the filter and the field agree for every kind of village code, at both floors', async () => {
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

  const { data } = await subgraph.run(
    testCaller([]),
    `{ meets: facilities(first: 100, filter: { meetsAreaFloor: true }) { nodes { meetsAreaFloor } }
       fails: facilities(first: 100, filter: { meetsAreaFloor: false }) { nodes { meetsAreaFloor } } }`,
  );
  const answers = (list: 'meets' | 'fails') =>
    data[list].nodes.map((node: { meetsAreaFloor: boolean }) => node.meetsAreaFloor);

  // Six urban codes with one area each that meets the floor, four rural ones with three.
  expect(answers('meets')).toEqual(Array(6 * 1 + 4 * 3).fill(true));
  expect(answers('fails')).toEqual(Array(6 * 3 + 4 * 1).fill(false));
});
