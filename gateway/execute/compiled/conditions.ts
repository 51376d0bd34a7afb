import { type DirectiveNode, Kind } from 'graphql';
import { assertPlainName, CannotCompile } from './cannot-compile.ts';

/** One variable that must be true, or false when negated. */
export interface Test {
  readonly variable: string;
  readonly expected: boolean;
}

/** All tests must hold; the empty conjunction always does. */
export type Conjunction = readonly Test[];

/** At least one conjunction must hold; without any, none does. */
export type Condition = readonly Conjunction[];

/** Always holds. */
export const ALWAYS: Condition = [[]];

/** What `@skip` and `@include` of one selection ask for; undefined when literals exclude it for good. */
export function readConjunction(directives: readonly DirectiveNode[] | undefined): Conjunction | undefined {
  const tests: Test[] = [];
  for (const directive of directives ?? []) {
    const name = directive.name.value;
    if (name !== 'skip' && name !== 'include') throw new CannotCompile(`directive @${name}`);
    const expected = name === 'include';
    const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
    if (value?.kind === Kind.BOOLEAN) {
      if (value.value !== expected) return undefined;
    } else if (value?.kind === Kind.VARIABLE) {
      assertPlainName(value.name.value);
      tests.push({ variable: value.name.value, expected });
    } else {
      throw new CannotCompile(`the argument of @${name}`);
    }
  }
  return tests;
}

/** Both conjunctions together, each test once; undefined when they contradict each other. */
export function both(left: Conjunction, right: Conjunction): Conjunction | undefined {
  const tests = [...left];
  for (const test of right) {
    const known = tests.find(({ variable }) => variable === test.variable);
    if (known === undefined) tests.push(test);
    else if (known.expected !== test.expected) return undefined;
  }
  return tests;
}

export function holdsAlways(condition: Condition): boolean {
  return condition.some((conjunction) => conjunction.length === 0);
}

export function sameConjunction(left: Conjunction, right: Conjunction): boolean {
  const holds = (test: Test) =>
    right.some(({ variable, expected }) => variable === test.variable && expected === test.expected);
  return left.length === right.length && left.every(holds);
}

/** The condition as a JavaScript expression over an object of variables. */
export function conditionCode(condition: Condition, variables: string): string {
  if (holdsAlways(condition)) return 'true';
  const conjunctions = condition.map((conjunction) =>
    conjunction
      .map(({ variable, expected }) => `${variables}[${JSON.stringify(variable)}]===${String(expected)}`)
      .join('&&'),
  );
  return conjunctions.length === 0 ? 'false' : `(${conjunctions.join('||')})`;
}

export function conditionHolds(condition: Condition, variables: Readonly<Record<string, unknown>>): boolean {
  return condition.some((conjunction) =>
    conjunction.every(({ variable, expected }) => variables[variable] === expected),
  );
}
