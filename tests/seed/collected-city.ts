import { type CitySize, generateCity } from '../../prisma/seed/generate-city.ts';
import type { CityRows, CityTable } from '../../prisma/seed/rows.ts';

/** All rows of a generated city by table; only for small scales. */
export class CollectedCity {
  private readonly tables = new Map<CityTable, unknown[]>();

  constructor(size: CitySize) {
    for (const batch of generateCity(size)) {
      for (const [table, rows] of Object.entries(batch.rows) as [CityTable, unknown[]][]) {
        const all = this.tables.get(table) ?? [];
        for (const row of rows) all.push(row);
        this.tables.set(table, all);
      }
    }
  }

  rows<T extends CityTable>(table: T): readonly CityRows[T][] {
    // The generator files rows under the table they belong to.
    return (this.tables.get(table) ?? []) as CityRows[T][];
  }
}

/** Items by a key. */
export function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** How often each key occurs. */
export function countBy<T>(items: readonly T[], key: (item: T) => string): Record<string, number> {
  return Object.fromEntries([...groupBy(items, key)].map(([name, group]) => [name, group.length]));
}

/** Years between two dates `YYYY-MM-DD`, with a fraction. */
export function yearsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / (365.25 * 86_400_000);
}

export const REFERENCE_DATE = '2026-06-30';
