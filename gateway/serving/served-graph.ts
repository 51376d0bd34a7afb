import { type GraphQLSchema, parse } from 'graphql';
import type { AccessAudit } from '../audit/access-audit.ts';
import type { Executor } from '../execute/executor.ts';
import type { Graph } from '../graph.ts';
import { createOperationCache, type OperationCache, type OperationCacheOptions } from '../operations/prepare.ts';
import { readRequiredFields } from '../plan/required-fields.ts';
import { personalRightsOf, readFieldRights } from '../policy/field-rights.ts';

/** What is needed of a graph to serve it. */
export type ServableGraph = Pick<Graph, 'apiSchema' | 'executor'> & Partial<Pick<Graph, 'supergraphSdl'>>;

export type GraphAudit = Pick<AccessAudit, 'announceWrite' | 'noteRefusal' | 'requestOf' | 'settle'>;

/** One graph with all that was made for it: what an operation began on, it ends on. */
export interface ServedGraph {
  readonly apiSchema: GraphQLSchema;
  readonly executor: Executor;
  readonly operations: OperationCache;
  readonly audit: GraphAudit;
  readonly personalRights: ReadonlySet<string>;
}

export interface ServeOptions
  extends Pick<OperationCacheOptions, 'limits' | 'introspection' | 'suggestions' | 'capacity'> {
  readonly protectedInputs: ReadonlySet<string>;
  readonly auditOf: (apiSchema: GraphQLSchema) => GraphAudit;
}

export function serveGraph(graph: ServableGraph, { auditOf, ...options }: ServeOptions): ServedGraph {
  const { apiSchema, executor } = graph;
  return {
    apiSchema,
    executor,
    operations: createOperationCache({
      ...options,
      apiSchema,
      fieldRights: readFieldRights(apiSchema, requiredFieldsOf(graph)),
    }),
    audit: auditOf(apiSchema),
    personalRights: personalRightsOf(apiSchema),
  };
}

/** What fields are made of (`@requires`), where the graph was composed of subgraphs. */
function requiredFieldsOf({ supergraphSdl, apiSchema }: ServableGraph) {
  // Looked for first: to parse the whole supergraph is a noticeable part of a start.
  return supergraphSdl?.includes('requires:') === true
    ? readRequiredFields(parse(supergraphSdl, { noLocation: true }), apiSchema)
    : new Map<string, readonly string[]>();
}
