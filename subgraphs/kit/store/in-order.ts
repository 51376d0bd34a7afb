/** Rows in an order that they mostly have: looked at, and sorted in place where it is another. Equal ones stay as they came. */
export function inOrder<Row>(rows: Row[], compare: (one: Row, other: Row) => number): readonly Row[] {
  for (let index = 1; index < rows.length; index++) {
    if (compare(rows[index - 1] as Row, rows[index] as Row) > 0) return rows.sort(compare);
  }
  return rows;
}
