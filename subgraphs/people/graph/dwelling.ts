import { globalId } from '../../kit/global-id.ts';
import { pageArguments, pageBelow } from '../../kit/graph/connection.ts';
import { KEY_CARD } from '../../kit/graph/data-card.ts';
import { loadProvenance } from '../../kit/graph/provenance.ts';
import { householdList } from '../store/household-rows.ts';
import { Community, Grid, MicroGrid, Provenance } from './builder.ts';
import { Dwelling, dwellingLoader, HouseholdConnection } from './entities.ts';
import { DwellingUsage } from './vocabulary.ts';

Dwelling.implement({
  description: '房屋 A dwelling on a standard address.',
  card: { source: 'housing', sharing: 'CONDITIONAL', grade: 2, category: 'PERSONAL', updateCycle: 'MONTHLY' },
  entity: dwellingLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: (dwelling) => globalId('Dwelling', dwelling.id),
    }),
    address: t.exposeString('addressText', {
      description: '标准地址 Standard address down to the room; cut before the building number without the right.',
      card: { right: 'household.address', mask: 'address', grade: 3, source: 'public-security' },
    }),
    estateName: t.exposeString('estateName', { description: '小区 Name of the estate.' }),
    areaSquareMetres: t.exposeFloat('areaSquareMetres', {
      description: '建筑面积 Floor area.',
      card: { unit: '平方米 m²' },
    }),
    usage: t.field({
      type: DwellingUsage,
      description: '用途 What it is used for.',
      resolve: (dwelling) => dwelling.usage,
    }),
    households: t.field({
      type: HouseholdConnection,
      description: '住户 Households that live here.',
      args: pageArguments(t.arg),
      resolve: (dwelling, args, context, info) =>
        pageBelow(
          { ...householdList, name: 'people.dwelling_households' },
          { column: 't.dwelling_id', cast: 'uuid', key: dwelling.id },
          args,
          { sort: 'ID', filter: {} },
          context,
          info,
        ),
    }),
    community: t.field({
      type: Community,
      description: '所在社区 Community of the dwelling.',
      resolve: (dwelling) => ({ id: globalId('Community', dwelling.communityCode) }),
    }),
    grid: t.field({
      type: Grid,
      description: '所在网格 Grid of the dwelling.',
      resolve: (dwelling) => ({ id: globalId('Grid', dwelling.gridCode) }),
    }),
    microGrid: t.field({
      type: MicroGrid,
      description: '所在微网格 Micro-grid of the dwelling.',
      resolve: (dwelling) => ({ id: globalId('MicroGrid', dwelling.microGridCode) }),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (dwelling, _args, context) => loadProvenance(dwelling.provenanceId, context),
    }),
  }),
});
