import { dateInChina } from '../../../kit/clock.ts';
import { findCodeKey } from '../../../kit/global-id.ts';
import type { FacilityRow } from '../../store/facilities/facility-rows.ts';
import { findHandlingFacilities } from '../../store/facilities/facility-serving-rows.ts';
import { builder } from '../builder.ts';
import { Facility, ServiceItem } from '../entities.ts';
import { FACILITY_CARD } from './facility-entities.ts';

/** Tiers at which an item of a reach is handled, the nearest first: what reaches the community is handled above, too. */
const TIERS = {
  COMMUNITY: ['COMMUNITY', 'TOWNSHIP', 'COUNTY', 'CITY'],
  TOWNSHIP: ['TOWNSHIP', 'COUNTY', 'CITY'],
  COUNTY: ['COUNTY', 'CITY'],
} as const;

builder.objectField(ServiceItem, 'whereToHandle', (t) =>
  t.field({
    type: [Facility],
    description: '办理地点 Centres of the tiers that handle the item for a community: its own first, then those above.',
    card: { ...FACILITY_CARD, derivedFrom: 'reach of the item and tier of the centres' },
    args: { communityId: t.arg.id({ required: true, description: '社区 For people of this community.' }) },
    resolve: async ({ reach }, { communityId }, context) => {
      const code = findCodeKey('Community', 12, communityId);
      if (code === undefined) return [];
      const found = await context.loaders
        .get<FacilityRow[]>('community:centres', (codes) =>
          findHandlingFacilities(context.store, codes, dateInChina(context.clock.now()), context.trace),
        )
        .load(code);
      const tiers: readonly string[] = TIERS[reach];
      return found
        .filter(({ tier }) => tiers.includes(tier))
        .sort((a, b) => tiers.indexOf(a.tier) - tiers.indexOf(b.tier) || (a.id < b.id ? -1 : 1));
    },
  }),
);
