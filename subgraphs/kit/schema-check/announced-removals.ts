import { buildASTSchema, parse } from 'graphql';
import { removalDate } from './lint-parts.ts';
import type { Touches } from './schema-judgement.ts';
import { type PartKind, type SchemaPart, schemaParts } from './schema-parts.ts';
import { TouchedDocuments } from './touched-documents.ts';

/** 停用公告 — a part of the graph whose end is announced. */
export interface AnnouncedRemoval {
  readonly coordinate: string;
  readonly kind: PartKind;
  readonly reason: string;
  /** What to use instead, as the reason names it. */
  readonly replacement: string | null;
  /** Not before this day, `YYYY-MM-DD`. */
  readonly removalOn: string;
  /** The department whose data it is; null where it only exists on the graph. */
  readonly sourceDepartment: string | null;
  /** Documents that will not work any more. */
  readonly touches: Touches;
}

const CHANGES: Partial<Record<PartKind, string>> = {
  FIELD: 'FIELD_REMOVED',
  ARGUMENT: 'FIELD_ARGUMENT_REMOVED',
  INPUT_FIELD: 'INPUT_FIELD_REMOVED',
  ENUM_VALUE: 'ENUM_VALUE_REMOVED',
};
const REPLACEMENT =
  /(?:replacement|replaced by|替代)(?:\s*(?:replacement|replaced by)\b)?\s*[:：]?\s*((?:[A-Z]\w*\.)?[a-zA-Z]\w*(?:\(\w+:\))?)/g;

/** What of a public schema is announced to go, the earliest first. */
export function announcedRemovals(apiSdl: string): AnnouncedRemoval[] {
  const document = parse(apiSdl, { noLocation: true });
  const parts = schemaParts(document);
  const going: { readonly part: SchemaPart; readonly reason: string; readonly removalOn: string }[] = [];
  for (const part of parts.values()) {
    const reason = part.deprecationReason ?? '';
    const removalOn = removalDate(reason);
    if (removalOn !== undefined) going.push({ part, reason, removalOn });
  }
  if (going.length === 0) return [];
  const touched = new TouchedDocuments(buildASTSchema(document, { assumeValidSDL: true }));
  return going
    .map(({ part: { card, coordinate, kind }, reason, removalOn }) => ({
      coordinate,
      kind,
      reason,
      replacement: replacementIn(reason),
      removalOn,
      sourceDepartment: card === undefined ? null : String(card.source),
      touches: touched.of(CHANGES[kind] ?? 'TYPE_REMOVED', coordinate),
    }))
    .sort((a, b) => (`${a.removalOn} ${a.coordinate}` < `${b.removalOn} ${b.coordinate}` ? -1 : 1));
}

/** What a reason names after its word for a replacement, in one language or both. */
function replacementIn(reason: string): string | null {
  const named = [...reason.matchAll(REPLACEMENT)].map((match) => match[1] ?? '');
  return named.find((name) => !/^replace(ment|d)$/.test(name)) ?? null;
}
