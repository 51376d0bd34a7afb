import { endOfDay } from '../../../kit/calendar/china-day.ts';
import { dueDate } from '../../../kit/calendar/deadline.ts';
import { hasRight } from '../../../kit/caller/caller.ts';
import { dateInChina } from '../../../kit/clock.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { getRule } from '../../store/matters/matter-writes.ts';
import { lockSharingGrant, endSharingGrant as writeEnd } from '../../store/sharing/sharing-writes.ts';
import { writeCatalog } from '../catalog-write.ts';
import type { Act } from '../matters/act.ts';
import type { MatterAdvanced } from '../matters/advance-matter.ts';
import { textFault } from '../matters/text-fault.ts';

export interface EndSharingGrantInput {
  readonly grantId: string;
  readonly reason: string;
  readonly idempotencyKey: string;
}

/**
 * Ends a grant before its time. The department that uses it may give it back at once; its provider, and the data
 * authority, give notice first: it ends when the term of notice is over. A grant is ended once.
 */
export function endSharingGrant(act: Act, input: EndSharingGrantInput): Promise<MatterAdvanced | Refusal> {
  const { caller, calendar, clock } = act;
  return writeCatalog(act, 'endSharingGrant', 'sharing_grant', input, async (transaction) => {
    const id = findUuidKey('SharingGrant', input.grantId);
    const grant = id === undefined ? null : await lockSharingGrant(transaction, id);
    const own = grant?.requestingDepartment === caller.departmentCode;
    const provided = grant?.providingDepartment === caller.departmentCode || hasRight(caller, 'sharing.review');
    if (grant === null || !(own || provided)) return refuse('GRANT_NOT_FOUND', 'input.grantId');
    const fault = textFault('input.reason', input.reason, { max: 500 });
    if (fault !== undefined) return fault;
    const now = clock.now();
    if (grant.endsAt <= now || grant.endNoticeAt !== null) return refuse('GRANT_ALREADY_ENDED', 'input.grantId');
    const today = dateInChina(now);
    const rule = await getRule(transaction, 'SHARING_END_NOTICE', today);
    const noticed = endOfDay(dueDate(calendar, today, rule).dueOn);
    const endsAt = own ? now : noticed < grant.validUntil ? noticed : grant.validUntil;
    await writeEnd(transaction, grant, {
      endsAt,
      endNoticeAt: now,
      endReason: input.reason.trim(),
      endedByDepartment: caller.departmentCode,
    });
    const answer = { id: globalId('SharingGrant', grant.id) };
    const event = {
      eventType: own ? 'sharing-grant.ended' : 'sharing-grant.end-noticed',
      entityType: 'SharingGrant',
      entityId: answer.id,
      payload: { clientId: grant.clientId, endsAt: endsAt.toISOString() },
      place: undefined,
    };
    return { answer, rowCount: 1, events: [event] };
  });
}
