import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, pageBelow } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { divisionCommunityList, findCommunityCodes } from '../../store/territory/community-rows.ts';
import { type DivisionRow, divisionList } from '../../store/territory/division-rows.ts';
import { CodeValue, Provenance } from '../builder.ts';
import { DIVISION_CARD, GRID_CARD } from '../cards.ts';
import {
  Community,
  CommunityConnection,
  communityLoader,
  Division,
  DivisionConnection,
  divisionLoader,
} from '../entities.ts';
import { DivisionKind, DivisionLevel, urbanRuralClassCodes } from '../vocabulary.ts';
import { statCodesDownTo } from './division-tiers.ts';
import { GridCoverage, GridForce, loadCoverage, loadForce } from './grid-figures.ts';

Division.implement({
  description: '行政区划 A division of the official list, province to village. Reference data, open to every caller.',
  card: DIVISION_CARD,
  entity: divisionLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: (division) => globalId('Division', division.statCode),
    }),
    statCode: t.exposeString('statCode', { description: '统计用区划代码 Statistical code, 12 digits.' }),
    code: t.exposeString('code', { description: '区划代码 Code without trailing zeros: 2, 4, 6, 9 or 12 digits.' }),
    name: t.exposeString('name', { description: '名称 Name.' }),
    level: t.field({ type: DivisionLevel, description: '层级 Tier.', resolve: (division) => division.level }),
    kind: t.field({
      type: DivisionKind,
      description: '类型 Kind.',
      card: { derivedFrom: 'statCode' },
      resolve: (division) => division.kind,
    }),
    parent: t.field({
      type: Division,
      nullable: true,
      description: '上级区划 Division above; the pseudo tier x198 is skipped, null for a province.',
      card: KEY_CARD,
      ...divisionLoader.below(({ parentStatCode }: { readonly parentStatCode: string | null }) =>
        parentStatCode === null ? null : globalId('Division', parentStatCode),
      ),
    }),
    children: t.field({
      type: DivisionConnection,
      description: '下级区划 Divisions directly below, by code.',
      card: KEY_CARD,
      args: {
        ...pageArguments(t.arg),
        asOf: t.arg({ type: 'LocalDate', description: '时点 As on this day; as now when left out.' }),
      },
      resolve: ({ statCode }, { asOf, ...args }, context, info) =>
        pageBelow(
          { ...divisionList, name: 'organizations.division_children' },
          { column: 't.parent_stat_code', cast: 'text', key: statCode },
          args,
          { sort: 'STAT_CODE', filter: { asOf: asOf ?? 'NOW' } },
          context,
          info,
        ),
    }),
    path: t.field({
      type: [Division],
      description: '全路径 From the province down to the division itself; pseudo tiers are skipped.',
      card: { derivedFrom: 'statCode' },
      resolve: async ({ code }, _args, context) => {
        const above = await Promise.all(
          statCodesDownTo(code).map((statCode) => divisionLoader.load(globalId('Division', statCode), context)),
        );
        return above.filter((division): division is DivisionRow => division !== null && !division.pseudo);
      },
    }),
    functionalZone: t.exposeBoolean('functionalZone', {
      description: '是否功能区 Whether it is a zone of statistics, not a division by GB/T 2260.',
      card: { derivedFrom: 'statCode' },
    }),
    urbanRuralClass: t.field({
      type: CodeValue,
      nullable: true,
      description: '城乡分类 Urban-rural class of a village-level division.',
      card: { derivedFrom: 'kind of the township and of the village, the list carries no class' },
      resolve: ({ urbanRuralClassCode }) =>
        urbanRuralClassCode === null ? null : urbanRuralClassCodes.of(urbanRuralClassCode),
    }),
    listEdition: t.expose('listEdition', {
      type: 'LocalDate',
      description: '名单截止日 Day on which the edition of the list was cut off.',
    }),
    validFrom: t.expose('validFrom', {
      type: 'LocalDate',
      nullable: true,
      description: '起 First day; null: on record for as long as the hub knows.',
    }),
    validTo: t.expose('validTo', {
      type: 'LocalDate',
      nullable: true,
      description: '止 First day on which it was no more; null while it is.',
    }),
    community: t.field({
      type: Community,
      nullable: true,
      description: '社区（村） The community of a village-level division that has people.',
      card: KEY_CARD,
      resolve: ({ statCode, level }, _args, context) =>
        level === 'VILLAGE' ? communityLoader.load(globalId('Community', statCode), context) : null,
    }),
    communityCodes: t.stringList({
      description:
        '所辖社区（村）代码 Codes of the communities with people in it now, at any tier below; for what is counted of each by other departments.',
      reads: ['code'],
      resolve: ({ code }, _args, { loaders, store, trace }) =>
        loaders.get<string[]>('division:communityCodes', (codes) => findCommunityCodes(store, codes, trace)).load(code),
    }),
    communities: t.field({
      type: CommunityConnection,
      description: '所辖社区（村） Communities with people in this division, at any tier below, by code.',
      card: KEY_CARD,
      args: {
        ...pageArguments(t.arg),
        asOf: t.arg({ type: 'LocalDate', description: '时点 As on this day; as now when left out.' }),
      },
      resolve: ({ code }, { asOf, ...args }, context, info) =>
        pageBelow(
          divisionCommunityList,
          { column: 'k.key', cast: 'text', key: code },
          args,
          { sort: 'STAT_CODE', filter: { asOf: asOf ?? 'NOW' } },
          context,
          info,
        ),
    }),
    gridCoverage: t.field({
      type: GridCoverage,
      description: '网格覆盖 Grids and whether each has a chief.',
      card: GRID_CARD,
      resolve: ({ code }, _args, context) => loadCoverage(code, context),
    }),
    gridForce: t.field({
      type: GridForce,
      description: '网格力量 Live grid posts by role.',
      card: GRID_CARD,
      resolve: ({ code }, _args, context) => loadForce(code, context),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (division, _args, context) => loadProvenance(division.provenanceId, context),
    }),
  }),
});
