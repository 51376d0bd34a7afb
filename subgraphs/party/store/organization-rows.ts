import type { OperationTrace } from '../../kit/operation-trace.ts';
import { ColumnSet } from '../../kit/store/column-set.ts';
import { divisionFilter } from '../../kit/store/division-filter.ts';
import type { ListDeclaration } from '../../kit/store/keyset-list.ts';
import { statementText } from '../../kit/store/statement-text.ts';
import { inKeyOrder } from '../../kit/subgraph-context.ts';
import type { PartyStore } from './party-store.ts';

export type PartyOrganizationKind =
  | 'COMMITTEE'
  | 'GENERAL_BRANCH'
  | 'BRANCH'
  | 'GRID_BRANCH'
  | 'MICRO_GRID_GROUP'
  | 'JOINT_BRANCH'
  | 'GROUP';

/** A party organization. Its place goes as deep as the organization does: a city's committee has no county. */
export interface PartyOrganizationRow {
  readonly id: string;
  readonly kind: PartyOrganizationKind;
  readonly name: string;
  readonly parentId: string | null;
  readonly secretaryPersonId: string | null;
  readonly secretaryName: string | null;
  readonly establishedOn: string;
  readonly termEndsOn: string | null;
  readonly cityCode: string;
  readonly countyCode: string | null;
  readonly townshipCode: string | null;
  readonly communityCode: string | null;
  readonly gridCode: string | null;
  readonly microGridCode: string | null;
  readonly hostKind: 'CIVIC_TEAM' | 'STAIRWELL' | 'UNIT' | null;
  readonly hostName: string | null;
  readonly publicContact: string | null;
  /** Units that a joint branch covers. */
  readonly coveredUnits: readonly string[];
  readonly organizationCode: string;
  readonly provenanceId: string;
  /** Items that another batch brought, by the key that their dataset has for them. */
  readonly itemProvenance: Readonly<Record<string, string>> | null;
}

const COLUMN_SET = new ColumnSet(
  `t.id, t.kind, t.name, t.parent_id AS "parentId", t.secretary_person_id AS "secretaryPersonId",
  t.secretary_name AS "secretaryName", t.established_on::text AS "establishedOn", t.term_ends_on::text AS "termEndsOn",
  t.city_code AS "cityCode", t.county_code AS "countyCode", t.township_code AS "townshipCode",
  t.community_code AS "communityCode", t.grid_code AS "gridCode", t.micro_grid_code AS "microGridCode",
  t.host_kind AS "hostKind", t.host_name AS "hostName", t.public_contact AS "publicContact",
  t.covered_units AS "coveredUnits", t.organization_code AS "organizationCode", t.provenance_id AS "provenanceId",
  t.item_provenance AS "itemProvenance"`,
  ['id'],
);
const COLUMNS = COLUMN_SET.all;

export async function findOrganizations(
  store: PartyStore,
  ids: readonly string[],
  trace: OperationTrace,
  wanted?: ReadonlySet<string>,
): Promise<(PartyOrganizationRow | null)[]> {
  const rows = await store.database.rows<PartyOrganizationRow>(
    'party_organization_by_id',
    statementText`SELECT ${COLUMN_SET.select(wanted)} FROM party.party_organization t WHERE t.id = ANY($1::uuid[])`,
    [ids],
    trace,
    { key: 'id' },
  );
  return inKeyOrder(ids, rows, (row) => row.id);
}

/** The branch of each grid; a unique index allows one at most. */
export async function findBranchesOfGrids(
  store: PartyStore,
  gridCodes: readonly string[],
  trace: OperationTrace,
): Promise<(PartyOrganizationRow | null)[]> {
  const rows = await store.database.rows<PartyOrganizationRow>(
    'branches_of_grids',
    statementText`SELECT ${COLUMNS} FROM party.party_organization t
      WHERE t.grid_code = ANY($1::text[]) AND t.kind = 'GRID_BRANCH'`,
    [gridCodes],
    trace,
    { key: 'gridCode' },
  );
  return inKeyOrder(gridCodes, rows, (row) => row.gridCode ?? '');
}

/** The group of each micro-grid; the one established first, should there be two. */
export async function findGroupsOfMicroGrids(
  store: PartyStore,
  microGridCodes: readonly string[],
  trace: OperationTrace,
): Promise<(PartyOrganizationRow | null)[]> {
  const rows = await store.database.rows<PartyOrganizationRow>(
    'groups_of_micro_grids',
    statementText`SELECT DISTINCT ON (t.micro_grid_code) ${COLUMNS} FROM party.party_organization t
      WHERE t.micro_grid_code = ANY($1::text[]) AND t.kind = 'MICRO_GRID_GROUP'
      ORDER BY t.micro_grid_code, t.established_on, t.id`,
    [microGridCodes],
    trace,
  );
  return inKeyOrder(microGridCodes, rows, (row) => row.microGridCode ?? '');
}

/** The organization that leads each community: its committee, else its general branch, else its branch. */
export async function findCoresOfCommunities(
  store: PartyStore,
  communityCodes: readonly string[],
  trace: OperationTrace,
): Promise<(PartyOrganizationRow | null)[]> {
  const rows = await store.database.rows<PartyOrganizationRow>(
    'cores_of_communities',
    statementText`SELECT DISTINCT ON (t.community_code) ${COLUMNS} FROM party.party_organization t
      WHERE t.community_code = ANY($1::text[]) AND t.kind = ANY(ARRAY['COMMITTEE', 'GENERAL_BRANCH', 'BRANCH'])
        AND t.grid_code IS NULL
      ORDER BY t.community_code, array_position(ARRAY['COMMITTEE', 'GENERAL_BRANCH', 'BRANCH'], t.kind),
               t.established_on, t.id`,
    [communityCodes],
    trace,
  );
  return inKeyOrder(communityCodes, rows, (row) => row.communityCode ?? '');
}

/** Each tier's own committee: the column of its code, and the column of the tier below, which is empty. */
const COMMITTEE_TIERS = [
  { digits: 4, column: 'city_code', below: 'county_code' },
  { digits: 6, column: 'county_code', below: 'township_code' },
  { digits: 9, column: 'township_code', below: 'community_code' },
] as const;

/** The committees of cities, counties and townships, by their codes (4, 6 or 9 digits, of any tiers). */
export async function findCommitteesOfDivisions(
  store: PartyStore,
  codes: readonly string[],
  trace: OperationTrace,
): Promise<(PartyOrganizationRow | null)[]> {
  const tiers = COMMITTEE_TIERS.filter(({ digits }) => codes.some((code) => code.length === digits));
  if (tiers.length === 0) return codes.map(() => null);
  const parts = tiers.map(
    ({ column, below }) =>
      `SELECT t.${column} AS "divisionCode", ${COLUMNS} FROM party.party_organization t
        WHERE t.${column} = ANY($1::text[]) AND t.${below} IS NULL AND t.kind = 'COMMITTEE'`,
  );
  const rows = await store.database.rows<PartyOrganizationRow & { divisionCode: string }>(
    'committees_of_divisions',
    `SELECT DISTINCT ON (d."divisionCode") d.* FROM (${parts.join(' UNION ALL ')}) d
      ORDER BY d."divisionCode", d."establishedOn", d.id`,
    [codes],
    trace,
  );
  return inKeyOrder(codes, rows, (row) => row.divisionCode);
}

/** Every tier's column leads an index with `kind` behind it, and another without. */
export const organizationList: ListDeclaration<PartyOrganizationRow> = {
  name: 'party.organizations',
  from: 'party.party_organization t',
  columns: COLUMN_SET,
  type: 'PartyOrganization',
  sorts: {
    ID: {
      columns: [{ expression: 't.id', property: 'id', cast: 'uuid' }],
      direction: 'ASC',
      filters: ['divisionCode', 'kind'],
    },
  },
  filters: {
    divisionCode: divisionFilter('t', true),
    kind: (value, values) => `t.kind = $${values.push(value)}`,
  },
};
