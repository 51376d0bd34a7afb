import { createHash } from 'node:crypto';
import type { ExecutionResult, GraphQLError, GraphQLSchema } from 'graphql';
import type { Caller, CallerRequest } from '../../subgraphs/kit/caller/caller.ts';
import type { AccessDecision, AccessRecord, AccessScope, CatalogPort } from '../../subgraphs/kit/catalog-port.ts';
import type { Clock } from '../../subgraphs/kit/clock.ts';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import type { ServedOperation } from '../operations/prepare.ts';
import { type PersonalFields, readPersonalFields, readSubjectFields } from '../policy/personal-fields.ts';
import { AccessRecorder } from './access-recorder.ts';
import { AccessScopeFinder, scope } from './access-scopes.ts';
import { redact } from './redact.ts';
import { isOfType, SoughtSubjects } from './sought-subjects.ts';
import { WriteLog } from './write-log.ts';

export interface AccessAuditOptions {
  readonly apiSchema: GraphQLSchema;
  readonly catalog: Pick<CatalogPort, 'recordAccess' | 'recordWrites'>;
  readonly clock: Clock;
  /** Of the graph that was served before, with which it writes the log: one batch at a time. */
  readonly before?: AccessAudit | undefined;
  /** How many requests are being answered: their lines share commits. */
  readonly underWay?: (() => number) | undefined;
  /** Told of every failure to write the log. */
  readonly onFailure: (error: unknown) => void;
}

/** One request, as the access log sees it. */
export interface AuditedRequest {
  readonly requestId: string;
  readonly caller: Caller;
  readonly operation: ServedOperation;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The file of an export on its way out, as the access log sees it. */
export interface FetchRequest extends Pick<AuditedRequest, 'requestId' | 'caller'> {
  readonly exportId: string;
}

/** A file on its way in, as the access log sees it. */
export interface ImportRequest extends Pick<AuditedRequest, 'requestId' | 'caller'> {
  readonly dataset: string;
}

/** Rejected rows on their way back, as the access log sees them. */
export interface RejectedRequest extends Pick<AuditedRequest, 'requestId' | 'caller'> {
  readonly batchId: string;
}

/** How the access log names a file on its way in, and the write that comes of it. */
export function importRequest(id: string, dataset: string): CallerRequest {
  return { id, operationHash: routeHash(`POST /ingest/${dataset}`), operationName: `ingest ${dataset}`, subjects: [] };
}

function routeHash(route: string): string {
  return createHash('sha256').update(route).digest('hex');
}

/**
 * 访问日志 — sees to it that personal data leaves only after a line about it is durable, that no mutation begins without
 * one, and that what it has committed gets another. What cannot be written about is not given: protected fields turn null with LEDGER_UNAVAILABLE and the
 * rest of the answer stands; a mutation is refused before it is run.
 */
export class AccessAudit {
  readonly #options: AccessAuditOptions;
  readonly #fields: PersonalFields;
  readonly #scopes: AccessScopeFinder;
  readonly #sought: SoughtSubjects;
  /** Types that are subjects in any graph that was served: a write may have been made under each of them. */
  readonly #everSubjects: Set<string>;
  readonly #recorder: AccessRecorder;
  readonly #writes: WriteLog;

  constructor(options: AccessAuditOptions) {
    this.#options = options;
    this.#fields = readPersonalFields(options.apiSchema);
    this.#scopes = new AccessScopeFinder(this.#fields);
    const subjects = new Set(readSubjectFields(options.apiSchema).keys());
    this.#sought = new SoughtSubjects(subjects);
    const { before } = options;
    const everSubjects = before === undefined ? new Set<string>() : before.#everSubjects;
    for (const type of subjects) everSubjects.add(type);
    this.#everSubjects = everSubjects;
    this.#recorder =
      before === undefined ? new AccessRecorder(options.catalog, options.underWay ?? (() => 1)) : before.#recorder;
    const isSubject = (id: string) => isOfType(id, everSubjects);
    this.#writes = before === undefined ? new WriteLog({ ...options, isSubject }) : before.#writes;
  }

  /** How the access log names a mutation, and the writes that come of it. */
  requestOf({ requestId, operation, variables }: AuditedRequest): CallerRequest {
    const { hash, recordedName } = operation;
    const subjects = this.#sought.find(operation, variables);
    return { id: requestId, operationHash: hash, operationName: recordedName, subjects };
  }

  /** Notes that a mutation is about to be run. Returns why it must not be. */
  async announceWrite(request: AuditedRequest): Promise<GraphQLError | undefined> {
    const { operation, variables } = request;
    const sought = this.#sought.find(operation, variables);
    const record = this.#record(request, 'WRITE', this.#scopes.writeOf(operation), sought, 0);
    const [coordinate = 'Mutation'] = record.scope.given;
    return (await this.#write([record])) ? undefined : graphProblem('LEDGER_UNAVAILABLE', { coordinate });
  }

  /** Notes that a file is about to be taken in. Returns why it must not be. */
  announceImport({ dataset, ...request }: ImportRequest): Promise<GraphQLError | undefined> {
    const { operationHash, operationName } = importRequest(request.requestId, dataset);
    return this.#announce(request, 'WRITE', `Ingest.${dataset}`, { operationHash, operationName });
  }

  /** Notes that the file of an export is about to be given. Returns why it must not be. */
  announceFetch({ exportId, ...request }: FetchRequest): Promise<GraphQLError | undefined> {
    return this.#announce(request, 'READ', `Export.${exportId}`, {
      operationHash: routeHash('GET /exports/:id'),
      operationName: `export ${exportId}`,
    });
  }

  /** Notes that the rejected rows of a batch are about to be given back. Returns why they must not be. */
  announceRejected({ batchId, ...request }: RejectedRequest): Promise<GraphQLError | undefined> {
    return this.#announce(request, 'READ', `Ingest.${batchId}`, {
      operationHash: routeHash('GET /ingest/rejected/:batchId'),
      operationName: `rejected ${batchId}`,
    });
  }

  async #announce(
    request: Pick<AuditedRequest, 'requestId' | 'caller'>,
    decision: 'READ' | 'WRITE',
    coordinate: string,
    made: Pick<AccessScope, 'operationHash' | 'operationName'>,
  ): Promise<GraphQLError | undefined> {
    const read: AccessScope = { ...made, given: [coordinate], masked: [], unmasked: [], refused: [] };
    const written = await this.#write([this.#record(request, decision, read, [], 0)]);
    return written ? undefined : graphProblem('LEDGER_UNAVAILABLE', { coordinate });
  }

  /** Notes a request that policy has refused; whether that can be written or not, nothing leaves. */
  async noteRefusal(
    request: Omit<AuditedRequest, 'variables'> & { readonly variables: unknown },
    coordinates: readonly string[],
  ): Promise<void> {
    const { operation, variables } = request;
    const refused = scope(operation, { refused: [...new Set(coordinates)].sort() });
    const sought = this.#sought.find(operation, variables);
    await this.#write([this.#record(request, 'REFUSED', refused, sought, 0)]);
  }

  /**
   * The answer that may leave: as it is once its lines are durable, without protected fields when they cannot be.
   *
   * @param seen ids of the subjects whose data the answer holds, as often as they occur.
   */
  settle(
    request: AuditedRequest,
    seen: readonly string[],
    result: ExecutionResult,
  ): ExecutionResult | Promise<ExecutionResult> {
    if (request.operation.operation.operation === 'mutation') this.noteWritten();
    const { read, unmasked } = this.#scopes.scopesOf(request.operation, request.caller);
    if (read === undefined && unmasked === undefined) return result;
    const subjects = seen.length > 0 ? seen : this.#sought.find(request.operation, request.variables);
    const records: AccessRecord[] = [];
    if (read !== undefined) {
      const decision = read.given.length + read.masked.length > 0 ? 'READ' : 'REFUSED';
      records.push(this.#record(request, decision, read, subjects, seen.length));
    }
    if (unmasked !== undefined) records.push(this.#record(request, 'UNMASKED', unmasked, subjects, seen.length));
    return this.#write(records).then((written) => (written ? result : this.#withhold(request.operation, result)));
  }

  /** Something may have been written: its line is to follow soon. */
  noteWritten(): void {
    void this.#writes.record();
  }

  async close(): Promise<void> {
    await this.#recorder.close();
    await this.#writes.close();
  }

  #withhold(operation: ServedOperation, result: ExecutionResult): ExecutionResult {
    return redact(this.#options.apiSchema, operation, (coordinate) => this.#fields.has(coordinate), result);
  }

  async #write(records: readonly AccessRecord[]): Promise<boolean> {
    try {
      await this.#recorder.record(records);
      return true;
    } catch (error) {
      this.#options.onFailure(error);
      return false;
    }
  }

  #record(
    { caller, requestId }: Pick<AuditedRequest, 'caller' | 'requestId'>,
    decision: AccessDecision,
    scope: AccessScope,
    subjects: readonly string[],
    rowCount: number,
  ): AccessRecord {
    return {
      at: this.#options.clock.now(),
      requestId,
      clientId: caller.clientId,
      departmentCode: caller.departmentCode,
      workerId: caller.workerId,
      personId: caller.personId,
      legalBasis: caller.purpose?.legalBasis,
      scenario: caller.purpose?.scenario,
      decision,
      scope,
      subjects,
      rowCount,
    };
  }
}
