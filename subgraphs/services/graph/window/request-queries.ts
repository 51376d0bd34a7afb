import { graphProblem } from '../../../kit/codes/problems.ts';
import { findUuidKey } from '../../../kit/global-id.ts';
import { pageArguments, pageBelow, rootPage } from '../../../kit/graph/connection.ts';
import { findServiceItemsByCode, type ServiceItemRow } from '../../store/items/service-item-rows.ts';
import { overdueRequestList, ownRequestList, requestList } from '../../store/window/request-rows.ts';
import { builder, Person } from '../builder.ts';
import { ServiceRequest, ServiceRequestConnection, serviceRequestLoader } from '../entities.ts';
import { REQUEST_CARD, RequestState, ServiceChannel } from './service-request.ts';

const NOBODY = '00000000-0000-0000-0000-000000000000';

const ServiceRequestFilter = builder.inputType('ServiceRequestFilter', {
  description: '办件筛选 Which requests; all given conditions hold together.',
  fields: (t) => ({
    state: t.field({ type: RequestState, description: '办件状态 Where they stand.' }),
    itemCode: t.string({ description: '事项编码 For this item.' }),
    channel: t.field({ type: ServiceChannel, description: '办理渠道 How they came in.' }),
    divisionCode: t.string({ description: '区划代码 4, 6, 9 or 12 digits.' }),
    overdue: t.boolean({
      description:
        '已超期 True: only open ones past their promised term, the longest overdue first; with divisionCode alone.',
    }),
  }),
});

builder.queryFields((t) => ({
  serviceRequest: t.field({
    type: ServiceRequest,
    nullable: true,
    description: '按编号查办件 A request in the caller’s area by its id.',
    args: { id: t.arg.id({ required: true, description: '全局编号 Global id.' }) },
    resolve: (_root, { id }, context) => serviceRequestLoader.load(id, context),
  }),
  serviceRequests: t.field({
    type: ServiceRequestConnection,
    description: '办件列表 Requests in the caller’s area, the newest first.',
    args: { ...pageArguments(t.arg), filter: t.arg({ type: ServiceRequestFilter, description: '筛选 Which ones.' }) },
    resolve: async (_root, { filter, ...page }, context, info) => {
      const { itemCode, overdue, ...others } = filter ?? {};
      if (overdue === true) {
        const choice = { sort: 'DUE_AT', filter: { ...others, itemId: itemCode, overdue } };
        return rootPage(overdueRequestList(context.clock.now()), page, choice, context, info);
      }
      const item =
        itemCode == null
          ? null
          : await context.loaders
              .get<ServiceItemRow | null>('serviceItem:code', (codes) =>
                findServiceItemsByCode(context.store, codes, context.trace),
              )
              .load(itemCode);
      // An unknown code finds nothing.
      const itemId = itemCode == null ? null : (item?.id ?? NOBODY);
      return rootPage(requestList, page, { sort: 'CREATED_AT', filter: { ...others, itemId } }, context, info);
    },
  }),
  myServiceRequests: t.field({
    type: ServiceRequestConnection,
    description: '我的办件 Requests of the person whom the token names, wherever they are handled, the newest first.',
    card: { ...REQUEST_CARD, derivedFrom: 'requests of the person of the token' },
    args: pageArguments(t.arg),
    resolve: (_root, page, context, info) => {
      const personId = findUuidKey('Person', context.caller.personId);
      if (personId === undefined) throw graphProblem('PERSON_TOKEN_REQUIRED');
      const list = { ...ownRequestList, name: 'services.my_requests' };
      return rootPage(list, page, { sort: 'CREATED_AT', filter: { applicantPersonId: personId } }, context, info);
    },
  }),
}));

builder.objectField(Person, 'serviceRequests', (t) =>
  t.field({
    type: ServiceRequestConnection,
    nullable: true,
    description: '办件 Requests inside the caller’s area of the person, the newest first.',
    card: { ...REQUEST_CARD, grade: 3, category: 'PERSONAL', right: 'service.applicant' },
    args: pageArguments(t.arg),
    resolve: ({ id }, page, context, info) => {
      const key = findUuidKey('Person', id);
      if (key === undefined) return null;
      return pageBelow(
        { ...requestList, name: 'services.person_requests' },
        { column: 't.applicant_person_id', cast: 'uuid', key },
        page,
        { sort: 'CREATED_AT', filter: {} },
        context,
        info,
      );
    },
  }),
);
