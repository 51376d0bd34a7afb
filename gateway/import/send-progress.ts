import type { WriteStream } from 'node:tty';

const BAR_WIDTH = 30;
const STEP_MILLISECONDS = 100;

/** Shows on a terminal how much of a file has been sent; elsewhere it says nothing. */
export class SendProgress {
  readonly #stream: Pick<WriteStream, 'write'> & { isTTY?: boolean };
  readonly #size: number | undefined;
  #bytes = 0;
  #shownAt = 0;
  #last = '';

  constructor(stream: Pick<WriteStream, 'write'> & { isTTY?: boolean }, size: number | undefined) {
    this.#stream = stream;
    this.#size = size;
  }

  sent(bytes: number): void {
    this.#bytes += bytes;
    const now = performance.now();
    if (now - this.#shownAt < STEP_MILLISECONDS) return;
    this.#shownAt = now;
    this.#show(this.#line());
  }

  /** Everything is sent; the hub is checking and merging. */
  waiting(): void {
    this.#show(`${this.#line()} 校验合并中 checking and merging …`);
  }

  finish(): void {
    if (this.#last !== '') this.#stream.write(`\r${' '.repeat(this.#last.length * 2)}\r`);
    this.#last = '';
  }

  #line(): string {
    const megabytes = `${(this.#bytes / 1_000_000).toFixed(1)} MB`;
    if (this.#size === undefined || this.#size === 0) return megabytes;
    const share = Math.min(1, this.#bytes / this.#size);
    const filled = Math.round(share * BAR_WIDTH);
    return `[${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}] ${Math.floor(share * 100)} % ${megabytes}`;
  }

  #show(line: string): void {
    if (this.#stream.isTTY !== true) return;
    this.#stream.write(`\r${line}${' '.repeat(Math.max(0, this.#last.length - line.length))}`);
    this.#last = line;
  }
}
