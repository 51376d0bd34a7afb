import {
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
  type PubAck,
} from '@nats-io/jetstream';
import { connect, headers, type NatsConnection, type NodeConnectionOptions } from '@nats-io/transport-node';
import type { ChangeMessage } from '../changes/change-message.ts';
import { CLOUD_EVENT_TYPE, cloudEvent } from '../changes/cloud-event.ts';

export interface StoredChange {
  readonly change: ChangeMessage;
  /** Behind it. */
  readonly cursor: string;
}

export interface JetStreamOptions {
  readonly servers: readonly string[];
  readonly token?: string | undefined;
  /** Made when it is not there; one that is there stays as its owners have made it. */
  readonly stream: string;
  /** Changes go to `<subject>.<subgraph>.<entity type>.<what happened>`. */
  readonly subject: string;
}

const CURSOR_HEADER = 'Yiyun-Cursor';
const BEHIND_HEADER = 'Yiyun-Behind';
const [MINUTE, DAY] = [60_000_000_000, 86_400_000_000_000];
/** As long as the feed keeps changes by default. */
const KEPT_NANOSECONDS = 7 * DAY;
const DEDUPLICATED_NANOSECONDS = 10 * MINUTE;
const ANSWER_MILLISECONDS = 5_000;

/**
 * A JetStream stream as the log of what was relayed. Each message carries its cursor, so that there is no second truth
 * of how far the relay has come: whatever the stream has stored was relayed, and nothing else. Each names the sequence
 * that it expects before it, so that after a failure nothing is stored behind a gap, and of two relays one gives way.
 */
export class JetStreamLog {
  readonly #connection: NatsConnection;
  readonly #client: JetStreamClient;
  readonly #manager: JetStreamManager;
  readonly #options: JetStreamOptions;
  #last = 0;

  private constructor(connection: NatsConnection, manager: JetStreamManager, options: JetStreamOptions) {
    this.#connection = connection;
    this.#manager = manager;
    this.#client = jetstream(connection, { timeout: ANSWER_MILLISECONDS });
    this.#options = options;
  }

  static async open(options: JetStreamOptions): Promise<JetStreamLog> {
    const { servers, token } = options;
    const settings: NodeConnectionOptions = { servers: [...servers], name: 'yiyun-relay', reconnect: false };
    const connection = await connect(token === undefined ? settings : { ...settings, token });
    try {
      const log = new JetStreamLog(connection, await jetstreamManager(connection), options);
      await log.#ensureStreams();
      return log;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  /** The cursor behind the last change that is stored, or a later one behind which nothing was to be relayed. */
  async cursor(): Promise<string | undefined> {
    const { stream } = this.#options;
    this.#last = (await this.#manager.streams.info(stream)).state.last_seq;
    const [message, mark] = await Promise.all([
      this.#last === 0 ? null : this.#manager.streams.getMessage(stream, { seq: this.#last }).catch(noMessage),
      this.#manager.streams.getMessage(this.#cursorStream, { last_by_subj: this.#cursorSubject }).catch(noMessage),
    ]);
    const isNewer = mark !== null && Number(mark.header.get(BEHIND_HEADER)) === this.#last;
    return (isNewer ? mark : (message ?? mark))?.header.get(CURSOR_HEADER);
  }

  /**
   * Stores changes in their order; resolves when all are on disk. They are sent without waiting for one another: the
   * sequence that each expects keeps those behind a failure out. What had failed then follows one by one.
   */
  async append(changes: readonly StoredChange[]): Promise<void> {
    const first = this.#last;
    const sent = await Promise.allSettled(changes.map((told, index) => this.#publish(told, first + index)));
    this.#last += changes.length;
    if (sent.every((one) => one.status === 'fulfilled' && !one.value.duplicate)) return;
    this.#last = (await this.#manager.streams.info(this.#options.stream)).state.last_seq;
    for (const told of changes) {
      const { duplicate, seq } = await this.#publish(told, this.#last);
      if (!duplicate) this.#last = seq;
    }
  }

  #publish({ change, cursor }: StoredChange, lastSequence: number): Promise<PubAck> {
    const head = headers();
    head.set('Content-Type', CLOUD_EVENT_TYPE);
    head.set(CURSOR_HEADER, cursor);
    const { changeId, entityType, eventType, subgraph } = change;
    const what = eventType.slice(eventType.lastIndexOf('.') + 1);
    return this.#client.publish(
      [this.#options.subject, subgraph, entityType, what].join('.'),
      JSON.stringify(cloudEvent(change, cursor)),
      { msgID: changeId, headers: head, expect: { lastSequence }, timeout: ANSWER_MILLISECONDS },
    );
  }

  /** Keeps a cursor behind which nothing was to be relayed, so that rare changes do not fall out of what is kept. */
  async mark(cursor: string): Promise<void> {
    const head = headers();
    head.set(CURSOR_HEADER, cursor);
    head.set(BEHIND_HEADER, String(this.#last));
    await this.#client.publish(this.#cursorSubject, '', { headers: head, timeout: ANSWER_MILLISECONDS });
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  get #cursorStream(): string {
    return `${this.#options.stream}_CURSOR`;
  }

  get #cursorSubject(): string {
    return `${this.#options.subject}-cursor`;
  }

  async #ensureStreams(): Promise<void> {
    const { stream, subject } = this.#options;
    await this.#ensure(stream, {
      subjects: [`${subject}.>`],
      max_age: KEPT_NANOSECONDS,
      duplicate_window: DEDUPLICATED_NANOSECONDS,
    });
    await this.#ensure(this.#cursorStream, { subjects: [this.#cursorSubject], max_msgs: 1 });
  }

  async #ensure(name: string, config: Omit<Parameters<JetStreamManager['streams']['add']>[0], 'name'>): Promise<void> {
    const known = await this.#manager.streams.info(name).catch((error: unknown) => {
      if (error instanceof JetStreamApiError && error.status === 404) return undefined;
      throw error;
    });
    if (known === undefined) await this.#manager.streams.add({ name, ...config });
  }
}

/** It has grown too old, or never was. */
function noMessage(error: unknown): null {
  if (error instanceof JetStreamApiError && error.status === 404) return null;
  throw error;
}
