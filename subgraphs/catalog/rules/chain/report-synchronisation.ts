import type { Caller } from '../../../kit/caller/caller.ts';
import type { Clock } from '../../../kit/clock.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { globalId } from '../../../kit/global-id.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import {
  type DataFactor,
  findDatasetOfType,
  givesFields,
  writeSynchronisation,
} from '../../store/chain/dataset-rows.ts';
import { findSystemByCode } from '../../store/department-system-rows.ts';
import { writeCatalog } from '../catalog-write.ts';
import { textRefusal } from '../text-refusal.ts';

export interface ReportSynchronisationInput {
  readonly systemCode: string;
  readonly typeName: string;
  readonly name?: string | null | undefined;
  readonly factor?: DataFactor | null | undefined;
  readonly rowCount: number;
  readonly syncedAt: Date;
  readonly health: 'UP' | 'DEGRADED' | 'DOWN';
  readonly idempotencyKey: string;
}

export interface SynchronisationReported {
  readonly datasetCode: string;
}

/**
 * A system says what it has just given of one type: the dataset's rows and time, and its own health.
 *
 * One source per item (一数一源, decree 809 art. 19): the fields of the type must name the system's department as their
 * source, and no other system of that department may give them already. Refuses a time in the future and a negative
 * count.
 */
export function reportSynchronisation(
  store: CatalogStore,
  caller: Caller,
  clock: Clock,
  input: ReportSynchronisationInput,
): Promise<SynchronisationReported | Refusal> {
  return writeCatalog(
    { store, caller, clock },
    'reportSynchronisation',
    'dataset',
    input,
    async (transaction, provenanceId) => {
      const { typeName, rowCount, syncedAt, health } = input;
      if (!Number.isInteger(rowCount) || rowCount < 0) return refuse('ROW_COUNT_INVALID', 'input.rowCount');
      if (syncedAt > clock.now()) return refuse('DATE_IN_FUTURE', 'input.syncedAt');
      const text = textRefusal('input.name', input.name, 2, 80);
      if (text !== undefined) return text;
      const system = await findSystemByCode(transaction, input.systemCode);
      if (system === null) return refuse('SYSTEM_NOT_FOUND', 'input.systemCode');
      const { departmentCode } = system;
      if (!(await givesFields(transaction, typeName, departmentCode))) {
        return refuse('DATASET_NOT_OF_DEPARTMENT', 'input.typeName', { department: system.departmentName });
      }
      const known = await findDatasetOfType(transaction, typeName, departmentCode);
      if (known !== null && known.systemId !== system.id) return refuse('DATASET_HAS_SOURCE', 'input.typeName');
      const code = known?.code ?? `${departmentCode}.${typeName}`;
      await writeSynchronisation(transaction, {
        code,
        systemId: system.id,
        departmentCode,
        typeName,
        name: input.name?.trim() ?? null,
        factor: input.factor ?? null,
        rowCount,
        syncedAt,
        health,
        provenanceId,
      });
      const event = {
        eventType: 'dataset.synchronised',
        entityType: 'DepartmentSystem',
        entityId: globalId('DepartmentSystem', system.id),
        payload: { datasetCode: code, rowCount, health, syncedAt: syncedAt.toISOString() },
        place: undefined,
      };
      return { answer: { datasetCode: code }, rowCount: 2, events: [event] };
    },
  );
}
