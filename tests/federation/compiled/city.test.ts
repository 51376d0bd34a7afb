import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExamples } from '../../../gateway/operations/examples.ts';
import { projectRoot } from '../../../subgraphs/kit/project-root.ts';
import { cityDatabase } from '../../kit/city-database.ts';
import type { TestDatabase } from '../../kit/test-database.ts';
import { openTestGraph, systemCaller } from '../../kit/test-graph.ts';
import { type CityAnswer, type CityGraphs, openCityGraphs } from './city-graphs.ts';
import { type CityIds, cityDocument, cityIdsQuery, cityOperations } from './city-operations.ts';

let database: TestDatabase;
let city: CityGraphs;
let ids: CityIds;

beforeAll(async () => {
  database = await cityDatabase();
  city = await openCityGraphs(database.pool);
  const { data } = await city.run('stitching', cityIdsQuery);
  const [community] = JSON.parse(data).communities.nodes;
  ids = {
    statCode: community.statCode,
    gridCode: community.grids.nodes[0].gridCode,
    personId: community.residents.nodes[0].id,
    householdId: community.residents.nodes[0].household.id,
    workerId: community.workers.nodes[0].id,
    facilityId: community.facilities.nodes[0].id,
    incidentId: community.incidents.nodes[0].id,
    partyOrganizationId: community.partyOrganization.id,
  };
});

afterAll(async () => {
  await city?.[Symbol.asyncDispose]();
  await database?.[Symbol.asyncDispose]();
});

/** Which fields failed and how; the stitching executor leaves list indexes out and reports one place of several. */
function kinds(errors: readonly string[]): string[] {
  return [...new Set(errors.map((error) => error.replace(/\.\d+/g, '')))].sort();
}

function expectNoMoreStatements(compiled: CityAnswer, stitched: CityAnswer): void {
  for (const [subgraph, count] of Object.entries(compiled.statements)) {
    expect(count, subgraph).toBeLessThanOrEqual(stitched.statements[subgraph] ?? 0);
  }
}

describe('operations over the city', () => {
  const comparable = cityOperations.filter(({ stitchedRight }) => stitchedRight);

  it.each(comparable)('$name: the same answer compiled and stitched', async ({ body }) => {
    const document = cityDocument(body);
    const stitched = await city.run('stitching', document, { ...ids });
    const compiled = await city.run('compiled', document, { ...ids });

    expect(compiled.data).toBe(stitched.data);
    expect(kinds(compiled.errors)).toEqual(kinds(stitched.errors));
    expectNoMoreStatements(compiled, stitched);
  });

  it.each(cityOperations)('$name: the same answer in one process and over HTTP', async ({ body }) => {
    const document = cityDocument(body);
    const local = await city.run('compiled', document, { ...ids });
    const remote = await city.run('compiledOverHttp', document, { ...ids });

    expect({ data: remote.data, errors: remote.errors }).toEqual({ data: local.data, errors: local.errors });
  });

  it.each(comparable)('$name: a caller without rights is refused the same fields', async ({ body }) => {
    const document = cityDocument(body);
    const caller = systemCaller({ rights: [] });
    const stitched = await city.run('stitching', document, { ...ids }, caller);
    const compiled = await city.run('compiled', document, { ...ids }, caller);

    expect(compiled.data).toBe(stitched.data);
    expect(kinds(compiled.errors)).toEqual(kinds(stitched.errors));
  });

  it('reports a refused field at each of its places', async () => {
    const document = cityDocument(
      '{ community(statCode: $statCode) { residents(first: 2) { nodes { partyMembership { id } } } } }',
    );
    const answer = await city.run('compiled', document, { ...ids }, systemCaller({ rights: [] }));

    expect(answer.errors).toEqual([
      'community.residents.nodes.0.partyMembership FIELD_RIGHT_MISSING',
      'community.residents.nodes.1.partyMembership FIELD_RIGHT_MISSING',
    ]);
  });

  it('finds an entity although an alias hides its key', async () => {
    const plain = await city.run(
      'compiled',
      cityDocument('{ community(statCode: $statCode) { population { residentCount } } }'),
      { ...ids },
    );
    const hidden = await city.run(
      'compiled',
      cityDocument('{ community(statCode: $statCode) { id: name population { residentCount } } }'),
      { ...ids },
    );

    const population = JSON.parse(plain.data).community.population;
    expect(population.residentCount).toBeGreaterThan(0);
    expect(JSON.parse(hidden.data).community).toEqual({ id: expect.any(String), population });
  });

  const examples = readExamples(join(projectRoot, 'schema', 'operations'));
  it.each(examples.filter(({ document }) => !/^mutation/m.test(document)))(
    'the example $name: the same answer compiled and stitched',
    async ({ name, document, variables }) => {
      const stitched = await city.run('stitching', document, variables);
      const compiled = await city.run('compiled', document, variables);

      // The cursors of the change feed are sealed anew each time.
      const shown = (data: string) => (name === 'changes' ? data.replaceAll(/("\w*[cC]ursor"):"[\w-]+"/g, '$1') : data);
      expect(shown(compiled.data)).toBe(shown(stitched.data));
      expect(kinds(compiled.errors)).toEqual(kinds(stitched.errors));
      expectNoMoreStatements(compiled, stitched);
    },
  );

  it.each(['people', 'services', 'party'])('answers the rest when %s is down', async (down) => {
    await using graph = await openTestGraph({ pool: database.pool, down: [down] });
    const { data, errors } = await graph.run(
      `query Q($statCode: String!) { community(statCode: $statCode) {
        name population { residentCount } openIncidentCount partyOrganization { name } } }`,
      { statCode: ids.statCode },
    );

    const field = { people: 'population', services: 'openIncidentCount', party: 'partyOrganization' }[down];
    expect(data?.community).toMatchObject({ name: expect.any(String), [field ?? '']: null });
    expect(errors?.map(({ path, extensions }) => [path, extensions])).toEqual([
      [['community', field], { code: 'SUBGRAPH_UNAVAILABLE', subgraph: down }],
    ]);
  });

  it('needs the fallback for none of them', () => {
    expect(city.fallbacks).toEqual([]);
  });
});
