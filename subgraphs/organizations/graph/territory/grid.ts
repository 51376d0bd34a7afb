import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, pageBelow } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { microGridList } from '../../store/territory/micro-grid-rows.ts';
import { assignmentList } from '../../store/workforce/assignment-rows.ts';
import { Provenance } from '../builder.ts';
import { GRID_CARD } from '../cards.ts';
import {
  Community,
  communityLoader,
  Grid,
  GridAssignment,
  GridAssignmentConnection,
  gridLoader,
  MicroGridConnection,
} from '../entities.ts';
import { GridKind, GridRole } from '../vocabulary.ts';
import { loadChief } from '../workforce/grid-posts.ts';
import { GridForce, loadForce } from './grid-figures.ts';

Grid.implement({
  description: '网格 A grid of a community. Reference data, open to every caller; its posts are not.',
  card: GRID_CARD,
  entity: gridLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      reads: ['gridCode'],
      resolve: (grid) => globalId('Grid', grid.gridCode),
    }),
    gridCode: t.exposeString('gridCode', {
      description: '网格编码 15 digits: the community’s code and a local number.',
    }),
    name: t.exposeString('name', { description: '名称 Name.' }),
    kind: t.field({ type: GridKind, description: '类型 Kind.', reads: ['kind'], resolve: ({ kind }) => kind }),
    validFrom: t.expose('validFrom', {
      type: 'LocalDate',
      nullable: true,
      description: '启用日期 First day; null: on record for as long as the hub knows.',
    }),
    validTo: t.expose('validTo', {
      type: 'LocalDate',
      nullable: true,
      description: '停用日期 First day on which it is no more; null while it is.',
    }),
    community: t.field({
      type: Community,
      nullable: true,
      description: '所在社区 Community of the grid.',
      card: KEY_CARD,
      reads: ['communityCode'],
      ...communityLoader.below(({ communityCode }: { readonly communityCode: string }) =>
        globalId('Community', communityCode),
      ),
    }),
    microGrids: t.field({
      type: MicroGridConnection,
      description: '微网格 Micro-grids of the grid, by code.',
      card: KEY_CARD,
      args: {
        ...pageArguments(t.arg),
        asOf: t.arg({ type: 'LocalDate', description: '时点 As on this day; as now when left out.' }),
      },
      reads: ['gridCode'],
      resolve: ({ gridCode }, { asOf, ...args }, context, info) =>
        pageBelow(
          { ...microGridList, name: 'organizations.grid_micro_grids' },
          { column: 't.grid_code', cast: 'text', key: gridCode },
          args,
          // Of a grid that has ended all are shown, as they ended with it.
          { sort: 'MICRO_GRID_CODE', filter: asOf == null ? {} : { asOf } },
          context,
          info,
        ),
    }),
    chief: t.field({
      type: GridAssignment,
      nullable: true,
      description: '网格长 The live chief; null when there is none, or outside the caller’s area.',
      card: KEY_CARD,
      reads: ['gridCode'],
      resolve: ({ gridCode }, _args, context) => loadChief('grid', gridCode, context),
    }),
    assignments: t.field({
      type: GridAssignmentConnection,
      description: '任职 Posts in the grid and its micro-grids, newest first, former ones included.',
      card: KEY_CARD,
      args: {
        ...pageArguments(t.arg),
        asOf: t.arg({ type: 'DateTime', description: '只取该时刻在任的 Only posts held at this instant.' }),
        role: t.arg({ type: GridRole, description: '职务 Role.' }),
      },
      reads: ['gridCode'],
      resolve: ({ gridCode }, { asOf, role, ...page }, context, info) =>
        pageBelow(
          assignmentList,
          { column: 't.grid_code', cast: 'text', key: gridCode },
          page,
          { sort: 'NEWEST', filter: { asOf, role } },
          context,
          info,
        ),
    }),
    force: t.field({
      type: GridForce,
      description: '网格力量 Live posts by role.',
      reads: ['gridCode'],
      resolve: ({ gridCode }, _args, context) => loadForce(gridCode, context),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      reads: ['provenanceId'],
      resolve: (grid, _args, context) => loadProvenance(grid.provenanceId, context),
    }),
  }),
});
