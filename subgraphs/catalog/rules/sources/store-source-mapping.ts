import type { Caller } from '../../../kit/caller/caller.ts';
import { type Clock, dateInChina } from '../../../kit/clock.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { globalId } from '../../../kit/global-id.ts';
import { checkMapping } from '../../../kit/ingest/mapping/check-mapping.ts';
import type { MappingSource, SourceMapping } from '../../../kit/ingest/mapping/source-mapping.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { insertMapping, lockSystem, newestMapping } from '../../store/sources/mapping-rows.ts';
import { writeCatalog } from '../catalog-write.ts';
import { textRefusal } from '../text-refusal.ts';

export interface StoreSourceMappingInput {
  readonly systemCode: string;
  readonly dataset: string;
  readonly document: string;
  readonly clientId?: string | null | undefined;
  readonly note?: string | null | undefined;
  readonly idempotencyKey: string;
}

export interface SourceMappingStored {
  readonly systemId: string;
  readonly dataset: string;
  readonly version: number;
}

/**
 * Stores the next version of how a system's columns become those of a dataset. It is proved against the dataset before
 * it is kept, so that no row is ever read by a mapping that does not fit. A department's own client stores those of its
 * own systems; the data authority stores all. What the hub fetches on its own, it fetches as a named client of the
 * system's department.
 */
export function storeSourceMapping(
  store: CatalogStore,
  caller: Caller,
  clock: Clock,
  input: StoreSourceMappingInput,
): Promise<SourceMappingStored | Refusal> {
  return writeCatalog(
    { store, caller, clock },
    'storeSourceMapping',
    'source_mapping',
    input,
    async (transaction, provenanceId) => {
      const dataset = store.datasets.find(({ name }) => name === input.dataset);
      if (dataset === undefined) {
        const known = store.datasets.map(({ name }) => name).join('、');
        return refuse('DATASET_UNKNOWN', 'input.dataset', { known });
      }
      const text = textRefusal('input.note', input.note, 1, 200);
      if (text !== undefined) return text;
      const checked = checkMapping(dataset, input.document, dateInChina(clock.now()));
      if ('flaw' in checked) return refuse('MAPPING_INVALID', 'input.document', { ...checked.flaw });
      const { mapping } = checked;
      const system = await lockSystem(transaction, input.systemCode);
      if (system === null) return refuse('SYSTEM_NOT_FOUND', 'input.systemCode');
      if (caller.departmentCode !== system.departmentCode && caller.departmentCode !== 'data-authority') {
        return refuse('SYSTEM_NOT_YOURS', 'input.systemCode');
      }
      const clientId = input.clientId ?? null;
      if (clientId === null && mapping.source?.everyMinutes !== undefined) {
        return refuse('SOURCE_CLIENT_REQUIRED', 'input.clientId');
      }
      if (clientId !== null) {
        const client = await transaction.client.findUnique({ where: { id: clientId } });
        if (client === null || client.departmentCode !== system.departmentCode) {
          return refuse('CLIENT_NOT_FOUND', 'input.clientId');
        }
      }
      const before = await newestMapping(transaction, system.id, dataset.name);
      const version = (before?.version ?? 0) + 1;
      const known = before?.document as unknown as SourceMapping | undefined; // checked when it was stored
      await insertMapping(
        transaction,
        {
          systemId: system.id,
          dataset: dataset.name,
          version,
          document: mapping,
          clientId,
          note: input.note?.trim() ?? null,
          storedAt: clock.now(),
          storedBy: caller.clientId,
          provenanceId,
        },
        placeOf(known?.source) !== placeOf(mapping.source),
      );
      const systemId = globalId('DepartmentSystem', system.id);
      const event = {
        eventType: 'system.mapping-stored',
        entityType: 'DepartmentSystem',
        entityId: systemId,
        payload: { systemId, dataset: dataset.name, version },
        place: undefined,
      };
      return { answer: { systemId, dataset: dataset.name, version }, rowCount: 1, events: [event] };
    },
  );
}

/** What a cursor counts along. */
function placeOf(source: MappingSource | undefined): string {
  if (source === undefined) return '';
  const where = source.kind === 'HTTP' ? source.path : `${source.table} ${source.cursor ?? ''}`;
  return `${source.kind} ${source.connection} ${where}`;
}
