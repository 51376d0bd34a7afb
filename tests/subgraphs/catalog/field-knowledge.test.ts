import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleFields } from '../../../subgraphs/catalog/rules/knowledge/sample-fields.ts';
import { similarFields } from '../../../subgraphs/catalog/rules/knowledge/similar-fields.ts';
import { measureQuality } from '../../../subgraphs/catalog/rules/quality/measure-quality.ts';
import { type CatalogStore, openCatalogStore } from '../../../subgraphs/catalog/store/catalog-store.ts';
import { builtInCalendar } from '../../../subgraphs/kit/calendar/working-calendar.ts';
import { uuidSource } from '../../../subgraphs/kit/ids.ts';
import type { TimedWork } from '../../../subgraphs/kit/timed-work.ts';
import { subgraphs } from '../../../subgraphs/registry.ts';
import { TEST_KEYS } from '../../kit/city-database.ts';
import { type CityHub, openCityHub } from '../../kit/city-hub.ts';
import { operationDocument, operationVariables } from '../../kit/operation-document.ts';

let hub: CityHub;
beforeAll(async () => {
  hub = await openCityHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

// biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects, and fails when it is not there
type Payload = any;

const rules = subgraphs.flatMap(({ qualityRules = [] }) => qualityRules);
const run = async (work: TimedWork<CatalogStore>) => {
  const environment = { pool: hub.pool, clock: hub.clock, ids: uuidSource, keys: TEST_KEYS };
  const store = openCatalogStore(environment, undefined, [], rules);
  await work.run({ store, clock: hub.clock, calendar: builtInCalendar });
  await store.close();
};
const sample = () => run(sampleFields);
const fieldOf = async (coordinate: string): Promise<Payload> => {
  const { data, errors } = await hub.ask(
    'steward',
    `query ($coordinate: String!) { dataField(coordinate: $coordinate) { lastReadAt freshAt
       readers { clientId requestCount } permittedClients { clientId }
       quality { rowCount nullPercent distinctCount sourceColumn sampledAt score } } }`,
    { coordinate },
  );
  expect(errors).toEqual([]);
  return (data as Payload).dataField;
};

test('of a field its readers, its last read, who may read it and the quality of its values are known', async () => {
  expect(await fieldOf('Person.ethnicGroup')).toMatchObject({ lastReadAt: null, readers: [] });
  const query = 'query ($id: ID!) { person(id: $id) { birthDate } }';
  const id = 'Person:019f1641-3500-7000-a000-0acbc518a266';
  await hub.ask('system', query, { id });
  await hub.ask('system', query, { id });
  await hub.flushUsage();
  await hub.pool.query('ANALYZE people.person');
  await sample();
  const { rows } = await hub.pool.query<{ total: number; empty: number }>(
    'SELECT count(*)::int AS total, (count(*) FILTER (WHERE birth_date IS NULL))::int AS empty FROM people.person',
  );
  const field = await fieldOf('Person.birthDate');
  expect(field).toMatchObject({
    lastReadAt: '2026-06-30T02:00:00.000Z',
    readers: [{ clientId: 'demo-system', requestCount: 2 }],
    quality: { sourceColumn: 'people.person.birth_date', sampledAt: '2026-06-30T02:00:00.000Z' },
  });
  const [counted] = rows;
  expect(field.quality.rowCount).toBe(counted?.total);
  expect(field.quality.nullPercent).toBeCloseTo((100 * (counted?.empty ?? 0)) / (counted?.total ?? 1), 0);
  expect(field.quality.score).toBeGreaterThan(50);
  const permitted = field.permittedClients.map(({ clientId }: Payload) => clientId);
  const { rows: held } = await hub.pool.query<{ id: string }>(
    `SELECT c.id FROM catalog.client c, catalog.data_field f
      WHERE f.coordinate = 'Person.birthDate' AND c.active
        AND (f.required_right IS NULL OR f.required_right = ANY(c.rights)) ORDER BY c.id`,
  );
  expect(permitted).toEqual(held.map((client) => client.id));
  // Values of persons are not looked at, not even as hashes.
  const hashed = await hub.pool.query(
    `SELECT s.coordinate FROM catalog.field_statistic s JOIN catalog.data_field f USING (coordinate)
      WHERE cardinality(s.value_hashes) > 0 AND (f.grade > 2 OR f.category NOT IN ('PUBLIC', 'GOVERNMENT'))`,
  );
  expect(hashed.rows).toEqual([]);
});

test('a sample is taken once an hour, and follows the tables', async () => {
  await hub.pool.query("UPDATE catalog.field_statistic SET null_fraction = 1 WHERE coordinate = 'Person.birthDate'");
  await sample();
  expect((await fieldOf('Person.birthDate')).quality.nullPercent).toBe(100);
  hub.clock.set('2026-06-30T11:00:01+08:00');
  await sample();
  expect((await fieldOf('Person.birthDate')).quality.nullPercent).toBeLessThan(100);
});

test('the rules of datasets are measured over the stored rows once an hour, kept by day, and score fields and datasets', async () => {
  hub.clock.set('2026-06-30T12:00:00+08:00');
  const { rows } = await hub.pool.query<{ persons: number; phones: number }>(
    `WITH wrong AS (UPDATE people.person SET birth_date = '2031-01-01', ethnic_group_code = '99'
                     WHERE id IN (SELECT id FROM people.person ORDER BY id LIMIT 7))
     SELECT count(*)::int AS persons, count(phone_sealed)::int AS phones FROM people.person`,
  );
  const { persons, phones } = rows[0] as { persons: number; phones: number }; // an aggregate has one row
  await run(measureQuality);
  const ask = async (query: string): Promise<Payload> => {
    const { data, errors } = await hub.ask('steward', query);
    expect(errors).toEqual([]);
    return data;
  };
  const RULES = `{ qualityRules { code datasetCode dimension sourceColumn fields { coordinate }
    measures { day sampleSize passedCount passPercent measuredAt } } }`;
  const { qualityRules } = await ask(RULES);
  expect(qualityRules).toHaveLength(rules.length);
  expect(new Set(qualityRules.map(({ code }: Payload) => code)).size).toBe(rules.length);
  for (const rule of qualityRules) {
    expect(rule.measures, rule.code).toHaveLength(1);
    const declared = rules.find(({ code }) => code === rule.code);
    // Every field that a rule names is one of the graph.
    expect(rule.fields.map(({ coordinate }: Payload) => coordinate)).toEqual(declared?.coordinates);
  }
  const measureOf = (code: string) => qualityRules.find((rule: Payload) => rule.code === code).measures[0];
  const kept = { day: '2026-06-30', measuredAt: '2026-06-30T04:00:00.000Z' };
  expect(measureOf('people.person.phone_sealed.present')).toMatchObject({ sampleSize: persons, passedCount: phones });
  for (const code of ['people.person.birth_date.not_future', 'people.person.ethnic_group_code.in_dictionary']) {
    expect(measureOf(code), code).toMatchObject({ ...kept, sampleSize: persons, passedCount: persons - 7 });
  }
  // What is right everywhere is 100, what is not never is.
  expect(measureOf('people.person.name.present').passPercent).toBe(100);
  expect(measureOf('people.person.birth_date.not_future').passPercent).toBeLessThan(100);

  await sample();
  const QUALITY = `{ dataField(coordinate: "Person.ethnicGroup") { qualityScore quality { score sourceColumn nullPercent
      dimensions { dimension score sampleSize rules { code } } }
    dataset { code qualityScore qualityDimensions { dimension } qualityRules { code } } } }`;
  const { dataField } = await ask(QUALITY);
  const conformity = Math.round((10_000 * (persons - 7)) / persons) / 100;
  expect(dataField.quality).toMatchObject({
    sourceColumn: 'people.person.ethnic_group_code',
    nullPercent: 0,
    dimensions: [
      { dimension: 'COMPLETENESS', score: 100, rules: [] },
      {
        dimension: 'CONFORMITY',
        score: conformity,
        sampleSize: persons,
        rules: [{ code: 'people.person.ethnic_group_code.in_dictionary' }],
      },
      { dimension: 'TIMELINESS', score: 100, rules: [] },
    ],
  });
  expect(dataField.qualityScore).toBe(Math.round((200 + conformity) / 3));
  const { dataset } = dataField;
  expect(dataset.code).toBe('public-security.Person');
  expect(dataset.qualityRules).toHaveLength(rules.filter(({ table }) => table === 'people.person').length);
  expect(dataset.qualityDimensions.map(({ dimension }: Payload) => dimension)).toEqual([
    'COMPLETENESS',
    'CONFORMITY',
    'CONSISTENCY',
  ]);
  expect(dataset.qualityScore).toBeLessThan(100);

  // Within the hour nothing is measured; a day later there are two days, the newest first.
  await hub.pool.query(
    "UPDATE people.person SET birth_date = '1990-01-01', ethnic_group_code = '01' WHERE birth_date = '2031-01-01'",
  );
  hub.clock.set('2026-06-30T12:59:00+08:00');
  await run(measureQuality);
  hub.clock.set('2026-07-01T12:00:00+08:00');
  await run(measureQuality);
  const { qualityRules: later } = await ask(
    '{ qualityRules(coordinate: "Person.ageYears") { measures { day passedCount } } }',
  );
  expect(later).toEqual([
    {
      measures: [
        { day: '2026-07-01', passedCount: persons },
        { day: '2026-06-30', passedCount: persons - 7 },
      ],
    },
  ]);
});

test('a score is everybody’s, the rules behind it are for stewards', async () => {
  const { data, errors } = await hub.ask(
    'frontend',
    '{ dataField(coordinate: "Person.sexCode") { qualityScore } qualityRules { code } }',
  );
  expect(data).toEqual({ dataField: { qualityScore: 100 }, qualityRules: null });
  expect(errors.map(({ extensions }) => extensions?.right)).toEqual(['catalog.steward']);
});

test('fields of two departments that look like one concept are paired with the reasons, those of one department are not', () => {
  const field = (coordinate: string, descriptionZh: string, sourceDepartment: string, valueHashes: string[] = []) => {
    const [, fieldName = ''] = coordinate.split('.');
    return { coordinate, fieldName, fieldType: 'String', descriptionZh, sourceDepartment, valueHashes };
  };
  const pairs = similarFields(
    [
      field('Person.birthDate', '出生日期', 'public-security'),
      field('Insured.birthDate', '出生日期（参保）', 'human-resources'),
      field('Citizen.birthDate', '出生日期', 'public-security'),
      field('Shop.licenceKind', '许可类别', 'market-regulation', ['a', 'b', 'c']),
      field('Stall.permitKind', '许可类别', 'urban-management', ['a', 'b']),
      field('Road.name', '名称', 'transport'),
      field('River.name', '水体', 'water'),
    ],
    null,
  );
  expect(pairs.map(({ first, second, score }) => [first.coordinate, second.coordinate, score])).toEqual([
    ['Citizen.birthDate', 'Insured.birthDate', 0.8],
    ['Insured.birthDate', 'Person.birthDate', 0.8],
    ['Shop.licenceKind', 'Stall.permitKind', 0.65],
  ]);
  expect(pairs[2]).toMatchObject({ sameName: false, sameTerm: true, sameType: true, sharedValues: 1 });
});

test('what is known of fields is for stewards, and everything of it has an operation document', async () => {
  const { data, errors } = await hub.ask(
    'frontend',
    '{ similarFields { score } dataField(coordinate: "Person.name") { readers { clientId } quality { score } } }',
  );
  expect(data).toEqual({ similarFields: null, dataField: { readers: null, quality: null } });
  expect(errors.map(({ extensions }) => extensions?.right)).toEqual([
    'catalog.steward',
    'catalog.steward',
    'catalog.steward',
  ]);
  const name = 'steward-field-knowledge';
  const answer = await hub.ask('steward', operationDocument(name), operationVariables(name));
  expect(answer.errors).toEqual([]);
  expect((answer.data as Payload).unowned).toEqual({ totalCount: 0, nodes: [] });
  expect((answer.data as Payload).unused.totalCount).toBeGreaterThan(0);
  for (const { first, second } of (answer.data as Payload).similarFields) {
    expect(first.sourceDepartmentName).not.toBe(second.sourceDepartmentName);
  }
});
