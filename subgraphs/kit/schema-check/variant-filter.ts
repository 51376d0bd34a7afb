/** What of a graph is kept in a variant of it. */
export type VariantFilter =
  /** 契约变体: fields up to a grade, with one of some tags (none: any) and without others. */
  | {
      readonly kind: 'CONTRACT';
      readonly maxGrade: number;
      readonly includeTags: readonly string[];
      readonly excludeTags: readonly string[];
    }
  /** 停用预览: without everything whose removal date has been announced. */
  | { readonly kind: 'AFTER_REMOVALS' };
