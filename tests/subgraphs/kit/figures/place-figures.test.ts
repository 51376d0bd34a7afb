import type pg from 'pg';
import { describe, expect, it } from 'vitest';
import { REFERENCE_INSTANT } from '../../../../prisma/seed/reference-instant.ts';
import { fixedClock } from '../../../../subgraphs/kit/clock.ts';
import { FigureCounter } from '../../../../subgraphs/kit/figures/figure-counter.ts';
import { findPlaceFigures } from '../../../../subgraphs/kit/figures/place-figures.ts';
import { uuidSource } from '../../../../subgraphs/kit/ids.ts';
import { OperationTrace } from '../../../../subgraphs/kit/operation-trace.ts';
import { SqlDatabase } from '../../../../subgraphs/kit/store/sql-database.ts';
import { openFigureCounters } from '../../../../subgraphs/registry.ts';
import { servicesFigures } from '../../../../subgraphs/services/store/figures/figure-sources.ts';
import { cityDatabase } from '../../../kit/city-database.ts';
import { insertEvent } from '../../../kit/outbox-rows.ts';
import { settledOutbox } from '../../../kit/settled-outbox.ts';

const clock = () => fixedClock(REFERENCE_INSTANT);

async function totalsOf(pool: pg.Pool, subgraph: string, code: string): Promise<ReadonlyMap<string, number>> {
  const [found] = await findPlaceFigures(new SqlDatabase(subgraph, pool), [code], new OperationTrace());
  return found?.totals ?? new Map();
}

/** An open incident in a grid that is due at an instant, with the event that a mutation would leave. */
async function report(pool: pg.Pool, grid: string, dueAt: string, heldBack = false): Promise<string> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const id = uuidSource.next();
    await client.query(
      `INSERT INTO services.incident (id, incident_number, category, title, state, channel, severity, reported_at, due_at,
         city_code, county_code, township_code, community_code, grid_code, provenance_id)
       VALUES ($1::uuid, $1::text, 'HAZARD', 'x', 'REPORTED', 'GRID_WORKER', 'GENERAL', '2026-06-30T01:00:00Z', $2,
         left($3, 4), left($3, 6), left($3, 9), left($3, 12), $3, $1::uuid)`,
      [id, dueAt, grid],
    );
    await insertEvent(client, 'services', { entityId: `Incident:${id}`, division: grid });
    await client.query('COMMIT');
    if (!heldBack) await settledOutbox(pool, 'services');
    return id;
  } finally {
    client.release();
  }
}

async function gridsOf(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ code: string }>('SELECT grid_code AS code FROM organizations.grid ORDER BY 1');
  return rows.map(({ code }) => code);
}

describe('figures of places', () => {
  it('are what the rows say, at every level, in all subgraphs of a loaded city', async () => {
    await using database = await cityDatabase();
    const { pool } = database;
    const counters = openFigureCounters({ pool, clock: clock(), ids: uuidSource });
    for (const counter of counters) await counter.catchUp();
    const [grid = ''] = await gridsOf(pool);
    for (const code of [grid, grid.slice(0, 12), grid.slice(0, 9), grid.slice(0, 6), '3304']) {
      const { rows } = await pool.query<Record<string, number>>(
        `SELECT (SELECT count(*) FROM people.person WHERE grid_code LIKE $1)::int AS residents,
                (SELECT count(*) FROM people.person WHERE grid_code LIKE $1
                    AND birth_date <= date '2026-06-30' - interval '80 years')::int AS eighty,
                (SELECT count(*) FROM organizations.grid WHERE grid_code LIKE $1)::int AS grids,
                (SELECT count(*) FROM services.incident WHERE grid_code LIKE $1 AND closed_at IS NULL)::int AS open,
                (SELECT count(*) FROM services.incident WHERE grid_code LIKE $1 AND closed_at IS NULL
                    AND due_at < '${REFERENCE_INSTANT}')::int AS overdue,
                (SELECT count(*) FROM party.party_organization WHERE kind = 'GRID_BRANCH'
                    AND grid_code LIKE $1)::int AS branches`,
        [`${code}%`],
      );
      const [people, organizations, services, party] = await Promise.all(
        ['people', 'organizations', 'services', 'party'].map((name) => totalsOf(pool, name, code)),
      );
      expect(
        {
          residents: people?.get('resident'),
          eighty: people?.get('age.80') ?? 0,
          grids: organizations?.get('grid'),
          open: services?.get('incident.open') ?? 0,
          overdue: services?.get('incident.overdue') ?? 0,
          branches: party?.get('organization.GRID_BRANCH'),
        },
        code,
      ).toEqual(rows[0]);
    }
    for (const counter of counters) expect(await counter.recount(), counter.subgraph).toEqual([]);
  });

  it('are null, not zero, where nothing was counted yet', async () => {
    await using database = await cityDatabase();
    const found = await findPlaceFigures(new SqlDatabase('services', database.pool), ['3304'], new OperationTrace());
    expect(found).toEqual([null]);
  });

  it('follow the outbox up to the city, tell of each place that has changed, and count nothing twice', async () => {
    await using database = await cityDatabase();
    const { pool } = database;
    const counter = servicesCounter(pool, clock());
    await counter.catchUp();
    const [grid = ''] = await gridsOf(pool);
    const before = (await totalsOf(pool, 'services', '3304')).get('incident.open') ?? 0;
    await report(pool, grid, '2026-07-10T00:00:00Z');
    const round = await counter.count();
    const above = [4, 6, 9, 12, 15].map((digits) => grid.slice(0, digits));
    expect(round).toEqual({ busy: false, events: 1, places: above, more: false });
    expect((await totalsOf(pool, 'services', '3304')).get('incident.open')).toBe(before + 1);
    const { rows } = await pool.query(
      "SELECT entity_id FROM services.outbox WHERE event_type = 'place-overview.counted' ORDER BY ordinal",
    );
    expect(rows.map((row) => row.entity_id)).toEqual(above.map((code) => `PlaceOverview:${code}`));
    await settledOutbox(pool, 'services');
    expect(await counter.count()).toEqual({ busy: false, events: 5, places: [], more: false });
    expect(await counter.recount()).toEqual([]);
  });

  it('become overdue by the clock alone, to the second and without an event', async () => {
    await using database = await cityDatabase();
    const { pool } = database;
    const time = clock();
    const counter = servicesCounter(pool, time);
    const [grid = ''] = await gridsOf(pool);
    const due = new Date(Date.parse(REFERENCE_INSTANT) + 60_000);
    await report(pool, grid, due.toISOString());
    await counter.catchUp();
    const overdue = async () => (await totalsOf(pool, 'services', grid)).get('incident.overdue') ?? 0;
    const before = await overdue();
    time.set(due);
    await counter.catchUp();
    expect(await overdue()).toBe(before);
    time.set(new Date(due.getTime() + 1));
    expect((await counter.count()).places).toContain('3304');
    expect(await overdue()).toBe(before + 1);
    expect(await counter.recount()).toEqual([]);
  });

  it('turn with the day: a birthday, an agreement that runs out', async () => {
    await using database = await cityDatabase();
    const { pool } = database;
    const time = clock();
    const counters = openFigureCounters({ pool, clock: time, ids: uuidSource });
    for (const counter of counters) await counter.catchUp();
    for (const day of ['2026-07-01', '2026-08-15', '2027-03-01', '2028-03-01']) {
      time.set(`${day}T00:00:01+08:00`);
      for (const counter of counters) {
        await counter.catchUp();
        expect(await counter.recount(), `${counter.subgraph} on ${day}`).toEqual([]);
      }
    }
  });

  it('are right after twenty writers and three counters at once, one of which is killed again and again', async () => {
    await using database = await cityDatabase();
    const { pool } = database;
    const deaths = { count: 0 };
    const counters = [pool, mortal(pool, deaths), mortal(pool, deaths)].map((its) => servicesCounter(its, clock()));
    await counters[0]?.catchUp();
    const grids = await gridsOf(pool);
    const before = (await totalsOf(pool, 'services', '3304')).get('incident.open') ?? 0;
    let writing = true;
    const writers = Array.from({ length: 20 }, async (_, index) => {
      for (let n = 0; n < 5; n++) {
        await report(pool, grids[(index + n) % grids.length] ?? '', '2026-07-10T00:00:00Z', true);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });
    const counting = counters.map(async (counter) => {
      while (writing) await counter.count().catch(() => {});
    });
    await Promise.all(writers);
    writing = false;
    await Promise.all(counting);
    await settledOutbox(pool, 'services');
    expect(deaths.count).toBeGreaterThan(0);
    await counters[0]?.catchUp();
    expect((await totalsOf(pool, 'services', '3304')).get('incident.open')).toBe(before + 100);
    expect(await counters[0]?.recount()).toEqual([]);
  });

  it('do not claim what a transaction that runs for long holds back', async () => {
    await using database = await cityDatabase();
    const { pool } = database;
    const time = clock();
    const counter = servicesCounter(pool, time);
    await counter.catchUp();
    const [grid = ''] = await gridsOf(pool);
    const long = await pool.connect();
    try {
      await long.query('BEGIN');
      await long.query('SELECT pg_current_xact_id()');
      await report(pool, grid, '2026-07-10T00:00:00Z', true);
      time.set('2026-06-30T02:05:00Z');
      await counter.count();
      const database_ = new SqlDatabase('services', pool);
      const [held] = await findPlaceFigures(database_, ['3304'], new OperationTrace());
      expect(held?.countedAt.toISOString()).toBe('2026-06-30T02:00:00.000Z');
      await long.query('COMMIT');
      await settledOutbox(pool, 'services');
      await counter.count();
      const [caught] = await findPlaceFigures(database_, ['3304'], new OperationTrace());
      expect(caught?.countedAt.toISOString()).toBe('2026-06-30T02:05:00.000Z');
    } finally {
      long.release();
    }
  });

  it('are counted anew where the events are gone', async () => {
    await using database = await cityDatabase();
    const { pool } = database;
    const counter = servicesCounter(pool, clock());
    await counter.catchUp();
    const [grid = ''] = await gridsOf(pool);
    await report(pool, grid, '2026-07-10T00:00:00Z');
    await pool.query('TRUNCATE services.outbox');
    await pool.query(
      `INSERT INTO services.outbox_state (id, generation, cluster) VALUES (1, '${uuidSource.next()}', 'another')
       ON CONFLICT (id) DO UPDATE SET generation = excluded.generation`,
    );
    expect((await counter.count()).places).toContain('3304');
    expect(await counter.recount()).toEqual([]);
  });
});

function servicesCounter(pool: pg.Pool, time: ReturnType<typeof clock>): FigureCounter {
  return new FigureCounter({ subgraph: 'services', sources: servicesFigures, pool, clock: time, ids: uuidSource });
}

/** Connections whose backend is killed at some statement of a round, before or after it has counted. */
function mortal(pool: pg.Pool, deaths: { count: number }): pg.Pool {
  let rounds = 0;
  const connect = async () => {
    const client = await pool.connect();
    const dies = 2 + (rounds++ % 9);
    let statement = 0;
    return {
      query: (text: string, values?: unknown[]) => {
        if (statement++ !== dies) return client.query(text, values);
        deaths.count++;
        return client.query('SELECT pg_terminate_backend(pg_backend_pid())');
      },
      on: client.on.bind(client),
      off: client.off.bind(client),
      release: client.release.bind(client),
    };
  };
  // The counter uses nothing else of a pool.
  return { connect } as unknown as pg.Pool;
}
