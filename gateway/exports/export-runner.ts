import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Caller } from '../../subgraphs/kit/caller/caller.ts';
import { callerUnder } from '../../subgraphs/kit/caller/caller-under.ts';
import type { CatalogPort } from '../../subgraphs/kit/catalog-port.ts';
import type { DueExport, ExportWork, FinishedExport } from '../../subgraphs/kit/exports/export-work.ts';
import type { ChangeFeed } from '../../subgraphs/kit/feed/change-feed.ts';
import { OperationTrace } from '../../subgraphs/kit/operation-trace.ts';
import type { AccessAudit } from '../audit/access-audit.ts';
import type { Executor } from '../execute/executor.ts';
import { findClientItself } from '../identity/client-itself.ts';
import type { CostBudget } from '../operations/budget.ts';
import type { OperationCache, ServedOperation } from '../operations/prepare.ts';
import type { PurposeReader } from '../policy/purposes.ts';
import { exportPath } from './export-files.ts';
import { AFTER_VARIABLE, type ExportOperation, exportOperation } from './export-operation.ts';
import { openEncoder } from './open-encoder.ts';

export interface ExportRunnerOptions {
  readonly work: ExportWork;
  /** Where files lie until they expire; made when the first is written. */
  readonly folder: string;
  readonly catalog: Pick<CatalogPort, 'findClient'>;
  readonly changes: ChangeFeed;
  readonly executor: Executor;
  readonly operations: OperationCache;
  readonly audit: Pick<AccessAudit, 'settle'>;
  readonly budget: CostBudget;
  readonly purposes: PurposeReader;
  readonly personalRights: ReadonlySet<string>;
  /** For one page. */
  readonly timeoutMilliseconds: number;
  /** Told of what went wrong on this side. */
  readonly onTrouble: (error: unknown) => void;
  readonly lookMilliseconds?: number;
}

const LOOK_MILLISECONDS = 1_000;
/** Kept well below the lease of a minute. */
const NOTE_MILLISECONDS = 5_000;
/** A page that fails for a reason that may pass. */
const RETRY_MILLISECONDS = [200, 1_000, 3_000, 10_000];
/** What a page lacks by rule, not by accident: the rest of it stands. */
const GAPS = new Set(['FIELD_RIGHT_MISSING', 'ROW_RIGHT_MISSING', 'PURPOSE_REQUIRED', 'PURPOSE_NOT_PERMITTED']);

/** Why an export could not be made; the code stands on the graph. */
class ExportFailure extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/**
 * Makes the files that `startExport` asks for: the query is asked page after page by the executor, as if the client had
 * asked it, so that rights, masks, area, budget and access log are those of any query. A file is there as a whole or
 * not at all. Of several hubs one works on an export at a time; what a hub has left is begun again.
 */
export class ExportRunner {
  readonly #options: ExportRunnerOptions;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;

  constructor(options: ExportRunnerOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { work, folder, lookMilliseconds = LOOK_MILLISECONDS, onTrouble } = this.#options;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        const due = await work.lease();
        if (due !== undefined) {
          await this.#make(due);
          continue;
        }
        for (const { lease, format } of await work.expire())
          await rm(exportPath(folder, lease, format), { force: true });
      } catch (error) {
        if (!signal.aborted) onTrouble(error);
      }
      await delay(lookMilliseconds, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  async #make(due: DueExport): Promise<void> {
    const { work, folder, onTrouble } = this.#options;
    const path = exportPath(folder, due.lease, due.format);
    try {
      const made = await this.#write(due, `${path}.part`);
      if (made === undefined) return;
      await rename(`${path}.part`, path);
      if (!(await work.finish(due, made))) await rm(path, { force: true });
    } catch (error) {
      // Ended by us: the next hub begins again.
      if (this.#stop.signal.aborted) return;
      if (!(error instanceof ExportFailure)) onTrouble(error);
      await work.fail(due, error instanceof ExportFailure ? error.code : 'UNEXPECTED');
    } finally {
      await rm(`${path}.part`, { force: true });
    }
  }

  /** Undefined when somebody else has taken it over. */
  async #write(due: DueExport, path: string): Promise<FinishedExport | undefined> {
    const { changes, folder, work } = this.#options;
    const { asked, served } = this.#prepare(due.document);
    // Before the first page: whatever changes while it is written is among the changes behind it.
    const cursor = changes.seal({ vector: await changes.latest() });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = createWriteStream(path, { mode: 0o600, flush: true });
    const hash = createHash('sha256');
    const gaps = new Set<string>();
    let [rows, bytes, notedAt] = [0, 0, 0];
    const put = async (chunk: Uint8Array): Promise<void> => {
      bytes += chunk.length;
      hash.update(chunk);
      if (!file.write(chunk)) await once(file, 'drain');
    };
    try {
      if (!(await work.advance(due, 0, cursor))) return undefined;
      const encoder = openEncoder(due.format, asked.columns);
      await put(encoder.begin());
      let after: string | null = null;
      do {
        const page = await this.#page(due, served, asked, after, gaps);
        await put(encoder.rows(page.nodes));
        rows += page.nodes.length;
        after = page.next;
        if (performance.now() - notedAt > NOTE_MILLISECONDS) {
          notedAt = performance.now();
          if (!(await work.advance(due, rows, cursor))) return undefined;
        }
      } while (after !== null);
      await put(encoder.end());
      file.end();
      await finished(file);
      return { rows, bytes, sha256: hash.digest('hex'), gaps: [...gaps].sort() };
    } finally {
      file.destroy();
    }
  }

  #prepare(document: string): { readonly asked: ExportOperation; readonly served: ServedOperation } {
    const { operations } = this.#options;
    const given = operations.prepare(document, undefined);
    if (!('document' in given)) throw new ExportFailure('DOCUMENT_INVALID');
    const asked = exportOperation(given, given.apiSchema);
    if (typeof asked === 'string') throw new ExportFailure(asked);
    const served = operations.prepare(asked.text, given.operationName);
    if (!('document' in served)) throw new ExportFailure('DOCUMENT_INVALID');
    return { asked, served };
  }

  async #page(
    due: DueExport,
    served: ServedOperation,
    { responseKey }: ExportOperation,
    after: string | null,
    gaps: Set<string>,
  ): Promise<{ readonly nodes: readonly Record<string, unknown>[]; readonly next: string | null }> {
    const { signal } = this.#stop;
    for (let attempt = 0; ; attempt++) {
      const { caller, costBudgetPerMinute } = await this.#callerOf(due);
      const variables = { ...due.variables, [AFTER_VARIABLE]: after };
      await this.#pay(served.cost(variables), caller, costBudgetPerMinute);
      signal.throwIfAborted();
      const { data, errors = [] } = await this.#answer(due.id, served, variables, caller);
      const codes = errors.map(({ extensions }) => String(extensions.code ?? 'UNEXPECTED'));
      const page = data?.[responseKey] as Page | null | undefined; // selected by `exportOperation`
      const isWhole = page != null && codes.every((code) => GAPS.has(code));
      if (isWhole) {
        for (const code of codes) gaps.add(code);
        const { nodes, pageInfo } = page;
        return { nodes, next: pageInfo.hasNextPage ? pageInfo.endCursor : null };
      }
      const pause = RETRY_MILLISECONDS[attempt];
      if (pause === undefined) throw new ExportFailure(codes.find((code) => !GAPS.has(code)) ?? codes[0] ?? 'NO_PAGE');
      await delay(pause, undefined, { signal });
    }
  }

  async #answer(
    requestId: string,
    operation: ServedOperation,
    variables: Readonly<Record<string, unknown>>,
    caller: Caller,
  ): Promise<ExecutionResult> {
    const { audit, executor, timeoutMilliseconds } = this.#options;
    const trace = new OperationTrace();
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(timeoutMilliseconds)]);
    const result = await executor.execute({ prepared: operation, variables, caller, trace, signal });
    return audit.settle({ requestId, caller, operation, variables }, trace.subjects, result);
  }

  /** The client as it is now, under the purpose that was stated when the export was asked for. */
  async #callerOf({ clientId, legalBasis, scenario, unmask }: DueExport) {
    const { catalog, personalRights, purposes } = this.#options;
    const found = await findClientItself(catalog, clientId);
    if (found === undefined) throw new ExportFailure('CLIENT');
    await purposes.refresh();
    const stated = { legalBasis: legalBasis ?? undefined, scenario: scenario ?? undefined, unmask };
    const caller = callerUnder(found.caller, stated, purposes.current, personalRights);
    if (caller instanceof GraphQLError) throw new ExportFailure(String(caller.extensions.code));
    return { caller, costBudgetPerMinute: found.grant.costBudgetPerMinute };
  }

  /** A client whose budget is used up gets its file later, not less of it. */
  async #pay(cost: number, { clientId }: Caller, perMinute: number): Promise<void> {
    const { signal } = this.#stop;
    for (;;) {
      const decision = this.#options.budget.spend(clientId, cost, perMinute);
      if (decision.granted) return;
      await delay(decision.retryAfterSeconds * 1_000, undefined, { signal });
    }
  }
}

interface Page {
  readonly nodes: readonly Record<string, unknown>[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
