import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AttackHub, expectRefused, openAttackHub } from './attack-hub.ts';

let attack: AttackHub;
beforeAll(async () => {
  attack = await openAttackHub();
});
afterAll(() => attack?.[Symbol.asyncDispose]());

const times = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join(' ');
const nest = (depth: number, open: string, core: string) => `${open.repeat(depth)}${core}${' }'.repeat(depth)}`;

describe('a flood is refused before anything runs:', () => {
  test.each([
    ['aliases of one root field', `{ ${times(61, (i) => `a${i}: loadedCity { city }`)} }`, 'ROOT_FIELDS_EXCEEDED'],
    ['aliases below', `{ loadedCity { ${times(61, (i) => `a${i}: city`)} } }`, 'ALIASES_EXCEEDED'],
    ['a field repeated without an alias', `{ loadedCity { ${times(80, () => 'city')} } }`, 'ALIASES_EXCEEDED'],
    [
      'aliases hidden in fragments',
      `{ loadedCity { ${times(8, () => '...f')} } } fragment f on LoadedCity { ${times(9, (i) => `a${i}: city`)} }`,
      'ALIASES_EXCEEDED',
    ],
    ['directives', `{ loadedCity { city ${times(61, () => '@include(if: true)')} } }`, 'DIRECTIVES_EXCEEDED'],
    ['unknown directives', `{ loadedCity { city ${times(61, (i) => `@d${i}`)} } }`, 'DIRECTIVES_EXCEEDED'],
    ['tokens', `{ loadedCity { ${'city '.repeat(5_000)} } }`, 'DOCUMENT_TOO_LONG'],
    ['tokens in a literal', `{ divisions(filter: {${'a: 1 '.repeat(2_000)}}) { totalCount } }`, 'DOCUMENT_TOO_LONG'],
    [
      'depth',
      `{ grids(first: 1) { nodes { ${nest(15, 'community { grids { nodes { ', 'name').replace(/( \})+$/, ' }'.repeat(45))} } } }`,
      'DEPTH_EXCEEDED',
    ],
    [
      'depth of a literal',
      `{ divisions(filter: ${'{a: '.repeat(20)}1${'}'.repeat(20)}) { totalCount } }`,
      'DEPTH_EXCEEDED',
    ],
    ['nested introspection', `{ __schema { ${nest(22, 'x { ', 'y')} } }`, 'DEPTH_EXCEEDED'],
    [
      'root fields of a mutation',
      `mutation { ${times(21, (i) => `m${i}: registerSystem(input: { code: "a${i}", name: "系统", departmentCode: "civil-affairs", tier: SYSTEM, idempotencyKey: "flood-${i}-key" }) { __typename }`)} }`,
      'ROOT_FIELDS_EXCEEDED',
    ],
    [
      'pages of pages',
      '{ communities(first: 100) { nodes { residents(first: 100) { nodes { household { members(first: 100) { nodes { name } } } } } } } }',
      'COST_EXCEEDED',
    ],
  ])('%s', async (_what, query, code) => {
    expectRefused(await attack.ask('system', query), code);
  });

  test('fragments in a circle', async () => {
    const outcome = await attack.ask(
      'system',
      '{ loadedCity { ...a } } fragment a on LoadedCity { ...b } fragment b on LoadedCity { ...a }',
    );
    expectRefused(outcome, 'DOCUMENT_INVALID');
  });

  test('fragments that double each other', async () => {
    const bombs = times(25, (i) => `fragment f${i} on LoadedCity { ...f${i + 1} ...f${i + 1} }`);
    const started = performance.now();
    const outcome = await attack.ask(
      'system',
      `{ loadedCity { ...f0 } } ${bombs} fragment f25 on LoadedCity { a: city }`,
    );
    expectRefused(outcome, 'ALIASES_EXCEEDED');
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  test('a batch of requests', async () => {
    const outcome = await attack.send({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await attack.hub.tokenOf('system')}` },
      payload: JSON.stringify([{ query: '{ loadedCity { city } }' }, { query: '{ loadedCity { city } }' }]),
    });
    expectRefused(outcome, 'BATCHING_REFUSED');
    expect(outcome.status).toBe(400);
  });

  test('a body larger than allowed', async () => {
    const outcome = await attack.ask('system', `{ loadedCity { city } } # ${'x'.repeat(300_000)}`);
    expectRefused(outcome, 'BODY_TOO_LARGE');
    expect(outcome.status).toBe(413);
  });

  test('page sizes in variables are counted as they come', async () => {
    const query =
      'query ($n: Int!) { communities(first: $n) { nodes { residents(first: $n) { nodes { household { members(first: 100) { nodes { name } } } } } } } }';
    expectRefused(await attack.ask('system', query, { n: 100 }), 'COST_EXCEEDED');
  });
});
