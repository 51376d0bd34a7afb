import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';
import { equals, newestFirst, tableReader } from '../table-reader.ts';

export interface DeliberationRow {
  readonly id: string;
  readonly title: string;
  readonly form: string;
  readonly level: string;
  readonly venue: string;
  readonly side: string;
  readonly catalogItemId: string;
  readonly state: string;
  readonly eligibleVoters: number;
  readonly quorumRuleCode: string;
  readonly openedAt: Date;
  readonly votingEndsAt: Date | null;
  readonly yes: number;
  readonly no: number;
  readonly abstain: number;
  readonly postCount: number;
  readonly disclosedAt: Date | null;
  readonly communityCode: string;
  readonly provenanceId: string;
}

export const deliberationTable = tableReader<DeliberationRow>(
  'deliberation',
  {
    ...{ id: true, title: true, form: true, level: true, venue: true, side: true, catalogItemId: true, state: true },
    ...{ eligibleVoters: true, quorumRuleCode: true, openedAt: true, votingEndsAt: true, yes: true, no: true },
    ...{ abstain: true, postCount: true, disclosedAt: true, communityCode: true, provenanceId: true },
  },
  { hasGridCode: false },
);

export const deliberationList = deliberationTable.list(
  'deliberations',
  { OPENED_AT: newestFirst('opened_at', 'openedAt', 'timestamptz', ['state', 'level', 'venue', 'divisionCode']) },
  { state: equals('state'), level: equals('level'), venue: equals('venue') },
);

export interface DeliberationCatalogRow {
  readonly id: string;
  readonly countyCode: string;
  readonly content: string;
  readonly sides: string[];
  readonly levels: string[];
  readonly procedure: string;
  readonly agenda: string;
  readonly useOfResult: string;
  readonly provenanceId: string;
}

export const catalogTable = tableReader<DeliberationCatalogRow>('deliberation_catalog_item', {
  ...{ id: true, countyCode: true, content: true, sides: true, levels: true, procedure: true, agenda: true },
  ...{ useOfResult: true, provenanceId: true },
});

export const catalogList = catalogTable.list(
  'deliberation_catalog',
  {
    ID: { columns: [{ expression: 't.id', property: 'id', cast: 'uuid' }], direction: 'ASC', filters: ['countyCode'] },
  },
  { countyCode: equals('county_code') },
);

export interface PostRow {
  readonly id: string;
  readonly deliberationId: string;
  readonly parentId: string | null;
  readonly side: string;
  readonly text: string;
  readonly postedAt: Date;
}

const MAX_POSTS = 200;

/** What was said, oldest first; replies name their post. Of deliberations that the caller was allowed to see. */
export async function findPosts(
  store: ServicesStore,
  deliberationIds: readonly string[],
  trace: OperationTrace,
): Promise<PostRow[][]> {
  const rows = await store.database.rows<PostRow>(
    'posts_of_deliberations',
    `SELECT p.* FROM unnest($1::uuid[]) AS k(key)
       CROSS JOIN LATERAL (
         SELECT t.id, t.deliberation_id AS "deliberationId", t.parent_id AS "parentId", t.side, t.text,
                t.posted_at AS "postedAt"
           FROM services.deliberation_post t
          WHERE t.deliberation_id = k.key ORDER BY t.posted_at, t.id LIMIT $2) p
      ORDER BY p."postedAt", p.id`,
    [deliberationIds, MAX_POSTS],
    trace,
  );
  return groupByKey(deliberationIds, rows, (row) => row.deliberationId);
}

export interface CovenantRow {
  readonly id: string;
  readonly kind: string;
  readonly version: number;
  readonly text: string;
  readonly adoptedByDeliberationId: string;
  readonly filedOn: string;
  readonly supersededOn: string | null;
  readonly communityCode: string;
  readonly provenanceId: string;
}

export const covenantTable = tableReader<CovenantRow>(
  'covenant',
  {
    ...{ id: true, kind: true, version: true, text: true, adoptedByDeliberationId: true, filedOn: 'date' as const },
    ...{ supersededOn: 'date' as const, communityCode: true, provenanceId: true },
  },
  { hasGridCode: false },
);

export const covenantList = covenantTable.list('covenants', {
  FILED_ON: newestFirst('filed_on', 'filedOn', 'date', ['divisionCode']),
});

export interface DisclosureRow {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  readonly deliberationId: string | null;
  readonly publishedAt: Date;
  readonly communityCode: string;
  readonly provenanceId: string;
}

/** What is disclosed is disclosed to everybody. */
export const disclosureTable = tableReader<DisclosureRow>('disclosure', {
  ...{ id: true, kind: true, title: true, text: true, deliberationId: true, publishedAt: true },
  ...{ communityCode: true, provenanceId: true },
});

export const disclosureList = disclosureTable.list(
  'disclosures',
  { PUBLISHED_AT: newestFirst('published_at', 'publishedAt', 'timestamptz', ['kind', 'communityCode']) },
  { kind: equals('kind'), communityCode: equals('community_code') },
);
