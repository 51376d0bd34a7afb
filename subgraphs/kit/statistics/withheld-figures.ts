import type { CountLine } from './count-line.ts';
import { withheldCells } from './suppress-small-counts.ts';

/** Counts by place and figure; what is not there is zero. */
export type FiguresByPlace = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Digits of the place directly above a place of so many digits. */
const ABOVE: Readonly<Record<number, number>> = { 15: 12, 12: 9, 9: 6, 6: 4 };
/** Figures that add up to another one, of every place. */
const PARTS: Readonly<Record<string, string>> = { sex: 'resident', age: 'resident' };
const NONE: ReadonlySet<string> = new Set();
const REMEMBERED = 500;
/** The same counts withhold the same cells; a wall asks for the same ones again and again. */
const remembered = new Map<string, ReadonlySet<string>>();

/** The place above that a place is weighed under; a city is weighed under itself. */
export function headOf(code: string): string {
  return code.slice(0, ABOVE[code.length] ?? code.length);
}

/**
 * Which counts are withheld of a place and of those directly below it, as `place|figure`, given the place: the cells of
 * one table with every sum that holds in it, the parts of each place's population and each figure of the place above.
 *
 * A place stands in two such tables, below the place above it and above its own parts. The upper one decides of it: what
 * is withheld there stays withheld below, where its parts would add up to it, and what is shown there is no hiding
 * place. So `places` holds every place above the one that is asked for, each with all directly below it.
 */
export function withheldFigures(places: FiguresByPlace, floor: number): (head: string) => ReadonlySet<string> {
  const below = new Map<string, string[]>();
  for (const code of places.keys()) {
    const head = headOf(code);
    if (head === code) continue;
    const known = below.get(head);
    if (known === undefined) below.set(head, [code]);
    else known.push(code);
  }
  const decided = new Map<string, ReadonlySet<string>>();
  const decide = (head: string): ReadonlySet<string> => {
    const known = decided.get(head);
    if (known !== undefined) return known;
    const above = headOf(head) === head ? undefined : decide(headOf(head));
    const table = [head, ...(below.get(head) ?? [])].map((code) => [code, places.get(code) ?? new Map()] as const);
    const found = withheldOf(table, head, floor, above);
    decided.set(head, found);
    return found;
  };
  return decide;
}

type Table = readonly (readonly [string, ReadonlyMap<string, number>])[];

function withheldOf(table: Table, head: string, floor: number, above: ReadonlySet<string> | undefined) {
  const own = [...(table[0]?.[1].keys() ?? [])].map((figure) => `${head}|${figure}`);
  const alsoWithheld = new Set(above === undefined ? [] : own.filter((key) => above.has(key)));
  const small = table.some(([, figures]) => [...figures.values()].some((count) => count < floor));
  if (!small && alsoWithheld.size === 0) return NONE;
  const cells = table.flatMap(([code, figures]) =>
    [...figures].map(([figure, count]) => ({ key: `${code}|${figure}`, count })),
  );
  const question = `${floor} ${above === undefined} ${[...alsoWithheld]} ${cells.map(({ key, count }) => `${key}=${count}`).join(' ')}`;
  const known = remembered.get(question);
  if (known !== undefined) return known;
  const shownElsewhere = new Set(above === undefined ? [] : own.filter((key) => !above.has(key)));
  const lines = [...linesOf(table), ...linesBelow(table, head)];
  const found = withheldCells(cells, lines, floor, { shownElsewhere, alsoWithheld });
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(question, found);
  return found;
}

/** Men and women, and the age bands, add up to everybody. */
function linesOf(table: Table): CountLine[] {
  return table.flatMap(([code, figures]) =>
    Object.entries(PARTS).map(([prefix, total]) => ({
      total: `${code}|${total}`,
      parts: [...figures.keys()]
        .filter((figure) => figure.startsWith(`${prefix}.`))
        .map((figure) => `${code}|${figure}`),
    })),
  );
}

/** What the places below add up to, where they do: a figure that is only kept above has no such sum. */
function linesBelow(table: Table, head: string): CountLine[] {
  const above = table[0]?.[1] ?? new Map<string, number>();
  const children = table.slice(1);
  return [...above].flatMap(([figure, total]) => {
    const having = children.filter(([, figures]) => figures.has(figure));
    const sum = having.reduce((all, [, figures]) => all + (figures.get(figure) ?? 0), 0);
    return sum === total ? [{ total: `${head}|${figure}`, parts: having.map(([code]) => `${code}|${figure}`) }] : [];
  });
}
