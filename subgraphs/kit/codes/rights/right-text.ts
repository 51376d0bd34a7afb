/** What a right allows, in both languages. */
export interface RightText {
  readonly zh: string;
  readonly en: string;
}
