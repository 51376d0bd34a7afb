import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { GraphRelease } from '../subgraphs/kit/catalog-port.ts';
import type { IngestDesk } from '../subgraphs/kit/ingest/ingest-desk.ts';
import type { Executor } from './execute/executor.ts';

/** The composed graph, ready to execute. */
export interface Graph {
  readonly supergraphSdl: string;
  /** What clients see: no federation machinery. */
  readonly apiSchema: GraphQLSchema;
  readonly apiSdl: string;
  readonly apiDocument: DocumentNode;
  readonly subgraphs: readonly { readonly name: string; readonly sdl: string }[];
  readonly executor: Executor;
  /** Where the subgraphs of this process take in files. */
  readonly ingest: readonly IngestDesk[];
  /** What the subgraphs of this process do by themselves when time has passed, once. */
  readonly timedWork: readonly (() => Promise<void>)[];
  /**
   * The same subgraphs, and those that the contracts name by their addresses, under other contracts. This graph goes on
   * as it is.
   *
   * @throws Error when it cannot be served: it does not parse, or promises what a subgraph of this process has not.
   */
  reopen(release: Pick<GraphRelease, 'contracts' | 'supergraphSdl' | 'apiSdl'>): Promise<Graph>;
  close(): Promise<void>;
}
