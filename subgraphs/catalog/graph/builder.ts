import { definePageInfo } from '../../kit/graph/connection.ts';
import { defineDeadline } from '../../kit/graph/deadline-type.ts';
import { defineDepartment } from '../../kit/graph/department-type.ts';
import { createGraphBuilder } from '../../kit/graph/graph-builder.ts';
import { defineProvenance } from '../../kit/graph/provenance.ts';
import { defineRefusals } from '../../kit/graph/refusal-types.ts';
import { defineTransitions } from '../../kit/machine/transition-types.ts';
import type { CatalogStore } from '../store/catalog-store.ts';

/** The builder of this subgraph, with what all subgraphs share. */
export const builder = createGraphBuilder<CatalogStore>();

export const PageInfo = definePageInfo(builder);
export const Provenance = defineProvenance(builder);
export const refusalTypes = defineRefusals(builder);
export const Department = defineDepartment(builder);
export const Deadline = defineDeadline(builder);
export const { Transition, TransitionStep, TransitionRefusal } = defineTransitions(builder, refusalTypes, Department);
