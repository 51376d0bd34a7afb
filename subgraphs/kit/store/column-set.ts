/** Properties of rows that an operation reads, by type; a type that is not there is read whole. */
export type WantedColumns = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Choices of columns that are remembered per table. Each is a statement that every connection keeps prepared: a client
 * that goes through all combinations gets whole rows.
 */
const MAX_CHOICES = 60;

/**
 * The columns of a table's rows, of which an operation reads those that its fields need: a row of a person has twenty,
 * most fields read one, and what is not selected is neither printed by Postgres nor read again.
 */
export class ColumnSet {
  readonly all: string;
  readonly #base: readonly string[];
  readonly #expressions: ReadonlyMap<string, string>;
  readonly #chosen = new Map<string, string>();
  readonly #bySet = new WeakMap<ReadonlySet<string>, Map<string, string>>();

  /**
   * @param text select list over the alias `t`; columns without an alias are properties of their own name.
   * @param base properties that are always read: keys, and whatever guards the row.
   */
  constructor(text: string, base: readonly string[]) {
    this.all = text;
    this.#base = base;
    this.#expressions = new Map(splitColumns(text).map((column) => [propertyOf(column), column]));
    for (const name of base) if (!this.#expressions.has(name)) throw new Error(`no column gives ${name}`);
  }

  get properties(): readonly string[] {
    return [...this.#expressions.keys()];
  }

  /**
   * The select list of what is wanted; everything where that is not known.
   *
   * @param sort properties that cursors are made of.
   */
  select(wanted: ReadonlySet<string> | undefined, sort: readonly string[] = []): string {
    if (wanted === undefined) return this.all;
    let bySort = this.#bySet.get(wanted);
    if (bySort === undefined) {
      bySort = new Map();
      this.#bySet.set(wanted, bySort);
    }
    const sortKey = sort.join();
    let text = bySort.get(sortKey);
    if (text === undefined) {
      text = this.#choose(wanted, sort);
      bySort.set(sortKey, text);
    }
    return text;
  }

  #choose(wanted: ReadonlySet<string>, sort: readonly string[]): string {
    const needed = new Set([...this.#base, ...sort, ...wanted]);
    const names = this.properties.filter((name) => needed.has(name));
    const key = names.join();
    const known = this.#chosen.get(key);
    if (known !== undefined) return known;
    if (this.#chosen.size >= MAX_CHOICES) return this.all;
    const text = names.map((name) => this.#expressions.get(name)).join(', ');
    this.#chosen.set(key, text);
    return text;
  }
}

/** Splits a select list at its commas, but for those inside parentheses and quotes. */
function splitColumns(text: string): string[] {
  const columns: string[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] as string;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '(' || character === '[') depth++;
    else if (character === ')' || character === ']') depth--;
    else if (character === ',' && depth === 0) {
      columns.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  columns.push(text.slice(start).trim());
  return columns;
}

function propertyOf(column: string): string {
  const found = /\bAS\s+"?([A-Za-z]\w*)"?$/i.exec(column) ?? /^(?:\w+\.)?([a-z]\w*)$/.exec(column);
  if (found?.[1] === undefined) throw new Error(`a column without a name: ${column}`);
  return found[1];
}
