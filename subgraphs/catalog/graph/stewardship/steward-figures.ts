import { dateInChina } from '../../../kit/clock.ts';
import { graphProblem } from '../../../kit/codes/problems.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import { findStewardFigures } from '../../store/stewardship/steward-figures.ts';
import { builder } from '../builder.ts';

const FIGURE_CARD: DataCard = {
  source: 'data-authority',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'REALTIME',
  derivedFrom: 'StewardFigure.formula',
};

interface Figure {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly numerator: number;
  /** Undefined for a count. */
  readonly denominator?: number;
  readonly unit: string;
  readonly formula: string;
}

const StewardFigure = builder.objectRef<Figure>('StewardFigure').implement({
  description: '管理指标 One figure of a month, with what it is made of.',
  card: FIGURE_CARD,
  fields: (t) => ({
    code: t.exposeString('code', { description: '指标代码 Code of the figure.' }),
    nameZh: t.exposeString('nameZh', { description: '指标名称 Name.' }),
    nameEn: t.exposeString('nameEn', { description: '英文名称 Name in English.' }),
    numerator: t.exposeFloat('numerator', {
      description: '分子或数值 What is counted.',
      card: { unit: '见 unit as unit says' },
    }),
    denominator: t.float({
      nullable: true,
      description: '分母 What it is a share of; null for a count.',
      card: { unit: '见 unit as unit says' },
      resolve: ({ denominator }) => denominator ?? null,
    }),
    percent: t.float({
      nullable: true,
      description: '百分比 Two decimals; null for a count, and where there is nothing to be a share of.',
      card: { unit: '%' },
      resolve: ({ numerator, denominator }) =>
        denominator === undefined || denominator === 0 ? null : Math.round((numerator / denominator) * 10_000) / 100,
    }),
    unit: t.exposeString('unit', { description: '计量单位 Unit of numerator and denominator.' }),
    formula: t.exposeString('formula', { description: '口径 What counts as what.' }),
  }),
});

builder.queryField('stewardFigures', (t) =>
  t.field({
    type: [StewardFigure],
    nullable: true,
    description:
      '月度管理指标 Figures of one month: catalogued, collected, in time, satisfied, verified, calls, unread.',
    card: { ...FIGURE_CARD, right: 'catalog.steward' },
    args: { month: t.arg.string({ required: true, description: '月份 YYYY-MM, in China.' }) },
    resolve: async (_root, { month }, { store, clock, trace }) => {
      if (!/^20\d{2}-(0[1-9]|1[0-2])$/.test(month)) {
        throw graphProblem('FILTER_INVALID', {
          filter: 'month',
          reasonZh: '应为 YYYY-MM',
          reasonEn: 'expected YYYY-MM',
        });
      }
      const today = dateInChina(clock.now());
      const row = await findStewardFigures(store, `${month}-01`, today, trace);
      return figuresOf(row);
    },
  }),
);

function figuresOf(row: Awaited<ReturnType<typeof findStewardFigures>>): Figure[] {
  return [
    {
      code: 'CATALOGUED',
      nameZh: '编目率',
      nameEn: 'catalogued',
      numerator: row.catalogued,
      denominator: row.fields,
      unit: '项 items',
      formula: '有现行目录版本的信息项 ÷ 全部在线信息项 items with an entry in force ÷ live items',
    },
    {
      code: 'COLLECTED',
      nameZh: '归集率',
      nameEn: 'collected',
      numerator: row.collected,
      denominator: row.datasets,
      unit: '个 datasets',
      formula: '已同步过的数据集 ÷ 登记的数据集 datasets synchronised at least once ÷ registered datasets',
    },
    {
      code: 'IN_TIME',
      nameZh: '及时率',
      nameEn: 'in time',
      numerator: row.inTime,
      denominator: row.due,
      unit: '项 duties',
      formula:
        '当月到期且按期办结 ÷ 当月到期（已办结或已逾期） met by their last day ÷ due in the month and met or overdue',
    },
    {
      code: 'SATISFIED',
      nameZh: '需求满足率',
      nameEn: 'requests satisfied',
      numerator: row.satisfied,
      denominator: row.decided,
      unit: '件 requests',
      formula: '当月最后答复为同意 ÷ 当月有答复的共享申请 approved ÷ requests answered in the month',
    },
    {
      code: 'VERIFIED',
      nameZh: '校核办结率',
      nameEn: 'verification concluded',
      numerator: row.ticketsConcluded,
      denominator: row.tickets,
      unit: '件 tickets',
      formula:
        '当月提出且已更正或核实 ÷ 当月提出（撤回除外） corrected or confirmed ÷ filed in the month and not withdrawn',
    },
    {
      code: 'CALLS',
      nameZh: '调用量',
      nameEn: 'calls',
      numerator: row.calls,
      unit: '次 requests',
      formula: '当月请求数 requests in the month',
    },
    {
      code: 'UNREAD',
      nameZh: '零调用资源',
      nameEn: 'items nobody read',
      numerator: row.unread,
      denominator: row.fields,
      unit: '项 items',
      formula: '当月无人读取的信息项 ÷ 全部在线信息项 items not read in the month ÷ live items',
    },
  ];
}
