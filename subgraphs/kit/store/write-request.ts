import { createHash } from 'node:crypto';
import type { Caller } from '../caller/caller.ts';
import type { Clock } from '../clock.ts';
import { isRefusal, type Refusal, refuse } from '../codes/refusals.ts';
import type { IdSource } from '../ids.ts';
import type { Place } from './place-scope.ts';
import { writeReceipt } from './write-receipt.ts';

/** The part of a generated Prisma client that the three traces of a write need; every subgraph's client has it. */
export interface TraceTables {
  readonly provenance: { create(args: { data: ProvenanceData }): PromiseLike<unknown> };
  readonly outboxEvent: { createMany(args: { data: OutboxData[] }): PromiseLike<unknown> };
  readonly idempotencyRecord: {
    createMany(args: { data: IdempotencyData[]; skipDuplicates: boolean }): PromiseLike<{ count: number }>;
    findUnique(args: {
      where: { clientId_key: { clientId: string; key: string } };
    }): PromiseLike<{ mutation: string; requestHash: string; response: string | null } | null>;
    update(args: {
      where: { clientId_key: { clientId: string; key: string } };
      data: { response: string };
    }): PromiseLike<unknown>;
  };
}

interface ProvenanceData {
  id: string;
  kind: string;
  systemCode: string;
  dataset: string;
  clientId: string;
  department: string;
  recordedAt: Date;
  rowCount: number;
  receipt?: string;
}
interface IdempotencyData {
  clientId: string;
  key: string;
  mutation: string;
  requestHash: string;
  createdAt: Date;
}
interface OutboxData {
  id: string;
  ordinal: number;
  eventType: string;
  entityType: string;
  entityId: string;
  payload: string;
  cityCode: string | null;
  countyCode: string | null;
  townshipCode: string | null;
  communityCode: string | null;
  gridCode: string | null;
  occurredAt: Date;
  provenanceId: string;
}

/** A change that others will want to know of. The payload carries keys and codes, no protected values. */
export interface ChangeEvent {
  /** `<entity>.<past tense>`, e.g. `residence.changed`. */
  readonly eventType: string;
  readonly entityType: string;
  readonly entityId: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly place: Place | undefined;
}

export interface WriteRequest {
  readonly mutation: string;
  readonly dataset: string;
  readonly caller: Caller;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly idempotencyKey: string;
  readonly input: unknown;
}

/** What a rule returns when it has written: the answer (plain JSON, keys only) and its events. */
export interface Written<Answer> {
  readonly answer: Answer;
  readonly rowCount: number;
  readonly events: readonly ChangeEvent[];
}

/** Opens a transaction of the subgraph's Prisma client. */
export type OpenTransaction<Transaction> = <Result>(
  work: (transaction: Transaction) => Promise<Result>,
) => Promise<Result>;

/**
 * Carries out a mutation: the rows, their provenance with the receipt for the access log, their outbox events and the answer to the idempotency key are
 * committed together or not at all. A rule that refuses leaves nothing behind, and none is asked when an input names
 * something that its owner does not show. The same key with the same input gives
 * the same answer again without writing; with another input it is refused. A unique violation or a serialisation
 * failure becomes CONCURRENT_CHANGE, and so does waiting for others beyond bearing.
 */
export async function carryOut<Transaction extends TraceTables, Answer>(
  open: OpenTransaction<Transaction>,
  request: WriteRequest,
  rule: (transaction: Transaction, provenanceId: string) => Promise<Written<Answer> | Refusal>,
): Promise<Answer | Refusal> {
  const { caller, clock, ids, idempotencyKey: key, mutation } = request;
  if (!/^[\x21-\x7e]{8,128}$/.test(key)) return refuse('IDEMPOTENCY_KEY_INVALID', 'input.idempotencyKey');
  const requestHash = createHash('sha256').update(canonicalText(request.input)).digest('hex');
  const where = { clientId_key: { clientId: caller.clientId, key } };
  try {
    return await open(async (transaction) => {
      const occurredAt = clock.now();
      const { count } = await transaction.idempotencyRecord.createMany({
        data: [{ clientId: caller.clientId, key, mutation, requestHash, createdAt: occurredAt }],
        skipDuplicates: true,
      });
      if (count === 0) {
        const known = await transaction.idempotencyRecord.findUnique({ where });
        if (known?.mutation !== mutation || known.requestHash !== requestHash || known.response === null) {
          return refuse('IDEMPOTENCY_KEY_REUSED', 'input.idempotencyKey');
        }
        // Written below by this very function for this very mutation.
        return JSON.parse(known.response) as Answer;
      }
      if (caller.refusedReference !== undefined) throw new RolledBack(caller.refusedReference);
      const provenanceId = ids.next();
      const written = await rule(transaction, provenanceId);
      if (isRefusal(written)) throw new RolledBack(written);
      await transaction.provenance.create({
        data: {
          id: provenanceId,
          kind: 'MUTATION',
          systemCode: caller.clientId,
          dataset: request.dataset,
          clientId: caller.clientId,
          department: caller.departmentCode,
          recordedAt: occurredAt,
          rowCount: written.rowCount,
          receipt: writeReceipt(caller, {
            provenanceId,
            coordinate: `Mutation.${mutation}`,
            rowCount: written.rowCount,
            said: [written.answer, written.events.map(({ entityId, payload }) => [entityId, payload])],
          }),
        },
      });
      await recordEvents(transaction, written.events, { ids, occurredAt, provenanceId });
      await transaction.idempotencyRecord.update({ where, data: { response: JSON.stringify(written.answer) } });
      return written.answer;
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.refusal;
    if (isConcurrencyFailure(error)) return refuse('CONCURRENT_CHANGE', 'input');
    throw error;
  }
}

/** Leaves events in the outbox, in their order; for jobs of the hub, too, which carry out no mutation. */
export async function recordEvents(
  transaction: Pick<TraceTables, 'outboxEvent'>,
  events: readonly ChangeEvent[],
  trace: { readonly ids: IdSource; readonly occurredAt: Date; readonly provenanceId: string },
): Promise<void> {
  const { ids, occurredAt, provenanceId } = trace;
  await transaction.outboxEvent.createMany({
    data: events.map((event, ordinal) => outboxRow(event, ordinal, ids.next(), occurredAt, provenanceId)),
  });
}

/** Carries a refusal out of the transaction callback, so that Prisma rolls back. */
class RolledBack extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/**
 * Prisma: P2002 unique constraint, P2034 write conflict or deadlock, P2028 waited too long for others, P2010 what a raw
 * statement met, of which it tells Postgres' code in the message alone; all rolled back.
 */
function isConcurrencyFailure(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (code === 'P2010') return /Code: `(40P01|40001)`/.test(String(message));
  return code === 'P2002' || code === 'P2034' || code === 'P2028';
}

function outboxRow(
  event: ChangeEvent,
  ordinal: number,
  id: string,
  occurredAt: Date,
  provenanceId: string,
): OutboxData {
  const { place } = event;
  return {
    id,
    ordinal,
    eventType: event.eventType,
    entityType: event.entityType,
    entityId: event.entityId,
    payload: JSON.stringify(event.payload),
    cityCode: place?.cityCode ?? null,
    countyCode: place?.countyCode ?? null,
    townshipCode: place?.townshipCode ?? null,
    communityCode: place?.communityCode ?? null,
    gridCode: place?.gridCode ?? null,
    occurredAt,
    provenanceId,
  };
}

/** JSON with sorted keys, so that the order in which a client writes its input does not matter. */
function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner) && !(inner instanceof Date)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
