import { hasRight } from '../../../kit/caller/caller.ts';
import { dateInChina } from '../../../kit/clock.ts';
import { findMeasure } from '../../../kit/figures/measures.ts';
import { isMet, type TargetValue } from '../../../kit/figures/targets.ts';
import { type DataCard, KEY_CARD } from '../../../kit/graph/data-card.ts';
import {
  type IndicatorKey,
  indicatorId,
  indicatorTargetId,
  LOCAL_COMMITTEE_MEMBERS,
  measuredFigure,
  readIndicatorId,
  readIndicatorTargetId,
} from '../../../kit/graph/indicator-figure.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { REFERENCE_ROWS } from '../../../kit/graph/row-scope.ts';
import { requireDivisionCode } from '../../../kit/store/division-filter.ts';
import { findRowsById } from '../../../kit/store/entity-table.ts';
import { reportIndicator } from '../../rules/registers/report-indicator.ts';
import { findCommitteeSeats } from '../../store/figures/committee-seats.ts';
import { organizationsMeasures } from '../../store/figures/measures.ts';
import {
  findReports,
  type IndicatorReportRow,
  type IndicatorRow,
  type IndicatorScoreRow,
  type IndicatorTargetRow,
  indicatorReportTable,
  indicatorsOfCity,
  indicatorTable,
  scoresOfCommunity,
  targetsOfIndicator,
} from '../../store/registers/indicator-rows.ts';
import { builder, Provenance, refusalTypes } from '../builder.ts';
import { COMMUNITY_CARD } from '../cards.ts';
import { Community } from '../entities.ts';
import { type Context, loadShortList } from '../entity-loading.ts';
import { IDEMPOTENCY_KEY_DESCRIPTION } from '../mutations.ts';

const INDICATOR_CARD: DataCard = { ...COMMUNITY_CARD, category: 'GOVERNMENT' };

/** An indicator as it was asked for: in which division, on which day. */
interface Asked {
  readonly row: IndicatorRow;
  readonly divisionCode: string;
  readonly day: string;
  /** Kept figures of the division, of the same day: an overview counts nothing itself. */
  readonly kept?: ReadonlyMap<string, number>;
}

const IndicatorReport = builder.objectRef<IndicatorReportRow>('IndicatorReport').implement({
  description: '指标上报 A figure as a department reported it, for a division on a day.',
  card: { ...INDICATOR_CARD, updateCycle: 'ON_CHANGE' },
  fields: (t) => ({
    divisionCode: t.exposeString('divisionCode', { description: '区划代码 Division.' }),
    day: t.expose('day', { type: 'LocalDate', description: '日期 Day.' }),
    value: t.exposeFloat('value', { description: '上报值 Value, in the indicator’s unit.' }),
    note: t.exposeString('note', { nullable: true, description: '说明 What the report says of it.' }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
    }),
  }),
});

/** Reports for the division and up to the day asked for, the newest first. */
function reportsOf(
  { row, divisionCode, day }: Asked,
  { store, trace, loaders }: Context,
): Promise<IndicatorReportRow[]> {
  return loaders
    .get<IndicatorReportRow[]>('indicatorReports', (keys) => findReports(store, keys, trace))
    .load(`${row.id}|${divisionCode}|${day}`);
}

/** What this subgraph's own rows give; what other subgraphs count they give themselves. */
function computed(asked: Asked, context: Context): Promise<number | null> {
  return measured(asked, asked.row.denominator ?? '', context);
}

function measured(
  { row, divisionCode, day, kept: totals }: Asked,
  denominator: string,
  context: Context,
): Promise<number | null> {
  const asked = { divisionCode, day, measure: row.measure ?? '', denominator };
  return measuredFigure({ ...asked, totals, kept: false }, organizationsMeasures, context);
}

const IndicatorGap = builder.enumType('IndicatorGap', {
  description: '无计算值的原因 Why organizations give no figure of an indicator.',
  values: {
    ONLY_REPORTED: { description: '超出本市范围，仅有上报值 It goes over more than the city, and is only reported.' },
    RIGHT_MISSING: { description: '无权查看 The caller has not the right to what it is made of.' },
    NOT_ON_RECORD: {
      description:
        '当日当地无在册数据 Nothing is kept of the division on the day: e.g. of territory older than every record that lies in it, and than the list of divisions that the city began with.',
    },
    NOTHING_TO_DIVIDE_BY: { description: '分母为零 A share of nothing.' },
  },
});

/** Why there is no figure; null where there is one, or another subgraph has the rows. */
async function gapOf(
  asked: Asked,
  context: Context,
): Promise<'ONLY_REPORTED' | 'RIGHT_MISSING' | 'NOT_ON_RECORD' | 'NOTHING_TO_DIVIDE_BY' | null> {
  const { denominator, measure, scope } = asked.row;
  if (scope === 'PROVINCE') return 'ONLY_REPORTED';
  const measures = [measure, denominator].flatMap((name) =>
    name === null ? [] : [findMeasure(organizationsMeasures, name)],
  );
  if (measures.length === 0 || measures.includes(undefined)) return null;
  if (measures.some((one) => one?.right !== undefined && !hasRight(context.caller, one.right))) return 'RIGHT_MISSING';
  const [figure, counted, whole] = await Promise.all([
    computed(asked, context),
    measured(asked, '', context),
    denominator === null ? null : measured({ ...asked, row: { ...asked.row, measure: denominator } }, '', context),
  ]);
  if (figure !== null) return null;
  return counted !== null && whole === 0 ? 'NOTHING_TO_DIVIDE_BY' : 'NOT_ON_RECORD';
}

export const TargetOperator = builder.enumType('TargetOperator', {
  description: '比较方式 How a figure is held against its target.',
  values: {
    AT_LEAST: { description: '不低于 At least.' },
    AT_MOST: { description: '不高于 At most.' },
    EQUAL: { description: '等于 Equal.' },
  },
});

interface AskedTarget {
  readonly target: TargetValue & Pick<IndicatorTargetRow, 'year'>;
  readonly asked: Asked;
}

const IndicatorTarget = builder.objectRef<AskedTarget>('IndicatorTarget').implement({
  description: '目标值 A target of an indicator.',
  card: INDICATOR_CARD,
  entity: {
    rows: REFERENCE_ROWS,
    resolveReferences: (ids, _columns, context) => Promise.all(ids.map((id) => findAskedTarget(id, context))),
  },
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id of the target in the division and on the day asked for.',
      card: KEY_CARD,
      resolve: ({ target, asked }) => indicatorTargetId({ ...target, indicator: keyOf(asked) }),
    }),
    operator: t.field({
      type: TargetOperator,
      description: '比较方式 Operator.',
      resolve: ({ target }) => target.operator,
    }),
    value: t.float({ description: '目标值 Value, in the indicator’s unit.', resolve: ({ target }) => target.value }),
    year: t.int({ nullable: true, description: '目标年度 Year; null: 待补.', resolve: ({ target }) => target.year }),
    met: t.boolean({
      nullable: true,
      description:
        '是否达到 By the figure of organizations, or the one last reported for the division; null where there is neither. What another subgraph computes is judged in servicesMet, partyMet and catalogMet, which go before a reported one.',
      card: { derivedFrom: 'computed or reported, operator, value' },
      resolve: async ({ target, asked }, _args, context) =>
        isMet(
          target,
          (await computed(asked, context)) ?? (await reportsOf(asked, context))[0]?.value ?? asked.row.reported,
        ),
    }),
  }),
});

const IndicatorScope = builder.enumType('IndicatorScope', {
  description: '统计范围 Over whose rows an indicator goes.',
  values: {
    CITY: { description: '本市 The city’s: the graph computes it.' },
    PROVINCE: { description: '全省 The province’s, which no graph of a city holds: it is only reported.' },
  },
});

export const Indicator = builder.objectRef<Asked>('Indicator').implement({
  description: '指标 A figure with its formula: as reported, and as the graph’s own rows give it.',
  card: INDICATOR_CARD,
  entity: {
    rows: REFERENCE_ROWS,
    resolveReferences: (ids, _columns, context) => Promise.all(ids.map((id) => findAsked(id, context))),
  },
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id of the indicator in the division and on the day asked for.',
      card: KEY_CARD,
      resolve: (asked) => indicatorId(keyOf(asked)),
    }),
    code: t.string({ description: '代码 Code.', resolve: ({ row }) => row.code }),
    setCode: t.string({ description: '指标体系 Set that it belongs to.', resolve: ({ row }) => row.setCode }),
    name: t.string({ description: '名称 Name.', resolve: ({ row }) => row.name }),
    unit: t.string({ description: '单位 Unit.', resolve: ({ row }) => row.unit }),
    formula: t.string({
      nullable: true,
      description: '口径 Formula; null for what goes over more than the city.',
      resolve: ({ row }) => row.formula,
    }),
    reported: t.float({
      nullable: true,
      description: '上报值 As reported for the whole city; null: lost in the source.',
      resolve: ({ row }) => row.reported,
    }),
    reportedNote: t.string({
      nullable: true,
      description: '上报口径说明 What the report says of it.',
      resolve: ({ row }) => row.reportedNote,
    }),
    computed: t.float({
      nullable: true,
      description:
        '计算值 From the rows of organizations, in the division and on the day asked for; what the rows of other subgraphs give stands in partyComputed, servicesComputed, catalogComputed and, for what is counted here per resident, peopleComputed. Pay only for those with the right to it.',
      card: { derivedFrom: 'formula' },
      resolve: (asked, _args, context) => computed(asked, context),
    }),
    counted: t.float({
      nullable: true,
      description:
        '分子 What the rows of organizations give before it is divided by anything: the numerator of a share, whoever has the denominator. Pay only for those with the right to it.',
      card: { derivedFrom: 'measure of the formula' },
      resolve: (asked, _args, context) => measured(asked, '', context),
    }),
    gap: t.field({
      type: IndicatorGap,
      nullable: true,
      description:
        '无计算值的原因 Why computed is null; null where it is not, and where the rows are another subgraph’s.',
      card: { derivedFrom: 'formula' },
      resolve: (asked, _args, context) => gapOf(asked, context),
    }),
    committeeSeats: t.stringList({
      nullable: true,
      description:
        '在任席位 Who sits in which community’s committee, for whoever knows where they live; not part of the API.',
      card: KEY_CARD,
      directives: { inaccessible: {} },
      resolve: ({ divisionCode, day, row }, _args, { loaders, store, trace }) =>
        row.measure === LOCAL_COMMITTEE_MEMBERS
          ? loaders
              .get<string[]>('committeeSeats', (keys) => findCommitteeSeats(store, keys, trace))
              .load(`${divisionCode}|${day}`)
          : null,
    }),
    scope: t.field({
      type: IndicatorScope,
      description: '统计范围 Over whose rows it goes; what the city has no rows for is only reported.',
      resolve: ({ row }) => row.scope,
    }),
    flagged: t.boolean({
      description: '存疑 Whether the reported figure does not add up or is ambiguous.',
      resolve: ({ row }) => row.flagged,
    }),
    flagNote: t.string({ nullable: true, description: '存疑说明 Why.', resolve: ({ row }) => row.flagNote }),
    reports: t.field({
      type: [IndicatorReport],
      description: '上报记录 What was reported for the division up to the day, the newest first; twelve at most.',
      resolve: (asked, _args, context) => reportsOf(asked, context),
    }),
    targets: t.field({
      type: [IndicatorTarget],
      description: '目标 Targets.',
      resolve: async (asked, _args, context) =>
        (await loadShortList(targetsOfIndicator, asked.row.id, context)).map((target) => ({ target, asked })),
    }),
  }),
});

function keyOf({ row, divisionCode, day }: Asked): IndicatorKey {
  const { code, measure, denominator } = row;
  return { code, divisionCode, day, measure: measure ?? '', denominator: denominator ?? '' };
}

/** A target by its id, where the city still has it. */
async function findAskedTarget(id: string, context: Context): Promise<AskedTarget | null> {
  const key = readIndicatorTargetId(id);
  const asked = key === undefined ? null : await findAskedByKey(key.indicator, context);
  if (key === undefined || asked === null) return null;
  const targets = await loadShortList(targetsOfIndicator, asked.row.id, context);
  const target = targets.find(
    ({ operator, value, year }) => operator === key.operator && value === key.value && year === key.year,
  );
  return target === undefined ? null : { target, asked };
}

/** An indicator by its id; what it measures is read anew. */
async function findAsked(id: string, context: Context): Promise<Asked | null> {
  const key = readIndicatorId(id);
  return key === undefined ? null : findAskedByKey(key, context);
}

async function findAskedByKey(key: IndicatorKey, context: Context): Promise<Asked | null> {
  const rows = await loadShortList(indicatorsOfCity, key.divisionCode.slice(0, 4), context);
  const row = rows.find(({ code }) => code === key.code);
  return row === undefined ? null : { row, divisionCode: key.divisionCode, day: key.day };
}

builder.queryField('indicators', (t) =>
  t.field({
    type: [Indicator],
    description: '指标板 Indicators of a city, computed for any division in it and any day.',
    card: INDICATOR_CARD,
    args: {
      divisionCode: t.arg.string({ required: true, description: '区划代码 City or a division below it.' }),
      setCode: t.arg.string({ description: '指标体系 Only this set.' }),
      code: t.arg.string({ description: '代码 Only this one.' }),
      asOf: t.arg({ type: 'LocalDate', description: '日期 Day; today when left out.' }),
    },
    resolve: async (_root, { divisionCode, setCode, code, asOf }, context) => {
      const division = requireDivisionCode('divisionCode', divisionCode, [4, 6, 9, 12]);
      const rows = await loadShortList(indicatorsOfCity, division.slice(0, 4), context);
      const day = asOf ?? dateInChina(context.clock.now());
      return rows
        .filter((row) => (setCode == null || row.setCode === setCode) && (code == null || row.code === code))
        .map((row) => ({ row, divisionCode: division, day }));
    },
  }),
);

export const IndicatorScore = builder.objectRef<IndicatorScoreRow>('IndicatorScore').implement({
  description: '评价得分 What a community scored under an indicator.',
  card: INDICATOR_CARD,
  fields: (t) => ({
    indicatorName: t.string({
      nullable: true,
      description: '指标 Name of the indicator.',
      resolve: async ({ indicatorId }, _args, context) => (await loadIndicator(indicatorId, context))?.name ?? null,
    }),
    setCode: t.string({
      nullable: true,
      description: '指标体系 Set of the indicator.',
      resolve: async ({ indicatorId }, _args, context) => (await loadIndicator(indicatorId, context))?.setCode ?? null,
    }),
    score: t.exposeFloat('score', { description: '得分 Score.', card: { unit: '分 points' } }),
    evaluatedOn: t.expose('evaluatedOn', { type: 'LocalDate', description: '评价日期 Day.' }),
  }),
});

function loadIndicator(id: string, { store, caller, trace, loaders }: Context): Promise<IndicatorRow | null> {
  return loaders
    .get<IndicatorRow | null>('indicator', (ids) => findRowsById(store, indicatorTable, ids, caller, trace))
    .load(id);
}

builder.objectField(Community, 'evaluation', (t) =>
  t.field({
    type: [IndicatorScore],
    description: '评价得分 What the community scored, the latest first.',
    card: INDICATOR_CARD,
    resolve: ({ statCode }, _args, context) => loadShortList(scoresOfCommunity, statCode, context),
  }),
);

defineMutation(builder, {
  name: 'reportIndicator',
  description: '上报指标 Reports a figure of an indicator for a division on a day, beside what the graph computes.',
  card: { source: 'civil-affairs', right: 'organization.write' },
  input: builder.inputType('ReportIndicatorInput', {
    description: '指标上报 Which figure, of where and when.',
    fields: (t) => ({
      code: t.string({ required: true, description: '指标代码 Code of the indicator in its city.' }),
      divisionCode: t.string({ required: true, description: '区划代码 City or a division below it.' }),
      day: t.field({ type: 'LocalDate', required: true, description: '日期 Day that it is of.' }),
      value: t.float({ required: true, description: '数值 In the indicator’s unit; a percentage is 0 to 100.' }),
      note: t.string({ description: '说明 2 to 120 characters.' }),
      idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
    }),
  }),
  refusals: [refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
  run: (input, context) => reportIndicator(context, input),
  result: {
    field: 'report',
    type: IndicatorReport,
    description: '上报 The report.',
    load: async ({ reportId }, { store, caller, trace }) =>
      (await findRowsById(store, indicatorReportTable, [reportId], caller, trace))[0] ?? null,
  },
});
