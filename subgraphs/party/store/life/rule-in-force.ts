import type { PartyTransaction } from '../membership-writes.ts';

export interface RuleInForce {
  readonly value: number;
  readonly legalBasis: string | null;
}

/** The version of a rule that holds on a day; null where the city has none. */
export function findRuleInForce(transaction: PartyTransaction, code: string, on: Date): Promise<RuleInForce | null> {
  return transaction.partyRule.findFirst({
    where: { code, effectiveFrom: { lte: on } },
    orderBy: { effectiveFrom: 'desc' },
    select: { value: true, legalBasis: true },
  });
}
