import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildASTSchema,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isUnionType,
  parse,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RightCode, rights } from '../../subgraphs/kit/codes/rights.ts';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import type { SubgraphDefinition } from '../../subgraphs/kit/subgraph-definition.ts';
import { organizations } from '../../subgraphs/organizations/index.ts';
import { people } from '../../subgraphs/people/index.ts';
import { openTestSubgraph, type TestSubgraph, testCaller } from '../kit/open-test-subgraph.ts';
import { insertOrganizations } from '../kit/organizations-rows.ts';
import { CITY, insertPeople, personKeys } from '../kit/people-rows.ts';

const ALL_RIGHTS = Object.keys(rights) as RightCode[];
const caller = testCaller([CITY], ...ALL_RIGHTS);

function contractOf(subgraph: string): GraphQLSchema {
  const text = readFileSync(join(projectRoot, 'schema', `${subgraph}.graphql`), 'utf8');
  return buildASTSchema(parse(text), { assumeValid: true, assumeValidSDL: true });
}

const SCALARS: Readonly<Record<string, unknown>> = {
  ...{ Int: 1, Float: 1, Boolean: true, LocalDate: '2026-06-01', DateTime: '2026-06-01T00:00:00Z' },
  String: '甲乙丙丁',
};

/** Something of the type that is well-formed and means nothing in particular. */
function anything(type: GraphQLInputType, name: string, key: string): unknown {
  if (isNonNullType(type)) return anything(type.ofType, name, key);
  if (isListType(type)) return [anything(type.ofType, name, key)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return Object.fromEntries(required.map((field) => [field.name, anything(field.type, field.name, key)]));
  }
  if (name === 'idempotencyKey') return key;
  if (type.name === 'ID') {
    const [, typeName = 'Person'] = /^(\w+?)Ids?$/.exec(name) ?? [];
    return `${typeName.charAt(0).toUpperCase()}${typeName.slice(1)}:${personKeys.zhang}`;
  }
  return SCALARS[type.name] ?? '甲乙丙丁';
}

describe.each([
  ['people', people as SubgraphDefinition<never>, insertPeople],
  ['organizations', organizations as SubgraphDefinition<never>, insertOrganizations],
] as const)('%s', (name, definition, insert) => {
  let subgraph: TestSubgraph;
  beforeAll(async () => {
    subgraph = await openTestSubgraph(definition);
    await insert(subgraph.pool);
  });
  afterAll(() => subgraph[Symbol.asyncDispose]());

  const contract = contractOf(name);
  const mutations = Object.values(contract.getMutationType()?.getFields() ?? {});

  async function send(mutation: string, input: unknown, as = caller) {
    const type = contract.getMutationType()?.getFields()[mutation]?.args[0]?.type;
    const answer = await subgraph.run(
      as,
      `mutation ($input: ${String(type)}) { answer: ${mutation}(input: $input) { __typename ... on Refusal { code culprit messageZh messageEn } } }`,
      { input },
    );
    return { answer: answer.data?.answer, problems: answer.problems };
  }

  test('the contract has the mutations that are walked', () => expect(mutations.length).toBeGreaterThan(10));

  test.each(mutations.map((field) => [field.name, field] as const))(
    '%s takes a key, refuses in two languages naming the culprit, and leaves nothing of what it refuses',
    async (mutation, { args, type }) => {
      const [input] = args;
      expect([args.length, input?.name]).toEqual([1, 'input']);
      const payload = isNonNullType(type) ? type.ofType : type;
      const members = isUnionType(payload) ? payload.getTypes().map((member) => member.name) : [];
      expect(members.filter((member) => member.endsWith('Success'))).toHaveLength(1);
      expect(members.filter((member) => member.endsWith('Refusal'))).toContain('InvalidInputRefusal');

      const given = anything(input?.type as GraphQLInputType, 'input', `walk-${mutation}`);
      const before = await subgraph.rowCounts();
      const without = await send(mutation, given, testCaller([CITY]));
      expect([without.answer, without.problems]).toEqual([null, ['FIELD_RIGHT_MISSING answer']]);
      const malformed = await send(mutation, { ...(given as object), idempotencyKey: 'x' });
      expect(malformed.answer).toMatchObject({ code: 'IDEMPOTENCY_KEY_INVALID', culprit: 'input.idempotencyKey' });
      expect(await subgraph.rowCounts()).toEqual(before);

      // What means nothing is refused with its reason or done; it never fails.
      const first = await send(mutation, given);
      expect(first.problems).toEqual([]);
      const after = await subgraph.rowCounts();
      if (first.answer.__typename.endsWith('Success')) {
        const written = ['provenance', 'outbox', 'idempotency'].map(
          (table) => (after[table] ?? 0) > (before[table] ?? 0),
        );
        expect(written).toEqual([true, true, true]);
      } else {
        expect(members).toContain(first.answer.__typename);
        expect(first.answer.culprit).toMatch(/^input\b/);
        expect(first.answer.messageZh).toMatch(/\p{Script=Han}/u);
        expect(first.answer.messageEn).toMatch(/[a-z]{2}/);
        expect(after).toEqual(before);
      }
      const again = await send(mutation, given);
      expect([again.answer, again.problems]).toEqual([first.answer, []]);
      expect(await subgraph.rowCounts()).toEqual(after);
    },
  );
});
