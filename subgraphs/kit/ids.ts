import { randomFillSync } from 'node:crypto';

/** Makes entity keys. Injected, so that tests can fix them. */
export interface IdSource {
  next(): string;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * Formats sixteen bytes as a UUID version 7: 48 bits of milliseconds since 1970, then random bits (RFC 9562).
 * `random` holds the ten bytes that follow the time.
 */
export function uuidV7(milliseconds: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  let time = milliseconds;
  for (let i = 5; i >= 0; i--) {
    bytes[i] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  let text = '';
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += '-';
    text += HEX[bytes[i] as number];
  }
  return text;
}

/** Random bytes are drawn in blocks: a draw for each id costs more than the rest of it, and an import makes millions. */
const drawn = new Uint8Array(10 * 512);
let drawnOffset = drawn.length;

function nextRandom(): Uint8Array {
  if (drawnOffset === drawn.length) {
    randomFillSync(drawn);
    drawnOffset = 0;
  }
  drawnOffset += 10;
  return drawn.subarray(drawnOffset - 10, drawnOffset);
}

/** UUIDs of version 7 from real time and real randomness: made by the application, so that no sequence is a key. */
export const uuidSource: IdSource = {
  next() {
    return uuidV7(Date.now(), nextRandom());
  },
};

const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
  return UUID_PATTERN.test(text);
}
