import { graphProblem } from '../../../kit/codes/problems.ts';
import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { statCodeOf } from '../../../kit/store/division-filter.ts';
import { communityList, communityNameList } from '../../store/territory/community-rows.ts';
import { divisionList } from '../../store/territory/division-rows.ts';
import { gridList } from '../../store/territory/grid-rows.ts';
import { findKnownPlaceCodes } from '../../store/territory/known-place-codes.ts';
import { builder } from '../builder.ts';
import {
  Community,
  CommunityConnection,
  communityLoader,
  Division,
  DivisionConnection,
  divisionLoader,
  Grid,
  GridConnection,
  gridLoader,
} from '../entities.ts';
import { CommunityKind, DivisionLevel } from '../vocabulary.ts';

const DivisionFilter = builder.inputType('DivisionFilter', {
  description: '区划筛选 Which divisions; all given conditions hold together.',
  fields: (t) => ({
    level: t.field({ type: DivisionLevel, description: '层级 Tier.' }),
    asOf: t.field({ type: 'LocalDate', description: '时点 As on this day; as now when left out.' }),
    parentCode: t.string({ description: '上级区划代码 Code of the division directly above, short or of 12 digits.' }),
    divisionCode: t.string({
      description: '区划代码 This division and all below it; a code of any tier, short or of 12 digits.',
    }),
  }),
});

const CommunityFilter = builder.inputType('CommunityFilter', {
  description: '社区筛选 Which communities; all given conditions hold together.',
  fields: (t) => ({
    divisionCode: t.string({
      description: '区划代码 Inside this division; a code of any tier, short or of 12 digits.',
    }),
    kind: t.field({ type: CommunityKind, description: '社区类型 Kind.' }),
    asOf: t.field({ type: 'LocalDate', description: '时点 As on this day; as now when left out.' }),
  }),
});

const CommunitySort = builder.enumType('CommunitySort', {
  description: '社区排序 Order of communities; each serves every filter.',
  values: {
    STAT_CODE: { description: '区划代码 By code, which is the order of the territory.' },
    NAME: { description: '名称 By the characters of the name.' },
  },
});

const GridFilter = builder.inputType('GridFilter', {
  description: '网格筛选 Which grids; all given conditions hold together.',
  fields: (t) => ({
    divisionCode: t.string({
      description: '区划代码 Inside this division or community; a code of any tier, short or of 12 digits.',
    }),
    asOf: t.field({ type: 'LocalDate', description: '时点 As on this day; as now when left out.' }),
    hasChief: t.boolean({ description: '是否有网格长 False: only grids without a live chief.' }),
  }),
});

/** Whether something was on record on a day; what has ended is still found by its code where no day is given. */
function wasOnRecord(
  row: { readonly validFrom: string | null; readonly validTo: string | null },
  day: string | null | undefined,
): boolean {
  return (
    day == null || ((row.validFrom === null || row.validFrom <= day) && (row.validTo === null || row.validTo > day))
  );
}

/** Codes that one request may ask about. */
const MOST_CODES = 1_000;

builder.queryFields((t) => ({
  knownPlaceCodes: t.stringList({
    description:
      '已登记的区划、网格与微网格代码 Which of these codes (divisions of 4 to 12 digits, grids of 15, micro-grids of 18) are on record; for checking data before it is sent.',
    args: {
      codes: t.arg.stringList({
        required: true,
        description: `待核代码，至多 ${MOST_CODES} 个 At most ${MOST_CODES} codes.`,
      }),
    },
    resolve: (_root, { codes }, { store, trace }) => {
      if (codes.length > MOST_CODES) {
        throw graphProblem('FILTER_INVALID', {
          filter: 'codes',
          reasonZh: `至多 ${MOST_CODES} 个`,
          reasonEn: `at most ${MOST_CODES}`,
        });
      }
      return findKnownPlaceCodes(store, codes, trace);
    },
  }),
  division: t.field({
    type: Division,
    nullable: true,
    description: '按代码查区划 A division by its 12-digit statistical code or by its short code: exactly one of them.',
    args: {
      statCode: t.arg.string({ description: '统计用区划代码 12 digits.' }),
      code: t.arg.string({ description: '区划代码 2, 4, 6, 9 or 12 digits, without trailing zeros.' }),
      asOf: t.arg({ type: 'LocalDate', description: '时点 Null where it was not on record on this day.' }),
    },
    resolve: async (_root, { statCode, code, asOf }, context) => {
      if ((statCode == null) === (code == null)) {
        throw graphProblem('FILTER_INVALID', {
          filter: 'statCode, code',
          reasonZh: '须且只能给出其中一个',
          reasonEn: 'give exactly one of them',
        });
      }
      const found = await divisionLoader.load(globalId('Division', statCode ?? statCodeOf(code ?? '')), context);
      return found !== null && wasOnRecord(found, asOf) ? found : null;
    },
  }),
  divisions: t.field({
    type: DivisionConnection,
    description: '区划列表 Divisions by code: each one before those below it. Pseudo townships are left out.',
    args: {
      ...pageArguments(t.arg),
      filter: t.arg({ type: DivisionFilter, description: '筛选 Which divisions.' }),
    },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(
        divisionList,
        page,
        { sort: 'STAT_CODE', filter: { ...filter, asOf: filter?.asOf ?? 'NOW' } },
        context,
        info,
      ),
  }),
  community: t.field({
    type: Community,
    nullable: true,
    description: '按代码查社区 A community by its statistical code.',
    args: {
      statCode: t.arg.string({ required: true, description: '统计用区划代码 12 digits.' }),
      asOf: t.arg({ type: 'LocalDate', description: '时点 Null where it was not on record on this day.' }),
    },
    resolve: async (_root, { statCode, asOf }, context) => {
      const id = globalId('Community', statCode);
      if (asOf == null) return communityLoader.load(id, context);
      const found = await communityLoader.read(id, context);
      return found !== null && wasOnRecord(found, asOf) ? found : null;
    },
  }),
  communities: t.field({
    type: CommunityConnection,
    description: '社区列表 Communities with people.',
    args: {
      ...pageArguments(t.arg),
      filter: t.arg({ type: CommunityFilter, description: '筛选 Which communities.' }),
      sort: t.arg({ type: CommunitySort, defaultValue: 'STAT_CODE', required: true, description: '排序 Order.' }),
    },
    resolve: (_root, { filter, sort, ...page }, context, info) =>
      rootPage(
        sort === 'NAME' ? communityNameList : communityList,
        page,
        { sort, filter: { ...filter, asOf: filter?.asOf ?? 'NOW' } },
        context,
        info,
      ),
  }),
  grid: t.field({
    type: Grid,
    nullable: true,
    description: '按编码查网格 A grid by its code.',
    args: { gridCode: t.arg.string({ required: true, description: '网格编码 15 digits.' }) },
    resolve: (_root, { gridCode }, context) => gridLoader.load(globalId('Grid', gridCode), context),
  }),
  grids: t.field({
    type: GridConnection,
    description: '网格列表 Grids by code.',
    args: {
      ...pageArguments(t.arg),
      filter: t.arg({ type: GridFilter, description: '筛选 Which grids.' }),
    },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(
        gridList,
        page,
        { sort: 'GRID_CODE', filter: { ...filter, asOf: filter?.asOf ?? 'NOW' } },
        context,
        info,
      ),
  }),
}));
