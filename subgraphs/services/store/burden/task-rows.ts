import type { Place } from '../../../kit/store/place-scope.ts';
import { lockRow, type ServicesTransaction } from '../services-transaction.ts';
import { equals, newestFirst, tableReader } from '../table-reader.ts';

export interface CommunityTaskRow {
  readonly id: string;
  readonly title: string;
  readonly departmentCode: string;
  readonly admissionItemId: string | null;
  readonly fundingId: string | null;
  readonly feeYuan: number;
  readonly state: string;
  readonly assignedAt: Date;
  readonly dueOn: string;
  readonly communityCode: string;
  readonly provenanceId: string;
}

export const taskTable = tableReader<CommunityTaskRow>(
  'community_task',
  {
    ...{ id: true, title: true, departmentCode: true, admissionItemId: true, fundingId: true, feeYuan: true },
    ...{ state: true, assignedAt: true, dueOn: 'date' as const, communityCode: true, provenanceId: true },
  },
  { hasGridCode: false },
);

export const taskList = taskTable.list(
  'community_tasks',
  { ASSIGNED_AT: newestFirst('assigned_at', 'assignedAt', 'timestamptz', ['state', 'departmentCode', 'divisionCode']) },
  { state: equals('state'), departmentCode: equals('department_code') },
);

export async function insertTask(
  transaction: ServicesTransaction,
  { dueOn, ...row }: Omit<CommunityTaskRow, 'communityCode'> & Place,
): Promise<void> {
  const { gridCode: _none, ...data } = row;
  await transaction.communityTask.create({ data: { ...data, dueOn: new Date(dueOn) } });
}

export async function lockTask(transaction: ServicesTransaction, id: string) {
  if (!(await lockRow(transaction, 'community_task', id))) return null;
  return transaction.communityTask.findUniqueOrThrow({ where: { id } });
}

export async function updateTaskState(transaction: ServicesTransaction, id: string, state: string): Promise<void> {
  await transaction.communityTask.update({ where: { id }, data: { state } });
}
