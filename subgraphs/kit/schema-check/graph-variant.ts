import { runInThread } from './run-in-thread.ts';
import type { ComposedSdl, ProposedContract } from './schema-judgement.ts';
import type { VariantFilter } from './variant-filter.ts';

export type { VariantFilter };

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
