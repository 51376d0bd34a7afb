import { pinyin } from 'pinyin-pro';
import { type Random, weighted } from '../chance/random.ts';
import { generations, surnames } from './name-parts.ts';

/** A piece of a name with its reading. */
export interface NamePart {
  readonly text: string;
  /** Lower-case letters without tones or spaces; ü is written v. */
  readonly pinyin: string;
  /** The first letter of each character. */
  readonly initials: string;
}

const parts = new Map<string, NamePart>();

/** The reading of a surname or of characters of a given name; worked out once per piece. */
export function namePart(text: string, role: 'surname' | 'given'): NamePart {
  const key = `${role}${text}`;
  let part = parts.get(key);
  if (part === undefined) {
    const mode = role === 'surname' ? 'surname' : 'normal';
    const syllables = pinyin(text, { mode, toneType: 'none', type: 'array', v: true });
    part = { text, pinyin: syllables.join(''), initials: syllables.map((syllable) => syllable.charAt(0)).join('') };
    parts.set(key, part);
  }
  return part;
}

/** A whole name: `name` in characters, `pinyin` of all of it in one piece, `initials` one letter per character. */
export interface PersonName {
  readonly name: string;
  readonly pinyin: string;
  readonly initials: string;
}

const drawSurname = weighted(surnames.map(([text, weight]) => [namePart(text, 'surname'), weight] as const));

interface GivenNamePool {
  readonly first: readonly NamePart[];
  readonly second: readonly NamePart[];
  readonly single: readonly NamePart[];
  readonly singleShare: number;
}

const pools = generations.map(({ until, male, female }) => ({ until, male: pool(male), female: pool(female) }));

function pool(source: { first: string; second: string; single: string; singleShare: number }): GivenNamePool {
  const read = (characters: string): NamePart[] => [...characters].map((character) => namePart(character, 'given'));
  return {
    first: read(source.first),
    second: read(source.second),
    single: read(source.single),
    singleShare: source.singleShare,
  };
}

/** A surname, as common as it is in the country. */
export function surname(random: Random): NamePart {
  return drawSurname(random);
}

/** A name with this surname, of the fashion of the birth year. */
export function personName(random: Random, family: NamePart, sexCode: '1' | '2', birthYear: number): PersonName {
  let generation = pools[pools.length - 1] as (typeof pools)[number];
  for (const candidate of pools) {
    if (birthYear <= candidate.until) {
      generation = candidate;
      break;
    }
  }
  const given = sexCode === '1' ? generation.male : generation.female;
  if (random.chance(given.singleShare)) {
    const only = random.pick(given.single);
    return joinName(family, only);
  }
  const first = random.pick(given.first);
  let second = random.pick(given.second);
  if (second.text === first.text) second = given.second[0] as NamePart;
  return {
    name: family.text + first.text + second.text,
    pinyin: family.pinyin + first.pinyin + second.pinyin,
    initials: family.initials + first.initials + second.initials,
  };
}

function joinName(family: NamePart, given: NamePart): PersonName {
  return {
    name: family.text + given.text,
    pinyin: family.pinyin + given.pinyin,
    initials: family.initials + given.initials,
  };
}

/** The reading of a term (not of a person), in one piece. */
export function termPinyin(text: string): string {
  return pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).join('').toLowerCase();
}
