import { dateInChina } from '../../../kit/clock.ts';
import { requireDivisionCode } from '../../../kit/store/division-filter.ts';
import type { FacilityKind as Kind } from '../../store/facilities/facility-rows.ts';
import {
  type FacilityReportRow,
  findReports,
  type LedgerRow,
  readLedger,
  sumUpgrades,
  type UpgradeSumRow,
} from '../../store/facilities/ledger-rows.ts';
import { builder } from '../builder.ts';
import { FacilityKind } from '../vocabulary.ts';
import { FACILITY_CARD } from './facility-entities.ts';

/** Reported and computed differ when they are more than half a unit of the reported figure's last digit apart. */
const ROUNDING = 0.5;

const ReportedFigure = builder.objectRef<FacilityReportRow>('ReportedFigure').implement({
  description:
    '上报数 What the city has reported, as it stands in its papers, and what follows from its own count and sum.',
  card: FACILITY_CARD,
  fields: (t) => ({
    count: t.exposeInt('count', { description: '上报个数 Reported count.' }),
    total: t.exposeFloat('total', { nullable: true, description: '上报合计 Reported sum, in m² or yuan.' }),
    mean: t.exposeFloat('mean', { nullable: true, description: '上报平均 Reported mean, in m² or yuan.' }),
    computedMean: t.float({
      nullable: true,
      description: '据上报合计算得的平均 Reported sum ÷ reported count.',
      card: { derivedFrom: 'total / count' },
      resolve: ({ total, count }) => (total === null || count === 0 ? null : total / count),
    }),
    flagged: t.boolean({
      description: '是否不符 Whether the reported mean does not follow from the reported sum and count.',
      card: { derivedFrom: 'abs(mean - total / count) > 0.5' },
      resolve: ({ mean, total, count }) =>
        mean !== null && total !== null && count > 0 && Math.abs(mean - total / count) > ROUNDING,
    }),
    note: t.exposeString('note', { description: '出处 Where it is from.' }),
  }),
});

interface Entry extends LedgerRow {
  readonly reported: FacilityReportRow | null;
}

const COUNT = { unit: '个 facilities', derivedFrom: 'count of Facility in service' };
const LedgerEntry = builder.objectRef<Entry>('FacilityLedgerEntry').implement({
  description: '台账分项 Urban or rural facilities in service, counted and summed; means are computed, never stored.',
  card: { ...FACILITY_CARD, derivedFrom: 'Facility in stages USE, MANAGE, EVALUATE' },
  fields: (t) => ({
    urban: t.exposeBoolean('urban', {
      description: '是否城市社区 Whether of urban communities (居) or rural ones (村).',
    }),
    facilityCount: t.exposeInt('facilityCount', { description: '设施数 Facilities.', card: COUNT }),
    totalSquareMetres: t.exposeFloat('totalSquareMetres', {
      description: '总面积 Sum of floor areas.',
      card: { unit: '平方米 m²', derivedFrom: 'sum of areaSquareMetres' },
    }),
    averageSquareMetres: t.float({
      nullable: true,
      description: '平均面积 Mean floor area.',
      card: { unit: '平方米 m²', derivedFrom: 'totalSquareMetres / facilityCount' },
      resolve: ({ totalSquareMetres, facilityCount }) =>
        facilityCount === 0 ? null : totalSquareMetres / facilityCount,
    }),
    belowFloorCount: t.exposeInt('belowFloorCount', {
      description: '面积不达标数 Below the floor in force.',
      card: COUNT,
    }),
    assessedCount: t.exposeInt('assessedCount', { description: '已评估数 Assessed ones.', card: COUNT }),
    compliantCount: t.exposeInt('compliantCount', {
      description: '达标数 Those that meet their standard.',
      card: COUNT,
    }),
    compliantShare: t.float({
      nullable: true,
      description: '功能配置达标率 Share of the assessed that meet the standard, 0 to 1; null before any is assessed.',
      card: { derivedFrom: 'compliantCount / assessedCount' },
      resolve: ({ compliantCount, assessedCount }) => (assessedCount === 0 ? null : compliantCount / assessedCount),
    }),
    reported: t.field({
      type: ReportedFigure,
      nullable: true,
      description: '上报数 What the city has reported of the same; null where it has not, and below the city.',
      resolve: ({ reported }) => reported,
    }),
  }),
});

interface UpgradeEntry extends Omit<UpgradeSumRow, 'urban'> {
  readonly urban: boolean | null;
  readonly reported: FacilityReportRow | null;
}
const UpgradeSummary = builder.objectRef<UpgradeEntry>('FacilityUpgradeSummary').implement({
  description: '提升完善工程 Grants to communities: to all of them, to urban ones, to rural ones.',
  card: { ...FACILITY_CARD, derivedFrom: 'FacilityUpgrade' },
  fields: (t) => ({
    urban: t.exposeBoolean('urban', {
      nullable: true,
      description: '是否城市社区 Whether urban communities; null for all together.',
    }),
    communityCount: t.exposeInt('communityCount', {
      description: '社区数 Communities.',
      card: { unit: '个 communities' },
    }),
    grantYuan: t.exposeFloat('grantYuan', { description: '补助合计 Sum of grants.', card: { unit: '元 yuan' } }),
    reported: t.field({
      type: ReportedFigure,
      nullable: true,
      description: '上报数 What the city has reported of the same years.',
      resolve: ({ reported }) => reported,
    }),
  }),
});

const EMPTY = { facilityCount: 0, totalSquareMetres: 0, belowFloorCount: 0, assessedCount: 0, compliantCount: 0 };
const place = (urban: boolean) => (urban ? 'URBAN' : 'RURAL');

builder.queryFields((t) => ({
  facilityLedger: t.field({
    type: [LedgerEntry],
    description: '设施台账 Facilities of a kind in service in a territory: urban ones, then rural ones.',
    args: {
      divisionCode: t.arg.string({ required: true, description: '区划代码 4, 6, 9 or 12 digits.' }),
      kind: t.arg({
        type: FacilityKind,
        required: true,
        defaultValue: 'PARTY_MASS_SERVICE_CENTRE',
        description: '设施类型 Kind.',
      }),
    },
    resolve: async (_root, { divisionCode, kind }, { store, trace, clock }) => {
      const code = requireDivisionCode('divisionCode', divisionCode, [4, 6, 9, 12]);
      const [rows, reports] = await Promise.all([
        readLedger(store, code, kind as Kind, dateInChina(clock.now()), trace),
        code.length === 4 ? findReports(store, code, trace) : [],
      ]);
      return [true, false].map((urban) => ({
        ...(rows.find((row) => row.urban === urban) ?? { urban, ...EMPTY }),
        reported: reports.find(({ subject }) => subject === `${kind}/${place(urban)}`) ?? null,
      }));
    },
  }),
  facilityUpgrades: t.field({
    type: [UpgradeSummary],
    description: '提升完善工程汇总 Grants of some years in a city: to all communities, to urban ones, to rural ones.',
    args: {
      cityCode: t.arg.string({ required: true, description: '市代码 4 digits.' }),
      fromYear: t.arg.int({ required: true, description: '起始年 First year.' }),
      toYear: t.arg.int({ required: true, description: '截止年 Last year.' }),
    },
    resolve: async (_root, { cityCode, fromYear, toYear }, { store, trace }) => {
      const code = requireDivisionCode('cityCode', cityCode, [4]);
      const [rows, reports] = await Promise.all([
        sumUpgrades(store, code, { from: fromYear, to: toYear }, trace),
        findReports(store, code, trace),
      ]);
      const all = {
        urban: null,
        communityCount: rows.reduce((sum, { communityCount }) => sum + communityCount, 0),
        grantYuan: rows.reduce((sum, row) => sum + row.grantYuan, 0),
      };
      const parts = [true, false].map(
        (urban) => rows.find((row) => row.urban === urban) ?? { urban, communityCount: 0, grantYuan: 0 },
      );
      return [all, ...parts].map((own) => ({
        ...own,
        reported:
          reports.find(({ subject }) => subject === `UPGRADE/${own.urban === null ? 'ALL' : place(own.urban)}`) ?? null,
      }));
    },
  }),
}));
