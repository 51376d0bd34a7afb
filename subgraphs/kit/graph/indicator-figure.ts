import { hasRight } from '../caller/caller.ts';
import { dateInChina } from '../clock.ts';
import type { RightCode } from '../codes/rights.ts';
import { findKey, globalId } from '../global-id.ts';
import { coversCode } from '../store/place-scope.ts';
import type { SqlDatabase } from '../store/sql-database.ts';
import type { SubgraphContext } from '../subgraph-context.ts';
import { loadPlaceFigures } from './place-section.ts';

/** An indicator as it was asked for; what it measures is data of the city, so its id carries it from owner to owner. */
export interface IndicatorKey {
  readonly code: string;
  readonly divisionCode: string;
  readonly day: string;
  readonly measure: string;
  /** Empty for a plain count. */
  readonly denominator: string;
}

export function indicatorId({ code, day, denominator, divisionCode, measure }: IndicatorKey): string {
  return globalId('Indicator', [code, divisionCode, day, measure, denominator].join('|'));
}

export function readIndicatorId(id: string): IndicatorKey | undefined {
  const [code, divisionCode, day, measure, denominator, more] = findKey('Indicator', id)?.split('|') ?? [];
  if (code === undefined || divisionCode === undefined || day === undefined) return undefined;
  if (measure === undefined || denominator === undefined || more !== undefined) return undefined;
  if (!/^(\d{4}|\d{6}|\d{9}|\d{12}|\d{15})$/.test(divisionCode) || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  return { code, divisionCode, day, measure, denominator };
}

/** The figure of an indicator: a count, a share in percent with two decimals, or a mean; null for a share of nothing. */
export function indicatorValue(above: number, below: number | undefined, mean = false): number | null {
  if (below === undefined) return above;
  return below === 0 ? null : Math.round((above / below) * (mean ? 100 : 10_000)) / 100;
}

/** What a subgraph measures of its own rows. */
export interface KeptMeasure {
  readonly figures: readonly string[];
  /** Without this right it is null. */
  readonly right?: RightCode;
  /** Over its denominator it gives a mean, not a share in percent. */
  readonly mean?: boolean;
}

/** The figure that a subgraph's kept figures give for an indicator; null where it measures nothing of this subgraph. */
export async function keptIndicatorFigure(
  id: string,
  measures: Readonly<Record<string, KeptMeasure>>,
  context: SubgraphContext<{ readonly database: SqlDatabase }>,
): Promise<number | null> {
  const asked = readIndicatorId(id);
  const above = asked === undefined ? undefined : measures[asked.measure];
  if (asked === undefined || above === undefined) return null;
  const below = asked.denominator === '' ? undefined : measures[asked.denominator];
  if (asked.denominator !== '' && below === undefined) return null;
  const { caller, clock } = context;
  if (asked.day !== dateInChina(clock.now()) || !coversCode(caller, asked.divisionCode)) return null;
  if ([above, below].some((measure) => measure?.right !== undefined && !hasRight(caller, measure.right))) return null;
  const kept = await loadPlaceFigures(asked.divisionCode, context);
  if (kept === null) return null;
  const sum = ({ figures }: KeptMeasure) => figures.reduce((all, figure) => all + (kept.totals.get(figure) ?? 0), 0);
  return indicatorValue(sum(above), below === undefined ? undefined : sum(below), above.mean);
}
