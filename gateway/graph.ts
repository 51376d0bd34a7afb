import type { DocumentNode, GraphQLSchema } from 'graphql';
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
  close(): Promise<void>;
}
