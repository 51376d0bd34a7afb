import type { ColumnKind, DatasetColumn, DatasetItem } from './dataset.ts';

/** A value that nothing is masked of. */
export const plain = (text: string): string => text;

/** A column of a register that is public, or of cases that name nobody. */
export function plainColumn(
  key: string,
  zh: string,
  kind: ColumnKind,
  required: DatasetColumn['required'],
  more: Pick<DatasetColumn, 'coordinate' | 'example' | 'descriptionZh' | 'descriptionEn'> & Partial<DatasetColumn>,
): DatasetColumn {
  return { key, zh, kind, required, mask: plain, ...more };
}

/** An item with one column that is compared and stored as it is. */
export function plainItem(
  key: string,
  { column, coordinate, stored }: { readonly column: string; readonly coordinate: string; readonly stored: string },
): DatasetItem {
  return { key, column, coordinate, stores: [stored], compares: [stored] };
}

/** Items of a type whose fields, columns and keys have the same names. */
export function plainItemsOf(typeName: string): (key: string, stored: string) => DatasetItem {
  return (key, stored) => plainItem(key, { column: key, coordinate: `${typeName}.${key}`, stored });
}
