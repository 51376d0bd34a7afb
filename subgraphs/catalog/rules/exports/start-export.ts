import type { Caller } from '../../../kit/caller/caller.ts';
import type { Clock } from '../../../kit/clock.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import type { ExportFormat } from '../../../kit/exports/export-work.ts';
import { carryOut } from '../../../kit/store/write-request.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { openCatalogTransaction } from '../../store/department-system-rows.ts';
import { countOpenExports, insertExport } from '../../store/exports/export-rows.ts';

export interface StartExportInput {
  readonly document: string;
  readonly variables?: string | null | undefined;
  readonly format: ExportFormat;
  readonly idempotencyKey: string;
}

export interface ExportStarted {
  readonly exportId: string;
}

export const MAX_OPEN_EXPORTS = 3;
const MAX_DOCUMENT = 10_000;

/**
 * Puts a query of one list on the runner's desk. It is asked page after page as the caller's client, with the rights and
 * the area that it has while it runs, under the purpose of this request.
 */
export function startExport(
  store: CatalogStore,
  caller: Caller,
  clock: Clock,
  input: StartExportInput,
): Promise<ExportStarted | Refusal> {
  const { document, format, idempotencyKey } = input;
  const request = {
    ...{ mutation: 'startExport', dataset: 'export', caller, clock, ids: store.ids, idempotencyKey },
    input: { ...input, purpose: caller.purpose ?? null, unmask: caller.unmask === true },
  };
  return carryOut(openCatalogTransaction(store), request, async (transaction, provenanceId) => {
    if (document.trim() === '' || document.length > MAX_DOCUMENT) return refuse('EXPORT_DOCUMENT', 'input.document');
    const variables = readVariables(input.variables ?? '{}');
    if (variables === undefined) return refuse('EXPORT_VARIABLES', 'input.variables');
    // Their area hangs on the posts of whoever acts, and nobody acts while an export runs.
    if (caller.workerId !== undefined || caller.personId !== undefined || caller.jurisdiction.length === 0) {
      return refuse('EXPORT_CLIENT_WITHOUT_AREA', 'input');
    }
    if ((await countOpenExports(transaction, caller.clientId)) >= MAX_OPEN_EXPORTS) {
      return refuse('EXPORTS_TOO_MANY', 'input', { max: MAX_OPEN_EXPORTS });
    }
    const exportId = store.ids.next();
    await insertExport(transaction, {
      ...{ id: exportId, clientId: caller.clientId, format, document, variables, provenanceId },
      legalBasis: caller.purpose?.legalBasis ?? null,
      scenario: caller.purpose?.scenario ?? null,
      unmask: caller.unmask === true,
      // Files are kept by the real time, not by the demo city's.
      requestedAt: new Date(),
    });
    const event = {
      ...{ eventType: 'export.requested', entityType: 'Export', entityId: exportId },
      ...{ payload: { exportId }, place: undefined },
    };
    return { answer: { exportId }, rowCount: 1, events: [event] };
  });
}

function readVariables(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : undefined; // an object, as was just seen
  } catch {
    return undefined;
  }
}
