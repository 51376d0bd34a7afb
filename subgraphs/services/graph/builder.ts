import { definePageInfo } from '../../kit/graph/connection.ts';
import { defineDeadline } from '../../kit/graph/deadline-type.ts';
import { defineDepartment } from '../../kit/graph/department-type.ts';
import { foreignEntity } from '../../kit/graph/foreign-entity.ts';
import { createGraphBuilder } from '../../kit/graph/graph-builder.ts';
import { defineProvenance } from '../../kit/graph/provenance.ts';
import { defineRefusals } from '../../kit/graph/refusal-types.ts';
import { defineTransitions } from '../../kit/machine/transition-types.ts';
import type { ServicesStore } from '../store/services-store.ts';

/** The builder of this subgraph, with what all subgraphs share and the foreign entities that it points to. */
export const builder = createGraphBuilder<ServicesStore>();

export const PageInfo = definePageInfo(builder);
export const Department = defineDepartment(builder);
export const Provenance = defineProvenance(builder);
export const refusalTypes = defineRefusals(builder);
export const Deadline = defineDeadline(builder);
export const transitionTypes = defineTransitions(builder, refusalTypes, Department);

export const Community = foreignEntity(builder, 'Community');
export const Division = foreignEntity(builder, 'Division');
export const Grid = foreignEntity(builder, 'Grid');
export const Organization = foreignEntity(builder, 'Organization');
export const CommunityWorker = foreignEntity(builder, 'CommunityWorker');
export const Person = foreignEntity(builder, 'Person');
export const PlaceOverview = foreignEntity(builder, 'PlaceOverview');
export const Indicator = foreignEntity(builder, 'Indicator');
export const IndicatorTarget = foreignEntity(builder, 'IndicatorTarget');
