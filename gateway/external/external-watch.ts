import {
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  Kind,
  parse,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';
import type { CatalogPort, FieldLatencyReport } from '../../subgraphs/kit/catalog-port.ts';
import type { Clock } from '../../subgraphs/kit/clock.ts';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import type { RunPreparedDocument, SubgraphRequest, SubgraphTransport } from '../transport/subgraph-transport.ts';

export interface ExternalWatchOptions {
  readonly catalog: Pick<CatalogPort, 'recordFieldLatency'>;
  readonly clock: Clock;
  readonly onTrouble?: (error: unknown) => void;
  readonly flushMilliseconds?: number;
}

interface Counter {
  requestCount: number;
  errorCount: number;
  readonly buckets: number[];
  lastSeenAt: Date;
  lastErrorAt: Date | null;
}

const FLUSH_MILLISECONDS = 5_000;
/** Up to 1, 2, 4 … 32768 ms, and more. */
const BUCKETS = 17;
/** Fields of external subgraphs; beyond that somebody makes them up. */
const MAX_COUNTERS = 20_000;

/** Types by name, with the types of their fields, as a contract declares them. */
type Types = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Stands before every subgraph of another department: does not ask while it is maintained, and keeps how long each of
 * its fields took, which is what the requests took that asked for it.
 */
export class ExternalWatch {
  readonly #options: ExternalWatchOptions;
  #counters = new Map<string, Counter>();
  #maintained: ReadonlyMap<string, Date> = new Map();
  readonly #timer: NodeJS.Timeout;
  #flushing: Promise<void> | undefined;

  constructor(options: ExternalWatchOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.flush(), options.flushMilliseconds ?? FLUSH_MILLISECONDS);
    this.#timer.unref();
  }

  /** Who is maintained just now, and until when. */
  setMaintained(windows: readonly { readonly subgraph: string; readonly until: Date }[]): void {
    this.#maintained = new Map(windows.map(({ subgraph, until }) => [subgraph, until]));
  }

  /** @param sdl the subgraph's contract. */
  wrap(transport: SubgraphTransport, sdl: string): SubgraphTransport {
    const { subgraph } = transport;
    const types = readTypes(sdl);
    const watched = async (
      fields: readonly string[],
      run: () => ExecutionResult | Promise<ExecutionResult>,
    ): Promise<ExecutionResult> => {
      const until = this.#maintained.get(subgraph);
      if (until !== undefined && until > this.#options.clock.now()) {
        return { errors: [graphProblem('SUBGRAPH_IN_MAINTENANCE', { subgraph, until: until.toISOString() })] };
      }
      const started = performance.now();
      const result = await run();
      this.#count(subgraph, fields, performance.now() - started, result.data == null && result.errors !== undefined);
      return result;
    };
    const prepare = transport.prepare?.bind(transport);
    return {
      subgraph,
      readSdl: () => transport.readSdl(),
      execute: (request: SubgraphRequest) =>
        watched(fieldsOf(request.document, types), () => transport.execute(request)),
      ...(prepare === undefined
        ? {}
        : {
            prepare: (document: DocumentNode): RunPreparedDocument => {
              const run = prepare(document);
              const fields = fieldsOf(document, types);
              return (request) => watched(fields, () => run(request));
            },
          }),
      close: () => transport.close(),
    };
  }

  /** Leaves what was counted with the catalogue; never throws. */
  flush(): Promise<void> {
    this.#flushing ??= this.#send().finally(() => {
      this.#flushing = undefined;
    });
    return this.#flushing;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flushing;
    await this.flush();
  }

  #count(subgraph: string, fields: readonly string[], milliseconds: number, failed: boolean): void {
    const now = this.#options.clock.now();
    const bucket = Math.min(BUCKETS - 1, Math.max(0, Math.ceil(Math.log2(Math.max(1, milliseconds)))));
    for (const coordinate of fields) {
      const key = `${subgraph} ${coordinate}`;
      const known = this.#counters.get(key);
      if (known === undefined && this.#counters.size >= MAX_COUNTERS) continue;
      const counter: Counter = known ?? {
        requestCount: 0,
        errorCount: 0,
        buckets: Array.from({ length: BUCKETS }, () => 0),
        lastSeenAt: now,
        lastErrorAt: null,
      };
      counter.requestCount += 1;
      counter.buckets[bucket] = (counter.buckets[bucket] ?? 0) + 1;
      counter.lastSeenAt = now;
      if (failed) {
        counter.errorCount += 1;
        counter.lastErrorAt = now;
      }
      this.#counters.set(key, counter);
    }
  }

  async #send(): Promise<void> {
    const counters = this.#counters;
    if (counters.size === 0) return;
    this.#counters = new Map();
    const reports = [...counters].map(([key, counter]): FieldLatencyReport => {
      const [subgraph = '', coordinate = ''] = key.split(' ');
      return { subgraph, coordinate, ...counter };
    });
    try {
      await this.#options.catalog.recordFieldLatency(reports);
    } catch (error) {
      // What it took is no more than a figure: the next ones count.
      this.#options.onTrouble?.(error);
    }
  }
}

function readTypes(sdl: string): Types {
  const types = new Map<string, Map<string, string>>();
  for (const definition of parse(sdl, { noLocation: true }).definitions) {
    if (!('fields' in definition) || !('name' in definition) || definition.name === undefined) continue;
    const fields = types.get(definition.name.value) ?? new Map<string, string>();
    types.set(definition.name.value, fields);
    for (const field of definition.fields ?? []) fields.set(field.name.value, named(field.type));
  }
  return types;
}

function named(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : named(type.type);
}

/** `Type.field` of everything that a document asks of a subgraph, each once. */
function fieldsOf(document: DocumentNode, types: Types): readonly string[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const found = new Set<string>();
  const walk = ({ selections }: SelectionSetNode, type: string): void => {
    for (const selection of selections) {
      if (selection.kind !== Kind.FIELD) {
        const spread = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
        if (spread !== undefined) walk(spread.selectionSet, spread.typeCondition?.name.value ?? type);
        continue;
      }
      const name = selection.name.value;
      const inner = types.get(type)?.get(name);
      if (inner !== undefined) found.add(`${type}.${name}`);
      // What `_entities` gives is said by the fragments below it.
      if (selection.selectionSet !== undefined) walk(selection.selectionSet, inner ?? type);
    }
  };
  for (const node of document.definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue;
    walk(node.selectionSet, node.operation === 'mutation' ? 'Mutation' : 'Query');
  }
  return [...found];
}
