import { dateInChina } from '../../../kit/clock.ts';
import { findCodeKey } from '../../../kit/global-id.ts';
import { pageArguments, pageBelow } from '../../../kit/graph/connection.ts';
import { type FacilityRow, facilityList } from '../../store/facilities/facility-rows.ts';
import { findServiceCentres } from '../../store/facilities/facility-serving-rows.ts';
import { builder, Community } from '../builder.ts';
import { Facility, FacilityConnection } from '../entities.ts';
import { FacilityKind } from '../vocabulary.ts';

builder.objectFields(Community, (t) => ({
  facilities: t.field({
    type: FacilityConnection,
    description: '社区内设施 Facilities that stand in the community.',
    args: { ...pageArguments(t.arg), kind: t.arg({ type: FacilityKind, description: '设施类型 Only this kind.' }) },
    resolve: ({ id }, { kind, ...page }, context, info) =>
      pageBelow(
        { ...facilityList(dateInChina(context.clock.now())), name: 'services.community_facilities' },
        { column: 't.community_code', cast: 'text', key: findCodeKey('Community', 12, id) ?? '' },
        page,
        { sort: 'ID', filter: { kind } },
        context,
        info,
      ),
  }),
  serviceCentre: t.field({
    type: Facility,
    nullable: true,
    description:
      '服务中心 The centre that serves the community: its party and mass service centre, its own or one shared with neighbours; without one, the convenience centre.',
    resolve: ({ id }, _args, context) => {
      const code = findCodeKey('Community', 12, id);
      if (code === undefined) return null;
      return context.loaders
        .get<FacilityRow | null>('community:serviceCentre', (codes) =>
          findServiceCentres(context.store, codes, dateInChina(context.clock.now()), context.trace),
        )
        .load(code);
    },
  }),
}));
