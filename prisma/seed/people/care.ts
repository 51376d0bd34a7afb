import { dayText, instantText } from '../chance/calendar-day.ts';
import type { Random } from '../chance/random.ts';
import { provenanceIds } from '../provenance.ts';
import { REFERENCE_MILLISECONDS } from '../reference-instant.ts';
import type { CommunityDraft, Resident } from '../territory/community-draft.ts';
import type { CareTagKind } from '../vocabulary.ts';
import { REFERENCE_DAY } from './family.ts';
import { rareCare } from './rare-care.ts';

const ELDER = 60;
/** Shares of those whom a tag fits; assumed. */
const SHARES = {
  solitary: 0.35,
  poor: 0.004,
  disability: 0.004,
  veteran: 0.004,
  child: 0.006,
  watched: 0.0012,
} as const;
const ALERTS = ['EMERGENCY_CALL', 'NO_MOVEMENT', 'SMOKE_OR_GAS'] as const;
const HOUR = 3_600_000;

/** Who is cared for in a community, who was visited, and which alerts about elders are open. */
export function careForPeople(draft: CommunityDraft): void {
  const random = draft.stream('care');
  const alone = soleMembers(draft.residents);
  const elders: Resident[] = [];
  const tagged = new Set<string>();
  for (const resident of draft.residents) {
    const kind = drawKind(random, resident, alone);
    if (kind === undefined) continue;
    tag(draft, random, resident, kind);
    tagged.add(resident.row.id);
    if (kind === 'SOLITARY_ELDER') elders.push(resident);
  }
  elders.slice(0, ALERTS.length).forEach((resident, index) => {
    draft.table('people.elder_alert').push({
      id: draft.careIds.next(),
      personId: resident.row.id,
      kind: ALERTS[index] ?? 'NO_MOVEMENT',
      state: 'RAISED',
      raisedAt: instantText(REFERENCE_MILLISECONDS - (index + 1) * HOUR),
      closedAt: null,
      ...placeOf(resident),
      provenanceId: provenanceIds['people.elder_alert'],
    });
  });
  rareCare(draft, tagged);
}

/** Households of one; their ids. */
function soleMembers(residents: readonly Resident[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { row } of residents) (seen.has(row.householdId) ? shared : seen).add(row.householdId);
  return new Set([...seen].filter((id) => !shared.has(id)));
}

function drawKind(random: Random, { row, age }: Resident, alone: ReadonlySet<string>): CareTagKind | undefined {
  if (age >= ELDER && alone.has(row.householdId)) return random.chance(SHARES.solitary) ? 'SOLITARY_ELDER' : undefined;
  const draw = random.fraction();
  if (age < 18) return draw < SHARES.child ? 'CHILD_IN_NEED' : undefined;
  if (draw < SHARES.poor)
    return age >= ELDER && draw < SHARES.poor / 4 ? 'EXTREME_POVERTY_SUPPORT' : 'SUBSISTENCE_ALLOWANCE';
  if (draw < SHARES.poor + SHARES.disability) return 'DISABILITY';
  if (draw < SHARES.poor + SHARES.disability + SHARES.veteran) return 'VETERAN';
  if (draw > 1 - SHARES.watched) return draw > 1 - SHARES.watched / 2 ? 'COMMUNITY_CORRECTION' : 'AFTERCARE_SUPPORT';
  return undefined;
}

function tag(draft: CommunityDraft, random: Random, resident: Resident, kind: CareTagKind): void {
  const id = draft.careIds.next();
  const restricted = kind === 'COMMUNITY_CORRECTION' || kind === 'AFTERCARE_SUPPORT';
  const since = REFERENCE_DAY - 60 - random.below(900);
  draft.table('people.care_tag').push({
    id,
    personId: resident.row.id,
    kind,
    restricted,
    validFrom: dayText(Math.max(since, resident.since)),
    validTo: null,
    endReason: null,
    ...placeOf(resident),
    provenanceId: provenanceIds['people.care_tag'],
  });
  if (!restricted && !random.chance(0.3)) return;
  draft.table('people.care_visit').push({
    id: draft.careIds.next(),
    careTagId: id,
    restricted,
    visitedOn: dayText(Math.max(REFERENCE_DAY - random.below(40), resident.since)),
    mode: restricted ? 'OFFICE_TALK' : 'HOME_VISIT',
    note: null,
    ...placeOf(resident),
    provenanceId: provenanceIds['people.care_visit'],
  });
}

function placeOf({ row }: Resident) {
  const { cityCode, countyCode, townshipCode, communityCode, gridCode } = row;
  return { cityCode, countyCode, townshipCode, communityCode, gridCode };
}
