import { dateInChina } from '../../../kit/clock.ts';
import { countMeasures, findMeasure, measureKey } from '../../../kit/figures/measures.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import type { EntityReference } from '../../../kit/graph/foreign-entity.ts';
import {
  indicatorValue,
  LOCAL_COMMITTEE_MEMBERS,
  readIndicatorId,
  WHOLE,
} from '../../../kit/graph/indicator-figure.ts';
import { coversCode } from '../../../kit/store/place-scope.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { countLocalSeats, type LocalSeatsRow, seatsKey } from '../../store/figures/local-seats.ts';
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
type CountedIndicator = EntityReference & {
  readonly counted: number | null;
  readonly unit: string;
  readonly committeeSeats: readonly string[] | null;
};

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

/** 本地化率 — the share of committee members who live in their community; null where a few are told apart by it. */
async function localShare(
  seats: readonly string[],
  day: string,
  { clock, loaders, store, trace }: SubgraphContext<PeopleStore>,
): Promise<number | null> {
  const today = dateInChina(clock.now());
  const found = await loaders
    .get<LocalSeatsRow | null>('localSeats', (keys) => countLocalSeats(store, keys, today, trace))
    .load(seatsKey(seats, day));
  if (found === null) return null;
  const { floor, local } = found;
  if ([seats.length, local, seats.length - local].some((count) => count > 0 && count < floor)) return null;
  return indicatorValue(local, seats.length);
}

builder.objectFields(Indicator, (t) => ({
  counted: t.float({
    nullable: true,
    external: true,
    resolve: (indicator) => (indicator as CountedIndicator).counted, // the gateway gives what is required
  }),
  unit: t.string({ external: true, resolve: (indicator) => (indicator as CountedIndicator).unit }),
  committeeSeats: t.stringList({
    nullable: true,
    external: true,
    directives: { inaccessible: {} },
    resolve: (indicator) => {
      const { committeeSeats } = indicator as CountedIndicator;
      return committeeSeats === null ? null : [...committeeSeats];
    },
  }),
  peopleComputed: t.float({
    nullable: true,
    description:
      '人口计算值 What organizations have counted, per resident of the division on the day asked for, in the indicator’s unit (%, ‰), or how many of their committee members live in the community that elected them (本地化率); null where the indicator is measured against nothing of people, outside the caller’s area, and where so few are counted that their number would be given away.',
    card: SHARE_CARD,
    requires: 'counted unit committeeSeats',
    resolve: async (indicator, _args, context) => {
      const { committeeSeats, counted, id, unit } = indicator as CountedIndicator;
      const { day, denominator, divisionCode, measure } = readIndicatorId(id) ?? {};
      if (day === undefined || denominator === undefined || divisionCode === undefined) return null;
      if (!coversCode(context.caller, divisionCode)) return null;
      if (measure === LOCAL_COMMITTEE_MEMBERS) return localShare(committeeSeats ?? [], day, context);
      if (counted === null || findMeasure(peopleMeasures, denominator) === undefined) return null;
      const people = await countPeople(denominator, divisionCode, day, context);
      return people === null
        ? null
        : indicatorValue(counted, people, unit === PER_MILLE ? WHOLE.PER_MILLE : WHOLE.PERCENT);
    },
  }),
}));
