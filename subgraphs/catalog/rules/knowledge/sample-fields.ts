import type { TimedWork } from '../../../kit/timed-work.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { lastSampledAt, replaceFieldStatistics, sampleColumns } from '../../store/knowledge/field-statistics.ts';

/** The database brings its statistics up to date every now and then; asking it more often tells nothing new. */
const EVERY_MILLISECONDS = 3_600_000;

/** 字段质量采样 — once an hour, what the database knows of the columns behind fields: rows, nulls, distinct values. */
export const sampleFields: TimedWork<CatalogStore> = {
  name: 'field statistics',
  async run({ clock, store: { pool, qualityRules } }) {
    const now = clock.now();
    const last = await lastSampledAt(pool);
    if (last !== undefined && now.getTime() - last.getTime() < EVERY_MILLISECONDS) return;
    await replaceFieldStatistics(pool, await sampleColumns(pool, qualityRules), now);
  },
};
