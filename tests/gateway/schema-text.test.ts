import { join } from 'node:path';
import { parse, print } from 'graphql';
import { expect, test } from 'vitest';
import { loadPlanner } from '../../gateway/execute/compiled/planner.ts';
import { readExamples } from '../../gateway/operations/examples.ts';
import { readReviewed } from '../../gateway/plan/reviewed-supergraph.ts';
import { forPlanner, parseSchema } from '../../gateway/plan/schema-text.ts';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';

const reviewed = (name: string) => readReviewed(name) ?? '';

test('a schema parsed with shared directives is the schema', () => {
  for (const name of ['api', 'supergraph']) {
    expect(print(parseSchema(reviewed(name))), name).toBe(print(parse(reviewed(name))));
  }
});

test('directives that say the same are one object, and what only looks like one stays text', () => {
  const document = parseSchema(`
    directive @card(right: String) on FIELD_DEFINITION
    """ As in @card(right: "x"), with \\""" inside. """
    type A { "@card(right: \\"x\\")" b: Int @card(right: "x)y") c(d: Int = 1 @old(since: 1)): Int @card(right: "x)y") }`);
  const [, type] = document.definitions;
  if (type?.kind !== 'ObjectTypeDefinition') throw new Error('no type');
  expect(type.description?.value).toContain('As in @card(right: "x"), with """ inside.');
  const [b, c] = type.fields ?? [];
  expect(b?.description?.value).toBe('@card(right: "x")');
  expect(b?.directives?.[0]?.name.value).toBe('card');
  expect(b?.directives?.[0]).toBe(c?.directives?.[0]);
  expect(c?.arguments?.[0]?.directives?.map(({ name }) => name.value)).toEqual(['old']);
});

test('every example operation is planned alike without descriptions and cards', () => {
  const whole = reviewed('supergraph');
  const bare = forPlanner(whole);
  expect(bare.length).toBeLessThan(whole.length / 3);
  const [plan, planBare] = [loadPlanner(whole), loadPlanner(bare)];
  const examples = readExamples(join(projectRoot, 'schema', 'operations'));
  expect(examples.length).toBeGreaterThan(150);
  for (const { name, document } of examples) {
    expect(
      outcome(() => planBare(document)),
      name,
    ).toEqual(outcome(() => plan(document)));
  }
});

function outcome(plan: () => unknown): unknown {
  try {
    return plan();
  } catch (error) {
    return String(error);
  }
}
