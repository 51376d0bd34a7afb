import { runInThread } from './run-in-thread.ts';
import type { ComposedSdl, ProposedContract } from './schema-judgement.ts';

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

export interface VariantRequest {
  readonly contracts: readonly ProposedContract[];
  /** Left out: the whole. */
  readonly filter?: VariantFilter | undefined;
}

export type ComposedVariant = ComposedSdl | { readonly findings: readonly string[] };

/** Composes contracts, or a filtered variant of them, beside the hub. */
export function composeInWorker(request: VariantRequest): Promise<ComposedVariant> {
  return runInThread<ComposedVariant>('subgraphs/kit/schema-check/compose-worker', request);
}
