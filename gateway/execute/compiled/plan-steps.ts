import type { FetchNode, FlattenNodePathSegment, PlanNode } from '@graphql-hive/router-query-planner';
import { CannotCompile } from './cannot-compile.ts';
import { compileBatchFetch, compileEntityFetch, compileRootFetch, type StepScope } from './fetch-steps.ts';
import { type Foresee, foreseenEntities } from './foreseen-entities.ts';
import type { Run, Step } from './run.ts';

export interface PlanScope extends StepScope {
  /** The type of a root field of the query, where it is an object type. */
  readonly typeOfRootField: (name: string) => string | undefined;
}

/** Compiles a plan. There are no conditions in it, since what is planned has none. */
export function compilePlan(node: PlanNode, scope: PlanScope): Step {
  const { foreseen, begins } = foresee(node, scope);
  const step = compileNode(node, { ...scope, foreseen, begins });
  if (begins.length === 0) return step;
  return (run) => {
    const pending = step(run);
    // The root's owner has been asked and not answered yet: what others will be asked of its entity goes along.
    if (pending !== undefined) for (const begin of begins) begin(run);
    return pending;
  };
}

interface NodeScope extends PlanScope {
  readonly foreseen: ReadonlyMap<string, Foresee>;
  /** Takes those fetches that can begin before the root has answered. */
  readonly begins: ((run: Run) => void)[];
}

/** Only a query's plan that begins with one fetch of its roots foresees anything. */
function foresee(node: PlanNode, scope: PlanScope): Pick<NodeScope, 'foreseen' | 'begins'> {
  const [first] = node.kind === 'Sequence' ? node.nodes : [];
  const isRoot = first?.kind === 'Fetch' && first.requires == null;
  return { foreseen: isRoot ? foreseenEntities(first.operation, scope.typeOfRootField) : new Map(), begins: [] };
}

function compileNode(node: PlanNode, scope: NodeScope): Step {
  const compile = (child: PlanNode) => compileNode(child, scope);
  switch (node.kind) {
    case 'Fetch':
      if (node.requires != null) throw new CannotCompile('a fetch of entities without a path');
      return compileRootFetch(node, scope);
    case 'Flatten':
      if (node.node.kind !== 'Fetch') throw new CannotCompile(`a Flatten of ${node.node.kind}`);
      return compileFlatten(node.path, node.node, scope);
    case 'BatchFetch':
      return compileBatchFetch(node, scope);
    case 'Sequence':
      return sequence(node.nodes.map(compile));
    case 'Parallel':
      return parallel(node.nodes.map(compile));
    default:
      throw new CannotCompile(`a plan with ${node.kind}`);
  }
}

function compileFlatten(path: readonly FlattenNodePathSegment[], node: FetchNode, scope: NodeScope): Step {
  const { step, begin } = compileEntityFetch(path, node, scope, scope.foreseen);
  if (begin !== undefined) scope.begins.push(begin);
  return step;
}

function sequence(steps: readonly Step[]): Step {
  const from = (index: number, run: Run): Promise<void> | undefined => {
    for (let at = index; at < steps.length; at++) {
      const pending = steps[at]?.(run);
      if (pending !== undefined) return pending.then(() => from(at + 1, run));
    }
    return undefined;
  };
  return (run) => from(0, run);
}

function parallel(steps: readonly Step[]): Step {
  return (run) => {
    const pending: Promise<void>[] = [];
    for (const step of steps) {
      try {
        const waiting = step(run);
        if (waiting !== undefined) pending.push(waiting);
      } catch (error) {
        // Those that have begun must still be waited for, or their failure would end the process.
        pending.push(Promise.reject(error));
      }
    }
    return pending.length === 0 ? undefined : Promise.all(pending).then(() => undefined);
  };
}
