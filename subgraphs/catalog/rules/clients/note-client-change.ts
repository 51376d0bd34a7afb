import type { Caller } from '../../../kit/caller/caller.ts';
import type { Clock } from '../../../kit/clock.ts';
import type { IdSource } from '../../../kit/ids.ts';
import {
  type ClientChangeKind,
  type ClientItemChange,
  insertClientChange,
} from '../../store/clients/client-change-rows.ts';
import type { CatalogTransaction } from '../../store/department-system-rows.ts';

type Items = Readonly<Record<string, unknown>>;

/** Writes a line of a client's history: who did what to it, and each item before and after. */
export async function noteClientChange(
  transaction: CatalogTransaction,
  { caller, clock, ids }: { readonly caller: Caller; readonly clock: Clock; readonly ids: IdSource },
  change: {
    readonly clientId: string;
    readonly kind: ClientChangeKind;
    readonly before?: Items;
    readonly after: Items;
    readonly reason?: string | null | undefined;
  },
): Promise<void> {
  const { clientId, kind, before = {}, after, reason } = change;
  await insertClientChange(transaction, {
    id: ids.next(),
    clientId,
    kind,
    changedAt: clock.now(),
    changedBy: caller.clientId,
    departmentCode: caller.departmentCode,
    reason: reason?.trim() || null,
    items: changedItems(before, after),
  });
}

/** Items that are not the same afterwards. */
export function changedItems(before: Items, after: Items): ClientItemChange[] {
  return Object.entries(after).flatMap(([item, value]): ClientItemChange[] => {
    const [was, is] = [textOf(before[item]), textOf(value)];
    return was === is ? [] : [{ item, before: was, after: is }];
  });
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return Array.isArray(value) ? [...value].sort().join(' ') : String(value);
}
