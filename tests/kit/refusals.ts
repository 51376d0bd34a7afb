import { expect } from 'vitest';
import type { Caller } from '../../subgraphs/kit/caller/caller.ts';
import type { TestSubgraph } from './open-test-subgraph.ts';

/** The fields that every mutation's test reads; `success` names what the success carries. */
export function mutationText(name: string, success: string): string {
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  return `mutation ($input: ${title}Input!) { ${name}(input: $input) {
    __typename ... on ${title}Success { ${success} } ... on Refusal { code culprit messageZh messageEn } } }`;
}

/** Runs a mutation that must be refused: the code in both languages, its culprit, and nothing written. */
export async function expectRefused(
  subgraph: TestSubgraph,
  caller: Caller,
  name: string,
  input: object,
  code: string,
  culprit: string,
) {
  const before = await subgraph.rowCounts();
  const { data, problems } = await subgraph.run(caller, mutationText(name, '__typename'), { input });
  expect(problems).toEqual([]);
  expect(data[name]).toMatchObject({ code, culprit });
  expect(data[name].messageZh).toMatch(/\p{Script=Han}/u);
  expect(data[name].messageEn).toMatch(/[a-z]/);
  expect(await subgraph.rowCounts()).toEqual(before);
  return data[name];
}

/** Runs a mutation that must succeed and returns what its success carries. */
export async function expectDone(subgraph: TestSubgraph, caller: Caller, name: string, input: object, success: string) {
  const { data, problems } = await subgraph.run(caller, mutationText(name, success), { input });
  expect(problems).toEqual([]);
  expect(data[name], JSON.stringify(data[name])).not.toHaveProperty('code');
  return data[name];
}
