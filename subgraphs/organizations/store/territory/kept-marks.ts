import type { OrganizationsTransaction } from '../organizations-transaction.ts';

/**
 * What a grid or a community has, kept in its own row, so that an index finds those that lack it. Set from the rows that
 * say so, behind the lock of its own: whoever has changed those asks for it before the transaction ends.
 */

/** Says in the rows of grids whether they have a live chief. */
export async function markLedGrids(transaction: OrganizationsTransaction, gridCodes: readonly string[]): Promise<void> {
  await transaction.$queryRaw`
    SELECT grid_code FROM organizations.grid WHERE grid_code = ANY(${[...gridCodes]}::text[]) ORDER BY grid_code FOR UPDATE`;
  await transaction.$executeRaw`
    UPDATE organizations.grid t SET led = NOT t.led
     WHERE t.grid_code = ANY(${[...gridCodes]}::text[])
       AND t.led <> EXISTS (SELECT FROM organizations.grid_assignment a
                             WHERE a.grid_code = t.grid_code AND a.role = 'GRID_CHIEF' AND a.valid_to IS NULL)`;
}

/** Says in the rows of communities which roles somebody holds towards them. */
export async function markEngagedRoles(
  transaction: OrganizationsTransaction,
  communityCodes: readonly string[],
): Promise<void> {
  if (communityCodes.length === 0) return;
  await transaction.$queryRaw`
    SELECT stat_code FROM organizations.community WHERE stat_code = ANY(${[...communityCodes]}::text[]) ORDER BY stat_code FOR UPDATE`;
  await transaction.$executeRaw`
    UPDATE organizations.community t
       SET engaged_roles = ARRAY(SELECT DISTINCT e.role FROM organizations.engagement e
                                  WHERE e.subject_type = 'COMMUNITY' AND e.subject_key = t.stat_code AND e.valid_to IS NULL
                                  ORDER BY e.role)
     WHERE t.stat_code = ANY(${[...communityCodes]}::text[])`;
}
