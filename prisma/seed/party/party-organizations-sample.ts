import { dayText } from '../chance/calendar-day.ts';
import { Random } from '../chance/random.ts';
import { REFERENCE_DAY } from '../people/family.ts';
import type { SampleOptions } from '../people/people-sample.ts';
import { cityProfiles } from '../profile/profiles.ts';
import { communityCount, communityPlans } from '../territory/community-plan.ts';

/** A party organization as a line of its dataset states it, by the keys of its columns. */
export interface SamplePartyOrganization extends Readonly<Record<string, string>> {
  readonly organizationCode: string;
  readonly name: string;
  readonly kind: 'BRANCH';
  readonly parentCode: '';
  readonly placeCode: string;
  readonly secretaryName: '';
  readonly establishedOn: string;
  readonly termEndsOn: string;
}

/** So many different codes there are. */
const MOST = 10_000_000;
const TERM_DAYS = 3 * 365;

/** New synthetic branches of units in communities of a demo city; another seed gives other codes. */
export function* samplePartyOrganizations({
  city,
  scale,
  count,
  seed,
}: SampleOptions): Generator<SamplePartyOrganization> {
  if (count > MOST) throw new RangeError(`There are codes for ${MOST} organizations`);
  const random = new Random(`yiyun/sample-party-organizations/${city}/${seed}`);
  const plans = communityPlans(cityProfiles[city]);
  const communities = plans.slice(0, communityCount(plans, scale));
  const start = random.below(MOST);
  for (let made = 0; made < count; made++) {
    const plan = random.pick(communities);
    const number = String((start + made) % MOST).padStart(7, '0');
    const established = REFERENCE_DAY - random.between(100, 1_000);
    yield {
      organizationCode: `DZS${plan.communityCode}${number}`,
      name: `中共${plan.name}示例单位支部委员会（样例 ${number}）`,
      kind: 'BRANCH',
      parentCode: '',
      placeCode: plan.communityCode,
      secretaryName: '',
      establishedOn: dayText(established),
      termEndsOn: dayText(established + TERM_DAYS),
    };
  }
}
