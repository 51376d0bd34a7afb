import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import { inKeyOrder } from '../../../kit/subgraph-context.ts';
import type { OrganizationsStore } from '../organizations-store.ts';
import { type CommunityRow, divisionCommunityList } from '../territory/community-rows.ts';
import { type EngagementRole, engagementRoles } from './organization-rows.ts';

export interface EngagementCoverageRow {
  readonly code: string;
  readonly role: EngagementRole;
  readonly communityCount: number;
  readonly coveredCount: number;
}

/** Communities that stand in territories, and how many of them have a live holder of a role. */
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
         SELECT count(*)::int AS communities, count(*) FILTER (WHERE $2 = ANY(t.engaged_roles))::int AS covered
           FROM organizations.community t
          WHERE t.stat_code BETWEEN k.code AND rpad(k.code, 12, '9') AND t.valid_to IS NULL) c`,
    [codes, role],
    trace,
  );
  return inKeyOrder(codes, rows, (row) => row.code);
}

/** Communities that stand in a territory without a live holder of the role. */
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
    // A literal, so that the index of the role's gaps serves it; roles towards other things leave no community out.
    lacksRole: (value) => {
      const role = engagementRoles.find((own) => own === value);
      if (role === undefined) throw new Error(`${String(value)} is no role`);
      return `NOT ('${role}' = ANY(t.engaged_roles)) AND t.valid_to IS NULL`;
    },
  },
};
