import type { StageTarget } from '../store/ingest/stage-table.ts';
import { readInProcess } from './read-in-process.ts';
import { type StagedFile, type StageRequest, stageFile } from './stage-file.ts';

/** A smaller file is read sooner than a process has started; what is packed comes to ten times its size and more. */
const SMALL_BYTES = 1024 * 1024;
const SMALL_PACKED_BYTES = SMALL_BYTES / 16;

/** Stages a file: a small one at once, a larger one in a process of its own. */
export async function stage(
  body: AsyncIterable<Buffer>,
  request: StageRequest,
  into: { readonly copy: (text: Buffer) => Promise<void>; readonly target: StageTarget },
): Promise<StagedFile> {
  const { gzip, format } = request.file;
  const small = gzip || format === 'XLSX' ? SMALL_PACKED_BYTES : SMALL_BYTES;
  const source = body[Symbol.asyncIterator]();
  const head: Buffer[] = [];
  let size = 0;
  let isWhole = false;
  while (!isWhole && size < small) {
    const { value, done } = await source.next();
    if (done === true) isWhole = true;
    else {
      head.push(value);
      size += value.length;
    }
  }
  async function* whole(): AsyncGenerator<Buffer> {
    try {
      yield* head.splice(0);
      if (!isWhole) yield* { [Symbol.asyncIterator]: () => source };
    } finally {
      // Whoever leaves while he still reads the head has not begun with the rest: it must be let go all the same.
      await source.return?.();
    }
  }
  return isWhole ? stageFile(whole(), request, into.copy) : readInProcess(whole(), request, into.target);
}
