import type { ComparedField } from '../../store/knowledge/field-use.ts';

/** Two departments' fields that look like the same concept, and why. */
export interface SimilarFields {
  readonly first: ComparedField;
  readonly second: ComparedField;
  /** 0 to 1. */
  readonly score: number;
  readonly sameName: boolean;
  readonly sameTerm: boolean;
  readonly sameType: boolean;
  /** Share of the smaller list of values that the other one has, too; null where values are not compared. */
  readonly sharedValues: number | null;
}

/** What each likeness counts; together 1. */
const WEIGHTS = { name: 0.35, term: 0.35, type: 0.1, values: 0.2 };
const LEAST = 0.45;
/** Names that mean what the type means that has them. */
const COMMON = new Set(['id', 'code', 'name', 'state', 'kind', 'note', 'title', 'description', 'steps', 'provenance']);

/**
 * Pairs of fields of different departments that look alike by name, Chinese term, type and values, the likest first.
 * Only fields that share a name or a term are compared, so that it takes time by their number, not by its square.
 */
export function similarFields(fields: readonly ComparedField[], coordinate: string | null): SimilarFields[] {
  const groups = new Map<string, ComparedField[]>();
  const add = (key: string, field: ComparedField) => groups.set(key, [...(groups.get(key) ?? []), field]);
  for (const field of fields) {
    if (!COMMON.has(field.fieldName)) add(`name ${wordsOf(field.fieldName)}`, field);
    const term = termOf(field);
    if (term.length > 1) add(`term ${term}`, field);
  }
  const found = new Map<string, SimilarFields>();
  for (const group of groups.values()) {
    for (const [index, first] of group.entries()) {
      for (const second of group.slice(index + 1)) {
        if (first.sourceDepartment === second.sourceDepartment) continue;
        if (coordinate !== null && first.coordinate !== coordinate && second.coordinate !== coordinate) continue;
        const pair = compare(first, second);
        if (pair.score >= LEAST) found.set(`${pair.first.coordinate} ${pair.second.coordinate}`, pair);
      }
    }
  }
  return [...found.values()].sort((a, b) => b.score - a.score || (a.first.coordinate < b.first.coordinate ? -1 : 1));
}

function compare(one: ComparedField, other: ComparedField): SimilarFields {
  const [first, second] = one.coordinate < other.coordinate ? [one, other] : [other, one];
  const sameName = !COMMON.has(first.fieldName) && wordsOf(first.fieldName) === wordsOf(second.fieldName);
  const sameTerm = termOf(first) === termOf(second);
  const sameType = plain(first.fieldType) === plain(second.fieldType);
  const sharedValues = shared(first.valueHashes, second.valueHashes);
  const score =
    (sameName ? WEIGHTS.name : 0) +
    (sameTerm ? WEIGHTS.term : 0) +
    (sameType ? WEIGHTS.type : 0) +
    (sharedValues ?? 0) * WEIGHTS.values;
  return { first, second, score: Math.round(score * 100) / 100, sameName, sameTerm, sameType, sharedValues };
}

/** A name without regard to case and the words that only say how it is counted. */
function wordsOf(name: string): string {
  return name.replace(/(Code|Name|Id|Text)$/, '').toLowerCase();
}

/** The Chinese term, without what stands in brackets. */
function termOf({ descriptionZh }: ComparedField): string {
  return descriptionZh.replace(/[（(].*$/, '').trim();
}

function plain(type: string): string {
  return type.replaceAll(/[![\]]/g, '');
}

function shared(a: readonly string[], b: readonly string[]): number | null {
  const least = Math.min(a.length, b.length);
  if (least < 2) return null;
  const known = new Set(a);
  return Math.round((b.filter((value) => known.has(value)).length / least) * 100) / 100;
}
