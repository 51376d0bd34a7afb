import { dayText } from '../chance/calendar-day.ts';
import { Random } from '../chance/random.ts';
import { type CitySize, generateCity, SCALE_LIMITS } from '../generate-city.ts';
import { REFERENCE_DAY } from '../people/family.ts';
import type { SampleOptions } from '../people/people-sample.ts';

/** A party member as a line of its dataset states him, by the keys of its columns. */
export interface SamplePartyMember extends Readonly<Record<string, string>> {
  readonly citizenId: string;
  readonly category: 'FULL' | 'PROBATIONARY';
  readonly joinedOn: string;
  readonly organizationCode: string;
  readonly memberSince: '';
  readonly employedMember: 'true' | 'false';
  readonly mobileMember: 'false';
}

const LAST_BIRTH_DATE = '2000-12-31';

/** Residents of the demo city of this scale who are no members yet, each in the branch of the grid that he lives in. */
export function* samplePartyMembers({ city, scale, count, seed }: SampleOptions): Generator<SamplePartyMember> {
  const random = new Random(`yiyun/sample-party-members/${city}/${seed}`);
  let made = 0;
  for (const { idNumber, organizationCode } of eligible({ city, scale: Math.max(scale, SCALE_LIMITS.smallest) })) {
    if (made === count) return;
    made++;
    const isFull = random.chance(0.9);
    yield {
      citizenId: idNumber,
      category: isFull ? 'FULL' : 'PROBATIONARY',
      joinedOn: dayText(REFERENCE_DAY - (isFull ? random.between(500, 2_000) : random.between(20, 300))),
      organizationCode,
      memberSince: '',
      employedMember: random.chance(0.4) ? 'true' : 'false',
      mobileMember: 'false',
    };
  }
  if (made < count) throw new RangeError(`The demo city of this scale has ${made} people who may be listed`);
}

interface Eligible {
  readonly id: string;
  readonly idNumber: string;
  readonly gridCode: string;
}

/** Community by community: its people leave the generator before its branches do. */
function* eligible(size: CitySize): Generator<{ readonly idNumber: string; readonly organizationCode: string }> {
  let people: Eligible[] = [];
  const members = new Set<string>();
  const branches = new Map<string, string>();
  let community: string | null = null;
  function* residents() {
    for (const { id, idNumber, gridCode } of people) {
      const organizationCode = branches.get(gridCode);
      if (organizationCode !== undefined && !members.has(id)) yield { idNumber, organizationCode };
    }
    people = [];
    members.clear();
    branches.clear();
  }
  for (const { communityCode, rows } of generateCity(size)) {
    if (communityCode !== community) yield* residents();
    community = communityCode;
    for (const { id, idNumber, gridCode, birthDate } of rows['people.person'] ?? []) {
      if (birthDate <= LAST_BIRTH_DATE) people.push({ id, idNumber, gridCode });
    }
    for (const { personId } of rows['party.party_member'] ?? []) members.add(personId);
    for (const { kind, gridCode, organizationCode } of rows['party.party_organization'] ?? []) {
      if (kind === 'GRID_BRANCH' && gridCode !== null) branches.set(gridCode, organizationCode);
    }
  }
}
