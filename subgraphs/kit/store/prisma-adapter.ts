import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';

/** Texts that are looked at; a list of another length in a condition is another text. */
const MOST_TEXTS = 2_000;
/** Statements that are prepared: each connection keeps the plan of each, of some tens of kilobytes. */
const MOST_NAMES = 300;
/** From then on one is prepared. */
const RUNS_BEFORE_PREPARING = 3;
/** Characters; a statement that writes many rows at once hardly comes again. */
const LONGEST = 4_000;

/**
 * How Prisma reaches a schema through the shared pool. What it writes again and again is prepared once per connection;
 * left to itself it has Postgres parse and plan every statement anew.
 */
export function prismaAdapter(pool: pg.Pool, schema: string): PrismaPg {
  const runs = new Map<string, number>();
  const names = new Map<string, string>();
  const nameOf = (text: string): string => {
    const known = names.get(text);
    if (known !== undefined) return known;
    if (text.length > LONGEST || names.size >= MOST_NAMES) return '';
    const count = (runs.get(text) ?? 0) + 1;
    if (runs.size >= MOST_TEXTS) runs.clear();
    runs.set(text, count);
    if (count < RUNS_BEFORE_PREPARING) return '';
    const name = `prisma_${createHash('sha256').update(text).digest('base64url').slice(0, 24)}`;
    runs.delete(text);
    names.set(text, name);
    return name;
  };
  // Without a name a statement is not prepared.
  return new PrismaPg(pool, { schema, statementNameGenerator: ({ sql }) => nameOf(sql) });
}
