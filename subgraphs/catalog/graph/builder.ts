import { definePageInfo } from '../../kit/connection.ts';
import { createGraphBuilder } from '../../kit/graph-builder.ts';
import { defineProvenance } from '../../kit/provenance.ts';
import { defineRefusals } from '../../kit/refusal-types.ts';
import type { CatalogStore } from '../store/catalog-store.ts';

/** The builder of this subgraph, with what all subgraphs share. */
export const builder = createGraphBuilder<CatalogStore>();

export const PageInfo = definePageInfo(builder);
export const Provenance = defineProvenance(builder);
export const refusalTypes = defineRefusals(builder);
