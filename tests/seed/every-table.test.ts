import { expect, test } from 'vitest';
import type { DemoCity } from '../../prisma/seed/vocabulary.ts';
import { cityDatabase } from '../kit/city-database.ts';

/** Tables that hold what happens while a hub runs, and not what a city has: a city just loaded has nothing in them. */
const OF_RUNNING = new Set([
  ...['idempotency', 'outbox', 'outbox_state', 'place_figure', 'place_figure_state'],
  ...['import_batch', 'import_row', 'item_conflict', 'grid_succession', 'resident_move'],
  ...['identity_scan', 'merged_person', 'person_merge'],
]);

const NO_EVALUATION = 'its article names no evaluation of communities';
const NO_CATEGORIES = 'its article names no categories of training';
const SINCE_EVER = 'its first community, the only one at this scale, is on record since ever';

/** Tables of which a city has nothing, and why. */
const WITHOUT: Readonly<Record<DemoCity, Readonly<Record<string, string>>>> = {
  hangzhou: {},
  xuzhou: { 'organizations.training_category': NO_CATEGORIES },
  sanya: {
    'organizations.division_change': SINCE_EVER,
    'organizations.indicator_score': NO_EVALUATION,
    'organizations.training_category': NO_CATEGORIES,
  },
  yantai: {
    'organizations.indicator_score': NO_EVALUATION,
    'organizations.training_category': NO_CATEGORIES,
  },
  jiaxing: {
    'organizations.division_change': SINCE_EVER,
    'organizations.indicator_score': NO_EVALUATION,
    'organizations.training_category': NO_CATEGORIES,
  },
};

const CITIES: readonly DemoCity[] = ['hangzhou', 'sanya', 'xuzhou', 'yantai', 'jiaxing'];

test.each(CITIES)(
  'the generator gives %s rows of every table of people and organizations, or it is said why not',
  async (city) => {
    await using database = await cityDatabase(city);
    const { rows } = await database.pool.query<{ table: string }>(
      `SELECT schemaname || '.' || tablename AS table FROM pg_tables WHERE schemaname IN ('people', 'organizations') ORDER BY 1`,
    );
    expect(rows.length).toBeGreaterThan(60);
    const empty: string[] = [];
    for (const { table } of rows) {
      const [, name = ''] = table.split('.');
      if (OF_RUNNING.has(name)) continue;
      const { rows: found } = await database.pool.query<{ any: boolean }>(
        `SELECT EXISTS (SELECT FROM ${table}) AS any`,
      );
      if (found[0]?.any !== true) empty.push(table);
    }
    expect(empty).toEqual(Object.keys(WITHOUT[city]));
  },
  120_000,
);
