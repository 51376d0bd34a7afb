import { defineCodeValue } from '../../kit/code-lists.ts';
import { definePageInfo } from '../../kit/connection.ts';
import { foreignEntity } from '../../kit/foreign-entity.ts';
import { createGraphBuilder } from '../../kit/graph-builder.ts';
import { defineProvenance } from '../../kit/provenance.ts';
import { defineRefusals } from '../../kit/refusal-types.ts';
import type { OrganizationsStore } from '../store/organizations-store.ts';

/** The builder of this subgraph, with what all subgraphs share and the foreign entity that it points to. */
export const builder = createGraphBuilder<OrganizationsStore>();

export const PageInfo = definePageInfo(builder);
export const CodeValue = defineCodeValue(builder);
export const Provenance = defineProvenance(builder);
export const refusalTypes = defineRefusals(builder);

export const Person = foreignEntity(builder, 'Person');
