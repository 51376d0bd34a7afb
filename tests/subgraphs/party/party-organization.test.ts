import { afterAll, beforeAll, expect, test } from 'vitest';
import { party } from '../../../subgraphs/party/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../../kit/open-test-subgraph.ts';
import { insertParty, memberKeys, memberPersonKeys, organizationKeys } from '../../kit/party-rows.ts';
import {
  CITY,
  COMMUNITY_A,
  COMMUNITY_B,
  COMMUNITY_C,
  COUNTY_AB,
  COUNTY_C,
  GRID_A1,
  GRID_A2,
  GRID_B1,
  GRID_C1,
} from '../../kit/people-rows.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await openTestSubgraph(party);
  await insertParty(subgraph.pool);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

/** The structure is open: even a caller without an area sees it. */
const NOBODY = testCaller([]);
const organization = (name: keyof typeof organizationKeys) => ({ id: `PartyOrganization:${organizationKeys[name]}` });
const member = (name: keyof typeof memberKeys) => ({ id: `PartyMember:${memberKeys[name]}` });

test('an organization shows its place as deep as it goes, its secretary’s name and what is above and below', async () => {
  const { data, problems, statements } = await subgraph.run(
    NOBODY,
    `{ branch: partyOrganization(id: "${organization('branchA1').id}") { kind name parent { name } secretaryName
         establishedOn termEndsOn division { id } community { id } grid { id } microGrid { id }
         children { nodes { name } totalCount } provenance { systemCode } }
       group: partyOrganization(id: "${organization('groupA1').id}") { microGrid { id } termEndsOn secretaryName }
       county: partyOrganization(id: "${organization('county').id}") { division { id } community { id } grid { id } }
       city: partyOrganization(id: "${organization('city').id}") { division { id } parent { id } } }`,
  );

  expect(problems).toEqual([]);
  expect(data).toEqual({
    branch: {
      kind: 'GRID_BRANCH',
      name: '甲社区第一网格党支部',
      parent: { name: '中共甲社区总支部委员会' },
      secretaryName: '王芳',
      establishedOn: '2019-06-01',
      termEndsOn: '2029-06-01',
      division: { id: `Division:${COMMUNITY_A}` },
      community: { id: `Community:${COMMUNITY_A}` },
      grid: { id: `Grid:${GRID_A1}` },
      microGrid: null,
      children: { nodes: [{ name: '1号微网格党小组' }], totalCount: 1 },
      provenance: { systemCode: 'test-system' },
    },
    group: { microGrid: { id: `MicroGrid:${GRID_A1}001` }, termEndsOn: null, secretaryName: null },
    county: { division: { id: 'Division:330402000000' }, community: null, grid: null },
    city: { division: { id: 'Division:330400000000' }, parent: null },
  });
  expect(statements.toSorted()).toEqual([
    'party.organization_children',
    'party_organization_by_id',
    'party_organization_by_id',
    'provenance_by_id',
  ]);
});

test('organizations are listed by area of every tier and by kind', async () => {
  const { data } = await subgraph.run(
    NOBODY,
    `{ all: partyOrganizations { totalCount }
       county: partyOrganizations(filter: { divisionCode: "330402000000" }) { totalCount }
       branches: partyOrganizations(filter: { divisionCode: "${CITY}", kind: GRID_BRANCH }) { nodes { id } }
       grid: partyOrganizations(filter: { divisionCode: "${GRID_A1}" }) { nodes { id } }
       kind: partyOrganizations(filter: { kind: JOINT_BRANCH }) { nodes { id } } }`,
  );

  expect(data).toEqual({
    all: { totalCount: 12 },
    county: { totalCount: 8 },
    branches: { nodes: [organization('branchA1'), organization('branchA2'), organization('branchC1')] },
    grid: { nodes: [organization('branchA1'), organization('groupA1')] },
    kind: { nodes: [organization('jointA')] },
  });
});

test('a province is no place of a party organization, and is refused as a filter', async () => {
  const { problems, statements } = await subgraph.run(
    NOBODY,
    '{ partyOrganizations(filter: { divisionCode: "33" }) { totalCount } }',
  );

  expect([problems, statements]).toEqual([['FILTER_INVALID partyOrganizations'], []]);
});

test('without the right members, their number and the secretary as a person are refused, each by name', async () => {
  const { data, problems, errors, statements } = await subgraph.run(
    testCaller([CITY]),
    `{ partyOrganization(id: "${organization('branchA1').id}") {
         name secretaryName secretary { id } memberCount members { nodes { id } } } }`,
  );

  expect(data.partyOrganization).toEqual({
    name: '甲社区第一网格党支部',
    secretaryName: '王芳',
    secretary: null,
    memberCount: null,
    members: null,
  });
  expect(problems.toSorted()).toEqual([
    'FIELD_RIGHT_MISSING partyOrganization.memberCount',
    'FIELD_RIGHT_MISSING partyOrganization.members',
    'FIELD_RIGHT_MISSING partyOrganization.secretary',
  ]);
  expect(errors[0]?.extensions).toMatchObject({ right: 'party.membership', department: 'party-organization' });
  expect(statements).toEqual(['party_organization_by_id']);
});

test('with the right the number is exact and the list is kept to the caller’s area', async () => {
  const { data, problems, statements } = await subgraph.run(
    testCaller([COUNTY_AB], 'party.membership'),
    `{ partyOrganizations(filter: { kind: GRID_BRANCH }) { nodes { id secretary { id } memberCount
         members { nodes { id } totalCount } } } }`,
  );

  expect(problems).toEqual([]);
  expect(data.partyOrganizations.nodes).toEqual([
    {
      ...organization('branchA1'),
      secretary: { id: `Person:${memberPersonKeys.wang}` },
      // 吴 belongs to the branch and lives in another county.
      memberCount: 3,
      members: { nodes: [member('zhang'), member('wang')], totalCount: 2 },
    },
    { ...organization('branchA2'), secretary: null, memberCount: 0, members: { nodes: [], totalCount: 0 } },
    // Outside the caller's area the number is not told, rather than told wrong.
    { ...organization('branchC1'), secretary: null, memberCount: null, members: { nodes: [], totalCount: 0 } },
  ]);
  expect(statements.toSorted()).toEqual(['member_count', 'party.organization_members', 'party.organizations']);
});

test('the number of members is not told above the caller’s area', async () => {
  const count = async (area: string) =>
    (
      await subgraph.run(
        testCaller([area], 'party.membership'),
        `{ a: partyOrganization(id: "${organization('county').id}") { memberCount }
           b: partyOrganization(id: "${organization('branchA1').id}") { memberCount } }`,
      )
    ).data;

  expect(await count(COUNTY_AB)).toEqual({ a: { memberCount: 0 }, b: { memberCount: 3 } });
  expect(await count(COMMUNITY_A)).toEqual({ a: { memberCount: null }, b: { memberCount: 3 } });
  expect(await count(GRID_A1)).toEqual({ a: { memberCount: null }, b: { memberCount: 3 } });
  expect(await count(GRID_A2)).toEqual({ a: { memberCount: null }, b: { memberCount: null } });
  expect(await count(COUNTY_C)).toEqual({ a: { memberCount: null }, b: { memberCount: null } });
});

test('territories of every tier find their organization, one statement per kind of territory', async () => {
  const { data, problems, statements } = await subgraph.run(
    NOBODY,
    `query ($r: [_Any!]!) { _entities(representations: $r) {
       ... on Division { partyOrganization { id } } ... on Community { partyOrganization { id } }
       ... on Grid { partyBranch { id } } ... on MicroGrid { partyGroup { id } } } }`,
    {
      r: [
        'Division:330000000000',
        'Division:330400000000',
        'Division:330402000000',
        'Division:330402001000',
        `Division:${COMMUNITY_A}`,
        `Community:${COMMUNITY_A}`,
        `Community:${COMMUNITY_B}`,
        `Community:${COMMUNITY_C}`,
        `Grid:${GRID_A1}`,
        `Grid:${GRID_B1}`,
        `Grid:${GRID_C1}`,
        `MicroGrid:${GRID_A1}001`,
        `MicroGrid:${GRID_A1}002`,
      ].map((id) => ({ __typename: id.split(':')[0], id })),
    },
  );

  expect(problems).toEqual([]);
  expect(data._entities).toEqual([
    { partyOrganization: null },
    { partyOrganization: organization('city') },
    { partyOrganization: organization('county') },
    { partyOrganization: organization('township') },
    { partyOrganization: organization('communityA') },
    { partyOrganization: organization('communityA') },
    { partyOrganization: null },
    { partyOrganization: organization('communityC') },
    { partyBranch: organization('branchA1') },
    { partyBranch: null },
    { partyBranch: organization('branchC1') },
    { partyGroup: organization('groupA1') },
    { partyGroup: null },
  ]);
  expect(statements.toSorted()).toEqual([
    'branches_of_grids',
    'committees_of_divisions',
    'cores_of_communities',
    'groups_of_micro_grids',
  ]);
});

test('references of the wrong type and malformed ones find nothing', async () => {
  const { data, problems, statements } = await subgraph.run(
    NOBODY,
    `query ($r: [_Any!]!) { _entities(representations: $r) { __typename
       ... on PartyOrganization { name } ... on Grid { partyBranch { id } } } }`,
    {
      r: [
        { __typename: 'PartyOrganization', ...member('zhang') },
        { __typename: 'PartyOrganization', id: 'PartyOrganization:1' },
        { __typename: 'Grid', id: `Community:${COMMUNITY_A}` },
        { __typename: 'Grid', id: 'Grid:1' },
      ],
    },
  );

  expect(problems).toEqual([]);
  expect(data._entities).toEqual([null, null, null, { __typename: 'Grid', partyBranch: null }]);
  expect(statements).toEqual([]);
});
