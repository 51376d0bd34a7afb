import { dateColumn, type OrganizationsTransaction } from '../organizations-transaction.ts';
import { markEngagedRoles } from './kept-marks.ts';

/** Roles of which a community has one holder at a time. */
const EXCLUSIVE = new Set(['LEADER', 'SUPERVISOR', 'LEGAL_ADVISER', 'PROPERTY_MANAGER']);

/**
 * Relations about a community end with it on a day and go on about what took its place, unless that has the same holder,
 * or another one in a role that has room for one only. Those that began on the day or later just change what they are about.
 */
export async function replaceRelations(
  transaction: OrganizationsTransaction,
  change: { readonly fromCode: string; readonly toCode: string; readonly day: string; readonly provenanceId: string },
  nextId: () => string,
): Promise<number> {
  const { fromCode, toCode, provenanceId } = change;
  const day = dateColumn(change.day);
  const about = (subjectKey: string) => ({ subjectType: 'COMMUNITY', subjectKey, validTo: null });
  const live = await transaction.engagement.findMany({ where: about(fromCode) });
  const there = await transaction.engagement.findMany({ where: about(toCode) });
  for (const relation of live) {
    const { id, role, holderType, holderKey } = relation;
    const goesOn = !there.some(
      (other) =>
        other.role === role &&
        (EXCLUSIVE.has(role) || (other.holderType === holderType && other.holderKey === holderKey)),
    );
    const late = relation.validFrom >= day;
    const ended = late
      ? { subjectKey: goesOn ? toCode : fromCode, provenanceId }
      : { validTo: day, endReason: '区划变更', provenanceId };
    await transaction.engagement.update({ where: { id }, data: ended });
    if (goesOn && !late) {
      await transaction.engagement.create({
        data: { ...relation, id: nextId(), subjectKey: toCode, validFrom: day, provenanceId },
      });
    }
  }
  await markEngagedRoles(transaction, [fromCode, toCode]);
  return live.length;
}
