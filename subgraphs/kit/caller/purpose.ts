/**
 * 使用目的 — why a request reads personal data: the legal basis (PIPL art. 13) and the scenario that it serves, both by
 * their codes in the catalogue. Stated with every request, never remembered for a client.
 */
export interface Purpose {
  readonly legalBasis: string;
  readonly scenario: string;
}

/** Why a right that the client does hold opens nothing in this request. */
export type WithheldReason = 'PURPOSE_REQUIRED' | 'PURPOSE_NOT_PERMITTED';
