import { describe, expect, test } from 'vitest';
import type { Caller } from '../../subgraphs/kit/caller/caller.ts';
import { fiftyAtOnce } from './fifty-at-once.ts';
import type { TestSubgraph } from './open-test-subgraph.ts';

type Input = Readonly<Record<string, unknown>>;

/** What a mutation does, what it leaves, and what it refuses. */
export interface MutationCase {
  readonly input: Input;
  /** Selection of its success. */
  readonly selection: string;
  readonly done: unknown;
  /** Types of its events, in order. */
  readonly events: readonly string[];
  readonly rowCount: number;
  /** Input that differs, and the code and culprit of the refusal. */
  readonly refused: readonly (readonly [what: string, input: Input, code: string, culprit: string])[];
  /** Of fifty callers at once one gets through; the others are told so. Undefined where no invariant is at stake. */
  readonly othersAtOnce?: string;
  /** What changes of the input with each of the fifty callers. */
  readonly varied?: (index: number) => Input;
}

export interface MutationWorld {
  readonly subgraph: () => TestSubgraph;
  readonly caller: Caller;
  /** Statement that answers with the rows that the mutation changes; the same before and after a refusal. */
  readonly state: string;
}

let keys = 0;

/** Sends a mutation of this name, as `defineMutation` declares it. */
export async function sendMutation(
  subgraph: TestSubgraph,
  caller: Caller,
  mutation: string,
  input: Input,
  selection = '',
) {
  const title = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}`;
  const success = selection === '' ? '' : `... on ${title}Success { ${selection} }`;
  const { data, problems, statements } = await subgraph.run(
    caller,
    `mutation ($input: ${title}Input!) { answer: ${mutation}(input: $input) { __typename ${success}
       ... on Refusal { code culprit messageZh messageEn } } }`,
    { input: { idempotencyKey: `case-of-${mutation}-${keys++}`, ...input } },
  );
  expect(problems).toEqual([]);
  return { ...data.answer, statements };
}

/** Tests that a mutation is done with its three traces, once for a key, and refused with nothing written. */
export function testMutation(mutation: string, world: MutationWorld, good: MutationCase): void {
  const { caller, subgraph } = world;
  const success = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Success`;
  const rows = async (text: string) => (await subgraph().pool.query(text)).rows;
  const left = async () => [await subgraph().rowCounts(), await rows(world.state)];

  describe(mutation, () => {
    test('it is done, leaves provenance and events, and is not done twice for one key', async () => {
      const input = { ...good.input, idempotencyKey: `once-${mutation}` };
      const { statements: _first, ...first } = await sendMutation(subgraph(), caller, mutation, input, good.selection);
      expect(first).toEqual({ __typename: success, ...(good.done as object) });
      expect(await rows("SELECT row_count FROM organizations.provenance WHERE kind = 'MUTATION'")).toEqual([
        { row_count: good.rowCount },
      ]);
      expect(await rows('SELECT event_type FROM organizations.outbox ORDER BY xid, ordinal')).toEqual(
        good.events.map((event_type) => ({ event_type })),
      );
      const before = await left();
      const { statements: _again, ...again } = await sendMutation(subgraph(), caller, mutation, input, good.selection);
      expect(again).toEqual(first);
      expect(await left()).toEqual(before);
    });

    test.each([
      ...good.refused.map((row) => [...row] as const),
      ['a malformed key', { idempotencyKey: 'short' }, 'IDEMPOTENCY_KEY_INVALID', 'input.idempotencyKey'] as const,
    ])('with %s it is refused, and nothing is written', async (_what, input, code, culprit) => {
      const before = await left();
      const answer = await sendMutation(subgraph(), caller, mutation, { ...good.input, ...input });
      expect(answer).toMatchObject({
        code,
        culprit,
        messageZh: /\p{Script=Han}/u.exec(answer.messageZh) && answer.messageZh,
      });
      expect(await left()).toEqual(before);
    });

    test('without the right nothing is written, and the right is named', async () => {
      const before = await left();
      const title = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}`;
      const { data, errors } = await subgraph().run(
        { ...caller, rights: new Set() },
        `mutation ($input: ${title}Input!) { ${mutation}(input: $input) { __typename } }`,
        { input: { ...good.input, idempotencyKey: `right-of-${mutation}` } },
      );
      expect(data).toEqual({ [mutation]: null });
      expect(errors[0]?.extensions).toMatchObject({ code: 'FIELD_RIGHT_MISSING', right: [...caller.rights][0] });
      expect(await left()).toEqual(before);
    });

    const { othersAtOnce } = good;
    if (othersAtOnce === undefined) return;
    test('of 50 callers at once one gets through', async () => {
      const answers = await fiftyAtOnce(mutation, (index) =>
        sendMutation(subgraph(), caller, mutation, { ...good.input, ...good.varied?.(index) }),
      );
      expect(answers.filter(({ __typename }) => __typename === success)).toHaveLength(1);
      expect(new Set(answers.flatMap(({ code }) => code ?? []))).toEqual(new Set([othersAtOnce]));
      expect(await rows("SELECT row_count FROM organizations.provenance WHERE kind = 'MUTATION'")).toEqual([
        { row_count: good.rowCount },
      ]);
    });
  });
}
