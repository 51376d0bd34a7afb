import { execute, type GraphQLField, getNamedType, isLeafType, parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { REFERENCE_INSTANT } from '../../prisma/seed/reference-instant.ts';
import { fixedClock } from '../../subgraphs/kit/clock.ts';
import { type RightCode, rights } from '../../subgraphs/kit/codes/rights.ts';
import type { GraphExtensions } from '../../subgraphs/kit/graph/graph-plugin.ts';
import { wantedColumns } from '../../subgraphs/kit/graph/wanted-columns.ts';
import { uuidSource } from '../../subgraphs/kit/ids.ts';
import { OperationTrace } from '../../subgraphs/kit/operation-trace.ts';
import { openSubgraph, type RunningSubgraph } from '../../subgraphs/kit/subgraph-definition.ts';
import { subgraphs } from '../../subgraphs/registry.ts';
import { cityDatabase, TEST_KEYS } from '../kit/city-database.ts';
import { federatedSchemaOf } from '../kit/federated-schema-of.ts';
import { testCaller } from '../kit/open-test-subgraph.ts';
import type { TestDatabase } from '../kit/test-database.ts';

/** Types whose rows are read in part, with SQL that gives keys of some of them, by the subgraph that owns them. */
const TYPES = [
  ['people', 'Person', 'SELECT id FROM people.person WHERE household_id IS NOT NULL ORDER BY id LIMIT 4'],
  ['people', 'Household', 'SELECT id FROM people.household ORDER BY id LIMIT 4'],
  ['organizations', 'Community', 'SELECT stat_code AS id FROM organizations.community ORDER BY 1 LIMIT 4'],
  ['organizations', 'Grid', 'SELECT grid_code AS id FROM organizations.grid ORDER BY 1 LIMIT 4'],
  ['services', 'Incident', 'SELECT id FROM services.incident ORDER BY id LIMIT 4'],
  ['party', 'PartyMember', 'SELECT id FROM party.party_member ORDER BY id LIMIT 4'],
  [
    'party',
    'PartyOrganization',
    '(SELECT id FROM party.party_organization WHERE grid_code IS NULL ORDER BY id LIMIT 2) UNION ALL (SELECT id FROM party.party_organization WHERE grid_code IS NOT NULL ORDER BY id LIMIT 2)',
  ],
] as const;

let database: TestDatabase;
let opened: ReadonlyMap<string, RunningSubgraph>;

beforeAll(async () => {
  database = await cityDatabase();
  const environment = { pool: database.pool, clock: fixedClock(REFERENCE_INSTANT), ids: uuidSource, keys: TEST_KEYS };
  opened = new Map(
    subgraphs.map((definition) => [
      definition.name,
      openSubgraph(definition, environment, federatedSchemaOf(definition)),
    ]),
  );
});

afterAll(async () => {
  await Promise.all([...opened.values()].map((subgraph) => subgraph.close()));
  await database[Symbol.asyncDispose]();
});

function selectionOf(field: GraphQLField<unknown, unknown>): string | undefined {
  if (field.args.some(({ type, defaultValue }) => String(type).endsWith('!') && defaultValue === undefined)) {
    return undefined;
  }
  const type = getNamedType(field.type);
  return isLeafType(type) ? field.name : `${field.name} { __typename }`;
}

for (const [subgraph, typeName, sql] of TYPES) {
  test(`each field of ${typeName} says the same of a row that is read for it alone`, async () => {
    const running = opened.get(subgraph) as RunningSubgraph;
    const { schema } = running;
    const { rows } = await database.pool.query<{ id: string }>(sql);
    const r = rows.map(({ id }) => ({ __typename: typeName, id: `${typeName}:${id}` }));
    expect(r.length).toBeGreaterThan(0);
    const caller = testCaller(['3304'], ...(Object.keys(rights) as RightCode[]));
    const type = schema.getType(typeName);
    if (type === undefined || !('getFields' in type)) throw new Error(`${subgraph} has no ${typeName}`);
    let partial = 0;
    for (const field of Object.values(type.getFields()) as GraphQLField<unknown, unknown>[]) {
      const selection = selectionOf(field);
      const { reads } = field.extensions as GraphExtensions;
      if (selection === undefined || reads === undefined) continue;
      partial += 1;
      const document = parse(
        `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${typeName} { ${selection} } } }`,
      );
      const wanted = wantedColumns(schema, document);
      expect(wanted?.get(typeName)).toBeDefined();
      const [whole, part] = await Promise.all(
        [undefined, wanted].map(async (columns) => {
          const contextValue = running.createContext(caller, new OperationTrace(), columns);
          return JSON.stringify(await execute({ schema, document, contextValue, variableValues: { r } }));
        }),
      );
      expect(part, `${typeName}.${field.name}`).toBe(whole);
      expect(whole, `${typeName}.${field.name}`).not.toContain('"errors"');
    }
    expect(partial).toBeGreaterThan(5);
  });
}
