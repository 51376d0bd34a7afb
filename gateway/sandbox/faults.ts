import type { DocumentNode, ExecutionResult } from 'graphql';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import { abortSignalOf, type CancelSignal } from '../execute/cancellation.ts';
import type { RunPreparedDocument, SubgraphRequest, SubgraphTransport } from '../transport/subgraph-transport.ts';

/** What a department's subgraph can be made to do: work, not answer, answer late, refuse. */
export const FAULTS = ['up', 'down', 'slow', 'forbidden'] as const;
export type Fault = (typeof FAULTS)[number];

/** Long enough to be seen, short enough to wait for. */
const SLOW_MILLISECONDS = 3_000;

/** 沙箱故障开关: which subgraph fails how; shared by all transports of a sandbox. */
export class FaultSwitches {
  readonly #faults = new Map<string, Fault>();
  readonly #slowMilliseconds: number;

  constructor(slowMilliseconds = SLOW_MILLISECONDS) {
    this.#slowMilliseconds = slowMilliseconds;
  }

  /** Puts a switch before a subgraph. */
  wrap(transport: SubgraphTransport): SubgraphTransport {
    const { subgraph } = transport;
    this.#faults.set(subgraph, 'up');
    const faulty = async (run: () => ExecutionResult | Promise<ExecutionResult>, signal: CancelSignal | undefined) => {
      switch (this.#faults.get(subgraph)) {
        case 'down':
          return { errors: [graphProblem('SUBGRAPH_UNAVAILABLE', { subgraph })] };
        case 'forbidden':
          return { errors: [graphProblem('SUBGRAPH_REFUSED', { subgraph })] };
        case 'slow':
          await pause(this.#slowMilliseconds, signal);
          return run();
        default:
          return run();
      }
    };
    const prepare = transport.prepare?.bind(transport);
    return {
      subgraph,
      readSdl: () => transport.readSdl(),
      execute: (request: SubgraphRequest) => faulty(() => transport.execute(request), request.signal),
      ...(prepare === undefined
        ? {}
        : {
            prepare: (document: DocumentNode): RunPreparedDocument => {
              const run = prepare(document);
              return (request) => faulty(() => run(request), request.signal);
            },
          }),
      close: () => transport.close(),
    };
  }

  /** How each subgraph behaves now. */
  current(): Readonly<Record<string, Fault>> {
    return Object.fromEntries([...this.#faults].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** @returns the first name or fault that is unknown; nothing is switched then. */
  change(wanted: Readonly<Record<string, unknown>>): string | undefined {
    const isFault = (value: unknown): value is Fault => FAULTS.some((fault) => fault === value);
    for (const [subgraph, fault] of Object.entries(wanted)) {
      if (!this.#faults.has(subgraph) || !isFault(fault)) return subgraph;
    }
    for (const [subgraph, fault] of Object.entries(wanted)) if (isFault(fault)) this.#faults.set(subgraph, fault);
    return undefined;
  }
}

function pause(milliseconds: number, signal: CancelSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    if (signal !== undefined) abortSignalOf(signal).addEventListener('abort', stop, { once: true });
  });
}
