import { dayText } from '../chance/calendar-day.ts';
import type { RowIds } from '../chance/row-ids.ts';
import type { DivisionChangeRow } from '../organizations/register-rows.ts';
import { REFERENCE_DAY } from '../people/family.ts';
import { provenanceIds } from '../provenance.ts';
import type { CommunityDraft } from './community-draft.ts';

/** Changes that are generally known and not confirmed against the decisions: shown as such. */
export function knownDivisionChanges(ids: RowIds): DivisionChangeRow[] {
  return (
    [
      ['330104', '江干区', '330102'],
      ['330104014', '四季青街道（江干区）', '330102014'],
    ] as const
  ).map(([fromCode, fromName, toCode]) => ({
    id: ids.next(),
    fromCode,
    fromName,
    toCode,
    kind: 'MERGED',
    effectiveOn: null,
    confirmed: false,
    provenanceId: provenanceIds['organizations.division_change'],
  }));
}

/** The day on which a converted community took the place of its village: before the list that has it was cut off. */
export function conversionDay(draft: CommunityDraft): string {
  return dayText(REFERENCE_DAY - 1_100 - draft.stream('conversion').below(4_000));
}

/** The village that a converted community was: a code of a villagers' committee (2xx) in the same township. */
export function convertVillage(draft: CommunityDraft): void {
  const { plan, place, careIds: ids } = draft;
  if (plan.origin !== 'CONVERTED_VILLAGE') return;
  draft.table('organizations.division_change').push({
    id: ids.next(),
    fromCode: `${place.townshipCode}3${place.communityCode.slice(-2)}`,
    fromName: `${plan.name.replace(/社区$/, '')}村`,
    toCode: place.communityCode,
    kind: 'CONVERTED',
    effectiveOn: conversionDay(draft),
    confirmed: true,
    provenanceId: provenanceIds['organizations.division_change'],
  });
}
