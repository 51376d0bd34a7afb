import pg from 'pg';
import type { RowDescription } from './read-statement.ts';

/** Makes a row of its bytes in a message, from `at` on: the number of its columns, then each with its length. */
export type ReadRow = (bytes: Buffer, at: number) => object;

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
    let value = `p[${index}](b.${ASCII.has(type) ? 'latin1' : 'utf8'}Slice(o,o+n))`;
    if (TEXTS.has(type)) value = value.replace(`p[${index}]`, '');
    // What pg makes of these may have been set otherwise.
    else if (type === builtins.BOOL && parser('t') === true && parser('f') === false) value = 'b[o]===116';
    else if (INTEGERS.has(type) && parser('-12') === -12) value = 'i(b,o,o+n)';
    return `n=b[o]<<24|b[o+1]<<16|b[o+2]<<8|b[o+3];o+=4;let v${index}=null;if(n>=0){v${index}=${value};o+=n}`;
  });
  const members = fields.map(({ name }, index) => `${JSON.stringify(name)}:v${index}`);
  const body = `return(b,a)=>{let n,o=a+2;${reads.join('')}return{${members.join(',')}}}`;
  return new Function('p', 'i', body)(parsers, readInteger) as ReadRow;
}

const MINUS = 0x2d;
const ZERO = 0x30;

function readInteger(bytes: Buffer, from: number, to: number): number {
  const isNegative = bytes[from] === MINUS;
  let value = 0;
  for (let at = isNegative ? from + 1 : from; at < to; at++) value = value * 10 + (bytes[at] as number) - ZERO;
  return isNegative ? -value : value;
}
