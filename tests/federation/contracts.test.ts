import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import {
  buildSchema,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  parse,
  type TypeNode,
} from 'graphql';
import { expect, test } from 'vitest';
import { printContracts } from '../../gateway/contracts.ts';
import { ACCESS_SUBJECT_FIELD } from '../../gateway/plan/access-subjects.ts';
import { directiveArguments } from '../../gateway/plan/directive-arguments.ts';
import { publishedFields } from '../../gateway/plan/live-contract.ts';
import { contractFolder, findReviewedSupergraph } from '../../gateway/plan/reviewed-supergraph.ts';
import { isDepartmentCode } from '../../subgraphs/kit/codes/departments.ts';
import { isRightCode } from '../../subgraphs/kit/codes/rights.ts';
import { assertCard } from '../../subgraphs/kit/graph/data-card.ts';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import { nominalUrl } from '../../subgraphs/kit/schema-check/nominal-url.ts';
import { subgraphs } from '../../subgraphs/registry.ts';

const printed = printContracts();
const contracts = subgraphs.map(({ name }) => ({ name, sdl: printed[`${name}.graphql`] ?? '' }));

test.each(Object.keys(printed))('schema/%s is what the code makes; npm run contracts prints it anew', (file) => {
  expect(readFileSync(join(contractFolder, file), 'utf8')).toBe(printed[file]);
});

test('the hub starts on the reviewed supergraph when it runs exactly the reviewed contracts, and composes otherwise', () => {
  const reviewed = findReviewedSupergraph(contracts);
  expect(reviewed?.supergraphSdl).toBe(printed['supergraph.graphql']);
  expect(findReviewedSupergraph(contracts.slice(1))).toBeUndefined();
  expect(
    findReviewedSupergraph(
      contracts.map(({ name, sdl }) => ({ name, sdl: name === 'party' ? `${sdl}# changed` : sdl })),
    ),
  ).toBeUndefined();
});

test('the contracts compose with a composer of another maker, too', () => {
  const { errors, supergraphSdl } = composeServices(
    contracts.map(({ name, sdl }) => ({ name, url: nominalUrl(name), typeDefs: parse(sdl) })),
  );
  expect(errors ?? []).toEqual([]);
  expect(supergraphSdl).toContain('directive @card(');
});

test('a stock reader of the supergraph finds no fault in it: no item has two cards', () => {
  expect(() => buildSchema(printed['supergraph.graphql'] ?? '')).not.toThrow();
  expect(() => buildSchema(printed['api.graphql'] ?? '')).not.toThrow();
});

test('each subgraph declares exactly the entities that it can resolve by itself', () => {
  for (const { name, sdl } of contracts) {
    const keyed = parse(sdl).definitions.flatMap((definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION &&
      definition.directives?.some((directive) => directive.name.value === 'key') &&
      // A reference to another subgraph's entity has no more than its id and what this subgraph adds to it.
      definition.description !== undefined
        ? [definition.name.value]
        : [],
    );
    const declared = subgraphs.find((subgraph) => subgraph.name === name)?.entities ?? [];
    expect(keyed.sort(), name).toEqual([...declared].sort());
  }
});

/** Ids of own entities under another name; their subgraph looks them up in the mutation's own transaction. */
const OWN_BY_ANOTHER_NAME = new Set([
  'AddDeliberationPostInput.parentId',
  'AddWorkListEntryInput.previousId',
  'AdvanceCatalogueSubmissionInput.id',
  'AdvanceSchemaProposalInput.id',
  'AdvanceSharingRequestInput.id',
  'AdvanceVerificationTicketInput.id',
  'AdvanceSupervisionFindingInput.findingId',
  'CertifyVolunteeringInput.recordId',
  'ClaimListEntryInput.entryId',
  'AdvanceVolunteerRecordInput.recordId',
  'ClearBurdenItemInput.mergedIntoId',
  'EndPartyEngagementInput.engagementId',
  'FulfilListEntryInput.entryId',
  'HoldJointConferenceInput.presentPartyIds',
  'OpenDeliberationInput.catalogItemId',
  'MergePersonsInput.mergedId',
  'MergePersonsInput.survivorId',
  'RecordVolunteeringInput.activityId',
  'RegisterAddressInput.parentId',
  'IssuePolicyDocumentInput.parentId',
  'RegisterOrganizationInput.parentId',
  'SignSchemaProposalInput.id',
  'SplitPersonsInput.mergedId',
  'StartEngagementInput.holderId',
  'StartEngagementInput.subjectId',
]);

test('every id that a mutation takes names an entity of its own subgraph, or one that its owner is asked for', () => {
  const owners = new Map<string, string>();
  for (const subgraph of subgraphs) for (const entity of subgraph.entities) owners.set(entity, subgraph.name);
  const unchecked: string[] = [];
  const wrong: string[] = [];
  const declared: string[] = [];
  for (const { name, sdl } of contracts) {
    const document = parse(sdl);
    const own = [...owners].flatMap(([entity, owner]) => (owner === name ? [entity] : []));
    for (const { field, input, coordinate } of mutationInputs(document)) {
      if (baseName(input.type) !== 'ID') continue;
      const directive = directiveArguments(input.directives, 'references');
      if (directive === undefined && OWN_BY_ANOTHER_NAME.has(coordinate)) continue;
      if (directive === undefined) {
        // `toOrganizationId` is the key of an own PartyOrganization; what is not named after an own entity is foreign.
        const noun = /(\p{Lu}?\p{Ll}+)Ids?$/u.exec(input.name.value)?.[1] ?? '';
        const suffix = noun.charAt(0).toUpperCase() + noun.slice(1);
        if (noun === '' || !own.some((entity) => entity.endsWith(suffix))) unchecked.push(coordinate);
        continue;
      }
      declared.push(coordinate);
      const refusable = unionMembers(document, baseName(field.type)).includes('NotFoundRefusal');
      if (!(directive.type === 'Node' || owners.has(String(directive.type))) || !refusable) wrong.push(coordinate);
    }
  }
  expect(unchecked).toEqual([]);
  expect(wrong).toEqual([]);
  expect(declared).toContain('ReportIncidentInput.gridId');
});

/** Every argument and input field that a mutation takes, however deep. */
function mutationInputs(document: DocumentNode) {
  const definitions = document.definitions;
  const found: { field: FieldDefinitionNode; input: InputValueDefinitionNode; coordinate: string }[] = [];
  for (const definition of definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION || definition.name.value !== 'Mutation') continue;
    for (const field of definition.fields ?? []) {
      const seen = new Set<string>();
      const collect = (owner: string, inputs: readonly InputValueDefinitionNode[]): void => {
        for (const input of inputs) {
          found.push({ field, input, coordinate: `${owner}.${input.name.value}` });
          const type = baseName(input.type);
          const below = definitions.find(
            (candidate) => candidate.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && candidate.name.value === type,
          );
          if (below?.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION || seen.has(type)) continue;
          seen.add(type);
          collect(type, below.fields ?? []);
        }
      };
      collect(`Mutation.${field.name.value}`, field.arguments ?? []);
    }
  }
  return found;
}

function baseName(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : baseName(type.type);
}

function unionMembers(document: DocumentNode, name: string): string[] {
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.UNION_TYPE_DEFINITION && definition.name.value === name
      ? (definition.types ?? []).map((member) => member.name.value)
      : [],
  );
}

test('whose data a row is, is for the access log alone: clients see no such field', () => {
  const api = readFileSync(join(projectRoot, 'schema', 'api.graphql'), 'utf8');
  expect(api).not.toContain(ACCESS_SUBJECT_FIELD);
  expect(contracts.some(({ sdl }) => sdl.includes(ACCESS_SUBJECT_FIELD))).toBe(true);
});

test('every mutation names the right that it takes; what residents do themselves has rights of its own', () => {
  const mutations = publishedFields(contracts).filter(({ typeName }) => typeName === 'Mutation');
  const open = mutations.filter(({ card }) => card.right === undefined || !isRightCode(card.right));
  expect(open.map(({ coordinate }) => coordinate)).toEqual([]);
  expect(mutations.length).toBeGreaterThan(150);
});

test('every field says in both languages what it is, and which department is its source', () => {
  const fields = publishedFields(contracts).filter(({ fieldName }) => fieldName !== 'id');
  const silent = fields.filter(
    ({ descriptionZh, descriptionEn }) =>
      !/\p{Script=Han}|SDL|GraphQL/u.test(descriptionZh) || !/[A-Za-z]/.test(descriptionEn),
  );
  expect(silent.map(({ coordinate }) => coordinate)).toEqual([]);
  expect(fields.filter(({ card }) => !isDepartmentCode(card.source)).map(({ coordinate }) => coordinate)).toEqual([]);
  expect(fields.length).toBeGreaterThan(200);
});

test('personal data outside the graph’s own structure is never unconditional', () => {
  const open = publishedFields(contracts).filter(
    ({ card }) =>
      card.category === 'SENSITIVE_PERSONAL' && (card.sharing === 'UNCONDITIONAL' || card.right === undefined),
  );
  expect(open.map(({ coordinate }) => coordinate)).toEqual([]);
});

test('what is not shared states its legal ground', () => {
  const groundless = publishedFields(contracts).filter(
    ({ card }) => card.sharing === 'NOT_SHARED' && (card.sharingBasis ?? '').trim() === '',
  );
  expect(groundless.map(({ coordinate }) => coordinate)).toEqual([]);
  const card = {
    source: 'health',
    sharing: 'NOT_SHARED',
    grade: 4,
    category: 'PERSONAL',
    updateCycle: 'DAILY',
  } as const;
  expect(() => assertCard('Person.diagnosis', card)).toThrow('Person.diagnosis: 不予共享');
  expect(() => assertCard('Person.diagnosis', { ...card, sharingBasis: '《传染病防治法》' })).not.toThrow();
});

/** Names in the registry of systems that are words of everybody's, not of one city. */
const COMMON_WORDS = new Set(['案件码', '视频会议']);

test('names of one city’s systems and campaigns are rows of the registry, never values or words of the contracts', () => {
  const registry = JSON.parse(readFileSync(join(projectRoot, 'prisma/seed/data/department-systems.json'), 'utf8')) as {
    readonly systems: readonly { readonly code: string; readonly name?: string | null; readonly tier: string }[];
  };
  const systems = registry.systems.filter(({ tier }) => !['CLOUD', 'PLATFORM', 'BRAIN'].includes(tier));
  expect(systems.length).toBeGreaterThan(30);
  const codes = new Set(systems.map(({ code }) => code.toUpperCase().replaceAll('-', '_')));
  const found: string[] = [];
  for (const { sdl } of contracts) {
    for (const definition of parse(sdl).definitions) {
      if (definition.kind !== Kind.ENUM_TYPE_DEFINITION) continue;
      for (const { name } of definition.values ?? []) {
        if (codes.has(name.value)) found.push(`${definition.name.value}.${name.value}`);
      }
    }
    for (const { name } of systems) {
      if (name != null && !COMMON_WORDS.has(name) && sdl.includes(name)) found.push(name);
    }
  }
  expect(found).toEqual([]);
});
