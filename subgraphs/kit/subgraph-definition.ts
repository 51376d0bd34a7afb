import type { GraphQLSchema } from 'graphql';
import type pg from 'pg';
import { builtInCalendar, type WorkingCalendar } from './calendar/working-calendar.ts';
import type { Caller } from './caller/caller.ts';
import type { Clock } from './clock.ts';
import type { ChangeFeed } from './feed/change-feed.ts';
import type { FigureSource } from './figures/figure-source.ts';
import { type FederatedSchema, federateSchema } from './graph/federated-schema.ts';
import type { IdSource } from './ids.ts';
import type { DatasetDeclaration } from './ingest/dataset.ts';
import { createIngestDesk, type IngestDesk } from './ingest/ingest-desk.ts';
import type { AnyStateMachine } from './machine/state-machine.ts';
import type { OperationTrace } from './operation-trace.ts';
import type { QualityRule } from './quality/quality-rule.ts';
import type { WantedColumns } from './store/column-set.ts';
import type { SealingKeys } from './store/sealing.ts';
import { LoaderRegistry, type SubgraphContext } from './subgraph-context.ts';
import type { TimedWork } from './timed-work.ts';
import type { TargetPolicy } from './webhooks/target-policy.ts';

/** What a subgraph's store is opened with. In one process all subgraphs share the pool. */
export interface SubgraphEnvironment {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly keys: SealingKeys;
  /** The working calendar as it stands now; without it, the years that come with the code. */
  readonly calendar?: CalendarSource;
  /** The events of all subgraphs, where the process follows them; the catalogue shows them. */
  readonly changes?: ChangeFeed;
  /** Where webhooks may be sent to; public https addresses by default. */
  readonly webhookTargets?: TargetPolicy;
}

/** Where the working calendar comes from, so that a newly published year reaches every subgraph at once. */
export interface CalendarSource {
  current(): WorkingCalendar;
}

/** What a subgraph declares of itself; its `index.ts` exports one. */
export interface SubgraphDefinition<Store = unknown> {
  /** Also its Postgres schema and its folder below `prisma/`. */
  readonly name: string;
  /** Types that this subgraph owns and keys by global id; `node(id)` finds them. */
  readonly entities: readonly string[];
  /** What it takes in from files. */
  readonly datasets?: readonly DatasetDeclaration[];
  /** What is expected of the rows of its datasets; the catalogue measures them. */
  readonly qualityRules?: readonly QualityRule[];
  /** What is counted of its rows for every place, and kept by the reader of its outbox. */
  readonly figures?: readonly FigureSource[];
  /** Its state machines, for the generated docs. */
  readonly machines?: readonly AnyStateMachine[];
  /** What it does by itself when time has passed. */
  readonly timedWork?: readonly TimedWork<Store>[];
  buildSchema(): GraphQLSchema;
  openStore(environment: SubgraphEnvironment): Store & { close(): Promise<void> };
}

/** A subgraph ready to answer, however it is reached. */
export interface RunningSubgraph extends FederatedSchema {
  readonly name: string;
  /** @param wanted what the document reads of rows, see `graph/wanted-columns.ts`. */
  createContext(caller: Caller, trace: OperationTrace, wanted?: WantedColumns): SubgraphContext;
  /** Takes in the subgraph's datasets; undefined where there are none. */
  readonly ingest?: IngestDesk;
  /** Runs its timed work once, each part whether or not another fails; undefined where there is none. */
  readonly runTimedWork?: () => Promise<void>;
  close(): Promise<void>;
}

/**
 * Where files of a subgraph's datasets are taken in; undefined where it has none. It needs the subgraph's tables and
 * nothing of its process, so a hub opens one for a subgraph that runs apart over the same database, too.
 */
export function openDesk(
  { name: subgraph, datasets = [] }: SubgraphDefinition,
  environment: SubgraphEnvironment,
  schema: GraphQLSchema,
): IngestDesk | undefined {
  return datasets.length === 0 ? undefined : createIngestDesk({ subgraph, datasets, environment, schema });
}

/**
 * @param federated the definition's schema, where it was made beforehand: that needs no database.
 */
export function openSubgraph(
  definition: SubgraphDefinition,
  environment: SubgraphEnvironment,
  federated: FederatedSchema = federateSchema(definition.name, definition.buildSchema()),
): RunningSubgraph {
  const store = definition.openStore(environment);
  const { name: subgraph, timedWork = [] } = definition;
  const ingest = openDesk(definition, environment, federated.schema);
  const runTimedWork = async () => {
    const call = { store, clock: environment.clock, calendar: environment.calendar?.current() ?? builtInCalendar };
    const runs = await Promise.allSettled(timedWork.map((work) => work.run(call)));
    const failures = runs.flatMap((run) => (run.status === 'rejected' ? [run.reason as unknown] : []));
    if (failures.length > 0) throw new AggregateError(failures, `timed work of ${subgraph} failed`);
  };
  return {
    name: subgraph,
    schema: federated.schema,
    get sdl() {
      return federated.sdl;
    },
    ...(ingest === undefined ? {} : { ingest }),
    ...(timedWork.length === 0 ? {} : { runTimedWork }),
    createContext: (caller, trace, wanted) => ({
      caller,
      clock: environment.clock,
      calendar: environment.calendar?.current() ?? builtInCalendar,
      trace,
      store,
      loaders: new LoaderRegistry(),
      wanted,
    }),
    close: () => store.close(),
  };
}
