import {
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  parse,
  print,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { composeGraph, printComposed } from './compose-graph.ts';
import { filterContracts } from './filter-contracts.ts';
import type { ComposedVariant, VariantRequest } from './graph-variant.ts';
import { removalDate } from './lint-parts.ts';
import { nominalUrl } from './nominal-url.ts';

/** Composes contracts as they are, or the part of them that a filter keeps. */
export function composeVariant({ contracts, filter }: VariantRequest): ComposedVariant {
  const given = contracts.map(({ name, sdl, url }) => ({ name, sdl, url: url ?? nominalUrl(name) }));
  const documents = filter === undefined ? [] : given.map(({ sdl }) => parse(sdl, { noLocation: true }));
  const kept =
    filter === undefined
      ? documents
      : filter.kind === 'CONTRACT'
        ? filterContracts(documents, filter)
        : documents.map(withoutAnnounced);
  const composition = composeGraph(
    given.map((contract, at) => {
      const document = kept[at];
      return document === undefined ? contract : { ...contract, sdl: print(document) };
    }),
  );
  return 'findings' in composition ? composition : printComposed(composition);
}

/** The contract without its deprecated parts whose removal date has been announced; a type without a part is none. */
function withoutAnnounced(document: DocumentNode): DocumentNode {
  const keep = (part: FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode) => {
    const deprecated = part.directives?.find(({ name }) => name.value === 'deprecated');
    const reason = deprecated?.arguments?.find(({ name }) => name.value === 'reason')?.value;
    const text = reason === undefined ? '' : String(valueFromASTUntyped(reason));
    return removalDate(text) === undefined ? undefined : null;
  };
  const left = visit(document, { FieldDefinition: keep, InputValueDefinition: keep, EnumValueDefinition: keep });
  const definitions = left.definitions.filter(
    (definition) => !('fields' in definition) || definition.fields?.length !== 0,
  );
  return { ...left, definitions };
}
