import { gzipSync } from 'node:zlib';
import { buildSchema, isInterfaceType, isObjectType } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { directiveArguments } from '../../../gateway/plan/directive-arguments.ts';
import { readReviewed } from '../../../gateway/plan/reviewed-supergraph.ts';
import { cardArguments, GRAPH_CARD } from '../../../subgraphs/kit/graph/data-card.ts';
import { subgraphs } from '../../../subgraphs/registry.ts';
import { type CityHub, openCityHub } from '../../kit/city-hub.ts';

let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

test('the catalogue lists every field of the live graph with its card, and only those', async () => {
  const live = buildSchema(hub.graph().apiSdl, { assumeValidSDL: true });
  const cards = new Map<string, Record<string, unknown>>(
    Object.values(live.getTypeMap())
      .filter((type) => isObjectType(type) || isInterfaceType(type))
      .filter(({ name }) => !name.startsWith('__'))
      .flatMap((type) =>
        Object.values(type.getFields()).map((field) => {
          const { source, sharing, sharingBasis, grade, category, updateCycle, unit, mask } =
            // Connections, payloads and the like are structure of the graph, and say no card of their own.
            directiveArguments(field.astNode?.directives, 'card') ?? cardArguments(GRAPH_CARD);
          const stated = { source, sharing, sharingBasis, grade, category, updateCycle, unit, mask };
          return [`${type.name}.${field.name}`, stated] as const;
        }),
      ),
  );
  const { rows } = await hub.pool.query<Record<string, unknown> & { coordinate: string }>(
    `SELECT coordinate, source_department AS source, sharing, sharing_basis AS "sharingBasis", grade, category,
            update_cycle AS "updateCycle", unit, mask FROM catalog.data_field WHERE removed_at IS NULL`,
  );
  expect(rows.map(({ coordinate }) => coordinate).sort()).toEqual([...cards.keys()].sort());
  for (const { coordinate, ...kept } of rows) {
    const stated = Object.entries(cards.get(coordinate) ?? {}).map(([name, value]) => [name, value ?? null]);
    expect([coordinate, kept]).toEqual([coordinate, Object.fromEntries(stated)]);
    expect(kept.source, coordinate).not.toBeNull();
    if (kept.sharing === 'NOT_SHARED') expect(kept.sharingBasis, coordinate).not.toBeNull();
  }
  const { data } = await hub.ask(
    'frontend',
    '{ dataField(coordinate: "Person.citizenId") { sourceDepartmentName sharing grade category requiredRight mask subgraphs usage(first: 1) { totalCount } } }',
  );
  expect(data).toEqual({
    dataField: {
      sourceDepartmentName: '公安局',
      sharing: 'CONDITIONAL',
      grade: 4,
      category: 'SENSITIVE_PERSONAL',
      requiredRight: 'person.identity',
      mask: 'citizenId',
      subgraphs: ['people'],
      usage: null,
    },
  });
});

test('a system whose name the sources do not give is shown as pending, never invented', async () => {
  const { data } = await hub.ask(
    'frontend',
    '{ departmentSystems(filter: { tier: PLATFORM }) { totalCount nodes { code name namePending articleRows } } }',
  );
  const platform = (code: string) => ({ code, name: null, namePending: true, articleRows: ['J20'] });
  expect(data).toEqual({
    departmentSystems: { totalCount: 5, nodes: [1, 2, 3, 4, 5].map((number) => platform(`platform-${number}`)) },
  });
});

test('every operation seen is recorded with client, count and coordinates, and without any value', async () => {
  const person = '019f1641-3500-7000-a000-0acbc518a266';
  for (let i = 0; i < 3; i++) {
    await hub.ask('frontend', `query Secretly { person(id: "Person:${person}") { name ageYears } }`);
  }
  await hub.flushUsage();
  const { data } = await hub.ask(
    'steward',
    `{ recordedOperations(first: 100) { nodes { name document coordinates usage { nodes { clientId requestCount errorCount } } } }
       dataField(coordinate: "Person.ageYears") { usage { nodes { clientId requestCount } } } }`,
  );
  const { recordedOperations, dataField } = data as {
    recordedOperations: { nodes: { name: string; document: string; coordinates: string[]; usage: unknown }[] };
    dataField: unknown;
  };
  const recorded = recordedOperations.nodes.find(({ name }) => name === 'Secretly');
  expect(recorded).toMatchObject({
    coordinates: ['Person.ageYears', 'Person.name', 'Query.person'],
    usage: { nodes: [{ clientId: 'demo-frontend', requestCount: 3, errorCount: 0 }] },
  });
  expect(JSON.stringify(recordedOperations)).not.toContain(person);
  expect(dataField).toEqual({ usage: { nodes: [{ clientId: 'demo-frontend', requestCount: 3 }] } });
});

test('fields are found in Chinese, English, pinyin and initials, all words together, and by who has not read them', async () => {
  await hub.catalog.indexDataFields();
  const find = async (filter: string) => {
    const { data } = await hub.ask(
      'frontend',
      `{ dataFields(first: 100, filter: { ${filter} }) { nodes { coordinate } } }`,
    );
    return (data as { dataFields: { nodes: { coordinate: string }[] } }).dataFields.nodes.map(
      ({ coordinate }) => coordinate,
    );
  };
  for (const search of ['出生日期', 'chushengriqi person', 'CSRQ', 'person.birthdate', 'date of birth']) {
    expect(await find(`search: "${search}"`), search).toContain('Person.birthDate');
  }
  expect(await find('search: "chushengriqi facility"')).toEqual([]);
  expect(await find(`search: "' OR true --"`)).toEqual([]);
  await hub.ask('frontend', '{ loadedCity { scale } }');
  await hub.flushUsage();
  const unused = await find('typeName: "LoadedCity", unusedSince: "2026-01-01"');
  expect(unused).toContain('LoadedCity.referenceInstant');
  expect(unused).not.toContain('LoadedCity.scale');
  expect(await find('deprecated: true')).toEqual([]);
});

test('every published supergraph is kept as a version, once', async () => {
  const { data } = await hub.ask(
    'steward',
    '{ schemaVersions(graph: "supergraph") { totalCount nodes { graph hash } } }',
  );
  expect(data).toMatchObject({ schemaVersions: { totalCount: 1, nodes: [{ graph: 'supergraph' }] } });
});

test('what tells about the graph’s users is for stewards', async () => {
  const { data, errors } = await hub.ask(
    'system',
    '{ recordedOperations { totalCount } schemaVersions { totalCount } }',
  );
  expect(data).toEqual({ recordedOperations: null, schemaVersions: null });
  expect(errors.map(({ extensions }) => extensions?.right)).toEqual(['catalog.steward', 'catalog.steward']);
});

test('node(id) finds an entity of every subgraph, and nothing for ids that are wrong or of another area', async () => {
  const found = async (id: string) =>
    (
      await hub.ask(
        'system',
        `query ($id: ID!) { node(id: $id) { __typename id
      ... on Person { name } ... on Incident { title } ... on Committee { name } ... on PartyMember { category }
      ... on DepartmentSystem { code } ... on Division { name } ... on Community { name } } }`,
        { id },
      )
    ).data as {
      node: Record<string, string> | null;
    };
  const one = async (table: string) => (await hub.pool.query(`SELECT id FROM ${table} LIMIT 1`)).rows[0].id as string;
  for (const [type, table] of [
    ['Person', 'people.person'],
    ['Incident', 'services.incident'],
    ['Committee', 'organizations.committee'],
    ['PartyMember', 'party.party_member'],
    ['DepartmentSystem', 'catalog.department_system'],
  ] as const) {
    const id = `${type}:${await one(table)}`;
    expect((await found(id)).node, type).toMatchObject({ __typename: type, id });
  }
  expect((await found('Division:330402000000')).node?.name).toBe('南湖区');

  const person = await one('people.person');
  for (const wrong of [
    `Incident:${person}`,
    `Person:${person.slice(0, -1)}`,
    'Person:',
    'Nothing:1',
    '',
    `Person:${crypto.randomUUID()}`,
  ]) {
    const { node } = await found(wrong);
    expect(node?.name ?? node?.title ?? null, wrong).toBeNull();
  }
});

test('the entities that node(id) knows are those that the subgraphs declare', async () => {
  const { data } = await hub.ask('frontend', '{ __type(name: "Node") { possibleTypes { name } } }');
  const { possibleTypes } = (data as { __type: { possibleTypes: { name: string }[] } }).__type;
  expect(possibleTypes.map(({ name }) => name).sort()).toEqual(subgraphs.flatMap(({ entities }) => entities).sort());
});

test('a change of a contract is held against the operations of the year: who loses what, and since when', async () => {
  await hub.ask('system', 'query Aged($id: ID!) { person(id: $id) { id ... on Person { ageYears } } }', {
    id: 'Person:1',
  });
  await hub.flushUsage();
  // Ran two years ago: not this change's concern.
  await hub.pool.query(
    `INSERT INTO catalog.recorded_operation VALUES ('old', 'Forgotten', 'query', '', '{Person.ageYears}', now(), now(), '{Query}')`,
  );
  await hub.pool.query(
    `INSERT INTO catalog.operation_usage VALUES ('old', 'demo-steward', '2024-06-01', 1, 0, '2024-06-01')`,
  );
  const people = readReviewed('people') ?? '';
  const sdl = people
    .replace(/\n {2}"""[^"]*"""\n {2}ageYears: .*/, '')
    .replace('type Population {', 'type Population {\n  """新项"""\n  addedItem: Int');
  expect(sdl.length).toBeLessThan(people.length);
  const { data, errors } = await hub.ask(
    'steward',
    `query ($contracts: [ProposedContractInput!]!) { schemaCheck(contracts: $contracts) {
       verdict composes breakingCount text lint { rule coordinate }
       changes { kind coordinate level ownerCode usedBy { clientId departmentCode operationNames requestCount } } } }`,
    { contracts: [{ subgraph: 'people', sdlGzipBase64: gzipSync(sdl).toString('base64') }] },
  );
  expect(errors).toEqual([]);
  const { schemaCheck } = data as { schemaCheck: { text: string; changes: object[] } & Record<string, unknown> };
  expect(schemaCheck).toMatchObject({ verdict: 'FAILED', composes: true, breakingCount: 1 });
  expect(schemaCheck.changes[0]).toMatchObject({
    kind: 'FIELD_REMOVED',
    coordinate: 'Person.ageYears',
    level: 'BREAKING',
  });
  const { usedBy } = schemaCheck.changes[0] as { usedBy: { clientId: string; operationNames: string[] }[] };
  expect(usedBy.map(({ clientId }) => clientId).sort()).toEqual(['demo-frontend', 'demo-system']);
  expect(usedBy.find(({ clientId }) => clientId === 'demo-system')?.operationNames).toEqual(['Aged']);
  expect(schemaCheck.lint).toContainEqual({ rule: 'description', coordinate: 'Population.addedItem' });
  expect(schemaCheck.text).toContain('✗ Person.ageYears 字段移除');

  const refused = await hub.ask('system', '{ schemaCheck(contracts: []) { verdict } }');
  expect(refused.data).toEqual({ schemaCheck: null });
  const unreadable = await hub.ask(
    'steward',
    '{ schemaCheck(contracts: [{ subgraph: "people", sdlGzipBase64: "AAAA" }, { subgraph: "Bad name", sdl: "" }]) { verdict compositionFindings } }',
  );
  expect(unreadable.data).toMatchObject({
    schemaCheck: {
      verdict: 'FAILED',
      compositionFindings: [expect.stringContaining('[people]'), expect.stringContaining('[Bad name]')],
    },
  });
});
