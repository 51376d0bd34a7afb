import { afterAll, beforeAll, expect, test } from 'vitest';
import { readText } from '../../../subgraphs/kit/names/text-reading.ts';
import { organizations } from '../../../subgraphs/organizations/index.ts';
import { insertBodies, organizationKeys } from '../../kit/bodies-rows.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { insertOrganizations } from '../../kit/organizations-rows.ts';
import { CITY, COMMUNITY_A, COUNTY_AB, COUNTY_C } from '../../kit/people-rows.ts';
import { plannedReads, recordQueries } from '../../kit/query-plans.ts';

let subgraph: TestSubgraph;
const USCC = '91350200MA2YJ1XR9G';

beforeAll(async () => {
  subgraph = await openTestSubgraph(organizations);
  const { pool } = subgraph;
  await insertOrganizations(pool);
  await insertBodies(pool);
  const { rows } = await pool.query<{ id: string; name: string }>('SELECT id, name FROM organizations.organization');
  for (const { id, name } of rows) {
    const { pinyin, initials } = readText(name);
    await pool.query('UPDATE organizations.organization SET name_pinyin = $2, name_initials = $3 WHERE id = $1', [
      id,
      pinyin,
      initials,
    ]);
  }
  // The two of community A share a telephone; the property service has a code, the one of the other county is far.
  await pool.query(
    "UPDATE organizations.organization SET phone = '10012345678', address_text = '嘉兴市南湖区新嘉街道甲社区' WHERE id = ANY($1)",
    [[organizationKeys.society, organizationKeys.owners]],
  );
  await pool.query('UPDATE organizations.organization SET uscc = $2 WHERE id = $1', [organizationKeys.property, USCC]);
  await pool.query("UPDATE organizations.organization SET phone = '10087654321' WHERE id = $1", [
    organizationKeys.elsewhere,
  ]);
  // Enough bodies for Postgres to weigh its indexes.
  await pool.query(`
    INSERT INTO organizations.organization (id, kind, name, name_pinyin, name_initials, phone, address_text, city_code,
           county_code, township_code, community_code, provenance_id)
    SELECT gen_random_uuid(), 'STATIONED_UNIT', md5(n::text), md5('p' || n), md5('i' || n), (20000000000 + n)::text,
           md5('a' || n), '3304', '33040' || 1 + n % 9, '33040' || 1 + n % 9 || '001', '33040' || 1 + n % 9 || '001001',
           gen_random_uuid()
      FROM generate_series(1, 20000) n`);
  await pool.query('VACUUM ANALYZE organizations.organization');
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const FIND = `query ($by: FindOrganizationInput!) { findOrganization(by: $by) { __typename
  ... on OrganizationFound { organization { id } }
  ... on SeveralOrganizationsMatch { organizations { id } moreMatch nextStep }
  ... on NoOrganizationMatches { nextStep } } }`;
const id = (key: keyof typeof organizationKeys) => ({ id: `Organization:${organizationKeys[key]}` });
const find = (area: string, by: object) => subgraph.run(testCaller([area]), FIND, { by });

test.each([
  ['code', CITY, { uscc: USCC.toLowerCase() }, ['property'], 'bodies_by_uscc'],
  ['telephone of two', COUNTY_AB, { phone: '100-1234-5678' }, ['society', 'owners'], 'bodies_by_phone'],
  ['telephone of another county', COUNTY_AB, { phone: '10087654321' }, [], 'bodies_by_phone'],
  ['telephone in its own county', COUNTY_C, { phone: '10087654321' }, ['elsewhere'], 'bodies_by_phone'],
  ['part of the name', CITY, { name: '互助社' }, ['elsewhere', 'society'], 'bodies_by_name'],
  ['part of the name, in the area', COUNTY_C, { name: '互助社' }, ['elsewhere'], 'bodies_by_name'],
  ['pinyin', COUNTY_AB, { namePinyin: 'huzhu she' }, ['society'], 'bodies_by_name_pinyin'],
  ['initials', COUNTY_AB, { nameInitials: 'YZWYH' }, ['owners'], 'bodies_by_name_initials'],
  ['address', COMMUNITY_A, { address: '新嘉街道甲' }, ['society', 'owners'], 'bodies_by_address_text'],
  ['name of a body of the whole city', COMMUNITY_A, { name: '示例物业' }, ['property'], 'bodies_by_name'],
  ['a wildcard, which is a character like others', CITY, { name: '%%%' }, [], 'bodies_by_name'],
])('a body is found by %s in one statement, an ambiguous key is never guessed', async (_what, area, by, keys, name) => {
  const { data, problems, statements } = await find(area, by);
  expect(problems).toEqual([]);
  const found = keys.map((key) => id(key as keyof typeof organizationKeys));
  expect(data.findOrganization).toEqual(
    found.length === 0
      ? { __typename: 'NoOrganizationMatches', nextStep: expect.stringContaining('辖区外') }
      : found.length === 1
        ? { __typename: 'OrganizationFound', organization: found[0] }
        : {
            __typename: 'SeveralOrganizationsMatch',
            organizations: found,
            moreMatch: false,
            nextStep: expect.stringContaining('统一社会信用代码'),
          },
  );
  expect(statements).toEqual([name]);
});

test('a dissolved body is not found, and a caller without an area finds none', async () => {
  const { pool } = subgraph;
  await pool.query("UPDATE organizations.organization SET dissolved_on = '2026-01-01' WHERE id = $1", [
    organizationKeys.alliance,
  ]);
  expect((await find(CITY, { name: '长三角联盟' })).data.findOrganization.__typename).toBe('NoOrganizationMatches');
  const { data } = await subgraph.run(testCaller([]), FIND, { by: { uscc: USCC } });
  expect(data.findOrganization.__typename).toBe('NoOrganizationMatches');
});

test.each([
  [{}, /exactly one/],
  [{ name: '互助社', phone: '10012345678' }, /exactly one/],
  [{ name: '互助' }, /3 to 60/],
  [{ phone: '12a' }, /5 to 15 digits/],
  [{ uscc: '91350200MA2YJ1XR91' }, /position 18/],
  [{ uscc: '91350200MA2YJ1XR8G' }, /position 17/],
])('a key that is none is refused before anything is read: %j', async (by, message) => {
  const { data, errors, statements } = await find(CITY, by);
  expect(data).toBeNull();
  expect(errors[0]?.extensions.code).toBe('FILTER_INVALID');
  expect(errors[0]?.message).toMatch(message);
  expect(statements).toEqual([]);
});

test.each([
  [{ uscc: USCC }, 'organization_uscc_key'],
  [{ phone: '10012345678' }, 'organization_phone_idx'],
  [{ name: '互助社' }, 'organization_name_idx'],
  [{ namePinyin: 'huzhushe' }, 'organization_name_pinyin_idx'],
  [{ nameInitials: 'yzwyh' }, 'organization_name_initials_idx'],
  [{ address: '新嘉街道甲' }, 'organization_address_text_idx'],
])('the search by %j is served by its own index', async (by, index) => {
  const queries = await recordQueries(subgraph.pool, () => find(CITY, by));
  const reads = queries[0] === undefined ? [] : await plannedReads(subgraph.pool, queries[0]);
  expect(reads).toContain(index);
  expect(reads).not.toContain('Seq Scan');
});

test('a registered body is found at once by how its name is read', async () => {
  const { data } = await subgraph.run(
    testCaller([COUNTY_AB], 'organization.write'),
    `mutation ($input: RegisterOrganizationInput!) { registerOrganization(input: $input) {
       ... on RegisterOrganizationSuccess { organization { phone address } } } }`,
    {
      input: {
        kind: 'SERVICE_TEAM',
        name: '甲社区银行反诈服务团队',
        divisionCode: COMMUNITY_A,
        phone: '100-5555-6666',
        address: '嘉兴市南湖区新嘉街道甲社区 1 号',
        establishedOn: '2026-06-01',
        idempotencyKey: 'register-and-find',
      },
    },
  );
  expect(data.registerOrganization.organization).toEqual({
    phone: '10055556666',
    address: '嘉兴市南湖区新嘉街道甲社区 1 号',
  });
  expect((await find(COUNTY_AB, { namePinyin: 'yinhangfanzha' })).data.findOrganization.__typename).toBe(
    'OrganizationFound',
  );
  expect((await find(COUNTY_AB, { nameInitials: 'yhfz' })).data.findOrganization.__typename).toBe('OrganizationFound');
});
