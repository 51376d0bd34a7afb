import { DAYS_PER_YEAR, dayText } from '../chance/calendar-day.ts';
import { type Random, weighted } from '../chance/random.ts';
import type { KnownDwelling } from '../city-state.ts';
import { syntheticPhone } from '../identifiers/phone.ts';
import { provenanceIds } from '../provenance.ts';
import type { PersonRow, PlaceCodes } from '../rows.ts';
import type { CommunityDraft, GridDraft, MicroGridDraft, Resident } from '../territory/community-draft.ts';
import type { DwellingUsage } from '../vocabulary.ts';
import { Dwellings } from './dwelling.ts';
import { composeFamily, type Family, type FamilyMember, REFERENCE_DAY } from './family.ts';
import { personName } from './names.ts';
import { educationCode, employmentStatusCode, hasPhone, maritalStatusCode } from './person-attributes.ts';
import { drawMemberRegistration, drawRegistration, type Registration } from './registration.ts';
import { addResidences, type HouseholdHistory } from './residence.ts';

/** Dwellings of each community that later ones may refer to; few, so that memory stays bounded. */
const KNOWN_DWELLINGS_PER_COMMUNITY = 24;

/** Fills the community's grids with dwellings, households, people and their residences; pauses after each grid. */
export function* populate(draft: CommunityDraft): Generator<void, void, undefined> {
  const households = new Households(draft);
  const dwellings = new Dwellings(draft);
  for (const grid of draft.grids) {
    grid.microGrids.forEach((microGrid, index) => {
      dwellings.fill(grid, microGrid, index + 1, (dwellingId) => households.settle(dwellingId, grid, microGrid));
    });
    yield;
  }
  rememberDwellings(draft, households.settled);
}

class Households {
  private readonly draft: CommunityDraft;
  private readonly random: Random;
  private readonly drawEthnicGroup: (random: Random) => string;
  /** Inhabited dwellings so far. */
  readonly settled: KnownDwelling[] = [];
  private count = 0;

  constructor(draft: CommunityDraft) {
    this.draft = draft;
    this.random = draft.stream('people');
    this.drawEthnicGroup = weighted(draft.state.profile.ethnicGroups);
  }

  /** Moves a new household into the dwelling and says how the dwelling is used. */
  settle(dwellingId: string, grid: GridDraft, microGrid: MicroGridDraft): DwellingUsage {
    const { draft, random } = this;
    const { plan, place, state } = draft;
    const family = composeFamily(random, plan.urban);
    const registration = drawRegistration(random, state, family.form, plan.urban);
    const dwelling: KnownDwelling = { id: dwellingId, ...place, gridCode: grid.row.gridCode };
    const history = this.history(family, registration, dwelling);
    const householdId = draft.ids.next();
    const ethnicGroupCode =
      registration.where === 'OTHER_CITY' && random.chance(0.9) ? '01' : this.drawEthnicGroup(random);
    this.count++;

    let headPersonId: string | null = null;
    for (const member of family.members) {
      const apart = registration.where === 'HERE' && (member.relation === '12' || member.relation === '38');
      const own = apart ? drawMemberRegistration(random, state, true) : registration;
      const resident = this.person(member, own, history, { householdId, ethnicGroupCode, grid, microGrid });
      if (member.relation === '02') headPersonId = resident.row.id;
    }
    draft.table('people.household').push({
      id: householdId,
      householdNumber: plan.communityCode + String(this.count).padStart(5, '0'),
      type: family.form === 'DORMITORY' ? 'COLLECTIVE' : 'FAMILY',
      headPersonId,
      dwellingId,
      cityCode: place.cityCode,
      countyCode: place.countyCode,
      townshipCode: place.townshipCode,
      communityCode: place.communityCode,
      gridCode: grid.row.gridCode,
      microGridCode: microGrid.row.microGridCode,
      provenanceId: provenanceIds['people.household'],
    });
    this.settled.push(dwelling);
    if (family.form === 'DORMITORY') return 'DORMITORY';
    return registration.where === 'OTHER_CITY' && random.chance(0.75) ? 'RENTED' : 'OWNER_OCCUPIED';
  }

  private history(family: Family, registration: Registration, dwelling: KnownDwelling): HouseholdHistory {
    const { random, draft } = this;
    const head = family.members[0] as FamilyMember;
    const latest = REFERENCE_DAY - 30;
    const longest = registration.where === 'OTHER_CITY' ? 9 : 28;
    const adult = Math.ceil(head.birthDay + 18 * DAYS_PER_YEAR);
    const earliest = Math.min(latest, Math.max(adult, REFERENCE_DAY - Math.round(longest * DAYS_PER_YEAR)));
    const movedIn = earliest + random.below(latest - earliest + 1);
    const known = draft.state.knownDwellings;
    const before = movedIn - adult;
    let earlier: HouseholdHistory['earlier'] = null;
    if (before > 200 && random.chance(0.14)) {
      const pool = known.length > 0 && random.chance(0.6) ? known : this.settled;
      if (pool.length > 0) {
        earlier = { dwelling: random.pick(pool), movedIn: movedIn - 100 - random.below(Math.min(before - 100, 3000)) };
      }
    }
    const native = random.chance(draft.plan.urban ? 0.5 : 0.85);
    return { dwelling, movedIn, native, earlier };
  }

  private person(
    member: FamilyMember,
    registration: Registration,
    history: HouseholdHistory,
    home: { householdId: string; ethnicGroupCode: string; grid: GridDraft; microGrid: MicroGridDraft },
  ): Resident {
    const { draft, random } = this;
    const { place, state, plan } = draft;
    const { idNumber, birthDay } = state.citizenIds.allocate(member.birthDay, member.sexCode);
    const age = Math.floor((REFERENCE_DAY - birthDay) / DAYS_PER_YEAR);
    const birthDate = dayText(birthDay);
    const name = personName(random, member.surname, member.sexCode, Number(birthDate.slice(0, 4)));
    const ordinal = state.nextPerson();
    const id = draft.ids.next();
    const registered = registeredPlace(registration, place);
    const row: PersonRow = {
      id,
      name: name.name,
      namePinyin: name.pinyin,
      nameInitials: name.initials,
      sexCode: member.sexCode,
      birthDate,
      idNumber,
      phone: hasPhone(random, age) ? syntheticPhone(ordinal) : null,
      ethnicGroupCode: home.ethnicGroupCode,
      educationCode: educationCode(random, age, plan.urban),
      maritalStatusCode: maritalStatusCode(random, member.marital),
      employmentStatusCode: employmentStatusCode(random, age, member.sexCode, plan.urban),
      householdId: home.householdId,
      relationToHeadCode: member.relation,
      registeredCityCode: registered.cityCode,
      registeredCountyCode: registered.countyCode,
      registeredTownshipCode: registered.townshipCode,
      registeredCommunityCode: registered.communityCode,
      cityCode: place.cityCode,
      countyCode: place.countyCode,
      townshipCode: place.townshipCode,
      communityCode: place.communityCode,
      gridCode: home.grid.row.gridCode,
      microGridCode: home.microGrid.row.microGridCode,
      synthetic: true,
      provenanceId: provenanceIds['people.person'],
    };
    draft.table('people.person').push(row);
    const since = addResidences(draft, random, { id, birthDay }, registration, history);
    const resident: Resident = { row, birthDay, age, since, grid: home.grid, microGrid: home.microGrid };
    draft.residents.push(resident);
    home.grid.residents.push(resident);
    home.microGrid.residents.push(resident);
    return resident;
  }
}

/** Most are registered where they live: their codes are the community's own, not copies that stay with each of them. */
function registeredPlace(registration: Registration, here: PlaceCodes): PlaceCodes {
  if (registration.where === 'HERE') return here;
  if (registration.where === 'SAME_CITY') return registration.dwelling;
  const { communityCode } = registration;
  return {
    cityCode: communityCode.slice(0, 4),
    countyCode: communityCode.slice(0, 6),
    townshipCode: communityCode.slice(0, 9),
    communityCode,
  };
}

function rememberDwellings(draft: CommunityDraft, settled: readonly KnownDwelling[]): void {
  const random = draft.stream('known-dwellings');
  for (let i = 0; i < KNOWN_DWELLINGS_PER_COMMUNITY; i++) draft.state.knownDwellings.push(random.pick(settled));
}
