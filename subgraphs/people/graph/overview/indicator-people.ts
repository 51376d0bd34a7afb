import { dateInChina } from '../../../kit/clock.ts';
import { countMeasures, findMeasure, measureKey } from '../../../kit/figures/measures.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import type { EntityReference } from '../../../kit/graph/foreign-entity.ts';
import { indicatorValue, readIndicatorId, WHOLE } from '../../../kit/graph/indicator-figure.ts';
import { coversCode } from '../../../kit/store/place-scope.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { floorMeasure, peopleMeasures, SMALL_COUNT_FLOOR } from '../../store/figures/measures.ts';
import type { PeopleStore } from '../../store/people-store.ts';
import { builder, Indicator } from '../builder.ts';

const SHARE_CARD: DataCard = {
  source: 'public-security',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  category: 'GOVERNMENT',
  updateCycle: 'REALTIME',
  derivedFrom: 'counted over place_figure or Residence; withheld where there are few residents',
};

/** An indicator, and what its own subgraph says of it. */
type CountedIndicator = EntityReference & { readonly counted: number | null; readonly unit: string };

const MEASURES = { ...peopleMeasures, ...floorMeasure };
const PER_MILLE = '‰';

/** What the indicator is divided by: people in its division on its day; null where they are too few to be told. */
async function countPeople(
  name: string,
  code: string,
  day: string,
  { clock, loaders, store, trace }: SubgraphContext<PeopleStore>,
): Promise<number | null> {
  const today = dateInChina(clock.now());
  const counts = loaders.get<number | null>('measures', (keys) => countMeasures(store.database, MEASURES, keys, trace));
  const [people, floor] = await Promise.all([
    counts.load(measureKey({ name, code, day, kept: day === today })),
    // What may be told is as of now, whatever day is asked for.
    counts.load(measureKey({ name: SMALL_COUNT_FLOOR, code, day: today, kept: false })),
  ]);
  if (people === null || floor === null) return null;
  return people > 0 && people < floor ? null : people;
}

builder.objectFields(Indicator, (t) => ({
  counted: t.float({
    nullable: true,
    external: true,
    resolve: (indicator) => (indicator as CountedIndicator).counted, // the gateway gives what is required
  }),
  unit: t.string({ external: true, resolve: (indicator) => (indicator as CountedIndicator).unit }),
  peopleComputed: t.float({
    nullable: true,
    description:
      '人口计算值 What organizations have counted, per resident of the division on the day asked for, in the indicator’s unit (%, ‰); null where the indicator is not measured against people, outside the caller’s area, and where there are so few residents that their number would be given away.',
    card: SHARE_CARD,
    requires: 'counted unit',
    resolve: async (indicator, _args, context) => {
      const { counted, id, unit } = indicator as CountedIndicator;
      const { day, denominator, divisionCode } = readIndicatorId(id) ?? {};
      if (counted === null || day === undefined || denominator === undefined || divisionCode === undefined) return null;
      if (findMeasure(peopleMeasures, denominator) === undefined || !coversCode(context.caller, divisionCode))
        return null;
      const people = await countPeople(denominator, divisionCode, day, context);
      return people === null
        ? null
        : indicatorValue(counted, people, unit === PER_MILLE ? WHOLE.PER_MILLE : WHOLE.PERCENT);
    },
  }),
}));
