import { inOrder } from './in-order.ts';
import { ReadStatement } from './read-statement.ts';

/** Keys that are read by one statement; of more, the first answer would wait for too many others. */
const MAX_KEYS = 1_000;

type Row = Record<string, unknown>;

/**
 * Statements of one batch that differ in nothing but the keys they ask for become one: of the same text, with the same
 * values behind the keys, which is to say for the same area. Postgres starts and ends a small statement at several times
 * the cost of one key more. Everybody gets the rows of his own keys, in objects of his own.
 *
 * @param runAlone called with statements whose common run Postgres has refused: it may be one's own fault, and is to be told to nobody else.
 */
export function mergeStatements(
  statements: readonly ReadStatement[],
  runAlone: (statements: readonly ReadStatement[]) => void,
): readonly ReadStatement[] {
  if (statements.length < 2) return statements;
  const byName = new Map<string, Group[]>();
  const groups: (ReadStatement | Group)[] = [];
  for (const statement of statements) {
    if (statement.rowsOf === undefined) {
      groups.push(statement);
      continue;
    }
    const alike = byName.get(statement.name);
    if (alike?.some((group) => group.add(statement)) === true) continue;
    const group = new Group(statement);
    groups.push(group);
    if (alike === undefined) byName.set(statement.name, [group]);
    else alike.push(group);
  }
  if (groups.length === statements.length) return statements;
  return groups.map((group) => (group instanceof Group ? group.statement(runAlone) : group));
}

class Group {
  readonly #statements: [ReadStatement, ...ReadStatement[]];
  #keyCount: number;

  constructor(first: ReadStatement) {
    this.#statements = [first];
    this.#keyCount = keysOf(first).length;
  }

  /** False for one that asks for something else than the others, or for too much more. */
  add(statement: ReadStatement): boolean {
    const keyCount = this.#keyCount + keysOf(statement).length;
    if (keyCount > MAX_KEYS || !sameBehindKeys(this.#statements[0].values, statement.values)) return false;
    this.#statements.push(statement);
    this.#keyCount = keyCount;
    return true;
  }

  statement(runAlone: (statements: readonly ReadStatement[]) => void): ReadStatement {
    const statements = this.#statements;
    const [first] = statements;
    if (statements.length === 1 || first.rowsOf === undefined) return first;
    const { rowsOf } = first;
    const values = first.values.slice();
    values[0] = 'key' in rowsOf ? distinctKeys(statements) : allKeys(statements);
    return new ReadStatement(
      first.operation,
      first.name,
      first.text,
      values,
      (rows) =>
        'key' in rowsOf
          ? handOutByKey(statements, rows as Row[], rowsOf.key)
          : handOutByOrdinal(statements, rows as Row[], rowsOf.ordinal),
      (error) => {
        if (isOfStatement(error)) runAlone(statements.map((statement) => statement.alone()));
        else for (const { onFailure } of statements) onFailure(error);
      },
      rowsOf,
    );
  }
}

function allKeys(statements: readonly ReadStatement[]): readonly unknown[] {
  const keys: unknown[] = [];
  for (const statement of statements) for (const key of keysOf(statement)) keys.push(key);
  return keys;
}

function distinctKeys(statements: readonly ReadStatement[]): readonly unknown[] {
  return Array.from(new Set(allKeys(statements)));
}

function keysOf({ values }: ReadStatement): readonly unknown[] {
  return values[0] as readonly unknown[]; // by what `RowsOfKeys` says
}

/** Whether the server has refused a statement, and goes on with others. */
function isOfStatement(error: unknown): boolean {
  return (error as { readonly severity?: unknown } | undefined)?.severity === 'ERROR';
}

function sameBehindKeys(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 1; index < one.length; index++) if (!isSame(one[index], other[index])) return false;
  return true;
}

/** What cannot be compared at a glance is another value. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (one instanceof Date && other instanceof Date) return one.getTime() === other.getTime();
  if (!Array.isArray(one) || !Array.isArray(other)) return false;
  return one.length === other.length && one.every((value, index) => value === other[index]);
}

/** The rows of a key. */
interface RowsOfKey {
  readonly rows: Row[];
  /** Who was given them last; another is given copies. */
  takenBy: ReadStatement | undefined;
}

function handOutByKey(statements: readonly ReadStatement[], rows: readonly Row[], property: string): void {
  const byKey = new Map<string, RowsOfKey>();
  for (const row of rows) {
    const value = row[property];
    const key = typeof value === 'string' ? value : String(value);
    const found = byKey.get(key);
    if (found === undefined) byKey.set(key, { rows: [row], takenBy: undefined });
    else found.rows.push(row);
  }
  for (const statement of statements) {
    const own: Row[] = [];
    for (const key of keysOf(statement)) {
      const found = byKey.get(typeof key === 'string' ? key : String(key));
      if (found === undefined || found.takenBy === statement) continue;
      for (const row of found.rows) own.push(found.takenBy === undefined ? row : { ...row });
      found.takenBy = statement;
    }
    statement.onRows(own);
  }
}

function handOutByOrdinal(statements: readonly ReadStatement[], given: Row[], property: string): void {
  const rows = inOrder(given, (one, other) => Number(one[property]) - Number(other[property]));
  let before = 0;
  let next = 0;
  for (const statement of statements) {
    const keyCount = keysOf(statement).length;
    const own: Row[] = [];
    for (let row = rows[next]; row !== undefined; row = rows[++next]) {
      const ordinal = Number(row[property]) - before;
      if (ordinal > keyCount) break;
      row[property] = ordinal;
      own.push(row);
    }
    before += keyCount;
    statement.onRows(own);
  }
}
