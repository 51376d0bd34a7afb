/**
 * 期限规则 — how long something may take, by which law, since when. Rules are versioned rows: a stricter local rule or a
 * changed law is a new row with a later `effectiveFrom`, and what has begun keeps the rule it began under.
 */
export interface DeadlineRule {
  /** Stable code of the duty, e.g. `SHARING_DECISION`. */
  readonly code: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly amount: number;
  readonly unit: 'WORKING_DAY' | 'CALENDAR_DAY';
  /** Law and article. */
  readonly legalBasis: string;
  /** First day (`YYYY-MM-DD`) on which a matter that begins falls under this rule. */
  readonly effectiveFrom: string;
  /** False where the figure could not be checked against the law's own text; shown with the deadline. */
  readonly basisConfirmed: boolean;
}

/** The rule of this code that is in force on a day; undefined when none is yet. */
export function findRuleInForce(rules: readonly DeadlineRule[], code: string, on: string): DeadlineRule | undefined {
  return rules
    .filter((rule) => rule.code === code && rule.effectiveFrom <= on)
    .reduce<DeadlineRule | undefined>(
      (newest, rule) => (newest === undefined || rule.effectiveFrom > newest.effectiveFrom ? rule : newest),
      undefined,
    );
}

/** Like `findRuleInForce`; throws when no rule is in force, since a duty without a clock would never be overdue. */
export function getRuleInForce(rules: readonly DeadlineRule[], code: string, on: string): DeadlineRule {
  const rule = findRuleInForce(rules, code, on);
  if (rule === undefined) throw new Error(`no deadline rule ${code} is in force on ${on}`);
  return rule;
}
