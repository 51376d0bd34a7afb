import { dayText } from '../chance/calendar-day.ts';
import { Random } from '../chance/random.ts';
import type { RowIds } from '../chance/row-ids.ts';
import type { DivisionChangeRow } from '../organizations/register-rows.ts';
import { REFERENCE_DAY } from '../people/family.ts';
import { provenanceIds } from '../provenance.ts';
import { SEED } from '../seed-version.ts';
import type { CommunityDraft } from './community-draft.ts';
import type { CommunityPlan } from './community-plan.ts';
import { villageRow } from './division.ts';

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

/** The day on which a community came to be: before the list that has it was cut off; null for what stands since ever. */
export function formationDay({ cityCode, communityCode, formation }: CommunityPlan): string | null {
  if (formation === null) return null;
  const random = new Random(`${SEED}/${cityCode}/${communityCode}/conversion`);
  return dayText(REFERENCE_DAY - 1_100 - random.below(4_000));
}

/** What the community was made of: on record until the day, unless only a part was taken of it. */
export function recordFormation(draft: CommunityDraft): void {
  const { plan, place, careIds: ids } = draft;
  const { formation } = plan;
  const day = formationDay(plan);
  if (formation === null || day === null) return;
  const { kind, fromCode, fromName } = formation;
  if (kind !== 'SPLIT') {
    draft.table('organizations.division').push({ ...villageRow(fromCode, fromName), validTo: day });
    draft.table('organizations.community').push({
      statCode: fromCode,
      name: fromName,
      kind: 'ADMINISTRATIVE_VILLAGE',
      origin: 'ORIGINAL',
      ...place,
      communityCode: fromCode,
      validFrom: null,
      validTo: day,
      provenanceId: provenanceIds['organizations.community'],
    });
  }
  draft.table('organizations.division_change').push({
    id: ids.next(),
    fromCode,
    fromName,
    toCode: place.communityCode,
    kind,
    effectiveOn: day,
    confirmed: true,
    provenanceId: provenanceIds['organizations.division_change'],
  });
}
