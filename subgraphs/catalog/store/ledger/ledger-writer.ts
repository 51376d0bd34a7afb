import type pg from 'pg';
import type { AccessRecord, AccessScope } from '../../../kit/catalog-port.ts';
import type { IdSource } from '../../../kit/ids.ts';
import { KeyedHash } from '../../../kit/store/keyed-hash.ts';
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

export function sealHead(key: KeyedHash, head: LedgerHead): Buffer {
  const { id, previous, baseSequence, baseHash, lastSequence, lastHash } = head;
  const text = [id, previous ?? '', baseSequence, baseHash.toString('hex'), lastSequence, lastHash.toString('hex')];
  return key.of(text.join('|'));
}

/** The columns of a run in the statement that appends it, in order, with their types. */
const RUN_COLUMNS = {
  sequence: 'bigint',
  at: 'timestamptz',
  client_id: 'text',
  department: 'text',
  subjects: 'bigint[]',
  text: 'text',
  hash: 'bytea',
} as const;

/** The first values of the statement: of the head. */
const HEAD_VALUES = 6;

const appends = new Map<number, string>();

/**
 * Appends runs and moves the head behind them, which it finds where this writer left it or does nothing. There is one
 * such statement for each power of two: rows without a sequence are none.
 */
function appendOf(size: number): string {
  const known = appends.get(size);
  if (known !== undefined) return known;
  const types = Object.values(RUN_COLUMNS);
  const columns = Object.keys(RUN_COLUMNS).join(', ');
  const runs = Array.from({ length: size }, (_, run) => {
    const values = types.map((type, column) => `$${HEAD_VALUES + run * types.length + column + 1}::${type}`);
    return `(${values.join(', ')})`;
  });
  const made = `WITH head AS (
  UPDATE catalog.ledger_writer SET last_sequence = $3, last_hash = $4, seal = $5, updated_at = $6
   WHERE id = $1::uuid AND last_sequence = $2 RETURNING id
)
INSERT INTO catalog.access_log (writer, ${columns})
SELECT head.id, r.* FROM head CROSS JOIN (VALUES ${runs.join(', ')}) AS r(${columns}) WHERE r.sequence IS NOT NULL
RETURNING true`;
  appends.set(size, made);
  return made;
}

const OPEN = `INSERT INTO catalog.ledger_writer
  (id, previous, opened_at, updated_at, base_sequence, base_hash, last_sequence, last_hash, seal)
  VALUES ($1, $2, $3, $3, 0, $4, 0, $4, $5)`;

const NO_RUN: readonly null[] = Object.keys(RUN_COLUMNS).map(() => null);

function runValues(run: ChainedRun | undefined): readonly unknown[] {
  if (run === undefined) return NO_RUN;
  const { sequence, at, clientId, department, subjects, text, hash } = run;
  return [sequence, at, clientId, department, `{${subjects.join()}}`, text, hash];
}

/** The pool, or one connection in a transaction. */
type Connection = Pick<pg.ClientBase, 'query'>;

async function commit(connection: Connection, name: string, text: string, values: unknown[]): Promise<number> {
  if (connection instanceof PipelinedPool) return (await connection.commit(name, text, values)).length;
  return (await connection.query({ name, text, values })).rows.length;
}

/** The lines of a run are of one such span: so much later than a line its run may be, at most, and in no other month. */
export const RUN_MILLISECONDS = 60_000;

const HOUR_MILLISECONDS = 3_600_000;

/** A process ends and another begins: nothing but the hashes of the last few hundred operations is worth keeping. */
const REMEMBERED_SCOPES = 20_000;

function isSameAccess(one: AccessRecord, other: AccessRecord): boolean {
  return (
    one.scope === other.scope &&
    one.decision === other.decision &&
    one.legalBasis === other.legalBasis &&
    one.scenario === other.scenario &&
    one.workerId === other.workerId &&
    one.personId === other.personId
  );
}

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
  readonly #seal: KeyedHash;
  readonly #hasher: SubjectHasher;
  /** How many have been put together: the number of a run among this writer's. */
  #runs = 0;
  #scopes = new WeakMap<AccessScope, string>();
  #knownScopes = 0;
  #months = new Set<string>();
  /** Until then, in milliseconds, all lines are of months that are there. */
  #monthsUntil = 0;
  #head: (LedgerHead & { lastAt: number }) | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(pool: Connection, ids: IdSource, keys: Pick<SealingKeys, 'ledger' | 'subject'>) {
    this.#pool = pool;
    this.#ids = ids;
    this.#seal = new KeyedHash(keys.ledger);
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
      const size = 2 ** Math.ceil(Math.log2(runs.length));
      const appended = await commit(connection, `ledger_append_${size}`, appendOf(size), [
        ...[head.id, head.lastSequence, next.lastSequence, next.lastHash, sealHead(this.#seal, next), last.at],
        ...Array.from({ length: size }, (_, index) => runValues(runs[index])).flat(),
      ]);
      if (appended !== runs.length) throw new Error(`chain ${head.id} is not where its writer left it`);
      this.#head = next;
    } catch (error) {
      this.#head = undefined;
      throw error;
    }
  }

  async #open(at: Date, connection: Connection): Promise<LedgerHead & { lastAt: number }> {
    // A partition may have been dropped, a database put back: nothing is taken for granted by a new chain.
    this.#months = new Set();
    this.#monthsUntil = 0;
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
    await connection.query(OPEN, [head.id, head.previous, at, NO_HASH, sealHead(this.#seal, head)]);
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
    const month = this.#hasher.in(monthOf(new Date(first.at)));
    const run = ++this.#runs;
    const subjects: string[] = [];
    let lists = 0;
    let about: readonly string[] | undefined;
    let places = '';
    /** What is given and what is unmasked of an answer are two lines about the same. */
    const placesOf = (sought: readonly string[]): string => {
      if (sought === about) return places;
      about = sought;
      lists++;
      const positions: number[] = [];
      for (const subject of sought) {
        const hashed = month.of(subject);
        if (hashed.run !== run) {
          hashed.run = run;
          hashed.position = subjects.push(hashed.hash) - 1;
        } else if (hashed.list === lists) continue;
        hashed.list = lists;
        positions.push(hashed.position);
      }
      places = positions.join();
      return places;
    };
    const accesses: string[] = [];
    /** The first record of each access: few callers do few things in one run. */
    const examples: AccessRecord[] = [];
    const accessOf = (record: AccessRecord, digest: string): number => {
      const known = examples.findIndex((example) => isSameAccess(example, record));
      if (known >= 0) return known;
      examples.push(record);
      const person = record.personId === undefined ? null : month.of(record.personId).hash;
      return accesses.push(accessText(record, digest, person)) - 1;
    };
    let instant = Number.NaN;
    let written = '';
    const lines = placed.map(({ record, digest, at }) => {
      if (at !== instant) {
        instant = at;
        written = new Date(at).toISOString();
      }
      const access = accessOf(record, digest);
      const { requestId: request, rowCount: rows } = record;
      return lineText({ at: written, request, access, rows }, placesOf(record.subjects));
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
    const last = Date.parse(runs.at(-1)?.at ?? '');
    if (last < this.#monthsUntil) return;
    const months = runs.map(({ at }) => monthOf(new Date(at))).sort();
    for (const month of monthsBetween(months[0] as string, months.at(-1) as string)) {
      if (this.#months.has(month)) continue;
      await ensureMonths(connection, month);
      this.#months.add(month);
    }
    // In China, whole hours from Greenwich, months begin with an hour.
    this.#monthsUntil = Math.ceil((last + 1) / HOUR_MILLISECONDS) * HOUR_MILLISECONDS;
  }
}
