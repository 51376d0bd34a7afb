import { setTimeout as delay } from 'node:timers/promises';
import { FileFault } from '../../subgraphs/kit/codes/import-faults.ts';
import { fieldsOf } from '../../subgraphs/kit/ingest/mapping/source-mapping.ts';
import type { LeasedPull } from '../../subgraphs/kit/ingest/sources/source-work.ts';
import { connectionVariable, type SourceConnections } from './connections.ts';
import { httpRows } from './http-rows.ts';
import { mysqlRows } from './mysql-rows.ts';
import { postgresRows } from './postgres-rows.ts';
import { type SourceRows, sourceFault } from './source-rows.ts';

export interface SourceBody {
  /** The source's rows as lines of JSON, as slowly as it wants to be asked. */
  readonly body: AsyncGenerator<Buffer>;
  /** How far the rows went, once the body has been read. */
  readonly cursor: () => string | null;
}

/**
 * What a pull reads, as a file of a department would read.
 *
 * @throws FileFault when the mapping names no source, or the operators no such connection.
 */
export function openSourceBody(pull: LeasedPull, connections: SourceConnections, signal: AbortSignal): SourceBody {
  const { mapping } = pull;
  const { source, envelope } = mapping;
  if (source === undefined) throw new FileFault('SOURCE_MISSING');
  const connection = connections.get(source.connection);
  if (connection === undefined) {
    const variable = connectionVariable(source.connection);
    throw new FileFault('CONNECTION_UNKNOWN', { connection: source.connection, variable });
  }
  let reached: string | null = null;
  const common = {
    connection,
    fields: fieldsOf(mapping),
    cursor: pull.cursor,
    signal,
    onCursor: (value: string) => {
      reached = value;
    },
  };
  const rows = (): SourceRows => {
    switch (source.kind) {
      case 'POSTGRES':
        return postgresRows({ ...common, source });
      case 'MYSQL':
        return mysqlRows({ ...common, source });
      case 'HTTP':
        return httpRows({ ...common, source, envelope: envelope ?? { rows: 'data' } });
    }
  };
  return { body: paced(rows(), source.rowsPerSecond, signal), cursor: () => reached };
}

/** Lines of the rows, at most so many a second from the beginning on. */
async function* paced(groups: SourceRows, rowsPerSecond: number, signal: AbortSignal): AsyncGenerator<Buffer> {
  const begun = performance.now();
  let rows = 0;
  try {
    for await (const group of groups) {
      yield Buffer.from(`${group.map((row) => JSON.stringify(row)).join('\n')}\n`, 'utf8');
      rows += group.length;
      const early = begun + (rows / rowsPerSecond) * 1_000 - performance.now();
      if (early > 0) await delay(early, undefined, { signal });
    }
  } catch (error) {
    if (signal.aborted) throw error;
    throw sourceFault(error);
  }
}
