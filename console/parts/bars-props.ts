/** A bar chart, as the page asks for it. */
export interface BarsProps {
  /** What it shows, for those who do not see it; the table beside it has the numbers. */
  readonly label: string;
  readonly categories: readonly { readonly code: string; readonly name: string }[];
  readonly series: readonly { readonly name: string; readonly colour: string; readonly values: readonly number[] }[];
  readonly stacked?: boolean;
  readonly onChoose?: (code: string) => void;
}
