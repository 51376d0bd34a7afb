import { defineCodeValue } from '../../kit/graph/code-lists.ts';
import { definePageInfo } from '../../kit/graph/connection.ts';
import { defineDepartment } from '../../kit/graph/department-type.ts';
import { foreignEntity } from '../../kit/graph/foreign-entity.ts';
import { createGraphBuilder } from '../../kit/graph/graph-builder.ts';
import { defineProvenance } from '../../kit/graph/provenance.ts';
import { defineRefusals } from '../../kit/graph/refusal-types.ts';
import { defineTransitions } from '../../kit/machine/transition-types.ts';
import type { PeopleStore } from '../store/people-store.ts';

/** The builder of this subgraph, with what all subgraphs share and the foreign entities that it points to. */
export const builder = createGraphBuilder<PeopleStore>();

export const PageInfo = definePageInfo(builder);
export const CodeValue = defineCodeValue(builder);
export const Provenance = defineProvenance(builder);
export const refusalTypes = defineRefusals(builder);
export const Department = defineDepartment(builder);
export const transitionTypes = defineTransitions(builder, refusalTypes, Department);

export const Community = foreignEntity(builder, 'Community');
export const Division = foreignEntity(builder, 'Division');
export const Grid = foreignEntity(builder, 'Grid');
export const MicroGrid = foreignEntity(builder, 'MicroGrid');
export const PlaceOverview = foreignEntity(builder, 'PlaceOverview');
export const Indicator = foreignEntity(builder, 'Indicator');
