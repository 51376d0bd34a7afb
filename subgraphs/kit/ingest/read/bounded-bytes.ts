import { createGunzip } from 'node:zlib';
import { FileFault } from '../../codes/import-faults.ts';

/** What a file may be made of, at most. */
export interface IngestLimits {
  /** As it arrives. */
  readonly maxBytes: number;
  /** After unpacking. */
  readonly maxUnpackedBytes: number;
  readonly maxLineBytes: number;
  /** XLSX is unpacked to a temporary file and holds its texts in memory. */
  readonly maxXlsxBytes: number;
  readonly maxXlsxTextBytes: number;
}

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

export const DEFAULT_INGEST_LIMITS: IngestLimits = {
  maxBytes: 8 * GIB,
  maxUnpackedBytes: 16 * GIB,
  // The longest row of any dataset has some hundred characters.
  maxLineBytes: 64 * 1024,
  maxXlsxBytes: 200 * MIB,
  maxXlsxTextBytes: 96 * MIB,
};

/** Registers of people pack to a tenth or a fifth; deflate's own limit is a thousandth. */
const MOST_UNPACKING = 120;
/** A small file may well be nothing but repetition. */
const UNPACKING_TOLERATED_BYTES = 4 * MIB;

/** Counts what arrives and stops at the limit. */
export async function* boundBytes(source: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new FileFault('FILE_TOO_LARGE', { max: printBytes(maxBytes) });
    yield chunk;
  }
}

/**
 * Unpacks gzip as it arrives.
 *
 * @throws FileFault when it is damaged, cut off, or unpacks to far more than any register does.
 */
export async function* gunzip(source: AsyncIterable<Buffer>, maxUnpackedBytes: number): AsyncGenerator<Buffer> {
  const unpack = createGunzip();
  let packed = 0;
  let sourceFailure: unknown;
  const feed = (async () => {
    try {
      for await (const chunk of source) {
        packed += chunk.length;
        if (!unpack.write(chunk)) await new Promise<void>((resolve) => unpack.once('drain', resolve));
        if (unpack.destroyed) return;
      }
      unpack.end();
    } catch (error) {
      sourceFailure = error;
      unpack.destroy(error instanceof Error ? error : new Error('the source failed'));
    }
  })();
  unpack.once('close', () => unpack.emit('drain'));
  let unpacked = 0;
  try {
    for await (const chunk of unpack as AsyncIterable<Buffer>) {
      unpacked += chunk.length;
      const suspicious = unpacked > UNPACKING_TOLERATED_BYTES && unpacked > packed * MOST_UNPACKING;
      if (unpacked > maxUnpackedBytes || suspicious) {
        throw new FileFault('COMPRESSION_BOMB', { max: printBytes(Math.min(unpacked, maxUnpackedBytes)) });
      }
      yield chunk;
    }
    await feed;
  } catch (error) {
    if (sourceFailure !== undefined) throw sourceFailure;
    if (error instanceof FileFault) throw error;
    throw new FileFault('COMPRESSION_DAMAGED', {}, { cause: error });
  } finally {
    unpack.destroy();
  }
}

export function printBytes(bytes: number): string {
  if (bytes >= GIB) return `${Math.round((bytes / GIB) * 10) / 10} GiB`;
  return bytes >= MIB ? `${Math.round(bytes / MIB)} MiB` : `${Math.ceil(bytes / 1024)} KiB`;
}
