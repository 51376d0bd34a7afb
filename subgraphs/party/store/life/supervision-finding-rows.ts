import { divisionFilter } from '../../../kit/store/division-filter.ts';
import { columnList } from '../../../kit/store/entity-table.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import type { PartyTransaction } from '../membership-writes.ts';
import type { PartyOrganizationRow } from '../organization-rows.ts';
import type { PartyTable } from '../party-table.ts';

export type SupervisionChannel = 'TARGET_APPRAISAL' | 'PARTY_INSPECTION' | 'CONDUCT_REVIEW' | 'SPECIAL_INSPECTION';
export type FindingState = 'OPEN' | 'RECTIFIED' | 'VERIFIED';

export interface SupervisionFindingRow {
  readonly id: string;
  readonly channel: SupervisionChannel;
  readonly organizationId: string;
  readonly finding: string;
  readonly state: FindingState;
  readonly foundOn: string;
  readonly dueOn: string;
  readonly rectification: string | null;
  readonly rectifiedOn: string | null;
  readonly provenanceId: string;
}

export const SUPERVISION_FINDING_TABLE: PartyTable<SupervisionFindingRow> = {
  table: 'supervision_finding',
  columns: [
    'id',
    'channel',
    'organizationId',
    'finding',
    'state',
    'foundOn',
    'dueOn',
    'rectification',
    'rectifiedOn',
    'provenanceId',
  ],
  dates: ['foundOn', 'dueOn', 'rectifiedOn'],
  place: { alias: 't', hasGridCode: false },
};

export const supervisionFindingList: ListDeclaration<SupervisionFindingRow> = {
  name: 'party.supervision_findings',
  from: 'party.supervision_finding t',
  columns: columnList(SUPERVISION_FINDING_TABLE),
  place: SUPERVISION_FINDING_TABLE.place,
  sorts: {
    STATE: {
      columns: [
        { expression: 't.state', property: 'state', cast: 'text' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'ASC',
      filters: ['divisionCode', 'state'],
    },
  },
  filters: {
    divisionCode: divisionFilter('t', false),
    state: (value, values) => `t.state = $${values.push(value)}`,
  },
};

type FindingPlace = Pick<PartyOrganizationRow, 'cityCode' | 'countyCode' | 'townshipCode' | 'communityCode'>;

export interface LockedFinding extends FindingPlace {
  readonly gridCode: null;
  readonly state: FindingState;
  readonly foundOn: string;
  readonly rectification: string | null;
}

export async function lockFinding(transaction: PartyTransaction, id: string): Promise<LockedFinding | null> {
  const rows = await transaction.$queryRaw<LockedFinding[]>`
    SELECT state, found_on::text AS "foundOn", rectification, city_code AS "cityCode", county_code AS "countyCode",
           township_code AS "townshipCode", community_code AS "communityCode", NULL AS "gridCode"
      FROM party.supervision_finding WHERE id = ${id}::uuid FOR UPDATE`;
  return rows[0] ?? null;
}

export function insertFinding(
  transaction: PartyTransaction,
  data: FindingPlace & {
    readonly id: string;
    readonly channel: SupervisionChannel;
    readonly organizationId: string;
    readonly finding: string;
    readonly foundOn: Date;
    readonly dueOn: Date;
    readonly provenanceId: string;
  },
) {
  return transaction.supervisionFinding.create({ data: { ...data, state: 'OPEN' } });
}

export function updateFinding(
  transaction: PartyTransaction,
  id: string,
  data: {
    readonly state: FindingState;
    readonly rectification?: string;
    readonly rectifiedOn?: Date;
    readonly provenanceId: string;
  },
) {
  return transaction.supervisionFinding.update({ where: { id }, data });
}
