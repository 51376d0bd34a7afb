import { pageArguments, pageBelow } from '../../../kit/graph/connection.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import type { OrganizationsStore } from '../../store/organizations-store.ts';
import {
  countCoverage,
  countForce,
  type GridCoverageRow,
  type GridForceRow,
} from '../../store/territory/grid-figures.ts';
import { territoryGridList } from '../../store/territory/grid-rows.ts';
import { builder } from '../builder.ts';
import { GRID_CARD } from '../cards.ts';
import { GridConnection } from '../entities.ts';

const COVERAGE_CARD = { ...GRID_CARD, unit: '个 grids', derivedFrom: 'count of Grid and its live GRID_CHIEF' };
const FORCE_CARD = { ...GRID_CARD, unit: '个岗位 posts', derivedFrom: 'count of live GridAssignment' };

/** 网格覆盖: how many grids a territory has and how many of them have a chief. */
export const GridCoverage = builder.objectRef<GridCoverageRow>('GridCoverage').implement({
  description: '网格覆盖 Grids of a territory and whether each has a chief. Open: not cut to the caller’s area.',
  card: COVERAGE_CARD,
  fields: (t) => ({
    gridCount: t.exposeInt('gridCount', { description: '网格数 Grids.' }),
    gridsWithChief: t.exposeInt('gridsWithChief', { description: '有网格长的网格数 Grids with a live chief.' }),
    gridsWithoutChief: t.field({
      type: GridConnection,
      description: '缺网格长的网格 Grids without a live chief.',
      args: pageArguments(t.arg),
      resolve: ({ code }, args, context, info) =>
        pageBelow(
          territoryGridList,
          { column: 'k.key', cast: 'text', key: code },
          args,
          { sort: 'GRID_CODE', filter: { hasChief: false, asOf: 'NOW' } },
          context,
          info,
        ),
    }),
  }),
});

/** 网格力量: how many live posts of each role a territory has. */
export const GridForce = builder.objectRef<GridForceRow>('GridForce').implement({
  description: '网格力量 Live posts by role; somebody with two posts counts twice. Open: not cut to the caller’s area.',
  card: FORCE_CARD,
  fields: (t) => ({
    gridChiefCount: t.exposeInt('gridChiefCount', { description: '网格长 Grid chiefs.' }),
    fullTimeGridWorkerCount: t.exposeInt('fullTimeGridWorkerCount', {
      description: '专职网格员 Full-time grid workers.',
    }),
    partTimeGridWorkerCount: t.exposeInt('partTimeGridWorkerCount', {
      description: '兼职网格员 Part-time grid workers.',
    }),
    gridInstructorCount: t.exposeInt('gridInstructorCount', { description: '网格指导员 Grid instructors.' }),
    microGridChiefCount: t.exposeInt('microGridChiefCount', { description: '微网格长 Micro-grid chiefs.' }),
  }),
});

/** Coverage of a territory by its significant code; territories of one step share a statement. */
export async function loadCoverage(code: string, context: SubgraphContext<OrganizationsStore>) {
  const found = await context.loaders
    .get<GridCoverageRow | null>('gridCoverage', (codes) => countCoverage(context.store, codes, context.trace))
    .load(code);
  return found ?? { code, gridCount: 0, gridsWithChief: 0 };
}

/** Force of a territory by its significant code; territories of one step share a statement. */
export async function loadForce(code: string, context: SubgraphContext<OrganizationsStore>): Promise<GridForceRow> {
  const found = await context.loaders
    .get<GridForceRow | null>('gridForce', (codes) => countForce(context.store, codes, context.trace))
    .load(code);
  // The statement answers every code that it is asked for.
  if (found === null) throw new Error(`no grid force was counted for ${code}`);
  return found;
}
