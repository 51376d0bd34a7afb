import type { PoolClient } from 'pg';
import { ageBandSql, type GridCount, populationCells } from '../../../subgraphs/kit/statistics/population-cells.ts';
import { Random } from '../chance/random.ts';
import { RowIds } from '../chance/row-ids.ts';
import { PROVENANCE_ID_BLOCK, provenanceIds } from '../provenance.ts';
import { REFERENCE_DATE } from '../reference-instant.ts';

/** Ids behind those of the provenance. */
const RELEASE_IDS_START = 1 << 12;

/** The city's first release by area, sex and age, as `publishPopulation` would publish it on the reference day. */
export async function publishFirstRelease(client: PoolClient): Promise<void> {
  const { rows: counts } = await client.query<GridCount & { cityCode: string }>(
    `-- count-people-by-sex-and-age
SELECT city_code AS "cityCode", grid_code AS "gridCode", sex_code AS "sexCode",
       ${ageBandSql('birth_date', '$1::date')} AS "ageBand", count(*)::int AS count
  FROM people.person GROUP BY 1, 2, 3, 4`,
    [REFERENCE_DATE],
  );
  const [first] = counts;
  if (first === undefined) return;
  const { rows: rules } = await client.query<{ floor: number }>(
    `-- small-count-floor
SELECT value AS floor FROM people.people_rule WHERE code = 'SMALL_COUNT_FLOOR' AND effective_from <= $1::date
 ORDER BY effective_from DESC LIMIT 1`,
    [REFERENCE_DATE],
  );
  const floor = rules[0]?.floor ?? 0;
  const cells = populationCells(counts, floor);
  const id = new RowIds(new Random('yiyun-1/population-release'), PROVENANCE_ID_BLOCK, RELEASE_IDS_START).next();
  await client.query(
    `-- insert-population-release
INSERT INTO people.population_release (id, city_code, as_of, small_count_floor, cell_count, withheld_count, provenance_id)
VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      id,
      first.cityCode,
      REFERENCE_DATE,
      floor,
      cells.length,
      cells.filter(({ count }) => count === null).length,
      provenanceIds['people.population_release'],
    ],
  );
  await client.query(
    `-- insert-population-cells
INSERT INTO people.population_cell (release_id, area_code, sex_code, age_band, count)
SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::int[])`,
    [
      id,
      cells.map(({ areaCode }) => areaCode),
      cells.map(({ sexCode }) => sexCode),
      cells.map(({ ageBand }) => ageBand),
      cells.map(({ count }) => count),
    ],
  );
}
