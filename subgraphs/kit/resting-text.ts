import { deflateRaw, inflateRawSync } from 'node:zlib';

/**
 * A long text that is rarely read. It is compressed beside the program's work, to some tenth; read later, it is made
 * anew, which takes milliseconds.
 */
export class RestingText {
  #held: string | Buffer;

  constructor(text: string) {
    this.#held = text;
    // What fails here leaves the text as it is.
    deflateRaw(text, { level: 1 }, (error, packed) => {
      if (error === null) this.#held = packed;
    });
  }

  get text(): string {
    return typeof this.#held === 'string' ? this.#held : inflateRawSync(this.#held).toString('utf8');
  }
}
