import { createHmac } from 'node:crypto';
import type pg from 'pg';
import type { AccessRecord, AccessScope } from '../../../kit/catalog-port.ts';
import type { IdSource } from '../../../kit/ids.ts';
import {
  byteaArray,
  int4Array,
  int8Array,
  textArray,
  timestampArray,
  uuidArray,
} from '../../../kit/store/binary-array.ts';
import { PipelinedPool } from '../../../kit/store/pipelined-pool.ts';
import type { SealingKeys } from '../../../kit/store/sealing.ts';
import {
  canonicalText,
  chainHash,
  type LedgerLine,
  NO_HASH,
  scopeDigest,
  scopeText,
  subjectsDigest,
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

/** The division fails, and with it the whole statement, when the head is not where this writer left it. */
const APPEND = `WITH lines AS (
  INSERT INTO catalog.access_log
    (writer, sequence, at, client_id, department, decision, scope, subjects, text, hash)
  SELECT $1::uuid, l.sequence, l.at, l.client_id, l.department, l.decision, l.scope,
         CASE WHEN l.subjects_end IS NOT NULL THEN ($8::uuid[])[l.subjects_end - l.subjects_count + 1 : l.subjects_end] END,
         l.text, l.hash
    FROM (SELECT unnest($2::bigint[]) AS sequence, unnest($3::timestamptz[]) AS at, unnest($4::text[]) AS client_id,
                 unnest($5::text[]) AS department, unnest($6::text[]) AS decision, unnest($7::text[]) AS scope,
                 unnest($9::int[]) AS subjects_end, unnest($10::int[]) AS subjects_count, unnest($11::text[]) AS text,
                 unnest($12::bytea[]) AS hash) l
), head AS (
  UPDATE catalog.ledger_writer SET last_sequence = $14, last_hash = $15, seal = $16, updated_at = $17
   WHERE id = $1::uuid AND last_sequence = $13 RETURNING 1
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

/** A moment as lines say it; those of one batch are mostly of the same. */
function momentOf(milliseconds: number): {
  readonly milliseconds: number;
  readonly at: string;
  readonly month: string;
} {
  const instant = new Date(milliseconds);
  return { milliseconds, at: instant.toISOString(), month: monthOf(instant) };
}

/** The subjects of all lines one behind the other; for each line that lists any where its own end, and how many they are. */
function listedSubjects(lines: readonly LedgerLine[]): [all: Buffer, ends: Buffer, counts: Buffer] {
  const all: string[] = [];
  const ends = lines.map(({ subjects }) => (subjects === null ? null : all.push(...subjects)));
  return [uuidArray(all), int4Array(ends), int4Array(lines.map(({ subjects }) => subjects?.length ?? 0))];
}

/** A process ends and another begins: nothing but the hashes of the last few hundred operations is worth keeping. */
const REMEMBERED_SCOPES = 20_000;

/**
 * Writes lines of the access log as one chain: each batch is one statement and one commit. Whenever it is not sure what
 * the database has kept, it begins a new chain; the old one stays as it is, and whole.
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
      const { lines, lastAt } = this.#chain(head, records, digests);
      await this.#ensureMonths(lines, connection);
      const last = lines.at(-1) as LedgerLine;
      const next = { ...head, lastSequence: last.sequence, lastHash: last.hash, lastAt };
      await commit(connection, 'ledger_append', APPEND, [
        head.id,
        int8Array(lines.map((line) => line.sequence)),
        timestampArray(lines.map((line) => Date.parse(line.at))),
        textArray(lines.map((line) => line.clientId)),
        textArray(lines.map((line) => line.department)),
        textArray(lines.map((line) => line.decision)),
        textArray(lines.map((line) => line.scope)),
        ...listedSubjects(lines),
        textArray(lines.map((line) => line.text)),
        byteaArray(lines.map((line) => line.hash)),
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
  ): { lines: LedgerLine[]; lastAt: number } {
    let { lastSequence: sequence, lastHash: hash, lastAt } = head;
    let before: { readonly of: readonly string[]; readonly month: string; readonly digest: string } | undefined;
    let moment = momentOf(lastAt);
    const lines = records.map((record, index): LedgerLine => {
      sequence += 1;
      // A clock that is put back must not let a line slip into a month before that of the line before it.
      lastAt = Math.max(lastAt, record.at.getTime());
      if (lastAt !== moment.milliseconds) moment = momentOf(lastAt);
      const { at, month } = moment;
      // Lines of one request are about the same subjects: what the first lists is not listed again.
      const listed = before?.of === record.subjects && before.month === month ? before.digest : undefined;
      const subjects = listed === undefined ? record.subjects.map((subject) => this.#hasher.of(month, subject)) : null;
      const digest = listed ?? subjectsDigest(subjects ?? []);
      before = subjects === null ? undefined : { of: record.subjects, month, digest };
      const said = { subjects: digest, subjectCount: record.subjects.length, sameSubjects: subjects === null };
      const person = record.personId === undefined ? null : this.#hasher.of(month, record.personId);
      const scope = digests[index] as string;
      const text = canonicalText(record, { writer: head.id, sequence, at }, scope, said, person);
      hash = chainHash(hash, text);
      const { clientId, departmentCode: department, decision } = record;
      return { sequence, at, clientId, department, decision, scope, subjects, text, hash };
    });
    return { lines, lastAt };
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

  /** Lines are in the order of time: what lies between the first and the last month is there with them. */
  async #ensureMonths(lines: readonly LedgerLine[], connection: Connection): Promise<void> {
    const [first, last] = [lines[0], lines.at(-1)].map((line) => monthOf(new Date(line?.at ?? 0)));
    for (const month of monthsBetween(first as string, last as string)) {
      if (this.#months.has(month)) continue;
      await ensureMonths(connection, month);
      this.#months.add(month);
    }
  }
}
