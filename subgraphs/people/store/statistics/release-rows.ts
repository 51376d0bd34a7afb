import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { ageBandSql, type GridCount, type PopulationCell } from '../../../kit/statistics/population-cells.ts';
import { columnList, type EntityTable } from '../../../kit/store/entity-table.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { PeopleStore } from '../people-store.ts';
import type { PeopleTransaction } from '../residence-writes.ts';
import { smallCountFloorSql } from '../seasonal-rows.ts';

export interface PopulationReleaseRow {
  readonly id: string;
  readonly cityCode: string;
  readonly asOf: string;
  readonly smallCountFloor: number;
  readonly cellCount: number;
  readonly withheldCount: number;
  readonly provenanceId: string;
}

/** Released statistics are for everybody. */
export const populationReleaseTable: EntityTable<PopulationReleaseRow> = {
  table: 'population_release',
  columns: ['id', 'cityCode', 'asOf', 'smallCountFloor', 'cellCount', 'withheldCount', 'provenanceId'],
  dates: ['asOf'],
};

/** A cell with the release that it belongs to. */
export interface ReleasedCellRow extends PopulationCell {
  readonly asOf: string;
}

/** The latest releases of a city, the newest first. */
export function findReleases(
  store: PeopleStore,
  cityCode: string,
  trace: OperationTrace,
): Promise<PopulationReleaseRow[]> {
  return store.database.rows<PopulationReleaseRow>(
    'population_releases',
    `SELECT ${columnList(populationReleaseTable)} FROM people.population_release t
      WHERE t.city_code = $1 ORDER BY t.as_of DESC LIMIT 50`,
    [cityCode],
    trace,
  );
}

/** Cells of areas in the newest release of their city up to a day; null for the newest of all. One statement. */
export async function findCells(
  store: PeopleStore,
  areaCodes: readonly string[],
  asOf: string | null,
  trace: OperationTrace,
): Promise<ReleasedCellRow[][]> {
  const rows = await store.database.rows<ReleasedCellRow>(
    'population_cells',
    `SELECT c.area_code AS "areaCode", c.sex_code AS "sexCode", c.age_band AS "ageBand", c.count, r.as_of::text AS "asOf"
       FROM unnest($1::text[]) AS k(code)
       CROSS JOIN LATERAL (SELECT t.id, t.as_of FROM people.population_release t
                            WHERE t.city_code = left(k.code, 4) AND ($2::date IS NULL OR t.as_of <= $2)
                            ORDER BY t.as_of DESC LIMIT 1) r
       JOIN people.population_cell c ON c.release_id = r.id AND c.area_code = k.code
      ORDER BY c.area_code, c.sex_code, c.age_band`,
    [areaCodes, asOf],
    trace,
  );
  return groupByKey(areaCodes, rows, (row) => row.areaCode);
}

/** Cells of one release, of one area and, where asked for, of those directly below it. */
export async function findCellsOfReleases(
  store: PeopleStore,
  keys: readonly string[],
  trace: OperationTrace,
): Promise<PopulationCell[][]> {
  const asked = keys.map((key) => key.split('|'));
  const rows = await store.database.rows<PopulationCell & { readonly key: string }>(
    'cells_of_releases',
    `SELECT k.key, c.area_code AS "areaCode", c.sex_code AS "sexCode", c.age_band AS "ageBand", c.count
       FROM unnest($1::text[], $2::uuid[], $3::text[]) AS k(key, release, area)
       JOIN people.population_cell c ON c.release_id = k.release AND c.area_code = k.area
      ORDER BY k.key, c.sex_code, c.age_band`,
    [keys, asked.map(([release]) => release), asked.map(([, area]) => area)],
    trace,
  );
  return groupByKey(keys, rows, (row) => row.key);
}

/** People of a city by grid, sex and age on a day, with the floor in force. */
export async function countGridPeople(
  transaction: PeopleTransaction,
  cityCode: string,
  day: string,
): Promise<{ readonly counts: GridCount[]; readonly floor: number }> {
  const counts = await transaction.$queryRawUnsafe<GridCount[]>(
    `SELECT t.grid_code AS "gridCode", t.sex_code AS "sexCode", ${ageBandSql('t.birth_date', '$2::date')} AS "ageBand",
            count(*)::int AS count
       FROM people.person t WHERE t.city_code = $1 GROUP BY 1, 2, 3`,
    cityCode,
    day,
  );
  const [rule] = await transaction.$queryRawUnsafe<{ floor: number }[]>(
    `SELECT ${smallCountFloorSql('$1::date')} AS floor`,
    day,
  );
  return { counts, floor: rule?.floor ?? 0 };
}

/** A city of 5,000 grids has 170,000: a parameter for each value took longer than weighing them. */
const CELLS_AT_ONCE = 50_000;

export async function insertCells(
  transaction: PeopleTransaction,
  releaseId: string,
  cells: readonly PopulationCell[],
): Promise<void> {
  for (let from = 0; from < cells.length; from += CELLS_AT_ONCE) {
    const some = cells.slice(from, from + CELLS_AT_ONCE);
    await transaction.$executeRaw`
      INSERT INTO people.population_cell (release_id, area_code, sex_code, age_band, count)
      SELECT ${releaseId}::uuid, * FROM unnest(
        ${some.map(({ areaCode }) => areaCode)}::text[], ${some.map(({ sexCode }) => sexCode)}::text[],
        ${some.map(({ ageBand }) => ageBand)}::text[], ${some.map(({ count }) => count)}::int[])`;
  }
}
