import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { columnList } from '../../../kit/store/entity-table.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { PartyTransaction } from '../membership-writes.ts';
import type { PartyStore } from '../party-store.ts';
import type { PartyTable } from '../party-table.ts';

export const meetingKinds = [
  'MEMBERS_ASSEMBLY',
  'COMMITTEE_MEETING',
  'GROUP_MEETING',
  'PARTY_LESSON',
  'THEME_DAY',
  'DEMOCRATIC_APPRAISAL',
  'JOINT_MEETING',
] as const;
export type PartyMeetingKind = (typeof meetingKinds)[number];

export interface PartyMeetingRow {
  readonly id: string;
  readonly organizationId: string;
  readonly kind: PartyMeetingKind;
  readonly heldOn: string;
  readonly topic: string;
  readonly expectedCount: number;
  readonly attendedCount: number;
  readonly provenanceId: string;
}

const MEETING_TABLE: Pick<PartyTable<PartyMeetingRow>, 'columns' | 'dates'> = {
  columns: ['id', 'organizationId', 'kind', 'heldOn', 'topic', 'expectedCount', 'attendedCount', 'provenanceId'],
  dates: ['heldOn'],
};

export const meetingList: ListDeclaration<PartyMeetingRow> = {
  name: 'party.meetings',
  from: 'party.party_meeting t',
  columns: columnList(MEETING_TABLE),
  sorts: {
    HELD_ON: {
      columns: [
        { expression: 't.held_on', property: 'heldOn', cast: 'date' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'DESC',
      filters: [],
    },
  },
  filters: {},
};

export interface LastMeetingRow {
  readonly organizationId: string;
  readonly kind: PartyMeetingKind;
  readonly lastHeldOn: string;
}

/** When each organization last held each kind. */
export async function findLastMeetings(
  store: PartyStore,
  organizationIds: readonly string[],
  trace: OperationTrace,
): Promise<LastMeetingRow[][]> {
  const rows = await store.database.rows<LastMeetingRow>(
    'last_meetings',
    `SELECT t.organization_id AS "organizationId", t.kind, max(t.held_on)::text AS "lastHeldOn"
       FROM party.party_meeting t WHERE t.organization_id = ANY($1::uuid[]) GROUP BY t.organization_id, t.kind`,
    [organizationIds],
    trace,
  );
  return groupByKey(organizationIds, rows, (row) => row.organizationId);
}

export async function findMeeting(
  store: PartyStore,
  id: string,
  trace: OperationTrace,
): Promise<PartyMeetingRow | null> {
  const rows = await store.database.rows<PartyMeetingRow>(
    'party_meeting_by_id',
    `SELECT ${columnList(MEETING_TABLE)} FROM party.party_meeting t WHERE t.id = $1::uuid`,
    [id],
    trace,
  );
  return rows[0] ?? null;
}

/** False when the organization held this kind on this day already. */
export async function insertMeeting(
  transaction: PartyTransaction,
  data: {
    readonly id: string;
    readonly organizationId: string;
    readonly kind: PartyMeetingKind;
    readonly heldOn: Date;
    readonly topic: string;
    readonly expectedCount: number;
    readonly attendedCount: number;
    readonly cityCode: string;
    readonly countyCode: string | null;
    readonly townshipCode: string | null;
    readonly communityCode: string | null;
    readonly gridCode: string | null;
    readonly provenanceId: string;
  },
): Promise<boolean> {
  const { count } = await transaction.partyMeeting.createMany({ data: [data], skipDuplicates: true });
  return count === 1;
}
