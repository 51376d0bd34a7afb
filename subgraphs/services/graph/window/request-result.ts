import { findUuidKey } from '../../../kit/global-id.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { isApplicant } from '../../rules/window/request-machine.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { ownRequestTable } from '../../store/window/request-rows.ts';
import { ServiceRequest, serviceRequestLoader } from '../entities.ts';

/** What every mutation of a request shows: the request, to who sees its area and to the applicant himself. */
export const requestResult = {
  field: 'request',
  type: ServiceRequest,
  description: '办件 The request.',
  load: async ({ requestId }: { requestId: string }, context: SubgraphContext<ServicesStore>) => {
    const { store, caller, trace } = context;
    const key = findUuidKey('ServiceRequest', requestId);
    if (caller.personId === undefined || key === undefined) return serviceRequestLoader.load(requestId, context);
    const [own = null] = await ownRequestTable.find(store, [key], caller, trace);
    return own !== null && isApplicant(caller, own) ? own : serviceRequestLoader.load(requestId, context);
  },
};
