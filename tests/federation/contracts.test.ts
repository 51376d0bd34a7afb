import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { Kind, parse } from 'graphql';
import { expect, test } from 'vitest';
import { printContracts } from '../../gateway/contracts.ts';
import { nominalUrl } from '../../gateway/open-graph.ts';
import { publishedFields } from '../../gateway/plan/live-contract.ts';
import { contractFolder, findReviewedSupergraph } from '../../gateway/plan/reviewed-supergraph.ts';
import { isDepartmentCode } from '../../subgraphs/kit/codes/departments.ts';
import { assertCard } from '../../subgraphs/kit/graph/data-card.ts';
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
