import { compactDayText, dayOf, dayText } from '../chance/calendar-day.ts';
import { Random } from '../chance/random.ts';
import { citizenIdCheckCharacter, SYNTHETIC_COUNTY_CODE } from '../identifiers/citizen-id.ts';
import { syntheticPhone } from '../identifiers/phone.ts';
import { cityProfiles } from '../profile/profiles.ts';
import { communityCount, communityPlans } from '../territory/community-plan.ts';
import type { DemoCity } from '../vocabulary.ts';
import { personName, surname } from './names.ts';
import { educationCode, employmentStatusCode, hasPhone, maritalStatusCode } from './person-attributes.ts';

/** A person as a line of the people dataset states him, by the keys of its columns. */
export interface SamplePerson {
  readonly citizenId: string;
  readonly name: string;
  readonly sex: '1' | '2';
  readonly birthDate: string;
  readonly ethnicGroup: string;
  readonly education: string;
  readonly maritalStatus: string;
  readonly employmentStatus: string;
  readonly phone: string;
  readonly householdNumber: '';
  readonly relationToHead: '';
  readonly registeredDivision: string;
  readonly microGridCode: string;
}

export interface SampleOptions {
  readonly city: DemoCity;
  /** Communities that people are spread over; the demo city of this scale has them. */
  readonly scale: number;
  readonly count: number;
  /** Another text gives other people. */
  readonly seed: string;
}

const FIRST_DAY = dayOf(1946, 1, 1);
const LAST_DAY = dayOf(2020, 12, 31);
/** Of the 500 and 499 sequence numbers of a day, those that no demo city comes to (see `CitizenIds`). */
const FIRST_FREE = 200;
const FREE = 298;

/**
 * New synthetic people for a demo city, at places that it has: none of them is in it, and no two are the same. Their
 * numbers carry the county code that was never issued.
 */
export function* samplePeople({ city, scale, count, seed }: SampleOptions): Generator<SamplePerson> {
  const random = new Random(`yiyun/sample/${city}/${seed}`);
  const plans = communityPlans(cityProfiles[city]);
  const communities = plans.slice(0, communityCount(plans, scale));
  const issued = new Uint16Array((LAST_DAY - FIRST_DAY + 1) * 2);
  const most = issued.length * FREE;
  if (count > most) throw new RangeError(`There are numbers for ${most} people`);
  const start = random.below(FREE);
  for (let made = 0; made < count; ) {
    const day = random.between(FIRST_DAY, LAST_DAY);
    const sex = random.chance(0.5) ? ('1' as const) : ('2' as const);
    const slot = (day - FIRST_DAY) * 2 + (sex === '1' ? 0 : 1);
    const position = issued[slot] as number;
    if (position === FREE) continue;
    issued[slot] = position + 1;
    made++;
    const limit = sex === '1' ? 500 : 499;
    const turn = FIRST_FREE + ((position + start + slot * 7) % FREE);
    const step = (turn * 211 + (((day % limit) + limit) % limit) * 37) % limit;
    const digits = `${SYNTHETIC_COUNTY_CODE}${compactDayText(day)}${String(step * 2 + (sex === '1' ? 1 : 2)).padStart(3, '0')}`;
    const birthDate = dayText(day);
    const age = 2026 - Number(birthDate.slice(0, 4));
    const plan = random.pick(communities);
    const marital = age < 22 ? 'UNMARRIED' : random.chance(0.8) ? 'MARRIED' : age > 70 ? 'WIDOWED' : 'DIVORCED';
    yield {
      citizenId: digits + citizenIdCheckCharacter(digits),
      name: personName(random, surname(random), sex, Number(birthDate.slice(0, 4))).name,
      sex,
      birthDate,
      ethnicGroup: '01',
      education: educationCode(random, age, plan.urban),
      maritalStatus: maritalStatusCode(random, marital),
      employmentStatus: employmentStatusCode(random, age, sex, plan.urban),
      phone: hasPhone(random, age) ? syntheticPhone(random.below(100_000_000)) : '',
      householdNumber: '',
      relationToHead: '',
      registeredDivision: plan.communityCode,
      microGridCode: `${plan.communityCode}${String(random.between(1, plan.grids)).padStart(3, '0')}001`,
    };
  }
}
