import { type KeptMeasure, keptIndicatorFigure } from '../../../kit/graph/indicator-figure.ts';
import { builder, Indicator } from '../builder.ts';
import { FACILITY_CARD } from '../facilities/facility-entities.ts';

/** 口径 — what an indicator may measure of the rows of services. */
const MEASURES: Readonly<Record<string, KeptMeasure>> = {
  CONVENIENCE_CENTRES: { figures: ['facility.convenience'] },
  LEGAL_AID_STATIONS: { figures: ['facility.legal-aid'] },
  RESIDENTS_LOUNGES: { figures: ['facility.lounge'] },
  COMPLIANT_FACILITIES: { figures: ['facility.compliant'] },
  ASSESSED_FACILITIES: { figures: ['facility.assessed'] },
  URBAN_CENTRE_AREA: { figures: ['centre.urban.area'], mean: true },
  URBAN_CENTRES: { figures: ['centre.urban'] },
  RURAL_CENTRE_AREA: { figures: ['centre.rural.area'], mean: true },
  RURAL_CENTRES: { figures: ['centre.rural'] },
  UPGRADE_GRANTS: { figures: ['upgrade.grant'] },
  STANDARD_ASPECTS: { figures: ['standard.aspect'] },
  STANDARD_CLAUSES: { figures: ['standard.clause'] },
};

builder.objectField(Indicator, 'servicesComputed', (t) =>
  t.float({
    nullable: true,
    description:
      '服务计算值 What the rows of services give today; null where the indicator measures none of them, for another day, and outside the caller’s area.',
    card: { ...FACILITY_CARD, updateCycle: 'REALTIME', derivedFrom: 'measure over place_figure' },
    resolve: ({ id }, _args, context) => keptIndicatorFigure(id, MEASURES, context),
  }),
);
