import { type CalendarDay, dayOf, dayText } from '../chance/calendar-day.ts';
import type { Random } from '../chance/random.ts';
import type { KnownDwelling } from '../city-state.ts';
import { provenanceIds } from '../provenance.ts';
import type { CommunityDraft } from '../territory/community-draft.ts';
import type { ResidenceKind } from '../vocabulary.ts';
import type { Registration } from './registration.ts';

const FIRST_REGISTER_DAY = dayOf(1990, 1, 1);
const WINTER_START = dayOf(2025, 10, 8);
const LAST_WINTER_START = dayOf(2024, 10, 8);
const LAST_WINTER_END = dayOf(2025, 4, 1);

/** A household's way to its dwelling. */
export interface HouseholdHistory {
  readonly dwelling: KnownDwelling;
  readonly movedIn: CalendarDay;
  /** Registered since birth rather than since moving in. */
  readonly native: boolean;
  /** Where it lived before, and since when; null when that is not on record. */
  readonly earlier: { readonly dwelling: KnownDwelling; readonly movedIn: CalendarDay } | null;
}

/** Adds one person's residence rows and returns the first day of the live one here. */
export function addResidences(
  draft: CommunityDraft,
  random: Random,
  person: { readonly id: string; readonly birthDay: CalendarDay },
  registration: Registration,
  history: HouseholdHistory,
): CalendarDay {
  const add = (
    kind: ResidenceKind,
    dwelling: KnownDwelling,
    from: CalendarDay,
    to: CalendarDay | null = null,
  ): void => {
    draft.table('people.residence').push({
      id: draft.ids.next(),
      personId: person.id,
      dwellingId: dwelling.id,
      kind,
      validFrom: dayText(from),
      validTo: to === null ? null : dayText(to),
      cityCode: dwelling.cityCode,
      countyCode: dwelling.countyCode,
      townshipCode: dwelling.townshipCode,
      communityCode: dwelling.communityCode,
      gridCode: dwelling.gridCode,
      provenanceId: provenanceIds['people.residence'],
    });
  };
  const { dwelling, movedIn, earlier, native } = history;

  if (registration.where === 'OTHER_CITY' && registration.seasonal) {
    if (random.chance(0.6)) {
      add('SEASONAL', dwelling, LAST_WINTER_START + random.below(50), LAST_WINTER_END + random.below(40));
    }
    const since = WINTER_START + random.below(60);
    add('SEASONAL', dwelling, since);
    return since;
  }

  const kind: ResidenceKind = registration.where === 'OTHER_CITY' ? 'MIGRANT' : 'RESIDENT';
  const since = Math.max(movedIn, person.birthDay);
  if (earlier !== null && person.birthDay < movedIn) {
    add(kind, earlier.dwelling, Math.max(earlier.movedIn, person.birthDay), movedIn);
  }
  add(kind, dwelling, since);
  if (registration.where === 'HERE') {
    const from = native ? Math.max(person.birthDay, FIRST_REGISTER_DAY) : since;
    add('REGISTERED', dwelling, from);
  } else if (registration.where === 'SAME_CITY') {
    add('REGISTERED', registration.dwelling, Math.max(person.birthDay, FIRST_REGISTER_DAY));
  }
  return since;
}
