import { dayText, instantText } from '../chance/calendar-day.ts';
import { provenanceIds } from '../provenance.ts';
import { REFERENCE_MILLISECONDS } from '../reference-instant.ts';
import type { CommunityDraft, Resident } from '../territory/community-draft.ts';
import type { CareTagKind } from '../vocabulary.ts';
import type { ElderAlertRow } from './care-rows.ts';
import { REFERENCE_DAY } from './family.ts';

const HOUR = 3_600_000;
const ELDER = 60;

/** Tags that nobody draws by chance, and whom each fits. */
const TAGS: readonly (readonly [CareTagKind, (resident: Resident) => boolean])[] = [
  ['LEFT_BEHIND', ({ age }) => age < 14],
  ['MARGINAL_LOW_INCOME', ({ age }) => age >= 30 && age < ELDER],
  ['PREFERENTIAL_TREATMENT', ({ age }) => age >= ELDER],
  ['KEY_POPULATION', ({ age }) => age >= 20 && age < ELDER],
];

/** Alerts that were answered, with the hours since they were raised and since they were closed. */
const ALERTS: readonly (readonly [ElderAlertRow['kind'], ElderAlertRow['state'], raised: number, closed?: number])[] = [
  ['CARE_OVERDUE', 'ACKNOWLEDGED', 5],
  ['LEFT_SAFE_AREA', 'RESOLVED', 30, 28],
  ['NO_MOVEMENT', 'FALSE_ALARM', 52, 51],
];

/** In the first community of a city: somebody with each tag that is rare, and alerts in every state. */
export function rareCare(draft: CommunityDraft, tagged: ReadonlySet<string>): void {
  if (draft.plan.ordinal !== 0) return;
  const free = draft.residents.filter(({ row }) => !tagged.has(row.id));
  TAGS.forEach(([kind, fits], index) => {
    const resident = free.filter(fits)[index];
    if (resident === undefined) return;
    const id = draft.careIds.next();
    const restricted = kind === 'KEY_POPULATION';
    draft.table('people.care_tag').push({
      id,
      personId: resident.row.id,
      kind,
      restricted,
      validFrom: dayText(Math.max(REFERENCE_DAY - 200, resident.since)),
      validTo: null,
      endReason: null,
      ...placeOf(resident),
      provenanceId: provenanceIds['people.care_tag'],
    });
    draft.table('people.care_visit').push({
      id: draft.careIds.next(),
      careTagId: id,
      restricted,
      visitedOn: dayText(Math.max(REFERENCE_DAY - 6, resident.since)),
      mode: restricted ? 'OFFICE_TALK' : 'TELEPHONE',
      note: null,
      ...placeOf(resident),
      provenanceId: provenanceIds['people.care_visit'],
    });
  });
  const elders = free.filter(({ age }) => age >= ELDER + 10);
  ALERTS.forEach(([kind, state, raised, closed], index) => {
    const elder = elders.at(-1 - index);
    if (elder === undefined) return;
    draft.table('people.elder_alert').push({
      id: draft.careIds.next(),
      personId: elder.row.id,
      kind,
      state,
      raisedAt: instantText(REFERENCE_MILLISECONDS - raised * HOUR),
      closedAt: closed === undefined ? null : instantText(REFERENCE_MILLISECONDS - closed * HOUR),
      ...placeOf(elder),
      provenanceId: provenanceIds['people.elder_alert'],
    });
  });
}

function placeOf({ row }: Resident) {
  const { cityCode, countyCode, townshipCode, communityCode, gridCode } = row;
  return { cityCode, countyCode, townshipCode, communityCode, gridCode };
}
