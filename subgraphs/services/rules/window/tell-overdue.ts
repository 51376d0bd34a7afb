import { globalId } from '../../../kit/global-id.ts';
import type { TimedWork } from '../../../kit/timed-work.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { markOverdue } from '../../store/window/clock-writes.ts';
import { writeByClock } from '../clock-write.ts';
import { requestEvent } from './open-request.ts';

/** 超期提醒 — tells, once each, of open requests whose promised term has passed. Whether one is overdue never waits for this. */
export const tellOverdue: TimedWork<ServicesStore> = {
  name: 'overdue requests',
  run: (call) =>
    writeByClock(call, 'service_request', async (transaction, now) => {
      const told = await markOverdue(transaction, now);
      return told.map((request) => {
        const { id, handlerDepartmentCode, dueAt } = request;
        const payload = { handlerDepartmentCode, dueAt: dueAt.toISOString() };
        return requestEvent('overdue', globalId('ServiceRequest', id), request, payload);
      });
    }),
};
