import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AttackHub, openAttackHub } from './attack-hub.ts';

const PERSON = 'Person:019f1641-3500-7000-a000-0acbc518a266';
const QUERY = `query ($id: ID!) { person(id: $id) { name birthDate phone
  household { members(first: 3) { nodes { name phone } } } } }`;
/** More often than a document is run before it is compiled. */
const OFTEN = 12;

let attack: AttackHub;
beforeAll(async () => {
  attack = await openAttackHub();
});
afterAll(() => attack?.[Symbol.asyncDispose]());

const clear = { 'x-yiyun-unmask': 'true' };
const covered = { 'x-yiyun-unmask': 'false' };
type Read = { person: { name: string | null; birthDate: string | null; phone: string | null } };

async function readAs(role: 'system' | 'frontend', headers: Record<string, string> = {}) {
  const { data, codes, ledger, text } = await attack.ask(role, QUERY, { id: PERSON }, headers);
  return { person: (data as Read).person, codes, ledger, text };
}

test('a program that was compiled without guards, for whom all is open, serves nobody else', async () => {
  const truth = (await readAs('system', clear)).person;
  expect(truth.birthDate).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(truth.phone).toMatch(/^\d{11}$/);
  for (let run = 0; run < OFTEN; run++) {
    // One after another, each time what was compiled for the other is at hand.
    const open = await readAs('system', clear);
    expect(open.person).toEqual(truth);
    expect(open.ledger).toEqual(['READ', 'UNMASKED']);
    const masked = await readAs('system', covered);
    expect(masked.person.birthDate).toBe(truth.birthDate);
    expect(masked.person.phone).not.toBe(truth.phone);
    expect(masked.text).not.toContain(truth.phone);
    const closed = await readAs('frontend');
    expect(closed.person.birthDate).toBeNull();
    expect(new Set(closed.codes)).toEqual(new Set(['FIELD_RIGHT_MISSING']));
    for (const value of [truth.birthDate, truth.phone]) expect(closed.text).not.toContain(value);
  }
});

test('both at once, in one turn of the hub, each get their own', async () => {
  const headersOf = (index: number) => (index % 2 === 0 ? clear : covered);
  const truth = (await readAs('system', clear)).person;
  const answers = await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      const response = await attack.hub.ask('system', QUERY, { id: PERSON }, headersOf(index));
      return (response.data as Read).person.phone;
    }),
  );
  for (const [index, phone] of answers.entries()) {
    if (index % 2 === 0) expect(phone).toBe(truth.phone);
    else expect(phone).not.toBe(truth.phone);
  }
});
