import { pinyin } from 'pinyin-pro';

export interface TextReading {
  /** Lower-case letters and digits without tones or spaces; ü is written v. */
  readonly pinyin: string;
  /** The first letter of each character; Latin letters and digits as they are. */
  readonly initials: string;
}

/** How the name of a body is read: in context, so that 银行 is yinhang and 行走 xingzou. Names of people are read apart. */
export function readText(text: string): TextReading {
  const syllables = pinyin(text, { toneType: 'none', type: 'array', v: true, nonZh: 'spaced' })
    .map((syllable) => syllable.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .filter((syllable) => syllable !== '');
  return { pinyin: syllables.join(''), initials: syllables.map((syllable) => syllable.charAt(0)).join('') };
}
