import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { divisionFilter } from '../../../kit/store/division-filter.ts';
import { columnList, type EntityTable } from '../../../kit/store/entity-table.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import type { PlaceScope } from '../../../kit/store/place-scope.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { OrganizationsStore } from '../organizations-store.ts';
import type { CommunityWorkerRow } from './worker-rows.ts';

const PLACE: PlaceScope = { alias: 't', hasGridCode: false };

export interface PostRow {
  readonly id: string;
  readonly title: string;
  readonly kind: CommunityWorkerRow['post'];
  readonly headcount: number;
  readonly duties: string;
  readonly position: string;
  readonly goals: string;
  readonly appraisal: string;
  readonly pay: string;
  readonly lowestGrade: number;
  readonly highestGrade: number;
  readonly establishedOn: string;
  readonly abolishedOn: string | null;
  readonly communityCode: string;
  readonly provenanceId: string;
}

export const postTable: EntityTable<PostRow> = {
  table: 'post',
  columns: [
    'id',
    'title',
    'kind',
    'headcount',
    'duties',
    'position',
    'goals',
    'appraisal',
    'pay',
    'lowestGrade',
    'highestGrade',
    'establishedOn',
    'abolishedOn',
    'communityCode',
    'provenanceId',
  ],
  dates: ['establishedOn', 'abolishedOn'],
  place: PLACE,
};

export const postList: ListDeclaration<PostRow> = {
  name: 'organizations.posts',
  from: 'organizations.post t',
  columns: columnList(postTable),
  place: PLACE,
  sorts: {
    ID: {
      columns: [{ expression: 't.id', property: 'id', cast: 'uuid' }],
      direction: 'ASC',
      filters: ['divisionCode'],
    },
  },
  filters: { divisionCode: divisionFilter('t', false) },
};

/** How many live service records fill each post. */
export async function countFilledPosts(
  store: OrganizationsStore,
  postIds: readonly string[],
  trace: OperationTrace,
): Promise<number[]> {
  const rows = await store.database.rows<{ id: string; filled: number }>(
    'filled_posts',
    `SELECT post_id AS id, count(*)::int AS filled FROM organizations.service_record
      WHERE post_id = ANY($1::uuid[]) AND valid_to IS NULL GROUP BY post_id`,
    [postIds],
    trace,
  );
  return inKeyOrder(postIds, rows, (row) => row.id).map((row) => row?.filled ?? 0);
}

export type RecruitmentState = 'ANNOUNCED' | 'REGISTERING' | 'EXAMINING' | 'PUBLICIZED' | 'COMPLETED' | 'CANCELLED';

export interface RecruitmentRow {
  readonly id: string;
  readonly title: string;
  readonly channel: 'OPEN_EXAMINATION' | 'CADRE_SELECTION' | 'SECRETARY_POSTS';
  readonly postId: string | null;
  readonly headcount: number;
  readonly applicants: number;
  readonly hired: number;
  readonly state: RecruitmentState;
  readonly announcedOn: string;
  readonly closedOn: string | null;
  readonly provenanceId: string;
}

/** A recruitment is a public announcement; its table is an open register. */
export const recruitmentTable: EntityTable<RecruitmentRow> = {
  table: 'recruitment',
  columns: [
    'id',
    'title',
    'channel',
    'postId',
    'headcount',
    'applicants',
    'hired',
    'state',
    'announcedOn',
    'closedOn',
    'provenanceId',
  ],
  dates: ['announcedOn', 'closedOn'],
};

export const recruitmentList: ListDeclaration<RecruitmentRow> = {
  name: 'organizations.recruitments',
  from: 'organizations.recruitment t',
  columns: columnList(recruitmentTable),
  sorts: {
    NEWEST: {
      columns: [
        { expression: 't.announced_on', property: 'announcedOn', cast: 'date' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'DESC',
      filters: ['divisionCode'],
    },
  },
  filters: { divisionCode: divisionFilter('t', false) },
};
