import { execute, parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../subgraphs/kit/clock.ts';
import { uuidSource } from '../../../subgraphs/kit/ids.ts';
import { OperationTrace } from '../../../subgraphs/kit/operation-trace.ts';
import {
  openSubgraph,
  type RunningSubgraph,
  type SubgraphDefinition,
} from '../../../subgraphs/kit/subgraph-definition.ts';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { party } from '../../../subgraphs/party/index.ts';
import { cityDatabase, TEST_KEYS } from '../../kit/city-database.ts';
import { testCaller } from '../../kit/open-test-subgraph.ts';
import type { TestDatabase } from '../../kit/test-database.ts';

let database: TestDatabase;
let running: Record<'organizations' | 'party', RunningSubgraph>;

beforeAll(async () => {
  database = await cityDatabase();
  const environment = { pool: database.pool, clock: systemClock, ids: uuidSource, keys: TEST_KEYS };
  const open = (definition: SubgraphDefinition) => openSubgraph(definition, environment);
  running = { organizations: open(organizations), party: open(party) };
});
afterAll(async () => {
  await Promise.all(Object.values(running).map((subgraph) => subgraph.close()));
  await database[Symbol.asyncDispose]();
});

const CALLER = testCaller(['3304'], 'party.membership');

async function run(name: 'organizations' | 'party', document: string) {
  const trace = new OperationTrace();
  const { schema, createContext } = running[name];
  const answer = await execute({ schema, document: parse(document), contextValue: createContext(CALLER, trace) });
  expect(answer.errors).toBeUndefined();
  // biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects, and fails when it is not there
  const data: any = JSON.parse(JSON.stringify(answer.data));
  return { data, statements: trace.statements.get(name) ?? [] };
}

test('a community with its committees, workers, grids and posts is one statement per level', async () => {
  const { data, statements } = await run(
    'organizations',
    `{ communities(first: 1, filter: { divisionCode: "3304" }) { nodes { name kind origin
         division { path { name kind } urbanRuralClass { name } }
         committees { kind name termNumber chairName } gridCoverage { gridCount gridsWithChief } gridForce { gridChiefCount }
         workers(first: 100) { nodes { name post mode certificate leftOn } }
         grids(first: 100) { nodes { name kind chief { holderName } force { gridChiefCount }
           assignments(first: 100) { nodes { role validFrom validTo holderName } }
           microGrids(first: 100) { nodes { name chief { holderName } } } } } } } }`,
  );

  const [community] = data.communities.nodes;
  expect(community.committees).toHaveLength(2);
  expect(community.division.path.map(({ kind }: { kind: string }) => kind).slice(0, 2)).toEqual([
    'PROVINCE',
    'PREFECTURE_CITY',
  ]);
  const led = community.grids.nodes.filter((grid: { chief: unknown }) => grid.chief !== null);
  expect(community.gridCoverage).toEqual({ gridCount: community.grids.nodes.length, gridsWithChief: led.length });
  expect(community.gridForce.gridChiefCount).toBe(led.length);
  expect(statements.toSorted()).toEqual(
    [
      'organizations.communities',
      // The community's division, then the divisions above it.
      'division_by_stat_code',
      'division_by_stat_code',
      'committees_of_communities',
      'grid_coverage',
      'grid_force',
      'organizations.community_workers',
      'organizations.community_grids',
      'grid_chiefs',
      'grid_force',
      'organizations.grid_assignments',
      'organizations.grid_micro_grids',
      'microGrid_chiefs',
    ].toSorted(),
  );
});

test('every division of the city serialises', async () => {
  let after = '';
  let count = 0;
  let page: { totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string } };
  do {
    const { data } = await run(
      'organizations',
      `{ divisions(first: 100, filter: { divisionCode: "3304" }${after}) {
           nodes { statCode name level kind functionalZone urbanRuralClass { name } listEdition path { code } }
           pageInfo { hasNextPage endCursor } totalCount } }`,
    );
    page = data.divisions;
    count += data.divisions.nodes.length;
    after = `, after: "${page.pageInfo.endCursor}"`;
  } while (page.pageInfo.hasNextPage);
  expect(count).toBe(page.totalCount);
  expect(count).toBeGreaterThan(1_000);
});

test('the party’s organizations of the city serialise with their members', async () => {
  const { data, statements } = await run(
    'party',
    `{ partyOrganizations(first: 100, filter: { divisionCode: "3304", kind: GRID_BRANCH }) { nodes {
         kind name secretaryName establishedOn termEndsOn parent { kind } memberCount
         members(first: 50) { nodes { category joinedOn employedMember mobileMember memberships { validFrom validTo } } } } } }`,
  );

  expect(data.partyOrganizations.nodes.length).toBeGreaterThan(0);
  for (const branch of data.partyOrganizations.nodes) {
    expect(branch.members.nodes).toHaveLength(branch.memberCount);
    expect(['COMMITTEE', 'GENERAL_BRANCH']).toContain(branch.parent.kind);
  }
  expect(statements.toSorted()).toEqual([
    'member_count',
    'memberships_of_members',
    'party.organization_members',
    'party.organizations',
    'party_organization_by_id',
  ]);
});
