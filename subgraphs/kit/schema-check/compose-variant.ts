import { composeSchemaContract } from '@theguild/federation-composition';
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  parse,
  print,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { composeGraph, printComposed } from './compose-graph.ts';
import type { ComposedVariant, VariantFilter, VariantRequest } from './graph-variant.ts';
import { removalDate } from './lint-parts.ts';
import { nominalUrl } from './nominal-url.ts';

/** Marks what a contract leaves out; no contract of a department may carry it. */
const OUTSIDE = 'yiyun-outside';

/** Composes contracts as they are, or the part of them that a filter keeps. */
export function composeVariant({ contracts, filter }: VariantRequest): ComposedVariant {
  const given = contracts.map(({ name, sdl, url }) => ({ name, sdl, url: url ?? nominalUrl(name) }));
  if (filter?.kind !== 'CONTRACT') {
    const kept =
      filter === undefined ? given : given.map((contract) => ({ ...contract, sdl: withoutAnnounced(contract.sdl) }));
    return answer(composeGraph(kept));
  }
  const services = given.map(({ name, sdl, url }) => ({ name, url, typeDefs: marked(parse(sdl), filter) }));
  const {
    errors = [],
    supergraphSdl,
    publicSdl,
  } = composeSchemaContract(services, { include: new Set(), exclude: new Set([OUTSIDE]) }, true);
  if (errors.length > 0) return { findings: errors.map(({ message }) => message) };
  if (supergraphSdl === undefined || publicSdl === undefined) return { findings: ['nothing was composed'] };
  return answer({ supergraphSdl, publicSdl });
}

function answer(composition: ReturnType<typeof composeGraph>): ComposedVariant {
  return 'findings' in composition ? composition : printComposed(composition);
}

type Part = FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode;

/** The contract without its deprecated parts whose removal date has been announced. */
function withoutAnnounced(sdl: string): string {
  const keep = (part: Part) => {
    const reason = argumentsOf(part.directives, 'deprecated')?.reason;
    return removalDate(String(reason ?? '')) === undefined ? undefined : null;
  };
  const left = visit(parse(sdl), { FieldDefinition: keep, InputValueDefinition: keep, EnumValueDefinition: keep });
  return printDocument(left);
}

/** A definition of which nothing is left is none. */
function printDocument(document: DocumentNode): string {
  const definitions = document.definitions.filter(
    (definition) => !('fields' in definition) || definition.fields?.length !== 0,
  );
  return print({ ...document, definitions });
}

/** The contract with everything marked that the filter leaves out, and with what a mark needs. */
function marked(document: DocumentNode, filter: Extract<VariantFilter, { kind: 'CONTRACT' }>): DocumentNode {
  let tagged = false;
  const mark = <Node extends Part>(part: Node): Node | undefined => {
    if (isKept(part, filter)) return undefined;
    tagged = true;
    return { ...part, directives: [...(part.directives ?? []), OUTSIDE_TAG] };
  };
  const made = visit(document, {
    FieldDefinition: (node) => mark(node),
    // An argument or input that must be given cannot be left out without what it belongs to.
    InputValueDefinition: (node) => (node.type.kind === Kind.NON_NULL_TYPE ? undefined : mark(node)),
    EnumValueDefinition: (node) => mark(node),
  });
  return tagged ? importing(made, '@tag') : made;
}

const OUTSIDE_TAG: ConstDirectiveNode = {
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: 'tag' },
  arguments: [
    { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'name' }, value: { kind: Kind.STRING, value: OUTSIDE } },
  ],
};

function isKept(
  part: Part,
  { maxGrade, includeTags, excludeTags }: Extract<VariantFilter, { kind: 'CONTRACT' }>,
): boolean {
  const grade = Number(argumentsOf(part.directives, 'card')?.grade ?? 1);
  const tags = (part.directives ?? [])
    .filter(({ name }) => name.value === 'tag')
    .map((directive) => String(argumentsOf([directive], 'tag')?.name));
  if (grade > maxGrade || tags.some((tag) => excludeTags.includes(tag))) return false;
  return (
    part.kind !== Kind.FIELD_DEFINITION ||
    includeTags.length === 0 ||
    tags.length === 0 ||
    tags.some((tag) => includeTags.includes(tag))
  );
}

/** The contract with one more name taken over from the federation specification. */
function importing(document: DocumentNode, name: string): DocumentNode {
  return visit(document, {
    Directive(directive) {
      if (directive.name.value !== 'link') return undefined;
      const url = directive.arguments?.find((argument) => argument.name.value === 'url')?.value;
      if (url?.kind !== Kind.STRING || !url.value.includes('/federation/')) return undefined;
      return {
        ...directive,
        arguments: (directive.arguments ?? []).map((argument) => {
          const { value } = argument;
          if (argument.name.value !== 'import' || value.kind !== Kind.LIST) return argument;
          if (value.values.some((item) => item.kind === Kind.STRING && item.value === name)) return argument;
          return { ...argument, value: { ...value, values: [...value.values, { kind: Kind.STRING, value: name }] } };
        }),
      };
    },
  });
}

function argumentsOf(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): Record<string, unknown> | undefined {
  const directive = directives?.find((candidate) => candidate.name.value === name);
  if (directive === undefined) return undefined;
  return Object.fromEntries(
    (directive.arguments ?? []).map(({ name: { value }, value: node }) => [value, valueFromASTUntyped(node)]),
  );
}
