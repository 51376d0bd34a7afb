import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoParties, issueToken } from '../../../gateway/identity/tokens.ts';
import { samplePartyMembers } from '../../../prisma/seed/party/party-members-sample.ts';
import { samplePartyOrganizations } from '../../../prisma/seed/party/party-organizations-sample.ts';
import { samplePeople } from '../../../prisma/seed/people/people-sample.ts';
import type { RightCode } from '../../../subgraphs/kit/codes/rights.ts';
import { uuidSource } from '../../../subgraphs/kit/ids.ts';
import { partyMembersDataset } from '../../../subgraphs/party/datasets/party-members-dataset.ts';
import { partyOrganizationsDataset } from '../../../subgraphs/party/datasets/party-organizations-dataset.ts';
import { openFigureCounters } from '../../../subgraphs/registry.ts';
import { type CityHub, openCityHub } from '../../kit/city-hub.ts';
import { countsOf, datasetCsv, NO_ROWS, sendDataset } from '../../kit/dataset-files.ts';
import { settledOutbox } from '../../kit/settled-outbox.ts';

let hub: CityHub;
let origin: string;
let token: string;

beforeAll(async () => {
  hub = await openCityHub();
  origin = await hub.app.listen({ port: 0, host: '127.0.0.1' });
  token = await department('test-party', 'party-organization');
});
afterAll(() => hub[Symbol.asyncDispose]());

async function department(
  clientId: string,
  departmentCode: 'party-organization' | 'party-organs',
  {
    areas = ['3304'],
    rights = ['party-organization.import', 'party-member.import', 'party.membership'],
  }: {
    readonly areas?: readonly string[];
    readonly rights?: readonly RightCode[];
  } = {},
) {
  await hub.catalog.ensureClients([
    {
      ...{ clientId, name: clientId, kind: 'SYSTEM', departmentCode, jurisdictionCodes: areas },
      ...{ jurisdictionRule: 'DIVISIONS', rights, costBudgetPerMinute: 1_000, active: true },
    },
  ]);
  return issueToken(hub.key, demoParties, { clientId }, 600);
}

type Row = Readonly<Record<string, string>>;
const options = { city: 'jiaxing', scale: 0.001 } as const;
const organizations = [...samplePartyOrganizations({ ...options, count: 20, seed: 'party' })];
const members = [...samplePartyMembers({ ...options, count: 40, seed: 'party' })];
const [organization, otherOrganization] = organizations;
const [member, otherMember, thirdMember] = members;
if (!organization || !otherOrganization || !member || !otherMember || !thirdMember) throw new Error('no sample');

const sendOrganizations = (rows: Iterable<Row>, as = token) =>
  sendDataset(origin, as, 'party-organizations', datasetCsv(partyOrganizationsDataset, rows));
const sendMembers = (rows: Iterable<Row>, as = token) =>
  sendDataset(origin, as, 'party-members', datasetCsv(partyMembersDataset, rows));
const rows = async (text: string, values: unknown[] = []) => (await hub.pool.query(text, values)).rows;
const personOf = async (citizenId: string): Promise<string> => {
  const { data } = await hub.ask(
    'system',
    'query ($id: String!) { personByCitizenId(citizenId: $id) { id } }',
    { id: citizenId },
    { 'x-yiyun-unmask': 'true' },
  );
  return (data as { personByCitizenId: { id: string } }).personByCitizenId.id;
};

async function figuresAgree() {
  for (const counter of openFigureCounters({ pool: hub.pool, clock: hub.clock, ids: uuidSource })) {
    if (counter.subgraph !== 'party') continue;
    await settledOutbox(hub.pool, 'party');
    await counter.catchUp();
    expect(await counter.recount()).toEqual([]);
  }
}

test('new branches are registered with events and figures, and the same file again changes nothing', async () => {
  const merged = await sendOrganizations(organizations);
  expect(merged.receipt.reason).toBeNull();
  expect([merged.status, countsOf(merged.receipt)]).toEqual([200, { ...NO_ROWS, rows: 20, inserted: 20 }]);
  expect(
    await rows(
      "SELECT count(*)::int AS count, count(community_code)::int AS placed FROM party.outbox WHERE event_type = 'party_organization.registered'",
    ),
  ).toEqual([{ count: 20, placed: 20 }]);
  await figuresAgree();
  expect(countsOf((await sendOrganizations(organizations)).receipt)).toEqual({ ...NO_ROWS, rows: 20, unchanged: 20 });
  const { data } = await hub.ask(
    { client: 'test-party' },
    `{ partyImports(first: 2) { nodes { datasetName departmentName rowCount } } }`,
  );
  expect(data).toEqual({
    partyImports: { nodes: Array(2).fill({ datasetName: '党组织', departmentName: '组织部', rowCount: 20 }) },
  });
});

test('an organization names its parent; a second branch of a grid is held, and what does not fit is told', async () => {
  const placed = await sendOrganizations([{ ...organization, parentCode: otherOrganization.organizationCode }]);
  expect(countsOf(placed.receipt)).toEqual({ ...NO_ROWS, rows: 1, updated: 1 });
  const [grid] = await rows("SELECT grid_code FROM party.party_organization WHERE kind = 'GRID_BRANCH' LIMIT 1");
  const branch = { ...otherOrganization, organizationCode: 'DZ-NEW-1', kind: '网格党支部', placeCode: grid.grid_code };
  const taken = await sendOrganizations([branch]);
  expect(taken.receipt.results).toMatchObject([{ outcome: 'held', column: 'placeCode', code: 'PLACE_TAKEN' }]);

  const wrong = await sendOrganizations([
    { ...branch, placeCode: grid.grid_code.slice(0, 12) },
    { ...organization, parentCode: organization.organizationCode },
    { ...organization, parentCode: 'DZ-UNKNOWN' },
    { ...organization, termEndsOn: organization.establishedOn },
    { ...organization, kind: '党小组', termEndsOn: '2029-01-01' },
    { ...organization, organizationCode: 'DZ-NEW-2', name: '' },
  ]);
  expect(wrong.receipt.results.map(({ line, column, code }) => [line, column, code])).toEqual([
    [2, 'placeCode', 'PLACE_UNFIT_FOR_KIND'],
    [3, 'parentCode', 'REFERS_TO_ITSELF'],
    [4, 'parentCode', 'REFERENCE_UNKNOWN'],
    [5, 'termEndsOn', 'PERIOD_REVERSED'],
    [6, 'termEndsOn', 'GROUP_HAS_NO_TERM'],
    [7, 'name', 'NEW_INCOMPLETE'],
  ]);
});

test('two new branches of one grid in one file: the first is taken, the second is held', async () => {
  await hub.pool.query(
    `UPDATE party.party_organization SET kind = 'BRANCH'
      WHERE id = (SELECT max(id::text)::uuid FROM party.party_organization WHERE kind = 'GRID_BRANCH')`,
  );
  const [free] = await rows(
    `SELECT g.grid_code FROM organizations.grid g
      WHERE NOT EXISTS (SELECT FROM party.party_organization p WHERE p.grid_code = g.grid_code AND p.kind = 'GRID_BRANCH') LIMIT 1`,
  );
  const branch = { ...otherOrganization, kind: 'GRID_BRANCH', placeCode: free.grid_code };
  const { receipt } = await sendOrganizations([
    { ...branch, organizationCode: 'DZ-GRID-1' },
    { ...branch, organizationCode: 'DZ-GRID-2' },
  ]);
  expect(countsOf(receipt)).toEqual({ ...NO_ROWS, rows: 2, inserted: 1, held: 1 });
  expect(receipt.results).toMatchObject([{ line: 3, code: 'PLACE_TAKEN' }]);
});

test('the source department renames; another one’s word becomes a conflict', async () => {
  const organs = await department('test-organs', 'party-organs');
  const named = { organizationCode: organization.organizationCode };
  const disputed = await sendOrganizations([{ ...named, name: '机关工委所称的支部' }], organs);
  expect(countsOf(disputed.receipt)).toEqual({ ...NO_ROWS, rows: 1, held: 1, conflicts: 1 });
  const renamed = await sendOrganizations([{ ...named, name: '更名后的支部委员会' }]);
  expect(countsOf(renamed.receipt)).toEqual({ ...NO_ROWS, rows: 1, updated: 1 });
  const { data } = await hub.ask(
    { client: 'test-organs' },
    `{ partyOrganizationItemConflicts { nodes { item statedValue rule state departmentName standingDepartmentName
        partyOrganization { name organizationCode itemSources { item provenance { departmentName } } } } } }`,
  );
  expect(data).toMatchObject({
    partyOrganizationItemConflicts: {
      nodes: [
        {
          ...{ item: 'name', statedValue: '机关工委所称的支部', rule: 'SOURCE_STANDS', state: 'OPEN' },
          ...{ departmentName: '直属机关工委', standingDepartmentName: '组织部' },
          partyOrganization: { name: '更名后的支部委员会', ...named },
        },
      ],
    },
  });
});

test('members are found by number, get their membership and category, and the same file again changes nothing', async () => {
  const merged = await sendMembers(members);
  expect(merged.receipt.reason).toBeNull();
  expect([merged.status, countsOf(merged.receipt)]).toEqual([200, { ...NO_ROWS, rows: 40, inserted: 40 }]);
  expect(
    await rows(
      `SELECT count(*)::int AS members, (count(*) FILTER (WHERE m.valid_from = p.joined_on AND m.valid_to IS NULL))::int AS belonging,
              (count(*) FILTER (WHERE c.category = p.category))::int AS categories, count(p.grid_code)::int AS placed
         FROM party.party_member p JOIN party.membership m ON m.member_id = p.id JOIN party.member_category c ON c.member_id = p.id
        WHERE p.provenance_id = $1`,
      [merged.receipt.batchId],
    ),
  ).toEqual([{ members: 40, belonging: 40, categories: 40, placed: 40 }]);
  await figuresAgree();
  expect(countsOf((await sendMembers(members)).receipt)).toEqual({ ...NO_ROWS, rows: 40, unchanged: 40 });

  const { data } = await hub.ask(
    'system',
    `query ($id: ID!) { person(id: $id) { partyMembership { category organization { organizationCode }
        memberships { validFrom } provenance { kind departmentName } } } }`,
    { id: await personOf(member.citizenId) },
  );
  expect(data).toEqual({
    person: {
      partyMembership: {
        category: member.category,
        organization: { organizationCode: member.organizationCode },
        memberships: [{ validFrom: member.joinedOn }],
        provenance: { kind: 'IMPORT', departmentName: '组织部' },
      },
    },
  });
  // The number itself is not kept with the party's rows.
  const dump =
    JSON.stringify(await rows('SELECT * FROM party.outbox')) +
    JSON.stringify(await rows('SELECT * FROM party.import_row'));
  expect(dump).not.toContain(member.citizenId);
});

test('flags are changed; branch and category change by procedures of their own and are held', async () => {
  const { citizenId } = otherMember;
  const employed = otherMember.employedMember === 'true' ? '否' : '是';
  const changed = await sendMembers([{ citizenId, employedMember: employed }]);
  expect(countsOf(changed.receipt)).toEqual({ ...NO_ROWS, rows: 1, updated: 1 });
  const moved = await sendMembers([{ citizenId, organizationCode: organization.organizationCode }]);
  expect(countsOf(moved.receipt)).toEqual({ ...NO_ROWS, rows: 1, held: 1, conflicts: 1 });
  expect(moved.receipt.results).toMatchObject([{ column: 'organizationCode', code: 'RECORDED_ELSEWHERE' }]);
  const list = `{ partyMemberItemConflicts { nodes { item statedValue partyMember { id } } } }`;
  const clear = await hub.ask('steward', list);
  // Stewards see that there is a conflict; whose, and what was said, needs the right to memberships.
  expect(clear.data).toMatchObject({
    partyMemberItemConflicts: { nodes: [{ item: 'organization', statedValue: '***', partyMember: null }] },
  });
});

test('who is unknown or outside of the area is rejected like a wrong branch, and no value is shown', async () => {
  const [committee] = await rows("SELECT organization_code FROM party.party_organization WHERE kind = 'COMMITTEE'");
  const [free, next] = [...samplePartyMembers({ ...options, count: 60, seed: 'party' })].slice(-2);
  const [stranger] = samplePeople({ ...options, count: 1, seed: 'nobody on record' });
  if (free === undefined || next === undefined || stranger === undefined) throw new Error('no sample');
  const { receipt } = await sendMembers([
    { ...free, citizenId: '330499199001010012' },
    { ...free, citizenId: stranger.citizenId },
    { ...free, organizationCode: 'DZ-UNKNOWN' },
    { ...next, organizationCode: committee.organization_code },
    { ...member, memberSince: '1990-01-01' },
  ]);
  expect(receipt.results.map(({ line, column, code, value }) => [line, column, code, value])).toEqual([
    [2, 'citizenId', 'CITIZEN_ID_INVALID', '***'],
    [3, 'citizenId', 'REFERENCE_UNKNOWN', null],
    [4, 'organizationCode', 'REFERENCE_UNKNOWN', null],
    [5, 'organizationCode', 'HOLDS_NO_MEMBERS', null],
    [6, 'memberSince', 'PERIOD_REVERSED', '***'],
  ]);
  const elsewhere = await department('test-party-elsewhere', 'party-organization', { areas: ['330482'] });
  const outside = await sendMembers([free], elsewhere);
  expect(outside.receipt.results).toMatchObject([{ column: 'citizenId', code: 'REFERENCE_UNKNOWN', value: null }]);
});

test('membership has a right of its own: that of organizations is not enough', async () => {
  const structure = await department('test-structure', 'party-organization', { rights: ['party-organization.import'] });
  expect((await sendMembers([thirdMember], structure)).status).toBe(403);
  expect((await sendOrganizations([otherOrganization], structure)).status).toBe(200);
});

test('nobody matches lists of numbers on the graph without the right to', async () => {
  const { data, errors } = await hub.ask(
    'system',
    'query ($ids: [String!]!) { matchedPersons(citizenIds: $ids) { id } }',
    {
      ids: [member.citizenId],
    },
  );
  expect(data).toBeNull();
  expect(errors[0]?.extensions).toMatchObject({ code: 'FIELD_RIGHT_MISSING' });
});
