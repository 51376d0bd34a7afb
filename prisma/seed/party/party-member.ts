import { DAYS_PER_YEAR, dayText } from '../chance/calendar-day.ts';
import type { Random } from '../chance/random.ts';
import { REFERENCE_DAY } from '../people/family.ts';
import { provenanceIds } from '../provenance.ts';
import type { CommunityDraft, Resident } from '../territory/community-draft.ts';

const YOUNGEST = 18;
const HISTORY_SHARE = 0.15;
const PROBATIONARY_SHARE = 0.03;
const PROBATION_DAYS = 365;

/**
 * Makes a resident a party member of an organization, with the range of the membership; one in seven belonged to
 * another organization of the community before.
 */
export function addPartyMember(
  draft: CommunityDraft,
  random: Random,
  resident: Resident,
  organizationId: string,
  options: { readonly mayBeProbationary: boolean; readonly elsewhere: readonly string[] },
): void {
  const { row, birthDay, age, since } = resident;
  const earliest = Math.ceil(birthDay + YOUNGEST * DAYS_PER_YEAR) + 1;
  const span = REFERENCE_DAY - PROBATION_DAYS - earliest;
  const probationary = span < 1 || (options.mayBeProbationary && age < 45 && random.chance(PROBATIONARY_SHARE));
  const joined = probationary
    ? Math.max(earliest, REFERENCE_DAY - PROBATION_DAYS + 5 + random.below(300))
    : earliest + Math.floor(Math.min(random.fraction() * 0.75, (22 * DAYS_PER_YEAR) / span) * span);
  const id = draft.ids.next();
  const working = age < 60 && !['31', '70', '80', '90'].includes(row.employmentStatusCode);
  draft.table('party.party_member').push({
    id,
    personId: row.id,
    category: probationary ? 'PROBATIONARY' : 'FULL',
    joinedOn: dayText(joined),
    organizationId,
    employedMember: working && random.chance(0.45),
    mobileMember: row.registeredCityCode !== row.cityCode && random.chance(0.4),
    ...draft.place,
    gridCode: row.gridCode,
    provenanceId: provenanceIds['party.party_member'],
  });
  const from = Math.max(joined, since);
  const add = (organization: string, start: number, end: number | null): void => {
    draft.table('party.membership').push({
      id: draft.ids.next(),
      memberId: id,
      organizationId: organization,
      validFrom: dayText(start),
      validTo: end === null ? null : dayText(end),
      provenanceId: provenanceIds['party.membership'],
    });
  };
  const residing = REFERENCE_DAY - from;
  if (options.elsewhere.length > 0 && residing > 300 && random.chance(HISTORY_SHARE)) {
    const moved = from + 100 + random.below(residing - 200);
    add(random.pick(options.elsewhere), from, moved);
    add(organizationId, moved, null);
  } else {
    add(organizationId, from, null);
  }
}
