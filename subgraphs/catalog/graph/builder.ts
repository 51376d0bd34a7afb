import { definePageInfo } from '../../kit/graph/connection.ts';
import { createGraphBuilder } from '../../kit/graph/graph-builder.ts';
import { defineProvenance } from '../../kit/graph/provenance.ts';
import { defineRefusals } from '../../kit/graph/refusal-types.ts';
import type { CatalogStore } from '../store/catalog-store.ts';

/** The builder of this subgraph, with what all subgraphs share. */
export const builder = createGraphBuilder<CatalogStore>();

export const PageInfo = definePageInfo(builder);
export const Provenance = defineProvenance(builder);
export const refusalTypes = defineRefusals(builder);
