import { pinyin } from 'pinyin-pro';

/** Family names of two characters that are common enough to be met. */
export const COMPOUND_SURNAMES: ReadonlySet<string> = new Set(
  '欧阳 上官 诸葛 司马 司徒 夏侯 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 轩辕 端木 独孤 南宫 百里 呼延 东郭 西门 闻人 申屠 太史 澹台 濮阳 淳于 单于 公冶 宗政 钟离 鲜于 闾丘 司空 亓官 仲孙'.split(
    ' ',
  ),
);

export interface NameReading {
  /** Lower-case letters without tones or spaces; ü is written v. */
  readonly pinyin: string;
  /** The first letter of each character. */
  readonly initials: string;
}

/** A city has some thousand characters in its names, and millions of names. */
const readings = new Map<string, string>();
const MOST_READINGS = 30_000;

/** How a name is read, character by character; the family name by its own readings (单 shan, 仇 qiu, 解 xie). */
export function readName(name: string): NameReading {
  const surname = surnameOf(name);
  const syllables = surname === '' ? [] : syllablesOf(surname, 'surname');
  for (const character of name.slice(surname.length)) syllables.push(...syllablesOf(character, 'normal'));
  let initials = '';
  for (const syllable of syllables) initials += syllable.charAt(0);
  return { pinyin: syllables.join(''), initials };
}

function surnameOf(name: string): string {
  if (!/^\p{Script=Han}/u.test(name)) return '';
  const two = name.slice(0, 2);
  return name.length > 2 && COMPOUND_SURNAMES.has(two) ? two : name.slice(0, 1);
}

function syllablesOf(text: string, mode: 'surname' | 'normal'): string[] {
  const key = mode === 'surname' ? `${text}!` : text;
  const known = readings.get(key);
  if (known !== undefined) return known === '' ? [] : known.split(' ');
  const read = pinyin(text, { mode, toneType: 'none', type: 'array', v: true })
    .map((syllable) => syllable.toLowerCase().replace(/[^a-z]/g, ''))
    .filter((syllable) => syllable !== '');
  if (readings.size >= MOST_READINGS) readings.clear();
  readings.set(key, read.join(' '));
  return read;
}
