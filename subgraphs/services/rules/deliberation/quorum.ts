/** A share that must be reached, or (`strict`) passed. */
export interface Share {
  readonly numerator: number;
  readonly denominator: number;
  readonly strict: boolean;
}

/** 法定人数 — how many of those entitled must take part, and how many of those who do must agree. */
export interface QuorumRule {
  readonly present: Share;
  readonly agree: Share;
}

/** How a vote stands. */
export interface Tally {
  readonly eligibleVoters: number;
  readonly yes: number;
  readonly no: number;
  readonly abstain: number;
}

/** Whether a part of a whole reaches a share; counted in whole numbers, so that a boundary is exact. */
export function reaches(part: number, whole: number, { numerator, denominator, strict }: Share): boolean {
  const left = part * denominator;
  const right = whole * numerator;
  return strict ? left > right : left >= right;
}

/** The least part of a whole that reaches a share. */
export function leastReaching(whole: number, share: Share): number {
  const exact = (whole * share.numerator) / share.denominator;
  return share.strict ? Math.floor(exact) + 1 : Math.ceil(exact);
}

/** Whether enough took part and, of those, enough agreed. */
export function outcome(tally: Tally, rule: QuorumRule): { readonly quorumMet: boolean; readonly passed: boolean } {
  const cast = tally.yes + tally.no + tally.abstain;
  return {
    quorumMet: reaches(cast, tally.eligibleVoters, rule.present),
    passed: cast > 0 && reaches(tally.yes, cast, rule.agree),
  };
}

/** Reads a quorum out of a governance rule's parameters; throws when they are malformed. */
export function quorumRule(parameters: Readonly<Record<string, unknown>>): QuorumRule {
  const share = (text: unknown): Share => {
    const match = /^(>|>=)(\d+)\/(\d+)$/.exec(String(text));
    if (match === null) throw new Error(`${String(text)} is no share such as ">1/2"`);
    return { numerator: Number(match[2]), denominator: Number(match[3]), strict: match[1] === '>' };
  };
  return { present: share(parameters.present), agree: share(parameters.agree) };
}
