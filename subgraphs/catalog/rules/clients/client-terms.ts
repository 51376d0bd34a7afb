import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { isRightCode } from '../../../kit/codes/rights.ts';
import { textRefusal } from '../text-refusal.ts';

/** What a client may do, and under which name; set when it is registered and changed later. */
export interface ClientTerms {
  readonly name: string;
  readonly jurisdictionCodes: readonly string[];
  readonly rights: readonly string[];
  /** Scenarios that it may state; empty: all that its department may. */
  readonly scenarioCodes: readonly string[];
  readonly redirectUris: readonly string[];
  readonly costBudgetPerMinute: number;
}

const MAX_AREAS = 100;
export const MAX_COST_BUDGET = 100_000_000;

/**
 * The first fault of those that are given.
 *
 * @param scenarios codes of those in force.
 */
export function termsRefusal(terms: Partial<ClientTerms>, scenarios: ReadonlySet<string>): Refusal | undefined {
  const { costBudgetPerMinute: budget, jurisdictionCodes = [], name, redirectUris = [] } = terms;
  const { rights = [], scenarioCodes = [] } = terms;
  const text = textRefusal('input.name', name, 2, 80);
  if (text !== undefined) return text;
  if (jurisdictionCodes.length > MAX_AREAS || !jurisdictionCodes.every(isAreaCode)) {
    return refuse('JURISDICTION_INVALID', 'input.jurisdictionCodes', { max: MAX_AREAS });
  }
  if (!rights.every(isRightCode)) return refuse('RIGHT_UNKNOWN', 'input.rights');
  if (!scenarioCodes.every((code) => scenarios.has(code)))
    return refuse('SCENARIO_NOT_IN_FORCE', 'input.scenarioCodes');
  if (!redirectUris.every(isRedirectUri)) return refuse('REDIRECT_URI_INVALID', 'input.redirectUris');
  return budget === undefined || (budget >= 1 && budget <= MAX_COST_BUDGET)
    ? undefined
    : refuse('COST_BUDGET_INVALID', 'input.costBudgetPerMinute', { max: MAX_COST_BUDGET });
}

function isAreaCode(code: string): boolean {
  return /^\d{4}(\d{2}(\d{3}(\d{3}){0,2})?)?$/.test(code);
}

/** RFC 8252: https, or the loopback for programs on the user's own machine. */
function isRedirectUri(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, hash, username } = new URL(text);
  if (hash !== '' || username !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname));
}
