import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ObjectTypeDefinitionNode, parse } from 'graphql';
import { expect, test } from 'vitest';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';

/** Mutations under which nothing can be broken by others at the same time, and why. */
const FREE: Readonly<Record<string, string>> = {
  recordCareVisit: 'each visit is a row of its own',
  changeDwelling: 'the last word on use and area holds',
  createPost: 'each post is a row of its own',
  announceRecruitment: 'each recruitment is a row of its own',
  recordWorkerEvent: 'each event is a row of its own',
  recordWorkerPay: 'each payment is a row of its own',
  recordAppraisal: 'each appraisal is a row of its own',
};

/** Names of the mutations that a test of the folder sends fifty times at once. */
function sentAtOnce(subgraph: string): Set<string> {
  const folder = join(projectRoot, 'tests', 'subgraphs', subgraph);
  const names = new Set<string>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.test.ts'))) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, name = ''] of text.matchAll(/\b(?:fiftyAtOnce|tally|once|doneBy)\(\s*'(\w+)'/g)) names.add(name);
    // Tables of cases: `testMutation` sends fifty where it is said what the others are answered.
    for (const block of text.split('testMutation(').slice(1)) {
      const name = /^\s*'(\w+)'/.exec(block)?.[1];
      if (name !== undefined && /othersAtOnce: '/.test(block)) names.add(name);
    }
    for (const [, names_ = ''] of text.matchAll(/test\.each\(\[([^;]*?)\]\)\('of fifty who write/g))
      for (const [, name = ''] of names_.matchAll(/\['(\w+)'/g)) names.add(name);
  }
  return names;
}

test.each(['people', 'organizations'])(
  'every mutation of %s is sent by fifty callers at once in a test, or it is said why nothing can break',
  (subgraph) => {
    const { definitions } = parse(readFileSync(join(projectRoot, 'schema', `${subgraph}.graphql`), 'utf8'));
    const mutations = definitions
      .filter(
        (one): one is ObjectTypeDefinitionNode =>
          (one.kind === 'ObjectTypeDefinition' || (one.kind as string) === 'ObjectTypeExtension') &&
          (one as ObjectTypeDefinitionNode).name.value === 'Mutation',
      )
      .flatMap(({ fields }) => fields?.map(({ name }) => name.value) ?? []);
    expect(mutations.length).toBeGreaterThan(10);
    const sent = sentAtOnce(subgraph);
    expect(mutations.filter((name) => !sent.has(name) && !(name in FREE))).toEqual([]);
    expect(mutations.filter((name) => sent.has(name) && name in FREE)).toEqual([]);
  },
);
