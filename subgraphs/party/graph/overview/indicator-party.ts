import { type KeptMeasure, keptIndicatorFigure } from '../../../kit/graph/indicator-figure.ts';
import { builder, Indicator } from '../builder.ts';
import { PARTY_ORGANIZATION_CARD } from '../cards.ts';

/** 口径 — what an indicator may measure of the party's rows. */
const MEASURES: Readonly<Record<string, KeptMeasure>> = {
  GRID_BRANCHES: { figures: ['organization.GRID_BRANCH'] },
  MICRO_GRID_GROUPS: { figures: ['organization.MICRO_GRID_GROUP'] },
  CIVIC_TEAM_ORGANIZATIONS: { figures: ['organization.civic-team'] },
  VOLUNTEER_STATIONS: { figures: ['station'] },
  REPORTED_UNITS: { figures: ['engagement.UNIT_REPORT'] },
  REPORTED_MEMBERS: { figures: ['engagement.MEMBER_REPORT'], right: 'party.membership' },
  POST_CLAIMS: { figures: ['post-claim'], right: 'party.membership' },
};

builder.objectField(Indicator, 'partyComputed', (t) =>
  t.float({
    nullable: true,
    description:
      '党建计算值 What the party’s rows give today; null where the indicator measures none of them, for another day, outside the caller’s area, and of members without the right to memberships.',
    card: { ...PARTY_ORGANIZATION_CARD, updateCycle: 'REALTIME', derivedFrom: 'measure over place_figure' },
    resolve: ({ id }, _args, context) => keptIndicatorFigure(id, MEASURES, context),
  }),
);
