import { expect, test, vi } from 'vitest';
import { FollowedSubgraph } from '../../gateway/startup/followed-subgraph.ts';
import { OperationTrace } from '../../subgraphs/kit/operation-trace.ts';
import { services } from '../../subgraphs/services/index.ts';
import { insertRows, TEST_PROVENANCE_ID } from '../kit/insert-rows.ts';
import { testCaller, testKeys } from '../kit/open-test-subgraph.ts';
import { freshDatabase } from '../kit/test-database.ts';

test('a subgraph apart from the hub counts on the calendar that was published, from its first request on and as it comes', async () => {
  await using database = await freshDatabase();
  const publish = (year: number, version: number) =>
    insertRows(database.pool, 'catalog.working_calendar_year', [
      {
        ...{ year, version, source: '国务院办公厅通知', makeUpDays: [], publishedAt: '2026-11-01T00:00:00Z' },
        ...{ holidays: JSON.stringify([{ name: '元旦', from: `${year}-01-01`, to: `${year}-01-03` }]) },
        provenanceId: TEST_PROVENANCE_ID,
      },
    ]);
  await publish(2027, 1);
  const followed = new FollowedSubgraph({
    definition: services,
    keys: testKeys,
    findDatabaseUrl: () => Promise.resolve(database.url),
    onConnectionLost: () => {},
  });
  try {
    const versionOf = async (year: number) => {
      const { calendar } = (await followed.current()).createContext(testCaller([]), new OperationTrace());
      return calendar.years.find((known) => known.year === year)?.version;
    };
    expect(await versionOf(2027)).toBe(1);
    expect(await versionOf(2028)).toBe(0);
    const troubles: unknown[] = [];
    followed.startTimedWork((error) => troubles.push(error), 50);
    await publish(2028, 1);
    await vi.waitFor(async () => expect(await versionOf(2028)).toBe(1), { timeout: 60_000, interval: 100 });
    expect(troubles).toEqual([]);
  } finally {
    await followed.close();
  }
});
