import type pg from 'pg';
import type { AccessRecord, AccessScope } from '../../../kit/catalog-port.ts';
import { clearReceipts, findReceipts, type WriteReceipt } from '../../../kit/store/write-receipt.ts';
import type { LedgerWriter } from './ledger-writer.ts';

/** Receipts that become lines in one transaction. */
const BATCH = 500;
/** One hub of a database at a time. */
const LOCK = 4_809_026;

/**
 * Turns the receipts of writes into lines of the access log. Line and receipt's end are one transaction, so that a
 * committed write has exactly one line whatever dies when, and one that was rolled back has none.
 */
export class WrittenLines {
  readonly #pool: pg.Pool;
  readonly #ledger: LedgerWriter;
  readonly #scopes = new Map<string, AccessScope>();

  /** @param ledger a chain of its own: nobody who reads waits for its transactions. */
  constructor(pool: pg.Pool, ledger: LedgerWriter) {
    this.#pool = pool;
    this.#ledger = ledger;
  }

  /**
   * Writes lines for all that waits, and returns how many.
   *
   * @param isSubject whether a global id names somebody whose data the log is about.
   */
  async record(subgraphs: readonly string[], isSubject: (id: string) => boolean): Promise<number> {
    if ((await findReceipts(this.#pool, subgraphs, 1)).length === 0) return 0;
    let written = 0;
    for (;;) {
      const count = await this.#recordBatch(subgraphs, isSubject);
      written += count;
      if (count < BATCH) return written;
    }
  }

  async #recordBatch(subgraphs: readonly string[], isSubject: (id: string) => boolean): Promise<number> {
    const connection = await this.#pool.connect();
    try {
      await connection.query('BEGIN');
      const { rows } = await connection.query<{ free: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS free', [
        LOCK,
      ]);
      const waiting = rows[0]?.free === true ? await findReceipts(connection, subgraphs, BATCH) : [];
      if (waiting.length > 0) {
        const records = waiting.map(({ recordedAt, receipt }) => this.#record(recordedAt, receipt, isSubject));
        await this.#ledger.append(records, connection);
        await clearReceipts(connection, waiting);
      }
      await connection.query('COMMIT');
      return waiting.length;
    } catch (error) {
      // Whether it was committed or not: what the chain believes of its end is not to be relied on.
      this.#ledger.forget();
      await connection.query('ROLLBACK').catch(() => {});
      throw error;
    } finally {
      connection.release();
    }
  }

  #record(at: Date, receipt: WriteReceipt, isSubject: (id: string) => boolean): AccessRecord {
    const { coordinate, named, operationHash, operationName, ...who } = receipt;
    return {
      ...who,
      at,
      decision: 'WRITTEN',
      scope: this.#scopeOf(operationHash, operationName, coordinate),
      subjects: named.filter(isSubject),
    };
  }

  #scopeOf(operationHash: string, operationName: string | null, coordinate: string): AccessScope {
    const key = `${operationHash} ${operationName} ${coordinate}`;
    const known = this.#scopes.get(key);
    if (known !== undefined) return known;
    const made = { operationHash, operationName, given: [coordinate], masked: [], unmasked: [], refused: [] };
    if (this.#scopes.size > 1_000) this.#scopes.clear();
    this.#scopes.set(key, made);
    return made;
  }
}
