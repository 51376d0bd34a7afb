import type { Socket } from 'node:net';

/** Kinds of messages, as Postgres' protocol numbers them. */
const ROW = 0x44; // D
const COMPLETE = 0x43; // C
const BOUND = 0x32; // 2
const PARSED = 0x31; // 1
/** A message is its kind, its length without the kind, and what it says. */
const HEAD = 5;

/** Who is being answered. */
export interface Answered {
  /**
   * @param at where the row's columns begin.
   * @param latin1 see `ReadRow`.
   */
  readRow(bytes: Buffer, at: number, latin1: () => string): void;
  handleCommandComplete(): void;
  noteParsed(): void;
}

/**
 * Puts itself between a connection and pg's parser: rows, and what is said of each statement, go from their bytes straight
 * to the batch that is answered; pg makes an object and an event of each message and a text of each column. All other
 * messages are pg's as before.
 *
 * @param current who is being answered; undefined while nobody is.
 */
export function listenToAnswers(stream: Socket, current: () => Answered | undefined): void {
  const others = stream.listeners('data') as ((bytes: Buffer) => void)[];
  stream.removeAllListeners('data');
  let rest: Buffer | undefined;
  stream.on('data', (chunk: Buffer) => {
    const bytes = rest === undefined ? chunk : Buffer.concat([rest, chunk]);
    let text: string | undefined;
    const latin1 = (): string => {
      text ??= bytes.toString('latin1');
      return text;
    };
    let at = 0;
    // Where that begins which pg has not been given.
    let from = 0;
    const giveOthers = (end: number) => {
      if (from < end) for (const other of others) other(bytes.subarray(from, end));
    };
    while (at + HEAD <= bytes.length) {
      const end = at + 1 + bytes.readInt32BE(at + 1);
      if (end > bytes.length) break;
      const kind = bytes[at];
      const answered = kind === ROW || kind === COMPLETE || kind === BOUND || kind === PARSED ? current() : undefined;
      if (answered !== undefined) {
        giveOthers(at);
        from = end;
        if (kind === ROW) answered.readRow(bytes, at + HEAD, latin1);
        else if (kind === COMPLETE) answered.handleCommandComplete();
        else if (kind === PARSED) answered.noteParsed();
      }
      at = end;
    }
    rest = at < bytes.length ? bytes.subarray(at) : undefined;
    giveOthers(at);
  });
}
