import pg from 'pg';
import type { RowDescription } from './read-statement.ts';

/**
 * Makes a row of its bytes in a message, from `at` on: the number of its columns, then each with its length.
 *
 * @param latin1 all of the bytes as text, byte by byte; made when somebody asks for it first.
 */
export type ReadRow = (bytes: Buffer, at: number, latin1: () => string) => object;

const { builtins } = pg.types;
/** Types that pg reads as the text that they are. */
const TEXTS: ReadonlySet<number> = new Set([builtins.TEXT, builtins.VARCHAR, builtins.BPCHAR, builtins.UUID]);
/** Types whose text is ASCII, which is read faster when one says so. */
const ASCII: ReadonlySet<number> = new Set([
  builtins.UUID,
  builtins.INT8,
  builtins.NUMERIC,
  builtins.FLOAT8,
  builtins.DATE,
  builtins.TIMESTAMPTZ,
]);
const INTEGERS: ReadonlySet<number> = new Set([builtins.INT2, builtins.INT4]);

/** Writes a function that makes a row at once, so that all rows of a statement share one shape. */
export function compileReader(fields: RowDescription['fields']): ReadRow {
  const parsers = fields.map(({ dataTypeID }) => pg.types.getTypeParser(dataTypeID, 'text'));
  const reads = fields.map(({ dataTypeID: type }, index) => {
    const parser = parsers[index] as (text: string) => unknown;
    const text = ASCII.has(type)
      ? `n<S?l().substring(o,o+n):${sliceAs('latin1')}`
      : `n<S?s(b,o,o+n,l):${sliceAs('utf8')}`;
    let value = `p[${index}](${text})`;
    if (TEXTS.has(type)) value = value.replace(`p[${index}]`, '');
    // What pg makes of these may have been set otherwise.
    else if (type === builtins.BOOL && parser('t') === true && parser('f') === false) value = 'b[o]===116';
    else if (INTEGERS.has(type) && parser('-12') === -12) value = 'i(b,o,o+n)';
    return `n=b[o]<<24|b[o+1]<<16|b[o+2]<<8|b[o+3];o+=4;let v${index}=null;if(n>=0){v${index}=${value};o+=n}`;
  });
  const members = fields.map(({ name }, index) => `${JSON.stringify(name)}:v${index}`);
  const body = `const S=${SHORT};return(b,a,l)=>{let n,o=a+2;${reads.join('')}return{${members.join(',')}}}`;
  return new Function('p', 'i', 's', body)(parsers, readInteger, readShort) as ReadRow;
}

/** Node's own method for an encoding, where it has one beside `toString`, which looks at its arguments for as long as it takes. */
function sliceAs(encoding: 'latin1' | 'utf8'): string {
  return `${encoding}Slice` in Buffer.prototype ? `b.${encoding}Slice(o,o+n)` : `b.toString('${encoding}',o,o+n)`;
}

/**
 * Bytes from which on a text is made by Node, whose call costs more than the text of a name or a code. Parts of a text
 * that are shorter are copies and do not keep the whole.
 */
const SHORT = 13;

/** A text of a few bytes: all ASCII, or two or three characters of Chinese; what else there is, by Node. */
function readShort(bytes: Buffer, from: number, to: number, latin1: () => string): string {
  let at = from;
  while (at < to && (bytes[at] as number) < 0x80) at++;
  if (at === to) return latin1().substring(from, to);
  if (at > from) return bytes.toString('utf8', from, to);
  for (; at < to; at += 3) if (((bytes[at] as number) & 0xf0) !== 0xe0) return bytes.toString('utf8', from, to);
  switch (to - from) {
    case 6:
      return String.fromCharCode(ofThree(bytes, from), ofThree(bytes, from + 3));
    case 9:
      return String.fromCharCode(ofThree(bytes, from), ofThree(bytes, from + 3), ofThree(bytes, from + 6));
    default:
      return bytes.toString('utf8', from, to);
  }
}

/** The character of three bytes of UTF-8. */
function ofThree(bytes: Buffer, at: number): number {
  const [first, second, third] = [bytes[at] as number, bytes[at + 1] as number, bytes[at + 2] as number];
  return ((first & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f);
}

const MINUS = 0x2d;
const ZERO = 0x30;

function readInteger(bytes: Buffer, from: number, to: number): number {
  const isNegative = bytes[from] === MINUS;
  let value = 0;
  for (let at = isNegative ? from + 1 : from; at < to; at++) value = value * 10 + (bytes[at] as number) - ZERO;
  return isNegative ? -value : value;
}
