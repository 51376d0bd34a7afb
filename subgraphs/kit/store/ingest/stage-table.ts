import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { DatasetDeclaration } from '../../ingest/dataset.ts';

/** Columns of a stage that say what became of a row; null as long as nothing is wrong with it. */
export const STAGE_COLUMNS = [
  'line',
  'id',
  'outcome',
  'code',
  'column_key',
  'masked_value',
  'fault_values',
  'row_sealed',
  'corrects_batch',
  'corrects_line',
] as const;

/** Where another process finds a stage: its name, and how to connect. */
export interface StageTarget {
  readonly table: string;
  readonly connection: Readonly<Record<string, unknown>>;
}

/**
 * The stage of one batch: a table of its own in the subgraph's schema, unlogged, because what a crash takes from it is
 * to be gone anyway. It is filled in short transactions: one that lasted as long as an upload would hold back every
 * reader of the outbox.
 */
export class StageTable {
  readonly name: string;
  readonly #dataset: DatasetDeclaration;
  readonly #client: pg.ClientBase;

  constructor(name: string, dataset: DatasetDeclaration, client: pg.ClientBase) {
    this.name = name;
    this.#dataset = dataset;
    this.#client = client;
  }

  async create(): Promise<void> {
    const staged = this.#dataset.staged.map(({ name, type }) => `${name} ${type}`).join(', ');
    await this.#client.query(
      `CREATE UNLOGGED TABLE ${this.name} (line int NOT NULL, id uuid NOT NULL, outcome text, code text, column_key text,
         masked_value text, fault_values jsonb, row_sealed bytea, corrects_batch uuid, corrects_line int, ${staged}) WITH (autovacuum_enabled = false)`,
    );
  }

  /** Appends lines of COPY text; one short transaction. */
  async copy(text: Buffer): Promise<void> {
    const columns = [...STAGE_COLUMNS, ...this.#dataset.staged.map(({ name }) => name)].join(', ');
    const stream = this.#client.query(copyFrom(`COPY ${this.name} (${columns}) FROM STDIN`));
    stream.end(text);
    await finished(stream);
  }

  async drop(): Promise<void> {
    await this.#client.query(`DROP TABLE IF EXISTS ${this.name}`);
  }
}

/** For a process of its own; a password is not among what a pool's options enumerate. */
export function stageTarget(table: string, { options }: pg.Pool): StageTarget {
  const plain = Object.entries(options).filter(([, value]) => typeof value !== 'function');
  const { password } = options;
  return { table, connection: { ...Object.fromEntries(plain), ...(password === undefined ? {} : { password }) } };
}

/** A stage that another process has made, on a connection of this one. */
export async function openStage(
  { table, connection }: StageTarget,
  dataset: DatasetDeclaration,
): Promise<{ copy(text: Buffer): Promise<void>; close(): Promise<void> }> {
  const client = new pg.Client(connection);
  // Whoever copies is told of a lost connection; between two pieces nobody else is.
  client.on('error', () => {});
  await client.connect();
  const stage = new StageTable(table, dataset, client);
  return { copy: (text) => stage.copy(text), close: () => client.end() };
}

/** The batch's id is a UUID of our own making. */
export function stageName(subgraph: string, batchId: string): string {
  return `${subgraph}.ingest_${batchId.replaceAll('-', '')}`;
}
