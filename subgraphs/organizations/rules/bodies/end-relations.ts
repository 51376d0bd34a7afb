import type { Refusal } from '../../../kit/codes/refusals.ts';
import { refuse } from '../../../kit/codes/refusals.ts';
import { globalId } from '../../../kit/global-id.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import type { ChangeEvent } from '../../../kit/store/write-request.ts';
import { findRelationsOf } from '../../store/bodies/body-writes.ts';
import { dateColumn, dayOfColumn, type OrganizationsTransaction } from '../../store/organizations-transaction.ts';
import { markEngagedRoles } from '../../store/territory/kept-marks.ts';

/**
 * Ends on a day all that a body or a worker stands in, because it is no more. What began on the day or later cannot
 * have ended before; such a day is refused. Each relation tells its own end, at the community that it was about.
 */
export async function endRelations(
  transaction: OrganizationsTransaction,
  of: { readonly type: 'ORGANIZATION' | 'WORKER'; readonly key: string; readonly place: Place },
  end: { readonly day: string; readonly culprit: string; readonly reason: string; readonly provenanceId: string },
): Promise<ChangeEvent[] | Refusal> {
  const relations = await findRelationsOf(transaction, of.type, of.key);
  if (relations.some(({ validFrom }) => dayOfColumn(validFrom) >= end.day)) {
    return refuse('DATE_BEFORE_CURRENT', end.culprit);
  }
  await transaction.engagement.updateMany({
    where: { id: { in: relations.map(({ id }) => id) } },
    data: { validTo: dateColumn(end.day), endReason: end.reason, provenanceId: end.provenanceId },
  });
  await markEngagedRoles(
    transaction,
    relations.filter(({ subjectType }) => subjectType === 'COMMUNITY').map(({ subjectKey }) => subjectKey),
  );
  return relations.map(({ id, subjectType, subjectKey }) => {
    const engagementId = globalId('Engagement', id);
    return {
      eventType: 'engagement.ended',
      entityType: 'Engagement',
      entityId: engagementId,
      payload: { engagementId, validTo: end.day },
      place: subjectType === 'COMMUNITY' ? placeOfCommunity(subjectKey) : of.place,
    };
  });
}

function placeOfCommunity(code: string): Place {
  return {
    cityCode: code.slice(0, 4),
    countyCode: code.slice(0, 6),
    townshipCode: code.slice(0, 9),
    communityCode: code,
  };
}
