import { createHmac } from 'node:crypto';
import type pg from 'pg';
import type { AccessRecord, AccessScope } from '../../../kit/catalog-port.ts';
import type { IdSource } from '../../../kit/ids.ts';
import { PipelinedPool } from '../../../kit/store/pipelined-pool.ts';
import type { SealingKeys } from '../../../kit/store/sealing.ts';
import {
  accessText,
  chainHash,
  type LedgerRun,
  lineText,
  NO_HASH,
  runText,
  scopeDigest,
  scopeText,
} from './ledger-line.ts';
import { ensureMonths, monthOf, monthsBetween } from './ledger-months.ts';
import { SubjectHasher } from './subject-hash.ts';

/** Where a chain stands; sealed, so that nobody without the key can move it back after cutting its tail. */
export interface LedgerHead {
  readonly id: string;
  readonly previous: string | null;
  readonly baseSequence: number;
  readonly baseHash: Buffer;
  readonly lastSequence: number;
  readonly lastHash: Buffer;
}

export function sealHead(key: Buffer, head: LedgerHead): Buffer {
  const { id, previous, baseSequence, baseHash, lastSequence, lastHash } = head;
  const text = [id, previous ?? '', baseSequence, baseHash.toString('hex'), lastSequence, lastHash.toString('hex')];
  return createHmac('sha256', key).update(text.join('|')).digest();
}

/** Stands between the texts of runs on their way to the database; JSON escapes it. */
const BETWEEN_RUNS = '\u001e';

/** The division fails, and with it the whole statement, when the head is not where this writer left it. */
const APPEND = `WITH runs AS (
  INSERT INTO catalog.access_log (writer, sequence, at, client_id, department, subjects, text, hash)
  SELECT $1::uuid, r.sequence, r.at, r.client_id, r.department, r.subjects::bigint[], r.text, r.hash
    FROM unnest($2::bigint[], $3::timestamptz[], $4::text[], $5::text[], string_to_array($6, E'\\x1e'),
                string_to_array($7, E'\\x1e'), $8::bytea[])
      AS r(sequence, at, client_id, department, subjects, text, hash)
), head AS (
  UPDATE catalog.ledger_writer SET last_sequence = $10, last_hash = $11, seal = $12, updated_at = $13
   WHERE id = $1::uuid AND last_sequence = $9 RETURNING 1
)
SELECT 1 / (SELECT count(*) FROM head)`;

const OPEN = `INSERT INTO catalog.ledger_writer
  (id, previous, opened_at, updated_at, base_sequence, base_hash, last_sequence, last_hash, seal)
  VALUES ($1, $2, $3, $3, 0, $4, 0, $4, $5)`;

/** The pool, or one connection in a transaction. */
type Connection = Pick<pg.ClientBase, 'query'>;

async function commit(connection: Connection, name: string, text: string, values: unknown[]): Promise<void> {
  if (connection instanceof PipelinedPool) await connection.commit(name, text, values);
  else await connection.query({ name, text, values });
}

/** The lines of a run are of one such span: so much later than a line its run may be, at most, and in no other month. */
export const RUN_MILLISECONDS = 60_000;

/** A process ends and another begins: nothing but the hashes of the last few hundred operations is worth keeping. */
const REMEMBERED_SCOPES = 20_000;

/** A record of a batch, with the digest of its scope and the instant that its line will state. */
interface PlacedRecord {
  readonly record: AccessRecord;
  readonly digest: string;
  readonly at: number;
}

/** A run with its hash, ready to be stored. */
interface ChainedRun extends LedgerRun {
  readonly hash: Buffer;
}

/**
 * Writes lines of the access log as one chain: each batch is one statement and one commit, and the lines of one client
 * in it are one row. Whenever it is not sure what the database has kept, it begins a new chain; the old one stays as it
 * is, and whole.
 */
export class LedgerWriter {
  readonly #pool: Connection;
  readonly #ids: IdSource;
  readonly #keys: Pick<SealingKeys, 'ledger' | 'subject'>;
  readonly #hasher: SubjectHasher;
  #scopes = new WeakMap<AccessScope, string>();
  #knownScopes = 0;
  #months = new Set<string>();
  #head: (LedgerHead & { lastAt: number }) | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(pool: Connection, ids: IdSource, keys: Pick<SealingKeys, 'ledger' | 'subject'>) {
    this.#pool = pool;
    this.#ids = ids;
    this.#keys = keys;
    this.#hasher = new SubjectHasher(keys.subject);
  }

  /**
   * Resolves when all lines are durable; on failure none of them is known to be. One batch after another.
   *
   * @param connection in a transaction of the caller's; it calls `forget` when that is not known to be committed.
   */
  append(records: readonly AccessRecord[], connection: Connection = this.#pool): Promise<void> {
    const appended = this.#last.then(() => this.#append(records, connection));
    this.#last = appended.catch(() => {});
    return appended;
  }

  /** Begins a new chain with the next line. */
  forget(): void {
    this.#head = undefined;
  }

  async #append(records: readonly AccessRecord[], connection: Connection): Promise<void> {
    if (records.length === 0) return;
    try {
      const head = this.#head ?? (await this.#open(records[0]?.at ?? new Date(), connection));
      const digests = await this.#digestsOf(records, connection);
      const { runs, lastSequence, lastAt } = this.#chain(head, records, digests);
      await this.#ensureMonths(runs, connection);
      const last = runs.at(-1) as ChainedRun;
      const next = { ...head, lastSequence, lastHash: last.hash, lastAt };
      await commit(connection, 'ledger_append', APPEND, [
        head.id,
        runs.map((run) => run.sequence),
        runs.map((run) => run.at),
        runs.map((run) => run.clientId),
        runs.map((run) => run.department),
        runs.map(({ subjects }) => `{${subjects.join()}}`).join(BETWEEN_RUNS),
        runs.map((run) => run.text).join(BETWEEN_RUNS),
        runs.map((run) => run.hash),
        head.lastSequence,
        next.lastSequence,
        next.lastHash,
        sealHead(this.#keys.ledger, next),
        last.at,
      ]);
      this.#head = next;
    } catch (error) {
      this.#head = undefined;
      throw error;
    }
  }

  async #open(at: Date, connection: Connection): Promise<LedgerHead & { lastAt: number }> {
    // A partition may have been dropped, a database put back: nothing is taken for granted by a new chain.
    this.#months = new Set();
    this.#scopes = new WeakMap();
    const { rows } = await connection.query<{ id: string }>(
      'SELECT id FROM catalog.ledger_writer ORDER BY id DESC LIMIT 1',
    );
    const head: LedgerHead = {
      id: this.#ids.next(),
      previous: rows[0]?.id ?? null,
      baseSequence: 0,
      baseHash: NO_HASH,
      lastSequence: 0,
      lastHash: NO_HASH,
    };
    await connection.query(OPEN, [head.id, head.previous, at, NO_HASH, sealHead(this.#keys.ledger, head)]);
    return { ...head, lastAt: 0 };
  }

  #chain(
    head: LedgerHead & { lastAt: number },
    records: readonly AccessRecord[],
    digests: readonly string[],
  ): { runs: ChainedRun[]; lastSequence: number; lastAt: number } {
    let { lastSequence, lastHash, lastAt } = head;
    // What becomes one run: the records of one client, in one minute.
    const together = new Map<string, PlacedRecord[]>();
    for (const [index, record] of records.entries()) {
      // A clock that is put back must not let a line slip into a month before that of the line before it.
      lastAt = Math.max(lastAt, record.at.getTime());
      const key = `${Math.floor(lastAt / RUN_MILLISECONDS)} ${record.departmentCode} ${record.clientId}`;
      const placed = { record, digest: digests[index] as string, at: lastAt };
      const known = together.get(key);
      if (known === undefined) together.set(key, [placed]);
      else known.push(placed);
    }
    const runs: ChainedRun[] = [];
    for (const placed of together.values()) {
      const made = this.#run(head.id, lastSequence + 1, placed);
      lastHash = chainHash(lastHash, made);
      lastSequence += placed.length;
      runs.push({ ...made, hash: lastHash });
    }
    return { runs, lastSequence, lastAt };
  }

  #run(writer: string, sequence: number, placed: readonly PlacedRecord[]): LedgerRun {
    const [first] = placed as [PlacedRecord];
    const month = monthOf(new Date(first.at));
    const positions = new Map<string, number>();
    const subjects: string[] = [];
    const positionOf = (subject: string): number => {
      const known = positions.get(subject);
      if (known !== undefined) return known;
      positions.set(subject, subjects.length);
      return subjects.push(this.#hasher.of(month, subject)) - 1;
    };
    const accesses: string[] = [];
    const accessOf = (text: string): number => {
      const known = accesses.indexOf(text);
      return known < 0 ? accesses.push(text) - 1 : known;
    };
    let instant = Number.NaN;
    let written = '';
    const lines = placed.map(({ record, digest, at }) => {
      if (at !== instant) {
        instant = at;
        written = new Date(at).toISOString();
      }
      const person = record.personId === undefined ? null : this.#hasher.of(month, record.personId);
      const access = accessOf(accessText(record, digest, person));
      const { requestId: request, rowCount: rows } = record;
      return lineText({ at: written, request, access, subjects: record.subjects.map(positionOf), rows });
    });
    const { clientId, departmentCode: department } = first.record;
    const text = runText(sequence, accesses, lines);
    return { writer, sequence, at: written, clientId, department, subjects, text };
  }

  /** Scopes that this writer has not seen yet are stored before the lines that name them. */
  async #digestsOf(records: readonly AccessRecord[], connection: Connection): Promise<string[]> {
    const made: { digest: string; scope: AccessScope; text: string }[] = [];
    const digests = records.map(({ scope }) => {
      const known = this.#scopes.get(scope);
      if (known !== undefined) return known;
      const text = scopeText(scope);
      const digest = scopeDigest(text);
      made.push({ digest, scope, text });
      return digest;
    });
    if (made.length === 0) return digests;
    await connection.query({
      name: 'ledger_scopes',
      text: `INSERT INTO catalog.access_scope (digest, operation_hash, operation_name, coordinates, text)
        SELECT digest, operation_hash, operation_name,
               ARRAY(SELECT DISTINCT jsonb_array_elements_text(coordinates) ORDER BY 1), text
          FROM jsonb_to_recordset($1::jsonb)
            AS s(digest text, operation_hash text, operation_name text, coordinates jsonb, text text)
         ORDER BY digest
        ON CONFLICT (digest) DO NOTHING`,
      values: [
        JSON.stringify(
          [...new Map(made.map((one) => [one.digest, one])).values()].map(({ digest, scope, text }) => ({
            digest,
            operation_hash: scope.operationHash,
            operation_name: scope.operationName,
            coordinates: [...scope.given, ...scope.masked, ...scope.unmasked, ...scope.refused],
            text,
          })),
        ),
      ],
    });
    if (this.#knownScopes + made.length > REMEMBERED_SCOPES) {
      this.#scopes = new WeakMap();
      this.#knownScopes = 0;
    }
    for (const { scope, digest } of made) this.#scopes.set(scope, digest);
    this.#knownScopes += made.length;
    return digests;
  }

  /** Batches are in the order of time: what lies between the first and the last month is there with them. */
  async #ensureMonths(runs: readonly LedgerRun[], connection: Connection): Promise<void> {
    const months = runs.map(({ at }) => monthOf(new Date(at))).sort();
    for (const month of monthsBetween(months[0] as string, months.at(-1) as string)) {
      if (this.#months.has(month)) continue;
      await ensureMonths(connection, month);
      this.#months.add(month);
    }
  }
}
