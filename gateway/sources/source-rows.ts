import { FileFault } from '../../subgraphs/kit/codes/import-faults.ts';
import type { MappingSource } from '../../subgraphs/kit/ingest/mapping/source-mapping.ts';
import type { SourceConnection } from './connections.ts';

/** Rows of a source as objects by the fields that the mapping reads, group after group as the reader asks for them. */
export type SourceRows = AsyncGenerator<readonly Readonly<Record<string, unknown>>[]>;

export interface SourceRequest<Source extends MappingSource = MappingSource> {
  readonly source: Source;
  readonly connection: SourceConnection;
  readonly fields: readonly string[];
  /** Where the last pull ended. */
  readonly cursor: string | null;
  readonly signal: AbortSignal;
  /** Told of the cursor's last value. */
  readonly onCursor: (value: string) => void;
}

/** Rows that are asked for at once. */
export const GROUP_ROWS = 500;

/** What went wrong at the source, by a code that tells nothing of what it holds. */
export function sourceFault(error: unknown): FileFault {
  if (error instanceof FileFault) return error;
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  const reason = typeof code === 'string' && /^[A-Z0-9_]{3,40}$/.test(code) ? code : String(name ?? 'error');
  return new FileFault(
    'SOURCE_FAILED',
    { reason: reason.replace(/[^\w-]/g, '').slice(0, 40) || 'error' },
    { cause: error },
  );
}
