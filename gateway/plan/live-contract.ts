import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  parse,
  print,
} from 'graphql';
import type { PublishedField, PublishedGraph, PublishedOperation } from '../../subgraphs/kit/catalog-port.ts';
import { cardArguments, GRAPH_CARD } from '../../subgraphs/kit/graph/data-card.ts';
import type { Graph } from '../graph.ts';
import { splitDescription } from './description.ts';
import { enumDictionaries, standardDictionaries } from './dictionaries.ts';
import { directiveArguments } from './directive-arguments.ts';

type Card = PublishedField['card'];

/** What the catalogue keeps of a graph; its fields are only read when they are wanted. */
export function describeGraph(
  { apiSdl, subgraphs, supergraphSdl }: Pick<Graph, 'apiSdl' | 'subgraphs' | 'supergraphSdl'>,
  operations: readonly PublishedOperation[],
): PublishedGraph {
  return {
    schemas: [...subgraphs.map(({ name, sdl }) => ({ graph: name, sdl })), { graph: 'supergraph', sdl: supergraphSdl }],
    readFields: () => publishedFields(subgraphs),
    operations,
    release: { supergraphSdl, apiSdl, contracts: subgraphs.map(({ name, sdl }) => ({ name, sdl })) },
    standards: standardDictionaries(),
    readEnums: () => enumDictionaries(subgraphs),
  };
}

/**
 * Every field of the live graph with its data card, read from the contracts that were composed: the catalogue lists
 * what is served, not what somebody once wrote down. Sorted by coordinate.
 */
export function publishedFields(contracts: readonly { name: string; sdl: string }[]): PublishedField[] {
  const fields = new Map<string, PublishedField>();
  for (const { name, sdl } of contracts) {
    for (const { typeName, field } of fieldsOf(parse(sdl, { noLocation: true }))) {
      // Another subgraph's, which this one only looks at.
      if (field.directives?.some(({ name: { value } }) => value === 'external')) continue;
      const coordinate = `${typeName}.${field.name.value}`;
      const known = fields.get(coordinate);
      if (known !== undefined) {
        fields.set(coordinate, { ...known, subgraphs: [...known.subgraphs, name].sort() });
        continue;
      }
      fields.set(coordinate, {
        coordinate,
        typeName,
        fieldName: field.name.value,
        fieldType: print(field.type),
        subgraphs: [name],
        ...splitDescription(field.description?.value ?? ''),
        card: readCard(field.directives),
        deprecationReason: readDeprecation(field.directives),
      });
    }
  }
  return [...fields.values()].sort((a, b) => (a.coordinate < b.coordinate ? -1 : 1));
}

/**
 * Arguments (`Query.personByCitizenId(citizenId:)`) and input fields (`PersonFilter.bornFrom`) whose card demands a
 * right: their values are protected and must not travel in a URL.
 */
export function protectedInputs(document: DocumentNode): Set<string> {
  const found = new Set<string>();
  const isProtected = (node: InputValueDefinitionNode) =>
    directiveArguments(node.directives, 'card')?.right !== undefined;
  for (const { typeName, field } of fieldsOf(document)) {
    for (const argument of field.arguments ?? []) {
      if (isProtected(argument)) found.add(`${typeName}.${field.name.value}(${argument.name.value}:)`);
    }
  }
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION) continue;
    for (const field of definition.fields ?? []) {
      if (isProtected(field)) found.add(`${definition.name.value}.${field.name.value}`);
    }
  }
  return found;
}

function* fieldsOf(document: DocumentNode): Generator<{ typeName: string; field: FieldDefinitionNode }> {
  for (const definition of document.definitions) {
    if (
      definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
      definition.kind === Kind.OBJECT_TYPE_EXTENSION ||
      definition.kind === Kind.INTERFACE_TYPE_DEFINITION
    ) {
      for (const field of definition.fields ?? []) {
        // What no client can ask for is no item of the catalogue.
        const isHidden = directiveArguments(field.directives, 'inaccessible') !== undefined;
        if (!isHidden) yield { typeName: definition.name.value, field };
      }
    }
  }
}

/** A field without a card exists on the graph only: connections, payloads, interfaces. */
function readCard(directives: readonly ConstDirectiveNode[] | undefined): Card {
  return (directiveArguments(directives, 'card') ?? cardArguments(GRAPH_CARD)) as unknown as Card;
}

function readDeprecation(directives: readonly ConstDirectiveNode[] | undefined): string | null {
  const deprecated = directiveArguments(directives, 'deprecated');
  return deprecated === undefined ? null : String(deprecated.reason ?? 'No longer supported');
}
