import { type Deadline, deadlineAt, dueDate } from '../../../kit/calendar/deadline.ts';
import type { DeadlineRule } from '../../../kit/calendar/deadline-rule.ts';
import { dateInChina } from '../../../kit/clock.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { deadlineRule, term } from '../../rules/term.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import type { ServiceRequestRow } from '../../store/window/request-rows.ts';
import { deadlineOf, ruleInForce } from '../governance-rule.ts';
import { loadGuide } from '../items/service-guide.ts';

type Context = SubgraphContext<ServicesStore>;

/**
 * 承诺期限、法定期限 — counted anew on the calendar as it stands, so that a published year moves them at once. The rule is the
 * guide under which the request began: its days were written down with the request.
 */
export async function serviceTerm(
  code: 'SERVICE_PROMISE' | 'SERVICE_LEGAL_TERM',
  row: ServiceRequestRow,
  context: Context,
): Promise<Deadline | null> {
  const { startedOn, guideId, closedAt } = row;
  if (startedOn === null || guideId === null) return null;
  const guide = await loadGuide(guideId, context);
  const promised = code === 'SERVICE_PROMISE';
  const basis = guide === null ? '待补' : guide.legalBasis;
  const rule: DeadlineRule = {
    ...{ code, unit: 'WORKING_DAY', effectiveFrom: guide?.effectiveFrom ?? startedOn },
    titleZh: promised ? '承诺期限内办结' : '法定期限内办结',
    titleEn: promised ? 'Done within the term that was promised' : 'Done within the term of the law',
    amount: promised ? row.promisedWorkingDays : row.legalWorkingDays,
    legalBasis: promised ? `实施部门公开承诺（办事指南第 ${guide?.version ?? '?'} 版）；${basis}` : basis,
    basisConfirmed: guide?.basisConfirmed ?? false,
  };
  const due = dueDate(context.calendar, startedOn, rule);
  return deadlineAt(context.calendar, due, rule, closedAt ?? context.clock.now());
}

/** 承诺期限 — of an order the end of its hour, which was agreed on and which no calendar moves. */
export async function promiseOf(row: ServiceRequestRow, context: Context): Promise<Deadline | null> {
  const { slotEndsAt, closedAt, createdAt } = row;
  if (slotEndsAt === null) return serviceTerm('SERVICE_PROMISE', row, context);
  const dueOn = dateInChina(slotEndsAt);
  const rule: DeadlineRule = {
    ...{ code: 'ORDERED_SLOT', amount: 0, unit: 'CALENDAR_DAY', effectiveFrom: dateInChina(createdAt) },
    ...{ titleZh: '约定时段内完成', titleEn: 'Done within the hour that was agreed on' },
    ...{ legalBasis: '订单约定的时段 The hour that both sides agreed on', basisConfirmed: true },
  };
  const now = closedAt ?? context.clock.now();
  const due = { dueOn, certainty: 'FINAL', calendarVersion: context.calendar.versionOf(dueOn, dueOn) } as const;
  return { ...deadlineAt(context.calendar, due, rule, now), dueAt: slotEndsAt, overdue: now >= slotEndsAt };
}

/** 一次性告知期限 — runs while a submitted request waits for acceptance. */
export async function noticeDeadline(row: ServiceRequestRow, context: Context): Promise<Deadline | null> {
  if (row.state !== 'SUBMITTED' || row.submittedAt === null || row.slotStartsAt !== null) return null;
  const rule = await ruleInForce('ONE_TIME_NOTICE', row.submittedAt, context);
  const submittedOn = dateInChina(row.submittedAt);
  const { dueOn } = term(context.calendar, submittedOn, deadlineRule(rule));
  return deadlineOf(rule, submittedOn, dueOn, context.clock.now(), context);
}

/** 差评整改期限 — runs from a bad rating until it was put right. */
export async function rectificationDeadline(row: ServiceRequestRow, context: Context): Promise<Deadline | null> {
  const { ratedOn, state } = row;
  if (ratedOn === null || state !== 'RECTIFYING') return null;
  const rule = await ruleInForce('BAD_RATING_RECTIFICATION', new Date(`${ratedOn}T04:00:00Z`), context);
  const { dueOn } = term(context.calendar, ratedOn, deadlineRule(rule));
  return deadlineOf(rule, ratedOn, dueOn, context.clock.now(), context);
}
