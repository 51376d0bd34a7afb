import { Random } from '../chance/random.ts';
import { sampleUscc } from '../identifiers/uscc.ts';
import type { SampleOptions } from '../people/people-sample.ts';
import { cityProfiles } from '../profile/profiles.ts';
import { communityCount, communityPlans } from '../territory/community-plan.ts';

/** A body as a line of the organizations dataset states it, by the keys of its columns. */
export interface SampleOrganization extends Readonly<Record<string, string>> {
  readonly uscc: string;
  readonly name: string;
  readonly kind: string;
  readonly form: string;
  readonly field: string;
  readonly registration: string;
  readonly divisionCode: string;
  readonly parentUscc: string;
  readonly establishedOn: string;
  readonly dissolvedOn: string;
}

const FIELDS = [
  ['LIVING_SERVICE', '便民服务社'],
  ['CHARITY', '爱心协会'],
  ['CULTURE_SPORTS', '文体协会'],
  ['MEDIATION', '调解服务社'],
] as const;
const FORMS = [
  ['51', 'SOCIAL_ASSOCIATION'],
  ['52', 'SOCIAL_SERVICE_AGENCY'],
  ['53', 'FOUNDATION'],
] as const;
/** So many different codes there are. */
const MOST = 10_000_000;

/** New synthetic social organizations for communities of a demo city; their codes carry the county that was never issued. */
export function* sampleOrganizations({ city, scale, count, seed }: SampleOptions): Generator<SampleOrganization> {
  if (count > MOST) throw new RangeError(`There are codes for ${MOST} bodies`);
  const random = new Random(`yiyun/sample-organizations/${city}/${seed}`);
  const plans = communityPlans(cityProfiles[city]);
  const communities = plans.slice(0, communityCount(plans, scale));
  const start = random.below(MOST);
  for (let made = 0; made < count; made++) {
    const plan = random.pick(communities);
    const [field, title] = random.pick(FIELDS);
    const [classPrefix, form] = random.pick(FORMS);
    const number = (start + made) % MOST;
    yield {
      uscc: sampleUscc(classPrefix, number),
      name: `${plan.name}${title}（样例 ${String(number).padStart(7, '0')}）`,
      kind: 'SOCIAL_ORGANIZATION',
      form,
      field,
      registration: 'REGISTERED',
      divisionCode: plan.communityCode,
      parentUscc: '',
      establishedOn: `${random.between(2005, 2025)}-0${random.between(1, 9)}-${random.between(10, 28)}`,
      dissolvedOn: '',
    };
  }
}
