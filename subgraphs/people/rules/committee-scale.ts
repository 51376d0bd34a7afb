export const scaleVerdicts = {
  WITHIN: { zh: '符合规模', en: 'Within the scale of the law' },
  TOO_SMALL: { zh: '户数偏少', en: 'Fewer households than the law generally sets a committee up for' },
  TOO_LARGE: { zh: '户数偏多', en: 'More households than the law generally sets a committee up for' },
} as const;
export type ScaleVerdict = keyof typeof scaleVerdicts;

/** 居委会规模 — the law says what is generally so: it warns, and refuses nothing. Both ends are within. */
export function scaleVerdict(
  households: number,
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
): ScaleVerdict {
  if (households < minimum) return 'TOO_SMALL';
  return households > maximum ? 'TOO_LARGE' : 'WITHIN';
}

/** Codes of 居民委员会, those of farms included; a village's committee has a law of its own, without such a scale. */
export function hasResidentsCommittee(communityCode: string): boolean {
  return '014'.includes(communityCode.charAt(9));
}
