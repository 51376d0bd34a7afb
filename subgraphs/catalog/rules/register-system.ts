import type { Caller } from '../../kit/caller/caller.ts';
import type { Clock } from '../../kit/clock.ts';
import { departments, isDepartmentCode } from '../../kit/codes/departments.ts';
import { type Refusal, refuse } from '../../kit/codes/refusals.ts';
import { globalId } from '../../kit/global-id.ts';
import type { CatalogStore } from '../store/catalog-store.ts';
import { findSystemByCode, insertSystem, type SystemFamily, type SystemTier } from '../store/department-system-rows.ts';
import { writeCatalog } from './catalog-write.ts';
import { textRefusal } from './text-refusal.ts';

export interface RegisterSystemInput {
  readonly code: string;
  readonly name: string;
  readonly departmentCode: string;
  readonly tier: SystemTier;
  readonly family?: SystemFamily | null | undefined;
  readonly description?: string | null | undefined;
  readonly contactOffice?: string | null | undefined;
  readonly parentCode?: string | null | undefined;
  readonly idempotencyKey: string;
}

export interface SystemRegistered {
  readonly systemId: string;
}

/** From the cloud down; a parent stands above its children. */
const TIER_ORDER: readonly SystemTier[] = ['CLOUD', 'BRAIN', 'PLATFORM', 'SYSTEM', 'MODULE'];

/**
 * Registers a department's system in the catalogue, not connected yet. Refuses a malformed or taken code, a department
 * that is not listed, a parent that does not stand above it in the chain, and texts that are empty, too long or contain control characters.
 */
export function registerSystem(
  store: CatalogStore,
  caller: Caller,
  clock: Clock,
  input: RegisterSystemInput,
): Promise<SystemRegistered | Refusal> {
  return writeCatalog(
    { store, caller, clock },
    'registerSystem',
    'department_system',
    input,
    async (transaction, provenanceId) => {
      const { code, departmentCode } = input;
      if (!/^[a-z0-9][a-z0-9-]{2,63}$/.test(code)) return refuse('SYSTEM_CODE_INVALID', 'input.code');
      if (!isDepartmentCode(departmentCode)) return refuse('DEPARTMENT_UNKNOWN', 'input.departmentCode');
      const text =
        textRefusal('input.name', input.name, 2, 80) ??
        textRefusal('input.description', input.description, 1, 500) ??
        textRefusal('input.contactOffice', input.contactOffice, 2, 80);
      if (text !== undefined) return text;
      if ((await findSystemByCode(transaction, code)) !== null) return refuse('SYSTEM_CODE_TAKEN', 'input.code');
      const parent = input.parentCode == null ? null : await findSystemByCode(transaction, input.parentCode);
      if (input.parentCode != null && parent === null) return refuse('SYSTEM_NOT_FOUND', 'input.parentCode');
      if (parent !== null && TIER_ORDER.indexOf(parent.tier as SystemTier) >= TIER_ORDER.indexOf(input.tier)) {
        return refuse('SYSTEM_PARENT_NOT_ABOVE', 'input.parentCode');
      }
      const id = store.ids.next();
      await insertSystem(transaction, {
        id,
        code,
        name: input.name.trim(),
        departmentCode,
        departmentName: departments[departmentCode].zh,
        tier: input.tier,
        family: input.family ?? null,
        description: input.description ?? null,
        contactOffice: input.contactOffice ?? null,
        parentId: parent?.id ?? null,
        registeredAt: clock.now(),
        provenanceId,
      });
      const systemId = globalId('DepartmentSystem', id);
      const event = {
        eventType: 'system.registered',
        entityType: 'DepartmentSystem',
        entityId: systemId,
        payload: { systemId, code, departmentCode },
        place: undefined,
      };
      return { answer: { systemId }, rowCount: 1, events: [event] };
    },
  );
}
