import { dateInChina } from '../../../kit/clock.ts';
import type { QualityRule } from '../../../kit/quality/quality-rule.ts';
import type { TimedWork } from '../../../kit/timed-work.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { measureRules, type RuleMeasured } from '../../store/quality/measure-rules.ts';
import { keepMeasures, lastMeasuredAt, readDictionaryCodes } from '../../store/quality/quality-measures.ts';

const EVERY_MILLISECONDS = 3_600_000;

/** 质量测评 — once an hour, how many of the stored rows keep the rules of their dataset; one statement for each table. */
export const measureQuality: TimedWork<CatalogStore> = {
  name: 'quality rules',
  async run({ clock, store: { pool, qualityRules } }) {
    const now = clock.now();
    const last = await lastMeasuredAt(pool);
    if (last !== undefined && now.getTime() - last.getTime() < EVERY_MILLISECONDS) return;
    const today = dateInChina(now);
    const dictionaries = await readDictionaryCodes(pool, dictionariesOf(qualityRules));
    const measured: RuleMeasured[] = [];
    // A hub that has just begun may not have published them all.
    const measurable = qualityRules.filter(
      ({ expectation }) => expectation.kind !== 'IN_DICTIONARY' || dictionaries.has(expectation.dictionary),
    );
    for (const [table, rules] of byTable(measurable)) {
      measured.push(...(await measureRules(pool, table, rules, dictionaries, today)));
    }
    await keepMeasures(pool, measured, today, now);
  },
};

function dictionariesOf(rules: readonly QualityRule[]): string[] {
  return rules.flatMap(({ expectation }) => (expectation.kind === 'IN_DICTIONARY' ? [expectation.dictionary] : []));
}

function byTable(rules: readonly QualityRule[]): ReadonlyMap<string, QualityRule[]> {
  const tables = new Map<string, QualityRule[]>();
  for (const rule of rules) tables.set(rule.table, [...(tables.get(rule.table) ?? []), rule]);
  return tables;
}
