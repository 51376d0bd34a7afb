import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import { buildASTSchema, type DocumentNode, type GraphQLSchema, Kind, parse, visit } from 'graphql';
import { changeKindText } from './change-kinds.ts';
import { composeGraph, printComposed } from './compose-graph.ts';
import { composeVariant } from './compose-variant.ts';
import { lintChangedParts, lintRemovedParts, removalDate } from './lint-parts.ts';
import { lintSources } from './lint-sources.ts';
import { nominalUrl } from './nominal-url.ts';
import type { ChangeLevel, JudgedChange, JudgeRequest, ProposedContract, SchemaJudgement } from './schema-judgement.ts';
import { type SchemaPart, schemaParts } from './schema-parts.ts';
import { TouchedDocuments } from './touched-documents.ts';

/**
 * Judges what clients would see if the proposed contracts were served in place of the live ones of their names. Takes
 * seconds of pure computing for a whole city's contracts, so `judgeInWorker` runs it beside the hub.
 */
export async function judgeContracts(request: JudgeRequest): Promise<SchemaJudgement> {
  const { live, liveSupergraphSdl, proposed } = request;
  const contracts = new Map(live.map((contract) => [contract.name, contract]));
  for (const contract of proposed) contracts.set(contract.name, { ...contracts.get(contract.name), ...contract });
  for (const name of request.removed ?? []) contracts.delete(name);
  const composition = composeGraph(
    [...contracts.values()].map(({ name, sdl, url }) => ({ name, sdl, url: url ?? nominalUrl(name) })),
  );
  if ('findings' in composition) return { compositionFindings: composition.findings, changes: [], lint: [] };

  const seen = seenThrough(request.filter, [...contracts.values()], live);
  if ('findings' in seen) return { compositionFindings: seen.findings, changes: [], lint: [] };
  const before = publicSchema(seen.before ?? liveSupergraphSdl);
  const after = publicSchema(seen.after ?? composition.supergraphSdl);
  const oldParts = schemaParts(before);
  const newParts = schemaParts(after);
  const oldSchema = comparable(before);
  const touched = new TouchedDocuments(oldSchema);
  const changes = [...schemaChanges(await diff(oldSchema, comparable(after))), ...cardChanges(oldParts, newParts)].map(
    ({ kind, coordinate, level, detail }): JudgedChange => {
      const text = changeKindText(kind);
      const card = [oldParts.get(coordinate), newParts.get(coordinate), fieldOf(oldParts, coordinate)].find(
        (part) => part?.card !== undefined,
      )?.card;
      return {
        kind,
        coordinate,
        level,
        messageZh: text.zh,
        messageEn: detail === undefined ? text.en : `${text.en}: ${detail}`,
        sourceDepartment: card === undefined ? null : String(card.source),
        removalOn: removalDate(oldParts.get(coordinate)?.deprecationReason ?? '') ?? null,
        touches: level === 'SAFE' ? { anyOf: [], noneOf: [] } : touched.of(kind, coordinate),
      };
    },
  );
  return {
    compositionFindings: [],
    ...(request.keepComposed === true ? { composed: printComposed(composition) } : {}),
    changes: changes.sort(byWeight),
    lint: [
      ...lintChangedParts(oldParts, newParts),
      ...lintRemovedParts(oldParts, newParts, request.today),
      ...lintSources([...contracts.values()], new Set(proposed.map(({ name }) => name))),
    ],
  };
}

/** Both graphs as the clients of a contract see them; nothing of the kind where the whole is judged. */
function seenThrough(
  filter: JudgeRequest['filter'],
  proposed: readonly ProposedContract[],
  live: readonly ProposedContract[],
): { readonly before?: string; readonly after?: string } | { readonly findings: readonly string[] } {
  if (filter === undefined) return {};
  const [before, after] = [live, proposed].map((contracts) => composeVariant({ contracts, filter }));
  if (before === undefined || after === undefined) return {};
  if ('findings' in after) return after;
  return 'findings' in before ? before : { before: before.supergraphSdl, after: after.supergraphSdl };
}

interface FoundChange {
  readonly kind: string;
  readonly coordinate: string;
  readonly level: ChangeLevel;
  readonly detail?: string;
}

function publicSchema(supergraphSdl: string): DocumentNode {
  return transformSupergraphToPublicSchema(parse(supergraphSdl, { noLocation: true }));
}

/** Without the directives that are compared as cards: comparing each use of them one by one takes minutes. */
function comparable(document: DocumentNode): GraphQLSchema {
  const plain = visit(document, {
    Directive: ({ name }) => (name.value === 'deprecated' ? undefined : null),
    DirectiveDefinition: () => null,
  });
  return buildASTSchema({ kind: Kind.DOCUMENT, definitions: plain.definitions }, { assumeValidSDL: true });
}

const LEVELS: Record<CriticalityLevel, ChangeLevel> = {
  [CriticalityLevel.Breaking]: 'BREAKING',
  [CriticalityLevel.Dangerous]: 'DANGEROUS',
  [CriticalityLevel.NonBreaking]: 'SAFE',
};

function schemaChanges(changes: readonly Change[]): FoundChange[] {
  const whole = new Set(
    changes.filter(({ type }) => type === 'TYPE_REMOVED' || type === 'TYPE_ADDED').map(({ path }) => path ?? ''),
  );
  return changes.flatMap(({ type, path = '', criticality, message }): FoundChange[] => {
    const [owner = '', ...rest] = path.split('.').filter((part) => !part.startsWith('@'));
    // A type that comes or goes says so once, and not again for each of its parts.
    const isWhole = type === 'TYPE_ADDED' || type === 'TYPE_REMOVED';
    if (type.startsWith('DIRECTIVE') || (whole.has(owner) && !isWhole)) return [];
    const isArgument = /^FIELD_ARGUMENT_/.test(type) && rest.length > 1;
    const coordinate = isArgument ? `${owner}.${rest[0]}(${rest[1]}:)` : [owner, ...rest].join('.');
    return [{ kind: type, coordinate, level: LEVELS[criticality.level], detail: message }];
  });
}

/** What changed in the data cards of fields that stay: a client without the right loses the field. */
function* cardChanges(
  before: ReadonlyMap<string, SchemaPart>,
  after: ReadonlyMap<string, SchemaPart>,
): Generator<FoundChange> {
  for (const [coordinate, { kind, card = {} }] of before) {
    const changed = after.get(coordinate)?.card;
    if (kind !== 'FIELD' || changed === undefined || JSON.stringify(card) === JSON.stringify(changed)) continue;
    const detail = Object.keys({ ...card, ...changed })
      .filter((name) => card[name] !== changed[name])
      .map((name) => `${name} ${String(card[name] ?? '-')} → ${String(changed[name] ?? '-')}`)
      .join(', ');
    if (changed.right != null && card.right !== changed.right) {
      // A masked field still answers; a refused one is gone for whoever lacks the right.
      const level = changed.mask == null ? 'BREAKING' : 'DANGEROUS';
      yield { kind: card.right == null ? 'CARD_RIGHT_ADDED' : 'CARD_RIGHT_CHANGED', coordinate, level, detail };
    } else if (Number(changed.grade) > Number(card.grade)) {
      yield { kind: 'CARD_GRADE_RAISED', coordinate, level: 'DANGEROUS', detail };
    } else {
      yield { kind: 'CARD_CHANGED', coordinate, level: 'SAFE', detail };
    }
  }
}

/** The field that an argument belongs to. */
function fieldOf(parts: ReadonlyMap<string, SchemaPart>, coordinate: string): SchemaPart | undefined {
  return parts.get(coordinate.replace(/\(.*$/, ''));
}

const WEIGHTS: Record<ChangeLevel, number> = { BREAKING: 0, DANGEROUS: 1, SAFE: 2 };

function byWeight(a: JudgedChange, b: JudgedChange): number {
  return WEIGHTS[a.level] - WEIGHTS[b.level] || (a.coordinate < b.coordinate ? -1 : 1);
}
