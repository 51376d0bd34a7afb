/** Descriptions are `中文 English sentence`, then a line about the card. */
export function splitDescription(description: string): { descriptionZh: string; descriptionEn: string } {
  const firstLine = description.split('\n', 1)[0] ?? '';
  const match = /^(.*?[\u2e80-\u9fff\uff00-\uffef）)])\s+([A-Za-z`<].*)$/u.exec(firstLine);
  if (match === null) return { descriptionZh: firstLine, descriptionEn: firstLine };
  return { descriptionZh: match[1] ?? '', descriptionEn: match[2] ?? '' };
}
