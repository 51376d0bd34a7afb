import type { LeafCompletion } from './complete-leaf.ts';

/** One key of the objects of a level. */
export type ObjectEntry =
  | { readonly key: string; readonly constant: string }
  | { readonly key: string; readonly column: number }
  /** A property of the row. */
  | ({ readonly key: string; readonly property: string } & LeafCompletion);

/** The objects of a level, of its rows and of the columns of values, one for each row. */
export type Make = (rows: readonly unknown[], columns: readonly (readonly unknown[])[]) => Record<string, unknown>[];

/**
 * Compiles the function that writes the objects of one level: all keys in one literal, in the order of the selection, so
 * that all objects have one shape from the beginning.
 */
export function compileMake(entries: readonly ObjectEntry[]): Make {
  const completions: ((value: unknown) => unknown)[] = [];
  const reads: string[] = [];
  const heads: string[] = [];
  const pairs = entries.map((entry, index) => {
    // In a literal this one would be the prototype; a computed key is a key.
    const key = entry.key === '__proto__' ? '["__proto__"]' : JSON.stringify(entry.key);
    if ('constant' in entry) return `${key}:${JSON.stringify(entry.constant)}`;
    if ('column' in entry) {
      heads.push(`const c${index}=C[${entry.column}];`);
      return `${key}:c${index}[i]`;
    }
    completions.push(entry.complete);
    const read = `v=r[${JSON.stringify(entry.property)}];`;
    const complete = `v=L[${completions.length - 1}](v);`;
    reads.push(
      `${read}${entry.isPlain === undefined ? complete : `if(!(${entry.isPlain}))${complete}`}const v${index}=v;`,
    );
    return `${key}:v${index}`;
  });
  const loop = `for(let i=0;i<n;i++){const r=R[i];let v;${reads.join('')}O[i]={${pairs.join(',')}}}`;
  const body = `return(R,C)=>{const n=R.length,O=new Array(n);${heads.join('')}${loop}return O}`;
  return new Function('L', body)(completions) as Make;
}
