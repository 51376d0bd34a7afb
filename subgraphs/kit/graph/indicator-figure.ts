import { hasRight } from '../caller/caller.ts';
import { dateInChina } from '../clock.ts';
import { countMeasures, findMeasure, keptFigures, type Measures, measureKey } from '../figures/measures.ts';
import { isMet, type TargetOperator, type TargetValue } from '../figures/targets.ts';
import { findKey, globalId } from '../global-id.ts';
import { coversCode } from '../store/place-scope.ts';
import type { SqlDatabase } from '../store/sql-database.ts';
import type { SubgraphContext } from '../subgraph-context.ts';

/** An indicator as it was asked for; what it measures is data of the city, so its id carries it from owner to owner. */
export interface IndicatorKey {
  readonly code: string;
  readonly divisionCode: string;
  readonly day: string;
  readonly measure: string;
  /** Empty for a plain count. */
  readonly denominator: string;
}

/** 本社区居住的居（村）委会成员 — organizations know the seats, people where those live who hold them. */
export const LOCAL_COMMITTEE_MEMBERS = 'LOCAL_COMMITTEE_MEMBERS';

export function indicatorId({ code, day, denominator, divisionCode, measure }: IndicatorKey): string {
  return globalId('Indicator', [code, divisionCode, day, measure, denominator].join('|'));
}

export function readIndicatorId(id: string): IndicatorKey | undefined {
  return readIndicatorKey(findKey('Indicator', id));
}

/** A target of an indicator as it was asked for; its id carries what it is held against, and up to which year. */
export interface IndicatorTargetKey extends TargetValue {
  readonly indicator: IndicatorKey;
  readonly year: number | null;
}

const OPERATORS: readonly string[] = ['AT_LEAST', 'AT_MOST', 'EQUAL'] satisfies TargetOperator[];

export function indicatorTargetId({ indicator, operator, value, year }: IndicatorTargetKey): string {
  const key = findKey('Indicator', indicatorId(indicator));
  return globalId('IndicatorTarget', [operator, value, year ?? '', key].join('|'));
}

export function readIndicatorTargetId(id: string): IndicatorTargetKey | undefined {
  const [operator = '', value = '', year = '', ...key] = findKey('IndicatorTarget', id)?.split('|') ?? [];
  const indicator = readIndicatorKey(key.join('|'));
  if (indicator === undefined || !OPERATORS.includes(operator)) return undefined;
  if (!/^-?\d+(\.\d+)?$/.test(value) || !/^\d{0,4}$/.test(year)) return undefined;
  const isOperator = operator as TargetOperator;
  return { indicator, operator: isOperator, value: Number(value), year: year === '' ? null : Number(year) };
}

function readIndicatorKey(key: string | undefined): IndicatorKey | undefined {
  const [code, divisionCode, day, measure, denominator, more] = key?.split('|') ?? [];
  if (code === undefined || divisionCode === undefined || day === undefined) return undefined;
  if (measure === undefined || denominator === undefined || more !== undefined) return undefined;
  if (!/^(\d{4}|\d{6}|\d{9}|\d{12}|\d{15})$/.test(divisionCode) || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  return { code, divisionCode, day, measure, denominator };
}

/** What a whole is, where a figure is a share of it: a mean is no share. */
export const WHOLE = { MEAN: 1, PERCENT: 100, PER_MILLE: 1_000 } as const;

/** The figure of an indicator: a count, a share with two decimals, or a mean; null for a share of nothing. */
export function indicatorValue(above: number, below: number | undefined, whole: number = WHOLE.PERCENT): number | null {
  if (below === undefined) return above;
  return below === 0 ? null : Math.round((above / below) * whole * 100) / 100;
}

/** What an indicator asks of a subgraph: its measures by name, where, on which day, and which figures are at hand. */
export interface FigureAsked extends Pick<IndicatorKey, 'divisionCode' | 'day' | 'measure' | 'denominator'> {
  /** Kept figures of the division that were read already: an overview counts nothing itself. */
  readonly totals?: ReadonlyMap<string, number> | undefined;
  /** Whether kept figures may answer for today; otherwise the rows are counted as they are. */
  readonly kept: boolean;
}

/** The figure that a subgraph's rows give; null where the indicator measures none of them, or nothing is there. */
export async function measuredFigure(
  asked: FigureAsked,
  measures: Measures,
  { caller, clock, loaders, store, trace }: SubgraphContext<{ readonly database: SqlDatabase }>,
): Promise<number | null> {
  const { day, denominator, divisionCode, measure, totals } = asked;
  const above = findMeasure(measures, measure);
  const below = denominator === '' ? undefined : findMeasure(measures, denominator);
  if (above === undefined || (denominator !== '' && below === undefined)) return null;
  if ([above, below].some((one) => one?.right !== undefined && !hasRight(caller, one.right))) return null;
  const kept = asked.kept && day === dateInChina(clock.now());
  const count = async (name: string): Promise<number | null> => {
    const figures = keptFigures(measures, name);
    if (totals !== undefined && figures !== undefined)
      return figures.reduce((sum, figure) => sum + (totals.get(figure) ?? 0), 0);
    return loaders
      .get<number | null>('measures', (keys) => countMeasures(store.database, measures, keys, trace))
      .load(measureKey({ name, code: divisionCode, day, kept }));
  };
  const [counted, whole] = await Promise.all([count(measure), below === undefined ? undefined : count(denominator)]);
  if (counted === null || whole === null) return null;
  return indicatorValue(counted, whole, above.mean ? WHOLE.MEAN : WHOLE.PERCENT);
}

/** The same for an indicator of another subgraph, by its id; null outside the caller's area. */
export async function measuredIndicator(
  id: string,
  measures: Measures,
  context: SubgraphContext<{ readonly database: SqlDatabase }>,
): Promise<number | null> {
  const asked = readIndicatorId(id);
  if (asked === undefined || !coversCode(context.caller, asked.divisionCode)) return null;
  return measuredFigure({ ...asked, kept: true }, measures, context);
}

/** Whether the same meets a target of an indicator of another subgraph, by the target's id. */
export async function isTargetMet(
  id: string,
  measures: Measures,
  context: SubgraphContext<{ readonly database: SqlDatabase }>,
): Promise<boolean | null> {
  const target = readIndicatorTargetId(id);
  return target === undefined
    ? null
    : isMet(target, await measuredIndicator(indicatorId(target.indicator), measures, context));
}
