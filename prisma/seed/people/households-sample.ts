import { Random } from '../chance/random.ts';
import { generateCity, SCALE_LIMITS } from '../generate-city.ts';
import type { SampleOptions } from './people-sample.ts';

/** A household as a line of the households dataset states it, by the keys of its columns. */
export interface SampleHousehold extends Readonly<Record<string, string>> {
  readonly householdNumber: string;
  readonly type: string;
  readonly headCitizenId: string;
  readonly dwellingAddress: string;
  readonly microGridCode: string;
}

/** New synthetic households in dwellings that the demo city of this scale has; another seed gives other numbers. */
export function* sampleHouseholds({ city, scale, count, seed }: SampleOptions): Generator<SampleHousehold> {
  const random = new Random(`yiyun/sample-households/${city}/${seed}`);
  const series = String(random.below(1_000_000)).padStart(6, '0');
  for (let made = 0; made < count; ) {
    const before = made;
    for (const { rows } of generateCity({ city, scale: Math.max(scale, SCALE_LIMITS.smallest) })) {
      for (const dwelling of rows['people.dwelling'] ?? []) {
        if (made === count) return;
        made++;
        yield {
          householdNumber: `${dwelling.communityCode}S${series}${String(made).padStart(7, '0')}`,
          type: dwelling.usage === 'DORMITORY' ? 'COLLECTIVE' : 'FAMILY',
          headCitizenId: '',
          dwellingAddress: dwelling.addressText,
          microGridCode: dwelling.microGridCode,
        };
      }
    }
    if (made === before) throw new RangeError('The demo city has no dwellings');
  }
}
