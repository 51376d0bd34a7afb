import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, pageBelow, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { windowList } from '../../store/window/window-rows.ts';
import { builder, CommunityWorker } from '../builder.ts';
import { Facility, facilityLoader, ServiceWindow, ServiceWindowConnection, serviceWindowLoader } from '../entities.ts';
import { communityField, entityFields } from '../entity-fields.ts';
import { ITEM_CARD } from '../items/item-card.ts';
import { namedEnum } from '../named-enum.ts';

const ServiceWindowKind = namedEnum('ServiceWindowKind', '窗口类型 What a window takes in.', {
  INTEGRATED: { zh: '综合窗口（一窗受理）', en: 'Everything, at one window' },
  SPECIALISED: { zh: '专项窗口', en: 'Some matters only' },
});

ServiceWindow.implement({
  description: '服务窗口 A counter of a service facility: a resource that residents look for.',
  card: { ...ITEM_CARD, source: 'civil-affairs' },
  entity: serviceWindowLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    ...entityFields(t, 'ServiceWindow'),
    name: t.exposeString('name', { description: '窗口名称 Name.' }),
    kind: t.field({ type: ServiceWindowKind, description: '窗口类型 What it takes in.', resolve: (row) => row.kind }),
    openingHours: t.exposeString('openingHours', { description: '开放时间 When it is open.' }),
    facility: t.field({
      type: Facility,
      nullable: true,
      description: '所在设施 Where it is.',
      card: KEY_CARD,
      ...facilityLoader.below(({ facilityId }: { readonly facilityId: string }) => globalId('Facility', facilityId)),
    }),
    dutyWorker: t.field({
      type: CommunityWorker,
      nullable: true,
      description: '当班人员 Who sits there, a generalist where there is one (全科社工); null where nobody is named.',
      card: KEY_CARD,
      resolve: ({ dutyWorkerId: id }) => (id === null ? null : { id: globalId('CommunityWorker', id) }),
    }),
    community: communityField(t),
  }),
});

builder.queryField('serviceWindows', (t) =>
  t.field({
    type: ServiceWindowConnection,
    description: '服务窗口目录 Public service resources: windows with their hours and facilities.',
    args: {
      ...pageArguments(t.arg),
      kind: t.arg({ type: ServiceWindowKind, description: '窗口类型 Only these.' }),
      divisionCode: t.arg.string({ description: '区划代码 4, 6, 9 or 12 digits.' }),
    },
    resolve: (_root, { kind, divisionCode, ...page }, context, info) =>
      rootPage(windowList, page, { sort: 'ID', filter: { kind, divisionCode } }, context, info),
  }),
);

builder.objectField(Facility, 'windows', (t) =>
  t.field({
    type: ServiceWindowConnection,
    description: '服务窗口 Its windows.',
    args: pageArguments(t.arg),
    resolve: (facility, page, context, info) =>
      pageBelow(
        { ...windowList, name: 'services.facility_windows' },
        { column: 't.facility_id', cast: 'uuid', key: facility.id },
        page,
        { sort: 'ID', filter: {} },
        context,
        info,
      ),
  }),
);
