import type pg from 'pg';

/** Inserts rows given in camelCase into `schema.table`. */
export async function insertRows(
  pool: pg.Pool,
  table: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  for (const row of rows) {
    const names = Object.keys(row);
    const columns = names.map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
    const parameters = names.map((_name, index) => `$${index + 1}`);
    await pool.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${parameters.join(', ')})`, [
      ...Object.values(row),
    ]);
  }
}

/** A UUID that a test can tell by its number. */
export function testUuid(number: number): string {
  return `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

/** The higher places of a 15-digit grid's code, as columns. */
export function placeOf(gridCode: string) {
  return {
    cityCode: gridCode.slice(0, 4),
    countyCode: gridCode.slice(0, 6),
    townshipCode: gridCode.slice(0, 9),
    communityCode: gridCode.slice(0, 12),
  };
}

export const TEST_PROVENANCE_ID = testUuid(999_999);

/** The batch that the rows of a test point to. */
export async function insertProvenance(pool: pg.Pool, schema: string): Promise<void> {
  await insertRows(pool, `${schema}.provenance`, [
    {
      id: TEST_PROVENANCE_ID,
      kind: 'SEED',
      systemCode: 'test-system',
      dataset: 'test',
      department: 'civil-affairs',
      recordedAt: '2026-06-01T00:00:00Z',
      rowCount: 1,
    },
  ]);
}
