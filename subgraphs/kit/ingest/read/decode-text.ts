import { FileFault } from '../../codes/import-faults.ts';

export type TextEncoding = 'utf-8' | 'gb18030';

export interface DecodedText {
  /** What the bytes turned out to be; ASCII alone counts as UTF-8. */
  encoding: TextEncoding;
}

/** Names that media types and departments use. GBK and GB2312 are parts of GB18030. */
const NAMES: Readonly<Record<string, TextEncoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  gb18030: 'gb18030',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  cp936: 'gb18030',
};

export function encodingByName(name: string): TextEncoding | undefined {
  return NAMES[name.trim().toLowerCase().replace(/^"|"$/g, '')];
}

/**
 * Decodes text strictly as it arrives. Without a stated encoding the first bytes that are not ASCII decide: valid UTF-8
 * is UTF-8, anything else GB18030. A byte order mark is left out and decides for UTF-8.
 *
 * @throws FileFault for what is in neither, not in the stated one, or in UTF-16.
 */
export async function* decodeText(
  source: AsyncIterable<Buffer>,
  stated: TextEncoding | undefined,
  decoded: DecodedText,
): AsyncGenerator<string> {
  let decoder = stated === undefined ? undefined : new TextDecoder(stated, { fatal: true });
  if (stated !== undefined) decoded.encoding = stated;
  let lines = 1;
  let isFirst = true;
  let isEmpty = true;
  const fail = (error: unknown): never => {
    if (stated !== undefined)
      throw new FileFault('ENCODING_MISMATCH', { encoding: stated, line: lines }, { cause: error });
    throw new FileFault('ENCODING_UNKNOWN', { line: lines }, { cause: error });
  };
  for await (const given of source) {
    if (given.length === 0) continue;
    isEmpty = false;
    let chunk = given;
    if (isFirst) {
      isFirst = false;
      refuseWideEncodings(chunk);
      if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) {
        if (stated === 'gb18030') throw new FileFault('ENCODING_MISMATCH', { encoding: stated, line: 1 });
        decoder ??= new TextDecoder('utf-8', { fatal: true });
        chunk = chunk.subarray(3);
      }
    }
    if (decoder === undefined && !isAscii(chunk)) {
      decoded.encoding = beginsAsUtf8(chunk) ? 'utf-8' : 'gb18030';
      decoder = new TextDecoder(decoded.encoding, { fatal: true, ignoreBOM: true });
    }
    let text: string;
    try {
      text = decoder === undefined ? chunk.toString('latin1') : decoder.decode(chunk, { stream: true });
    } catch (error) {
      return fail(error);
    }
    lines += countLines(text);
    yield text;
  }
  if (isEmpty) throw new FileFault('FILE_EMPTY');
  try {
    const rest = decoder?.decode() ?? '';
    if (rest !== '') yield rest;
  } catch (error) {
    fail(error);
  }
}

function refuseWideEncodings(chunk: Buffer): void {
  const mark = chunk.length < 2 ? -1 : chunk.readUInt16BE(0);
  const wide = mark === 0xfeff || mark === 0xfffe || mark === 0;
  const sample = chunk.subarray(0, 200);
  let nuls = 0;
  for (const byte of sample) if (byte === 0) nuls++;
  if (wide || nuls > sample.length / 5) throw new FileFault('ENCODING_REFUSED');
}

function isAscii(chunk: Buffer): boolean {
  for (let i = 0; i < chunk.length; i++) if ((chunk[i] as number) > 0x7f) return false;
  return true;
}

/** A chunk may end within a character: up to three bytes at its end are left aside. */
function beginsAsUtf8(chunk: Buffer): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    decoder.decode(chunk, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
