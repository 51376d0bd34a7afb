import {
  dimensionOf,
  type QualityDimension,
  type QualityRule,
  qualityDimensions,
} from '../../../kit/quality/quality-rule.ts';
import type { QualityMeasureRow } from '../../store/quality/quality-measures.ts';

/** A rule with what came of it, the newest day first. */
export interface MeasuredRule {
  readonly rule: QualityRule;
  readonly measures: readonly QualityMeasureRow[];
}

/** One dimension of a field or dataset. */
export interface DimensionScore {
  readonly dimension: QualityDimension;
  /** 0 to 100, with a decimal. */
  readonly percent: number;
  /** Rows looked at, over all that counted. */
  readonly sampleSize: number;
  readonly measuredAt: Date;
  readonly rules: readonly MeasuredRule[];
}

/** What is known without a rule: of how many rows, which share keeps what is expected, as of when. */
export interface Known {
  readonly dimension: QualityDimension;
  readonly share: number;
  readonly sampleSize: number;
  readonly measuredAt: Date;
}

/**
 * Scores by dimension: the share of the rows that keep the rules, each row of each rule counting alike. What is known
 * without a rule (nulls of a column, age of a dataset) stands in where a dimension has no rule that was measured.
 */
export function scoreDimensions(rules: readonly MeasuredRule[], known: readonly Known[]): DimensionScore[] {
  return qualityDimensions.flatMap((dimension): DimensionScore[] => {
    const own = rules.filter(
      ({ measures, rule }) => measures.length > 0 && dimensionOf(rule.expectation) === dimension,
    );
    const latest = own.flatMap(({ measures: [newest] }) => (newest === undefined ? [] : [newest]));
    const sampleSize = latest.reduce((sum, measure) => sum + measure.sampleSize, 0);
    if (sampleSize > 0) {
      const passed = latest.reduce((sum, { passedCount }) => sum + passedCount, 0);
      const measuredAt = latest.reduce(
        (at, measure) => (measure.measuredAt > at ? measure.measuredAt : at),
        new Date(0),
      );
      return [{ dimension, percent: percentOf(passed, sampleSize), sampleSize, measuredAt, rules: own }];
    }
    const fact = known.find((one) => one.dimension === dimension);
    if (fact === undefined) return [];
    return [{ ...fact, percent: percentOf(fact.share, 1), rules: [] }];
  });
}

/** The mean of the dimensions that are known, 0 to 100; undefined where none is. */
export function qualityScore(dimensions: readonly DimensionScore[]): number | undefined {
  if (dimensions.length === 0) return undefined;
  return Math.round(dimensions.reduce((sum, { percent }) => sum + percent, 0) / dimensions.length);
}

/** With two decimals, and never 100 where something is missing. */
export function percentOf(part: number, whole: number): number {
  if (whole === 0) return 0;
  const percent = Math.round((10_000 * part) / whole) / 100;
  return part < whole ? Math.min(percent, 99.99) : percent;
}
