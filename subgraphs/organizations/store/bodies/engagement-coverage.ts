import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { OrganizationsStore } from '../organizations-store.ts';
import { type CommunityRow, divisionCommunityList } from '../territory/community-rows.ts';
import type { EngagementRole } from './organization-rows.ts';

export interface EngagementCoverageRow {
  readonly code: string;
  readonly role: EngagementRole;
  readonly communityCount: number;
  readonly coveredCount: number;
}

/** Communities of territories, and how many of them have a live holder of a role; one probe of an index per community. */
export async function countEngagementCoverage(
  store: OrganizationsStore,
  role: EngagementRole,
  codes: readonly string[],
  trace: OperationTrace,
): Promise<(EngagementCoverageRow | null)[]> {
  const rows = await store.database.rows<EngagementCoverageRow>(
    'engagement_coverage',
    `SELECT k.code, $2::text AS role, c.communities AS "communityCount", c.covered AS "coveredCount"
       FROM unnest($1::text[]) AS k(code)
       CROSS JOIN LATERAL (
         SELECT count(*)::int AS communities, count(e.subject_key)::int AS covered
           FROM organizations.community t
           LEFT JOIN LATERAL (
             SELECT x.subject_key FROM organizations.engagement x
              WHERE x.subject_type = 'COMMUNITY' AND x.subject_key = t.stat_code AND x.role = $2
                AND x.valid_to IS NULL LIMIT 1) e ON true
          WHERE t.stat_code BETWEEN k.code AND rpad(k.code, 12, '9')) c`,
    [codes, role],
    trace,
  );
  return inKeyOrder(codes, rows, (row) => row.code);
}

/** Communities of a territory without a live holder of the role. */
export const uncoveredCommunityList: ListDeclaration<CommunityRow> = {
  ...divisionCommunityList,
  name: 'organizations.uncovered_communities',
  sorts: {
    STAT_CODE: {
      columns: [{ expression: 't.stat_code', property: 'statCode', cast: 'text' }],
      direction: 'ASC',
      filters: ['lacksRole'],
    },
  },
  filters: {
    lacksRole: (value, values) => `NOT EXISTS (SELECT 1 FROM organizations.engagement x
      WHERE x.subject_type = 'COMMUNITY' AND x.subject_key = t.stat_code AND x.role = $${values.push(value)}
        AND x.valid_to IS NULL)`,
  },
};
