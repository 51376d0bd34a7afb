import { globalId } from '../../../kit/global-id.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { Provenance } from '../builder.ts';
import { GRID_CARD } from '../cards.ts';
import { Grid, GridAssignment, gridLoader, MicroGrid, microGridLoader } from '../entities.ts';
import { loadChief } from '../workforce/grid-posts.ts';

MicroGrid.implement({
  description: '微网格 A micro-grid of a grid. Reference data, open to every caller; its chief is not.',
  card: GRID_CARD,
  entity: microGridLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: (microGrid) => globalId('MicroGrid', microGrid.microGridCode),
    }),
    microGridCode: t.exposeString('microGridCode', {
      description: '微网格编码 18 digits: the grid’s code and a local number.',
    }),
    name: t.exposeString('name', { description: '名称 Name.' }),
    grid: t.field({
      type: Grid,
      nullable: true,
      description: '所属网格 Grid of the micro-grid.',
      card: KEY_CARD,
      ...gridLoader.below(({ gridCode }: { readonly gridCode: string }) => globalId('Grid', gridCode)),
    }),
    chief: t.field({
      type: GridAssignment,
      nullable: true,
      description: '微网格长 The live chief; null when there is none, or outside the caller’s area.',
      card: KEY_CARD,
      resolve: ({ microGridCode }, _args, context) => loadChief('microGrid', microGridCode, context),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (microGrid, _args, context) => loadProvenance(microGrid.provenanceId, context),
    }),
  }),
});
