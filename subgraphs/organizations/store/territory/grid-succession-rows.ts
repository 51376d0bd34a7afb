import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { OrganizationsStore } from '../organizations-store.ts';

/** Which grid (15 digits) or micro-grid (18) goes on as which. Reference data, as the grids are. */
export interface GridSuccessionRow {
  readonly fromCode: string;
  readonly toCode: string;
  readonly effectiveOn: string;
}

const COLUMNS = `t.from_code AS "fromCode", t.to_code AS "toCode", t.effective_on::text AS "effectiveOn"`;
/** A community has a few dozen grids with some dozens of micro-grids each. */
const MOST = 5_000;

/** All that was passed on from communities, in the order of the codes. */
export async function findSuccessionsFrom(
  store: OrganizationsStore,
  communityCodes: readonly string[],
  trace: OperationTrace,
): Promise<GridSuccessionRow[][]> {
  const rows = await store.database.rows<GridSuccessionRow & { readonly ownerCode: string }>(
    'grid_successions_from',
    `SELECT t.from_community_code AS "ownerCode", ${COLUMNS} FROM organizations.grid_succession t
      WHERE t.from_community_code = ANY($1::text[]) ORDER BY t.from_code LIMIT ${MOST}`,
    [communityCodes],
    trace,
  );
  return groupByKey(communityCodes, rows, ({ ownerCode }) => ownerCode);
}

/** What each grid was before, or goes on as. */
export async function findSuccessionsOf(
  store: OrganizationsStore,
  side: 'from' | 'to',
  codes: readonly string[],
  trace: OperationTrace,
): Promise<GridSuccessionRow[][]> {
  const rows = await store.database.rows<GridSuccessionRow>(
    `grid_successions_${side === 'from' ? 'after' : 'before'}`,
    `SELECT ${COLUMNS} FROM organizations.grid_succession t WHERE t.${side}_code = ANY($1::text[]) ORDER BY t.effective_on`,
    [codes],
    trace,
  );
  return groupByKey(codes, rows, (row) => (side === 'from' ? row.fromCode : row.toCode));
}
