import { compactDayText, dayText } from '../chance/calendar-day.ts';
import { Random } from '../chance/random.ts';
import { REFERENCE_DAY } from '../people/family.ts';
import type { SampleOptions } from '../people/people-sample.ts';
import { cityProfiles } from '../profile/profiles.ts';
import { communityCount, communityPlans } from '../territory/community-plan.ts';
import { incidentKinds } from './incident-list.ts';

/** An incident as a line of the incidents dataset states it, by the keys of its columns. */
export interface SampleIncident extends Readonly<Record<string, string>> {
  readonly externalNumber: string;
  readonly sourceSystem: '';
  readonly category: string;
  readonly title: string;
  readonly channel: string;
  readonly severity: string;
  readonly gridCode: string;
  readonly reportedAt: string;
  readonly state: string;
  readonly dueAt: '';
  readonly closedAt: string;
  readonly handlerDepartment: string;
}

/** So many different numbers there are. */
const MOST = 100_000_000;
const OPEN_STATES = ['REPORTED', 'ACCEPTED', 'HANDLING'] as const;

/** New synthetic cases of a hotline of the last year in grids of a demo city; another seed gives other numbers. */
export function* sampleIncidents({ city, scale, count, seed }: SampleOptions): Generator<SampleIncident> {
  if (count > MOST) throw new RangeError(`There are numbers for ${MOST} incidents`);
  const random = new Random(`yiyun/sample-incidents/${city}/${seed}`);
  const plans = communityPlans(cityProfiles[city]);
  const communities = plans.slice(0, communityCount(plans, scale));
  const start = random.below(MOST);
  for (let made = 0; made < count; made++) {
    const plan = random.pick(communities);
    const kind = random.pick(incidentKinds);
    const [title, handler] = random.pick(kind.titles);
    const day = REFERENCE_DAY - 8 - random.below(350);
    const isClosed = random.chance(0.9);
    const state = isClosed ? 'CLOSED' : random.pick(OPEN_STATES);
    yield {
      externalNumber: `RX${compactDayText(day)}-${String((start + made) % MOST).padStart(8, '0')}`,
      sourceSystem: '',
      category: kind.category,
      title: `${plan.name}${title}`,
      channel: 'HOTLINE_12345',
      severity: random.chance(0.9) ? 'GENERAL' : 'MAJOR',
      gridCode: `${plan.communityCode}${String(random.between(1, plan.grids)).padStart(3, '0')}`,
      reportedAt: `${dayText(day)} ${random.between(10, 19)}:${random.between(10, 59)}:00`,
      state,
      dueAt: '',
      closedAt: isClosed ? `${dayText(day + random.between(1, 7))} 16:30:00` : '',
      handlerDepartment: state === 'HANDLING' || isClosed ? handler : '',
    };
  }
}
