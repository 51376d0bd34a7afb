/**
 * 质量维度 — those of GB/T 36344-2018 that stored rows can show: 完整性 completeness, 规范性 conformity, 一致性 consistency,
 * 时效性 timeliness.
 */
export const qualityDimensions = ['COMPLETENESS', 'CONFORMITY', 'CONSISTENCY', 'TIMELINESS'] as const;
export type QualityDimension = (typeof qualityDimensions)[number];

/** What is expected of a column's values; `column` is another column of the same table. */
export type QualityExpectation =
  | { readonly kind: 'PRESENT' }
  /** A POSIX regular expression that the whole value matches. */
  | { readonly kind: 'MATCHES'; readonly pattern: string }
  /** A code of the current version of a dictionary that is published. */
  | { readonly kind: 'IN_DICTIONARY'; readonly dictionary: string }
  | { readonly kind: 'NOT_FUTURE' }
  | { readonly kind: 'NOT_BEFORE'; readonly column: string }
  | { readonly kind: 'STARTS_WITH'; readonly column: string }
  /** Both have a value, or neither has. */
  | { readonly kind: 'TOGETHER'; readonly column: string }
  | { readonly kind: 'WITHIN_DAYS'; readonly days: number };

/** 质量规则 — one expectation of one column of a dataset's table. */
export interface QualityRule {
  /** Stable: `<schema>.<table>.<column>.<kind>`, with the other column where there is one. */
  readonly code: string;
  /** `<department>.<Type>`, as the catalogue knows the dataset. */
  readonly datasetCode: string;
  /** `<schema>.<table>`. */
  readonly table: string;
  readonly column: string;
  /** Fields of the graph whose values it speaks of; the first is what the column stores. */
  readonly coordinates: readonly [string, ...string[]];
  readonly expectation: QualityExpectation;
  readonly zh: string;
  readonly en: string;
}

export function dimensionOf({ kind }: QualityExpectation): QualityDimension {
  switch (kind) {
    case 'PRESENT':
      return 'COMPLETENESS';
    case 'MATCHES':
    case 'IN_DICTIONARY':
      return 'CONFORMITY';
    case 'WITHIN_DAYS':
      return 'TIMELINESS';
    default:
      return 'CONSISTENCY';
  }
}

type Declared = readonly [
  column: string,
  fields: string | readonly [string, ...string[]],
  expectation: QualityExpectation,
  zh: string,
  en: string,
];

/** The rules of one dataset; `fields` are those of its type. */
export function qualityRules(
  { departmentCode, table, typeName }: Readonly<Record<'departmentCode' | 'table' | 'typeName', string>>,
  declared: readonly Declared[],
): QualityRule[] {
  return declared.map(([column, fields, expectation, zh, en]) => {
    const other = 'column' in expectation ? `.${expectation.column}` : '';
    const [first, ...more] = typeof fields === 'string' ? [fields] : fields;
    return {
      code: `${table}.${column}.${expectation.kind.toLowerCase()}${other}`,
      datasetCode: `${departmentCode}.${typeName}`,
      ...{ table, column, expectation, zh, en },
      coordinates: [`${typeName}.${first}`, ...more.map((field) => `${typeName}.${field}`)],
    };
  });
}
