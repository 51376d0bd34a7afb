import { graphProblem } from '../codes/problems.ts';
import { sealBytesRepeatably, unsealBytes } from '../store/sealing.ts';
import { endBelow, type FeedPosition } from './feed-position.ts';

/** How far a reader has come in one subgraph. */
export interface FeedPlace {
  /** Twelve hexadecimal digits. */
  readonly generation: string;
  readonly position: FeedPosition;
}

/** How far a reader has come in each subgraph; one that is not named is read from its oldest event. */
export type FeedVector = ReadonlyMap<string, FeedPlace>;

export interface OpenedCursor {
  readonly vector: FeedVector;
  /** Subgraph of the event that the cursor belongs to; absent for a cursor between events. */
  readonly last: string | undefined;
}

/** Tells the cursors of changes from others that the same key seals, and one form of them from the next. */
const KIND = 0xc1;
const AT_END = 1;
const IS_LAST = 2;

/** Of a place at the end of a transaction: without ordinal and id. */
const SHORT_BYTES = 14;

/** Where a cursor is put together; it holds far more subgraphs than there are. */
const scratch = Buffer.alloc(8_192);

/** A cursor is sealed: its numbers say how much is written in the city. The same place always gives the same text. */
export function sealVector(key: Buffer, vector: FeedVector, last?: string): string {
  let at = scratch.writeUInt8(KIND, 0);
  for (const [subgraph, place] of vector) {
    const name = nameBytes(subgraph);
    const bytes = placeBytes(subgraph, place);
    at = scratch.writeUInt8((bytes.length === SHORT_BYTES ? AT_END : 0) | (subgraph === last ? IS_LAST : 0), at);
    at = scratch.writeUInt8(name.length, at);
    at += name.copy(scratch, at);
    at += bytes.copy(scratch, at);
  }
  return sealBytesRepeatably(key, scratch.subarray(0, at)).toString('base64url');
}

const names = new Map<string, Buffer>();

function nameBytes(subgraph: string): Buffer {
  const known = names.get(subgraph);
  if (known !== undefined) return known;
  const made = Buffer.from(subgraph, 'utf8');
  names.set(subgraph, made);
  return made;
}

/** From one event to the next only one place of the vector is another: the others are not written out again. */
const places = new Map<string, { readonly place: FeedPlace; readonly bytes: Buffer }>();

function placeBytes(subgraph: string, place: FeedPlace): Buffer {
  const known = places.get(subgraph);
  if (known?.place === place) return known.bytes;
  const { generation, position } = place;
  const end = endBelow(position.xid + 1);
  const atEnd = position.ordinal === end.ordinal && position.id === end.id;
  const bytes = Buffer.allocUnsafe(atEnd ? SHORT_BYTES : SHORT_BYTES + 20);
  bytes.write(generation, 0, 'hex');
  bytes.writeBigUInt64BE(BigInt(position.xid), 6);
  if (!atEnd) {
    bytes.writeInt32BE(position.ordinal, SHORT_BYTES);
    bytes.write(position.id.replaceAll('-', ''), SHORT_BYTES + 4, 'hex');
  }
  places.set(subgraph, { place, bytes });
  return bytes;
}

/** Throws CHANGE_CURSOR_INVALID for what this hub has not made. */
export function openVector(key: Buffer, cursor: string): OpenedCursor {
  try {
    const bytes = unsealBytes(key, Buffer.from(cursor, 'base64url'));
    if (bytes[0] !== KIND) throw new Error('another cursor');
    const vector = new Map<string, FeedPlace>();
    let last: string | undefined;
    let at = 1;
    const take = (length: number) => {
      at += length;
      return bytes.subarray(at - length, at);
    };
    while (at < bytes.length) {
      const [flags = 0, length = 0] = take(2);
      const subgraph = take(length).toString('utf8');
      const generation = take(6).toString('hex');
      const xid = Number(take(8).readBigUInt64BE());
      const position =
        (flags & AT_END) !== 0
          ? endBelow(xid + 1)
          : { xid, ordinal: take(4).readInt32BE(), id: uuidText(take(16).toString('hex')) };
      vector.set(subgraph, { generation, position });
      if ((flags & IS_LAST) !== 0) last = subgraph;
    }
    return { vector, last };
  } catch {
    throw graphProblem('CHANGE_CURSOR_INVALID');
  }
}

function uuidText(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
