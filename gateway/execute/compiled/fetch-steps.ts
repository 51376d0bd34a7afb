import type {
  BatchFetchNode,
  EntityBatchAlias,
  FetchNode,
  FlattenNodePathSegment,
} from '@graphql-hive/router-query-planner';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { graphProblem } from '../../../subgraphs/kit/codes/problems.ts';
import { haveSameValues } from '../../../subgraphs/kit/same-values.ts';
import type { SubgraphTransport } from '../../transport/subgraph-transport.ts';
import { collectEntities, type EntityGroup } from './asked-entities.ts';
import { CannotCompile } from './cannot-compile.ts';
import type { Key } from './faults.ts';
import { type AnswerKeys, answerKeys, entityKeys, parseFetch } from './fetch-document.ts';
import { type Foresee, foreseeable, isKeyOnly } from './foreseen-entities.ts';
import { compileMerge, copyData } from './merge.ts';
import { compileOutputRewrites, type OutputRewrites } from './output-rewrites.ts';
import { compilePath } from './plan-path.ts';
import { compileRepresentation } from './representation.ts';
import type { Asked, EarlyFetch, PlanData, Run, Step } from './run.ts';
import type { SharedFetch, SharedFetches } from './shared-fetches.ts';
import type { SupergraphTypes } from './supergraph-types.ts';

/** What compiling the steps of a plan needs. */
export interface StepScope {
  readonly types: SupergraphTypes;
  readonly transportOf: (subgraph: string) => SubgraphTransport;
  readonly fetches: SharedFetches;
}

type Send = (variables: PlanData, run: Run) => ExecutionResult | Promise<ExecutionResult>;

/** Compiles a fetch of root fields. */
export function compileRootFetch(node: FetchNode, scope: StepScope): Step {
  if (node.inputRewrites != null && node.inputRewrites.length > 0) throw new CannotCompile('an input rewrite');
  const shared = shareFetch(node, scope);
  const { fetch } = shared;
  const rewrites = compileOutputRewrites(node.outputRewrites, scope.types);
  const keys = renamedKeys(answerKeys(fetch, fetch.operation.selectionSet), rewrites);
  const merge = compileMerge(keys, scope.types);
  const lost = allKeys(keys);
  const subgraph = subgraphOf(node.serviceName, scope);
  const send = compileSend(node, shared, scope);
  const pick = compileVariables(node.variableUsages);
  const accept = (result: ExecutionResult, run: Run): void => {
    const { data } = result;
    run.state += 1;
    if (isObject(data)) {
      rewrites?.apply(data);
      merge(run.data, data);
    }
    for (const error of errorsOf(result, isObject(data), subgraph)) {
      const path = (error.path ?? []).map((key) => rewrites?.renamed(key) ?? key);
      run.fault(run.data, error, path, isObject(data) && path.length > 0 ? undefined : lost);
    }
  };
  return (run) => settle(send(pick(run), run), (result) => accept(result, run));
}

/** Of a fetch of entities: the subgraph, and the types of rows at places of which it is the owner. */
interface FetchOf {
  readonly subgraph: string;
  readonly hides: ReadonlySet<string>;
}

/**
 * Compiles a fetch of entities at one path.
 *
 * @param foreseen what is known of the entities of root fields before these are answered.
 */
export function compileEntityFetch(
  path: readonly FlattenNodePathSegment[],
  node: FetchNode,
  scope: StepScope,
  foreseen: ReadonlyMap<string, Foresee>,
): { readonly step: Step; readonly begin: ((run: Run) => void) | undefined } {
  if (node.requires == null) throw new CannotCompile('a Flatten without requires');
  const root = node.inputRewrites == null ? foreseeable(path, node.requires) : undefined;
  return compileEntityFetches(node, scope, root === undefined ? undefined : foreseen.get(root), [
    {
      alias: '_entities',
      representationsVariableName: 'representations',
      paths: [[...path]],
      requires: node.requires,
      ...(node.inputRewrites == null ? {} : { inputRewrites: node.inputRewrites }),
      ...(node.outputRewrites == null ? {} : { outputRewrites: node.outputRewrites }),
    },
  ]);
}

/** Compiles a fetch of entities of several kinds or places in one request. */
export function compileBatchFetch(node: BatchFetchNode, scope: StepScope): Step {
  return compileEntityFetches(node, scope, undefined, node.entityBatch.aliases).step;
}

function compileEntityFetches(
  node: FetchNode | BatchFetchNode,
  scope: StepScope,
  foresee: Foresee | undefined,
  aliases: readonly EntityBatchAlias[],
): { readonly step: Step; readonly begin: ((run: Run) => void) | undefined } {
  const shared = shareFetch(node, scope);
  const { fetch } = shared;
  const groups = aliases.map((alias): EntityGroup => {
    const rewrites = compileOutputRewrites(alias.outputRewrites, scope.types);
    const keys = renamedKeys(entityKeys(fetch, alias.alias), rewrites);
    return {
      alias: alias.alias,
      variable: alias.representationsVariableName,
      place: JSON.stringify([alias.paths, alias.requires, alias.inputRewrites]),
      paths: alias.paths.map((path) => compilePath(path, scope.types)),
      represent: compileRepresentation(alias.requires, alias.inputRewrites ?? [], scope.types),
      rewrites,
      merge: compileMerge(keys, scope.types),
      hasComposites: keys.composites.size > 0,
      isKeyOnly: alias.requires.every(isKeyOnly),
      lost: allKeys(keys),
    };
  });
  const subgraph = subgraphOf(node.serviceName, scope);
  const fetchOf: FetchOf = { subgraph, hides: ownedTypes(subgraph, scope) };
  const send = compileSend(node, shared, scope);
  const pick = compileVariables(node.variableUsages);
  const step: Step = (run) => {
    const asked = groups.map((group) => collectEntities(group, run));
    if (asked.every(({ representations }) => representations.length === 0)) return undefined;
    const variables = pick(run);
    for (const [index, { variable }] of groups.entries()) variables[variable] = asked[index]?.representations;
    return settle(takeEarly(run, step, asked) ?? send(variables, run), (result) => {
      run.state += 1;
      for (const [index, group] of groups.entries()) {
        acceptEntities(result, group, asked[index] as Asked, fetchOf, run);
      }
    });
  };
  const [group] = groups;
  if (foresee === undefined || group === undefined) return { step, begin: undefined };
  const begin = (run: Run): void => {
    const entity = foresee(run.variables);
    if (entity === undefined || run.request.signal?.aborted === true) return;
    const result = send({ ...pick(run), [group.variable]: [entity] }, run);
    // Whether it is wanted is not known yet; where it is not, nobody is told that it failed.
    if (result instanceof Promise) result.catch(() => {});
    run.early ??= new Map();
    run.early.set(step, { entity, result });
  };
  return { step, begin };
}

/** What was fetched early, when it is what is asked for now. */
function takeEarly(run: Run, step: Step, asked: readonly Asked[]): EarlyFetch['result'] | undefined {
  const early = run.early?.get(step);
  const [only] = asked;
  if (early === undefined || only === undefined || only.representations.length !== 1) return undefined;
  return haveSameValues(only.representations[0] as PlanData, early.entity) ? early.result : undefined;
}

function acceptEntities(
  result: ExecutionResult,
  group: EntityGroup,
  asked: Asked,
  { subgraph, hides }: FetchOf,
  run: Run,
): void {
  const { representations, targets, indexes, origins } = asked;
  if (representations.length === 0) return;
  const answered: unknown = result.data?.[group.alias];
  const entities: readonly unknown[] =
    Array.isArray(answered) && answered.length === representations.length ? answered : [];
  if (group.rewrites !== undefined) for (const entity of entities) group.rewrites.apply(entity);
  for (const [position, target] of targets.entries()) {
    const entity = entities[indexes[position] as number];
    if (!isObject(entity)) {
      // Not shown, or not known to be: what other subgraphs say of it must not be told either.
      if (hides.has(String(representations[indexes[position] as number]?.__typename))) run.hide(target);
      continue;
    }
    // The first path takes the entity itself; at another one other fields will be merged in.
    const isShared = group.hasComposites && (origins[position] as number) > 0;
    group.merge(target, isShared ? (copyData(entity) as PlanData) : entity);
  }
  if (result.errors === undefined && entities.length > 0) return;
  const isWhole = entities.length > 0;
  for (const error of errorsOf(result, isWhole, subgraph)) {
    const [alias, index, ...below] = error.path ?? [];
    if (alias !== undefined && alias !== group.alias) continue;
    const path = below.map((key): Key => group.rewrites?.renamed(key) ?? key);
    for (const [position, target] of targets.entries()) {
      if (typeof index === 'number' && indexes[position] !== index) continue;
      const entity = entities[indexes[position] as number];
      run.fault(target, error, path, isObject(entity) && path.length > 0 ? undefined : group.lost);
    }
  }
}

function shareFetch({ serviceName, operation }: FetchNode | BatchFetchNode, scope: StepScope): SharedFetch {
  const transport = scope.transportOf(serviceName);
  return scope.fetches.find(transport.subgraph, operation, () => {
    const fetch = parseFetch(operation);
    const { document } = fetch;
    return {
      fetch,
      execute: transport.prepare?.(document) ?? ((request) => transport.execute({ document, ...request })),
    };
  });
}

function compileSend(node: FetchNode | BatchFetchNode, shared: SharedFetch, scope: StepScope): Send {
  const { subgraph } = scope.transportOf(node.serviceName);
  return (variables, run) => {
    run.throwIfAborted();
    const { caller, trace, signal } = run.request;
    trace.recordFetch(subgraph);
    return shared.execute({ variables, caller, trace, signal });
  };
}

function compileVariables(names: readonly string[] | undefined): (run: Run) => PlanData {
  if (names == null || names.length === 0) return () => ({});
  return ({ variables }) => {
    const picked: PlanData = {};
    for (const name of names) if (variables[name] !== undefined) picked[name] = variables[name];
    return picked;
  };
}

function settle(
  result: ExecutionResult | Promise<ExecutionResult>,
  accept: (result: ExecutionResult) => void,
): Promise<void> | undefined {
  if (result instanceof Promise) return result.then(accept);
  accept(result);
  return undefined;
}

/** An answer that has no errors but does not have what was asked for either is invalid. */
function errorsOf(result: ExecutionResult, isWhole: boolean, subgraph: string): readonly GraphQLError[] {
  if (result.errors !== undefined && result.errors.length > 0) return result.errors;
  return isWhole ? [] : [graphProblem('SUBGRAPH_ANSWER_INVALID', { subgraph })];
}

function renamedKeys({ leaves, composites }: AnswerKeys, rewrites: OutputRewrites | undefined): AnswerKeys {
  if (rewrites === undefined) return { leaves, composites };
  const withNames = (keys: ReadonlySet<string>) =>
    new Set([...keys, ...[...keys].map((key) => String(rewrites.renamed(key)))]);
  return { leaves: withNames(leaves), composites: withNames(composites) };
}

function ownedTypes(subgraph: string, { types }: StepScope): ReadonlySet<string> {
  const own = [...types.scopedRows].filter(([, { ownerGraph }]) => types.subgraphs.get(ownerGraph) === subgraph);
  return new Set(own.map(([typeName]) => typeName));
}

function allKeys({ leaves, composites }: AnswerKeys): ReadonlySet<string> {
  return new Set([...leaves, ...composites]);
}

function subgraphOf(service: string, { transportOf }: StepScope): string {
  return transportOf(service).subgraph;
}

function isObject(value: unknown): value is PlanData {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
