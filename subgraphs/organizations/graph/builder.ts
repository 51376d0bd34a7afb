import { defineCodeValue } from '../../kit/graph/code-lists.ts';
import { definePageInfo } from '../../kit/graph/connection.ts';
import { defineDepartment } from '../../kit/graph/department-type.ts';
import { foreignEntity } from '../../kit/graph/foreign-entity.ts';
import { createGraphBuilder } from '../../kit/graph/graph-builder.ts';
import { defineProvenance } from '../../kit/graph/provenance.ts';
import { defineRefusals } from '../../kit/graph/refusal-types.ts';
import { defineTransitions } from '../../kit/machine/transition-types.ts';
import type { OrganizationsStore } from '../store/organizations-store.ts';

/** The builder of this subgraph, with what all subgraphs share and the foreign entity that it points to. */
export const builder = createGraphBuilder<OrganizationsStore>();

export const PageInfo = definePageInfo(builder);
export const CodeValue = defineCodeValue(builder);
export const Provenance = defineProvenance(builder);
export const refusalTypes = defineRefusals(builder);
export const Department = defineDepartment(builder);
export const transitionTypes = defineTransitions(builder, refusalTypes, Department);

export const Person = foreignEntity(builder, 'Person');
export const StandardAddress = foreignEntity(builder, 'StandardAddress');

/** A thing takes a few steps; more than this many are cut, the last first. */
export const MOST_STEPS = 100;
