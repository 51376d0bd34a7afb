import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findCodeKey, globalId } from '../../../kit/global-id.ts';
import type { ChangeEvent } from '../../../kit/store/write-request.ts';
import type { OrganizationsTransaction } from '../../store/organizations-transaction.ts';
import { replaceRelations } from '../../store/territory/community-relations.ts';
import {
  lockLiveGrids,
  moveWorkers,
  type PassedGrid,
  replaceGrids,
  replacePosts,
  takenNumbers,
} from '../../store/territory/grid-writes.ts';
import type { RuleContext } from '../organizations-write.ts';

interface PassingOn {
  readonly fromCode: string;
  readonly toCode: string;
  /** Those that go; null: all, and the workers and bodies of the community with them. */
  readonly gridIds: readonly string[] | null;
  readonly effectiveOn: string;
  readonly provenanceId: string;
}

const MOST_GRIDS = 999;

/** Grids go on under the code of what took their community's place: with their number where it is free, or the next one. */
export async function passOnGrids(
  { store, clock }: RuleContext,
  transaction: OrganizationsTransaction,
  { fromCode, toCode, gridIds, effectiveOn, provenanceId }: PassingOn,
): Promise<{ readonly rowCount: number; readonly events: readonly ChangeEvent[] } | Refusal> {
  const live = await lockLiveGrids(transaction, fromCode);
  const wanted = gridIds?.map((id) => findCodeKey('Grid', 15, id));
  if (
    wanted !== undefined &&
    (wanted.length === 0 || wanted.some((code) => code === undefined || !live.includes(code)))
  ) {
    return refuse('DIVISION_GRIDS_UNFIT', 'input.gridIds');
  }
  const going = wanted === undefined ? live : live.filter((code) => wanted.includes(code));
  const taken = await takenNumbers(transaction, toCode);
  const passed: PassedGrid[] = [];
  for (const code of going) {
    let number = Number(code.slice(12));
    if (taken.has(number)) number = Math.max(0, ...taken) + 1;
    if (number > MOST_GRIDS) return refuse('DIVISION_GRIDS_FULL', 'input.toCode');
    taken.add(number);
    passed.push({ fromCode: code, toCode: toCode + String(number).padStart(3, '0') });
  }
  const grids = await replaceGrids(transaction, passed, effectiveOn, provenanceId);
  const posts = await replacePosts(transaction, passed, clock.now(), provenanceId, () => store.ids.next());
  let others = 0;
  if (gridIds === null) {
    const change = { fromCode, toCode, day: effectiveOn, provenanceId };
    others = await moveWorkers(transaction, fromCode, toCode, provenanceId);
    others += await replaceRelations(transaction, change, () => store.ids.next());
  }
  const events = passed.map(
    (grid): ChangeEvent => ({
      eventType: 'grid.passedOn',
      entityType: 'Grid',
      entityId: globalId('Grid', grid.fromCode),
      payload: { fromGridCode: grid.fromCode, toGridCode: grid.toCode, fromCommunityCode: fromCode, effectiveOn },
      place: {
        cityCode: toCode.slice(0, 4),
        countyCode: toCode.slice(0, 6),
        townshipCode: toCode.slice(0, 9),
        communityCode: toCode,
        gridCode: grid.toCode,
      },
    }),
  );
  return { rowCount: grids + posts + others, events };
}
