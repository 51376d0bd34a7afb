/** One block of server-sent events. */
export interface StreamBlock {
  readonly id?: string;
  readonly event?: string;
  /** Parsed JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects, and fails when it is not there
  readonly data?: any;
}

/** Reads a response of server-sent events block by block; what comes late is waited for. */
export class EventStream {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #text = '';
  #done = false;

  constructor(response: Response) {
    if (response.body === null) throw new Error('a response without a body');
    this.#reader = response.body.getReader();
  }

  /** The next block that carries data; undefined when the stream has ended. */
  async next(): Promise<StreamBlock | undefined> {
    for (;;) {
      const block = await this.block();
      if (block === undefined || block.data !== undefined) return block;
    }
  }

  /** The next block of any kind. */
  async block(): Promise<StreamBlock | undefined> {
    for (;;) {
      const end = this.#text.indexOf('\n\n');
      if (end !== -1) {
        const lines = this.#text.slice(0, end).split('\n');
        this.#text = this.#text.slice(end + 2);
        const value = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
        const data = value('data');
        return {
          ...(value('id') === undefined ? {} : { id: value('id') as string }),
          ...(value('event') === undefined ? {} : { event: value('event') as string }),
          ...(data === undefined ? {} : { data: data === '' ? '' : JSON.parse(data) }),
        };
      }
      if (this.#done) return undefined;
      const { done, value } = await this.#reader.read();
      this.#done = done;
      if (value !== undefined) this.#text += this.#decoder.decode(value, { stream: true });
    }
  }

  cancel(): Promise<void> {
    return this.#reader.cancel();
  }
}
