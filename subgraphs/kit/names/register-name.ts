import { createHash } from 'node:crypto';
import type { Caller } from '../caller/caller.ts';
import { type Refusal, refuse } from '../codes/refusals.ts';

/**
 * 姓名摘要 — says of a person's name whether another one is the same, and nothing else. Of the person's global id, too,
 * so that two namesakes show as two. Names are few enough to be guessed: it stays between subgraphs.
 */
export function nameDigest(personId: string, name: string): string {
  return createHash('sha256')
    .update(`${personId}\n${plainName(name)}`)
    .digest('base64url');
}

/** 间隔号 — what stands between the parts of a name is typed in many ways; the register has U+00B7. */
export function plainName(name: string): string {
  return name
    .normalize('NFC')
    .trim()
    .replace(/[•‧∙・．]/gu, '·');
}

/** The fact that `findNameFlaw` decides on: what an input that names a person beside his name asks for. */
export const NAME_FACT = 'nameDigest';

/**
 * Refuses a name that stands beside a person's id and is not the one that the population register has for him; undefined
 * where it is. A caller learns no name by it: he has to know it.
 *
 * @param person path of the input that names the person.
 * @param culprit path of the input with the name.
 */
export function findNameFlaw(caller: Caller, person: string, name: string, culprit: string): Refusal | undefined {
  const facts = caller.facts?.[person];
  return facts !== undefined && facts[NAME_FACT] === nameDigest(facts.id, name)
    ? undefined
    : refuse('PERSON_NAME_DIFFERS', culprit);
}
