import { findPlaceFigures, type PlaceFigures } from '../figures/place-figures.ts';
import type { SqlDatabase } from '../store/sql-database.ts';
import type { SubgraphContext } from '../subgraph-context.ts';
import type { DataCard } from './data-card.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** One number of a section: the figures that it sums, and what it is. */
export interface SectionFigure {
  readonly figures: readonly string[];
  readonly description: string;
  /** What differs from the section's card; a right here withholds the number from whoever lacks it. */
  readonly card?: Partial<DataCard>;
}

export interface SectionDeclaration<Name extends string> {
  readonly name: Name;
  readonly description: string;
  readonly card: DataCard;
  readonly numbers: Readonly<Record<string, SectionFigure>>;
}

/** A section of a place's overview: numbers that are kept, and how fresh they are. */
export function definePlaceSection<Store, Name extends string>(
  builder: GraphBuilder<Store>,
  { card, description, name, numbers }: SectionDeclaration<Name>,
) {
  return builder.objectRef<PlaceFigures>(name).implement({
    description: `${description} Kept from the outbox and read in one statement, however large the place.`,
    card,
    fields: (t) => ({
      ...Object.fromEntries(
        Object.entries(numbers).map(([field, { card: own, figures, description: what }]) => [
          field,
          t.int({
            description: what,
            // Only what a right protects may be refused.
            nullable: own?.right !== undefined,
            ...(own === undefined ? {} : { card: own }),
            // Rows of figures, not properties: what is wanted of a section are the figures that its fields sum.
            reads: figures as readonly string[] as readonly 'totals'[],
            resolve: ({ totals }) => figures.reduce((sum, figure) => sum + (totals.get(figure) ?? 0), 0),
          }),
        ]),
      ),
      countedAt: t.field({
        type: 'DateTime',
        description: '计数截止 Everything written before this instant is counted; deadlines are as of it.',
        card: { derivedFrom: 'place_figure_state', unit: '' },
        reads: [],
        resolve: ({ countedAt }) => countedAt,
      }),
      lagSeconds: t.int({
        description: '滞后 How old the figures are now: a few seconds, or more while something holds the outbox back.',
        card: { derivedFrom: 'now - countedAt', unit: '秒 seconds' },
        reads: [],
        resolve: ({ countedAt }, _args, { clock }) => lagSeconds(countedAt, clock.now()),
      }),
    }),
  });
}

export function lagSeconds(countedAt: Date, now: Date): number {
  return Math.max(0, Math.round((now.getTime() - countedAt.getTime()) / 1_000));
}

/**
 * Kept figures of a place; all places of a step share one statement. Those that the document wants of the `section`: of
 * each part of a city it shows one or two, and there are forty. Without a section all. Null where nothing has been
 * counted yet.
 */
export function loadPlaceFigures(
  code: string,
  { loaders, store, trace, wanted }: SubgraphContext<{ readonly database: SqlDatabase }>,
  section?: string,
): Promise<PlaceFigures | null> {
  const figures = section === undefined ? undefined : wanted?.get(section);
  return loaders
    .get<PlaceFigures | null>(figures === undefined ? 'placeFigures' : `placeFigures:${section}`, (codes) =>
      findPlaceFigures(store.database, codes, trace, figures),
    )
    .load(code);
}
