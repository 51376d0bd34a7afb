import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SaxesParser } from 'saxes';
import { type Entry, open, type ZipFile } from 'yauzl';
import { FileFault } from '../../codes/import-faults.ts';
import { boundBytes, type IngestLimits, printBytes } from './bounded-bytes.ts';
import type { RawRow } from './raw-row.ts';

const GROUP = 500;
const SHEET = /^xl\/worksheets\/sheet(\d+)\.xml$/;
/** Sheets of data pack to a tenth or a twentieth. */
const MOST_UNPACKING = 200;
const UNPACKING_TOLERATED_BYTES = 8 * 1024 * 1024;
const MOST_ENTRIES = 2_000;
const MOST_COLUMNS = 300;

/**
 * Rows of the first sheet of an Excel workbook (ISO/IEC 29500), as texts. Numbers come as they are stored; a cell that
 * shows a date carries the day's number and comes as that day. The workbook is laid into a temporary file, because a ZIP
 * is read from its end; the sheet itself is streamed.
 *
 * @throws FileFault for what is no workbook, is damaged, unpacks to far too much, or has macros or entities.
 */
export async function* xlsxRows(
  source: AsyncIterable<Buffer>,
  limits: IngestLimits,
): AsyncGenerator<readonly RawRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'yiyun-ingest-'));
  try {
    const path = join(folder, 'workbook.xlsx');
    await pipeline(Readable.from(boundBytes(source, limits.maxXlsxBytes)), createWriteStream(path, { mode: 0o600 }));
    const zip = await openZip(path);
    try {
      const entries = await listEntries(zip);
      if (entries.has('xl/vbaProject.bin')) throw new FileFault('XLSX_REFUSED');
      const sheet = firstSheet(entries);
      const texts = await readSharedTexts(zip, entries.get('xl/sharedStrings.xml'), limits);
      const dates = await readDateStyles(zip, entries.get('xl/styles.xml'), limits);
      yield* sheetRows(unpacked(zip, sheet, limits.maxUnpackedBytes), texts, dates, limits);
    } finally {
      zip.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function openZip(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, zip) => {
      if (error !== null) reject(new FileFault('XLSX_DAMAGED', { part: 'zip' }, { cause: error }));
      else resolve(zip);
    });
  });
}

function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > MOST_ENTRIES) throw new FileFault('XLSX_DAMAGED', { part: 'zip' });
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    zip.on('entry', (entry: Entry) => {
      if ((entry.generalPurposeBitFlag & 1) === 1) reject(new FileFault('XLSX_REFUSED'));
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.once('end', () => resolve(entries));
    zip.once('error', (error) => reject(new FileFault('XLSX_DAMAGED', { part: 'zip' }, { cause: error })));
    zip.readEntry();
  });
}

function firstSheet(entries: ReadonlyMap<string, Entry>): Entry {
  let first: { readonly number: number; readonly entry: Entry } | undefined;
  for (const [name, entry] of entries) {
    const match = SHEET.exec(name);
    if (match === null) continue;
    const number = Number(match[1]);
    if (first === undefined || number < first.number) first = { number, entry };
  }
  if (first === undefined) throw new FileFault('XLSX_DAMAGED', { part: 'xl/worksheets' });
  return first.entry;
}

/** An entry's bytes; what it says of its own size is not believed. */
async function* unpacked(zip: ZipFile, entry: Entry, maxBytes: number): AsyncGenerator<Buffer> {
  const stream = await new Promise<Readable>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => {
      if (error !== null) reject(new FileFault('XLSX_DAMAGED', { part: entry.fileName }, { cause: error }));
      else resolve(opened);
    });
  });
  let bytes = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      const suspicious = bytes > UNPACKING_TOLERATED_BYTES && bytes > entry.compressedSize * MOST_UNPACKING;
      if (bytes > maxBytes || suspicious) throw new FileFault('COMPRESSION_BOMB', { max: printBytes(bytes) });
      yield chunk;
    }
  } catch (error) {
    if (error instanceof FileFault) throw error;
    throw new FileFault('XLSX_DAMAGED', { part: entry.fileName }, { cause: error });
  } finally {
    stream.destroy();
  }
}

interface XmlHandlers {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/** Feeds a part to a strict parser; document types, and with them entities, are refused. */
async function* parseXml(
  source: AsyncIterable<Buffer>,
  part: string,
  handlers: XmlHandlers,
): AsyncGenerator<undefined> {
  const parser = new SaxesParser({ xmlns: false });
  let failure: Error | undefined;
  parser.on('error', (error) => {
    failure ??= error;
  });
  parser.on('doctype', () => {
    failure ??= new FileFault('XLSX_REFUSED');
  });
  parser.on('opentag', ({ name, attributes }) => handlers.open?.(localName(name), attributes));
  parser.on('text', (text) => handlers.text?.(text));
  parser.on('closetag', ({ name }) => handlers.close?.(localName(name)));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const check = () => {
    if (failure instanceof FileFault) throw failure;
    if (failure !== undefined) throw new FileFault('XLSX_DAMAGED', { part }, { cause: failure });
  };
  for await (const chunk of source) {
    let text: string;
    try {
      text = decoder.decode(chunk, { stream: true });
    } catch (error) {
      throw new FileFault('XLSX_DAMAGED', { part }, { cause: error });
    }
    parser.write(text);
    check();
    yield undefined;
  }
  parser.close();
  check();
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

async function readSharedTexts(zip: ZipFile, entry: Entry | undefined, limits: IngestLimits): Promise<string[]> {
  const texts: string[] = [];
  if (entry === undefined) return texts;
  let current = '';
  let inText = false;
  let phonetic = 0;
  let size = 0;
  const handlers: XmlHandlers = {
    open: (name) => {
      if (name === 'si') current = '';
      // What a word sounds like is not what it says.
      if (name === 'rPh') phonetic++;
      if (name === 't' && phonetic === 0) inText = true;
    },
    text: (text) => {
      if (inText) current += text;
    },
    close: (name) => {
      if (name === 'rPh') phonetic--;
      if (name === 't') inText = false;
      if (name !== 'si') return;
      size += current.length * 2 + 16;
      if (size > limits.maxXlsxTextBytes) {
        throw new FileFault('FILE_TOO_LARGE', { max: printBytes(limits.maxXlsxTextBytes) });
      }
      texts.push(current);
    },
  };
  for await (const _part of parseXml(unpacked(zip, entry, limits.maxUnpackedBytes), entry.fileName, handlers)) {
    // Everything happens in the handlers.
  }
  return texts;
}

/** Built-in formats of days, ISO/IEC 29500 part 1, 18.8.30. */
const BUILT_IN_DATES = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58]);

async function readDateStyles(zip: ZipFile, entry: Entry | undefined, limits: IngestLimits): Promise<boolean[]> {
  const styles: boolean[] = [];
  if (entry === undefined) return styles;
  const dateFormats = new Set(BUILT_IN_DATES);
  let inCellFormats = false;
  const handlers: XmlHandlers = {
    open: (name, { numFmtId = '', formatCode = '' }) => {
      const bare = formatCode.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
      if (name === 'numFmt' && /[yd年月日]/i.test(bare)) dateFormats.add(Number(numFmtId));
      if (name === 'cellXfs') inCellFormats = true;
      if (name === 'xf' && inCellFormats) styles.push(dateFormats.has(Number(numFmtId)));
    },
    close: (name) => {
      if (name === 'cellXfs') inCellFormats = false;
    },
  };
  for await (const _part of parseXml(unpacked(zip, entry, limits.maxUnpackedBytes), entry.fileName, handlers)) {
    // Everything happens in the handlers.
  }
  return styles;
}

async function* sheetRows(
  source: AsyncIterable<Buffer>,
  texts: readonly string[],
  dates: readonly boolean[],
  limits: IngestLimits,
): AsyncGenerator<readonly RawRow[]> {
  let group: RawRow[] = [];
  let width: number | undefined;
  let cells: string[] = [];
  let line = 0;
  let column = 0;
  let type = '';
  let isDate = false;
  let value = '';
  let taking = false;
  const handlers: XmlHandlers = {
    open: (name, attributes) => {
      if (name === 'row') {
        line = Number(attributes.r ?? line + 1);
        cells = [];
        column = 0;
      } else if (name === 'c') {
        column = attributes.r === undefined ? column + 1 : columnOf(attributes.r);
        if (column > MOST_COLUMNS) throw new FileFault('LINE_TOO_LONG', { line, max: limits.maxLineBytes });
        type = attributes.t ?? 'n';
        isDate = dates[Number(attributes.s ?? -1)] === true;
        value = '';
      } else if (name === 'v' || name === 't') taking = true;
    },
    text: (text) => {
      if (!taking) return;
      value += text;
      if (value.length > limits.maxLineBytes) throw new FileFault('LINE_TOO_LONG', { line, max: limits.maxLineBytes });
    },
    close: (name) => {
      if (name === 'v' || name === 't') taking = false;
      if (name === 'c') {
        while (cells.length < column - 1) cells.push('');
        cells[column - 1] = cellText(value, type, isDate, texts);
      }
      if (name === 'row' && cells.some((cell) => cell.trim() !== '')) group.push({ line, cells });
    },
  };
  for await (const _part of parseXml(source, 'xl/worksheets/sheet', handlers)) {
    if (group.length >= GROUP) {
      yield padded(group);
      group = [];
    }
  }
  if (group.length > 0) yield padded(group);

  /** Empty cells at a row's end are not stored. */
  function padded(rows: readonly RawRow[]): readonly RawRow[] {
    width ??= rows[0]?.cells.length ?? 0;
    const full = width;
    return rows.map(({ line: at, cells: given }) => ({
      line: at,
      cells: given.length < full ? [...given, ...Array.from({ length: full - given.length }, () => '')] : given,
    }));
  }
}

function cellText(value: string, type: string, isDate: boolean, texts: readonly string[]): string {
  switch (type) {
    case 's':
      return sharedText(texts[Number(value)]);
    case 'n':
      return isDate && value !== '' ? dayOf(value) : value;
    case 'e':
      return '\ufffd';
    default:
      return value;
  }
}

function sharedText(text: string | undefined): string {
  if (text === undefined) throw new FileFault('XLSX_DAMAGED', { part: 'xl/sharedStrings.xml' });
  return text;
}

/** Days since 1899-12-30, as Excel counts them from March 1900 on. */
function dayOf(value: string): string {
  const days = Math.floor(Number(value));
  if (!Number.isFinite(days) || days < 61 || days > 2_958_465) return value;
  return new Date(Date.UTC(1899, 11, 30) + days * 86_400_000).toISOString().slice(0, 10);
}

function columnOf(reference: string): number {
  let column = 0;
  for (const character of reference) {
    const code = character.charCodeAt(0);
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column;
}
