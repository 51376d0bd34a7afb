import type { CatalogTransaction } from '../department-system-rows.ts';

/** Whether the running duty of a matter was due before a day (`YYYY-MM-DD`). */
export async function isOverdue(transaction: CatalogTransaction, subjectId: string, today: string): Promise<boolean> {
  const late = await transaction.duty.count({ where: { subjectId, metAt: null, dueOn: { lt: new Date(today) } } });
  return late > 0;
}
