import type { DocumentNode } from 'graphql';
import { changeKindText } from '../../../subgraphs/kit/schema-check/change-kinds.ts';
import { type PartKind, type SchemaPart, schemaParts } from '../../../subgraphs/kit/schema-check/schema-parts.ts';

export interface ContractChange {
  readonly coordinate: string;
  readonly zh: string;
  readonly en: string;
  readonly breaking: boolean;
}

const NOUNS: Readonly<Record<PartKind, string>> = {
  TYPE: 'TYPE',
  FIELD: 'FIELD',
  ARGUMENT: 'FIELD_ARGUMENT',
  INPUT_FIELD: 'INPUT_FIELD',
  ENUM_VALUE: 'ENUM_VALUE',
};

/** What clients see of the way from one contract to the next, by coordinate; a type that comes or goes says so once. */
export function contractChanges(before: DocumentNode, after: DocumentNode): ContractChange[] {
  const old = schemaParts(before);
  const young = schemaParts(after);
  const changes: ContractChange[] = [];
  const say = (kind: string, coordinate: string, breaking: boolean, detail = '') => {
    const { zh, en } = changeKindText(kind);
    changes.push({ coordinate, zh: `${zh}${detail}`, en: `${en}${detail}`, breaking });
  };
  for (const [coordinate, part] of old) {
    const now = young.get(coordinate);
    const noun = NOUNS[part.kind];
    if (now === undefined) {
      if (ownersOf(coordinate).every((owner) => young.has(owner))) say(`${noun}_REMOVED`, coordinate, true);
      continue;
    }
    if (now.type !== part.type) say(`${noun}_TYPE_CHANGED`, coordinate, true, ` ${part.type} → ${now.type}`);
    if (now.definition !== part.definition) say('TYPE_KIND_CHANGED', coordinate, true);
    if (now.deprecationReason !== undefined && part.deprecationReason === undefined) {
      say('FIELD_DEPRECATION_ADDED', coordinate, false, ` ${now.deprecationReason}`);
    }
    const needed = rightOf(now);
    if (needed !== undefined && needed !== rightOf(part)) say('CARD_RIGHT_ADDED', coordinate, true, ` ${needed}`);
  }
  for (const [coordinate, part] of young) {
    if (old.has(coordinate) || !ownersOf(coordinate).every((owner) => old.has(owner))) continue;
    const required = part.kind === 'ARGUMENT' || part.kind === 'INPUT_FIELD' ? part.type.endsWith('!') : false;
    say(`${NOUNS[part.kind]}_ADDED`, coordinate, false, required ? ` ${part.type}` : '');
  }
  return changes.sort((a, b) => Number(b.breaking) - Number(a.breaking) || (a.coordinate < b.coordinate ? -1 : 1));
}

/** What a part belongs to: `Person.name(form:)` to `Person` and `Person.name`. */
function ownersOf(coordinate: string): string[] {
  const [field = ''] = coordinate.split('(');
  const [type = ''] = field.split('.');
  return [type, field].filter((owner) => owner !== coordinate);
}

function rightOf({ card }: SchemaPart): string | undefined {
  return typeof card?.right === 'string' ? card.right : undefined;
}
