import type { Caller } from '../../../kit/caller/caller.ts';
import { graphProblem } from '../../../kit/codes/problems.ts';
import { significantCode } from '../../../kit/store/place-scope.ts';
import { overlapsArea } from '../../rules/area-overlap.ts';
import { builder } from '../builder.ts';
import { IncidentCategory, IncidentState } from '../vocabulary.ts';

export const IncidentFilter = builder.inputType('IncidentFilter', {
  description: '事件筛选 Which incidents; all given conditions hold together.',
  fields: (t) => ({
    state: t.field({ type: IncidentState, description: '事件状态 State.' }),
    open: t.boolean({ description: '是否未结 Only open ones (true) or only closed ones (false).' }),
    category: t.field({ type: IncidentCategory, description: '事件类别 Category.' }),
  }),
});

export const IncidentQueueFilter = builder.inputType('IncidentQueueFilter', {
  description: '事件队列筛选 Which incidents of the queue; all given conditions hold together.',
  fields: (t) => ({
    state: t.field({ type: IncidentState, description: '事件状态 State.' }),
    open: t.boolean({ description: '是否未结 Only open ones (true) or only closed ones (false).' }),
    overdue: t.boolean({
      description: '是否超期 Only those open past their deadline now (true), or all others (false).',
    }),
    category: t.field({ type: IncidentCategory, description: '事件类别 Category.' }),
    reportedFrom: t.field({
      type: 'DateTime',
      description: '上报时间起（含） Reported at or after; with sort REPORTED_AT.',
    }),
    reportedTo: t.field({
      type: 'DateTime',
      description: '上报时间止（不含） Reported before; with sort REPORTED_AT.',
    }),
    divisionCode: t.string({
      description:
        '区划或网格代码：4、6、9、12 或 15 位 A division or grid that overlaps the caller’s area: 4, 6, 9, 12 or 15 digits.',
    }),
  }),
});

interface Chosen {
  readonly state?: string | null | undefined;
  readonly open?: boolean | null | undefined;
}

/** Refuses filters that no incident can meet: an empty page would hide the mistake. Throws FILTER_INVALID. */
export function assertPossible(filter: Chosen | null | undefined, openOnly: boolean): void {
  const wantsClosed = filter?.open === false || filter?.state === 'CLOSED';
  const wantsOpen = openOnly || filter?.open === true || (filter?.state != null && filter.state !== 'CLOSED');
  if (!wantsClosed || !wantsOpen) return;
  throw graphProblem('FILTER_INVALID', {
    filter: 'open',
    reasonZh: '未结与已结的条件相互矛盾，或按办理期限排序时要求已结事件',
    reasonEn: 'open and closed incidents are asked for at once, or closed ones by deadline',
  });
}

/**
 * Refuses a division that has nothing to do with the caller's area: an empty page would read as "nothing there". A
 * malformed code is left to the filter itself. Throws FILTER_INVALID.
 */
export function assertInArea(divisionCode: string | null | undefined, caller: Caller): void {
  const code = divisionCode == null ? undefined : significantCode(divisionCode);
  if (code === undefined || overlapsArea(caller, code)) return;
  throw graphProblem('FILTER_INVALID', {
    filter: 'divisionCode',
    reasonZh: '该区划不在您的辖区内',
    reasonEn: 'this division lies outside your area',
  });
}
