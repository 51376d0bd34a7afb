/** `npm run import -- --sample people > people.csv` begins with what npm says of the script; `--silent` leaves it out. */
const BANNER = /^\r?\n> yiyun@[^\n]*\n> [^\n]*\n\r?\n/;
const BANNER_BYTES = 2_048;

/** The file without the lines that npm may have written in front of it. */
export async function* withoutNpmBanner(source: AsyncIterable<Buffer | string>): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of source) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (head === undefined) {
      yield bytes;
      continue;
    }
    head = Buffer.concat([head, bytes]);
    if (head.length < BANNER_BYTES) continue;
    yield strip(head);
    head = undefined;
  }
  if (head !== undefined) yield strip(head);
}

function strip(head: Buffer): Buffer {
  const match = BANNER.exec(head.subarray(0, BANNER_BYTES).toString('latin1'));
  return match === null ? head : head.subarray(match[0].length);
}
