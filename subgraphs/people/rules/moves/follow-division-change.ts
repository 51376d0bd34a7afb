import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { coversCode } from '../../../kit/store/place-scope.ts';
import { dateColumn, type RuleContext, write } from '../people-write.ts';

export interface FollowDivisionChangeInput {
  readonly divisionId: string;
  readonly idempotencyKey: string;
}

export interface DivisionFollowed {
  readonly divisionId: string;
}

/** What the gateway reads of the division for the rule. */
export const DIVISION_FACTS = ['code', 'validTo', 'gridSuccessions'] as const;

/**
 * 居民随迁 — the residents of a village or community follow its grids to what took its place. What is to be moved is noted
 * here, in one transaction; the moving itself is timed work in batches, which goes on where it was, whenever it stops.
 */
export function followDivisionChange(
  context: RuleContext,
  input: FollowDivisionChangeInput,
): Promise<DivisionFollowed | Refusal> {
  const { caller, clock } = context;
  const request = { mutation: 'followDivisionChange', dataset: 'resident_move', input };
  return write(context, request, async (transaction, provenanceId) => {
    const facts = caller.facts?.['input.divisionId'];
    const code = typeof facts?.code === 'string' ? facts.code : '';
    if (!/^\d{12}$/.test(code) || !coversCode(caller, code)) return refuse('DIVISION_NOT_FOUND', 'input.divisionId');
    const passed = (Array.isArray(facts?.gridSuccessions) ? facts.gridSuccessions : [])
      .map((text) => String(text).split(' '))
      // A micro-grid keeps its number within its grid.
      .filter(([from]) => from?.length === 15);
    if (passed.length === 0) return refuse('DIVISION_PASSES_NOTHING_ON', 'input.divisionId');
    const known = await transaction.residentMove.findMany({
      where: { fromCommunityCode: code },
      select: { fromGridCode: true },
    });
    const fresh = passed.filter(([from]) => !known.some(({ fromGridCode }) => fromGridCode === from));
    if (fresh.length === 0) return refuse('RESIDENTS_FOLLOW_ALREADY', 'input.divisionId');
    if (fresh.some(([, to]) => !coversCode(caller, to ?? ''))) return refuse('DIVISION_NOT_FOUND', 'input.divisionId');
    const requestedAt = clock.now();
    await transaction.residentMove.createMany({
      data: fresh.map(([fromGridCode = '', toGridCode = '', effectiveOn = '']) => ({
        fromGridCode,
        toGridCode,
        fromCommunityCode: code,
        toCommunityCode: toGridCode.slice(0, 12),
        wholeCommunity: facts?.validTo != null,
        effectiveOn: dateColumn(effectiveOn),
        requestedAt,
        provenanceId,
      })),
    });
    const answer = { divisionId: input.divisionId };
    const event = {
      eventType: 'division.residentsFollow',
      entityType: 'Division',
      entityId: input.divisionId,
      payload: { ...answer, gridCount: fresh.length },
      place: {
        cityCode: code.slice(0, 4),
        countyCode: code.slice(0, 6),
        townshipCode: code.slice(0, 9),
        communityCode: code,
      },
    };
    return { answer, rowCount: fresh.length, events: [event] };
  });
}
