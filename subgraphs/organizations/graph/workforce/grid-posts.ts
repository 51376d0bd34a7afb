import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import type { OrganizationsStore } from '../../store/organizations-store.ts';
import {
  findChiefs,
  findPostsOf,
  type GridAssignmentRow,
  type HolderKind,
} from '../../store/workforce/assignment-rows.ts';

type Context = SubgraphContext<OrganizationsStore>;

/** The live chief of a grid or micro-grid; all of a step share one statement. */
export function loadChief(of: 'grid' | 'microGrid', code: string, context: Context) {
  const { store, caller, trace } = context;
  return context.loaders
    .get<GridAssignmentRow | null>(`${of}Chief`, (codes) => findChiefs(store, of, codes, caller, trace))
    .load(code);
}

/** Posts of a person or worker; all of a step share one statement. */
export function loadPostsOf(holder: HolderKind, id: string, asOf: Date | null | undefined, context: Context) {
  const { store, caller, trace } = context;
  const instant = asOf ?? null;
  return context.loaders
    .get<GridAssignmentRow[]>(`${holder}Posts:${instant?.toISOString() ?? ''}`, (ids) =>
      findPostsOf(store, holder, ids, instant, caller, trace),
    )
    .load(id);
}
