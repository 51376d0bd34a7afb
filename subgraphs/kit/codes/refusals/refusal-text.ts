/** What one refusal says; `{placeholders}` are filled in. Never a protected value. */
export interface RefusalText {
  /** The GraphQL type it is given as. */
  readonly family: 'InvalidInput' | 'NotFound' | 'Conflict' | 'Transition' | 'Incomplete';
  readonly zh: string;
  readonly en: string;
}
