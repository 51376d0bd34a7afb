import { type CountLine, withheldCells } from '../../kit/statistics/suppress-small-counts.ts';

/** Figures that add up to another one, of every place. */
const PARTS: Readonly<Record<string, string>> = { sex: 'resident', age: 'resident' };
const NONE: ReadonlySet<string> = new Set();
const REMEMBERED = 500;
/** The same counts withhold the same cells; a wall asks for the same ones again and again. */
const remembered = new Map<string, ReadonlySet<string>>();

/**
 * Which counts of a place and of those directly below it are withheld, as `place|figure`. Their cells are one release
 * with every sum that holds in it: the parts of each place's population, and each figure of the place above.
 */
export function withheldFigures(
  places: ReadonlyMap<string, ReadonlyMap<string, number>>,
  parent: string,
  floor: number,
): ReadonlySet<string> {
  const release = [...places].filter(([code]) => code === parent || isChild(code, parent));
  if (!release.some(([, figures]) => [...figures.values()].some((count) => count < floor))) return NONE;
  const cells = release.flatMap(([code, figures]) =>
    [...figures].map(([figure, count]) => ({ key: `${code}|${figure}`, count })),
  );
  const question = `${floor} ${cells.map(({ key, count }) => `${key}=${count}`).join(' ')}`;
  const known = remembered.get(question);
  if (known !== undefined) return known;
  const found = withheldCells(cells, [...linesOf(release), ...linesBelow(release, parent)], floor);
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(question, found);
  return found;
}

type Release = readonly (readonly [string, ReadonlyMap<string, number>])[];

/** Men and women, and the age bands, add up to everybody. */
function linesOf(release: Release): CountLine[] {
  return release.flatMap(([code, figures]) =>
    Object.entries(PARTS).map(([prefix, total]) => ({
      total: `${code}|${total}`,
      parts: [...figures.keys()]
        .filter((figure) => figure.startsWith(`${prefix}.`))
        .map((figure) => `${code}|${figure}`),
    })),
  );
}

/** What the places below add up to, where they do: a figure that is only kept above has no such sum. */
function linesBelow(release: Release, parent: string): CountLine[] {
  const above = release.find(([code]) => code === parent)?.[1] ?? new Map<string, number>();
  const children = release.filter(([code]) => code !== parent);
  return [...above].flatMap(([figure, total]) => {
    const having = children.filter(([, figures]) => figures.has(figure));
    const sum = having.reduce((all, [, figures]) => all + (figures.get(figure) ?? 0), 0);
    return sum === total ? [{ total: `${parent}|${figure}`, parts: having.map(([code]) => `${code}|${figure}`) }] : [];
  });
}

function isChild(code: string, parent: string): boolean {
  const digits: Readonly<Record<number, number>> = { 4: 6, 6: 9, 9: 12, 12: 15 };
  return code.length === digits[parent.length] && code.startsWith(parent);
}
