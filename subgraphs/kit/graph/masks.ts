/**
 * 脱敏 — how a value is shown to a caller without the right. A mask never lengthens, never fails, and leaves no
 * more than its rule says.
 */
export const masks = {
  /** 张*, 欧阳** : the first character stays. */
  name: (text: string) => (text.length < 2 ? '*' : `${text.slice(0, 1)}${'*'.repeat(text.length - 1)}`),
  /** 330499********002X : division and the last four characters stay. */
  citizenId: (text: string) => (text.length < 11 ? '*'.repeat(text.length) : keepEnds(text, 6, 4)),
  /** 138****8000 : the first three and the last four digits stay. */
  phone: (text: string) => (text.length < 8 ? '*'.repeat(text.length) : keepEnds(text, 3, 4)),
  /** Everything from the first digit of a building number on is hidden. */
  address: (text: string) => {
    const digit = text.search(/\d/);
    return digit <= 0 ? '***' : `${text.slice(0, digit)}***`;
  },
  /** Nothing but the fact that there is a value. */
  all: (_text: string) => '***',
} as const;

export type MaskName = keyof typeof masks;

function keepEnds(text: string, start: number, end: number): string {
  return `${text.slice(0, start)}${'*'.repeat(text.length - start - end)}${text.slice(text.length - end)}`;
}

/** Applies a mask to a resolved value; null stays null. */
export function applyMask(mask: MaskName, value: unknown): unknown {
  return value == null ? value : masks[mask](String(value));
}
