import type { PeopleTransaction } from '../residence-writes.ts';
import type { MovablePerson } from './move-writes.ts';

/** Where somebody lived and was registered, and where he does now. */
export interface PersonShift {
  readonly before: MovablePerson;
  readonly after: MovablePerson;
}

interface Counts {
  residents: number;
  registered: number;
  natives: number;
  households: number;
}

const isNative = ({ communityCode, registeredCommunityCode }: MovablePerson): number =>
  registeredCommunityCode === communityCode ? 1 : 0;

/** Keeps the counts of communities and grids with what was moved, in code order, so that two never wait in a circle. */
export async function shiftCounts(
  transaction: PeopleTransaction,
  shifts: readonly PersonShift[],
  households: { readonly from: string; readonly to: string; readonly count: number },
): Promise<void> {
  const counts = new Map<string, Counts>();
  const add = (code: string | null, what: keyof Counts, by: number) => {
    if (code === null || by === 0) return;
    const found = counts.get(code) ?? { residents: 0, registered: 0, natives: 0, households: 0 };
    found[what] += by;
    counts.set(code, found);
  };
  for (const { before, after } of shifts) {
    for (const [state, by] of [[before, -1] as const, [after, 1] as const]) {
      add(state.gridCode, 'residents', by);
      add(state.gridCode, 'natives', by * isNative(state));
      add(state.communityCode, 'residents', by);
      add(state.registeredCommunityCode, 'registered', by);
    }
  }
  for (const [code, by] of [
    [households.from, -households.count] as const,
    [households.to, households.count] as const,
  ]) {
    add(code, 'households', by);
    add(code.slice(0, 12), 'households', by);
  }
  const codes = [...counts.keys()].sort();
  await transaction.communityPopulation.createMany({
    data: codes
      .filter((code) => code.length === 12)
      .map((code) => ({ ...placesOf(code), residentCount: 0, registeredCount: 0, householdCount: 0 })),
    skipDuplicates: true,
  });
  await transaction.gridPopulation.createMany({
    data: codes
      .filter((code) => code.length === 15)
      .map((gridCode) => ({
        ...placesOf(gridCode),
        gridCode,
        residentCount: 0,
        registeredResidentCount: 0,
        householdCount: 0,
      })),
    skipDuplicates: true,
  });
  for (const code of codes) {
    const { residents, registered, natives, households: homes } = counts.get(code) as Counts;
    const residentCount = { increment: residents };
    const householdCount = { increment: homes };
    if (code.length === 12) {
      const data = { residentCount, householdCount, registeredCount: { increment: registered } };
      await transaction.communityPopulation.updateMany({ where: { communityCode: code }, data });
    } else {
      const data = { residentCount, householdCount, registeredResidentCount: { increment: natives } };
      await transaction.gridPopulation.updateMany({ where: { gridCode: code }, data });
    }
  }
}

function placesOf(code: string) {
  return {
    cityCode: code.slice(0, 4),
    countyCode: code.slice(0, 6),
    townshipCode: code.slice(0, 9),
    communityCode: code.slice(0, 12),
  };
}
