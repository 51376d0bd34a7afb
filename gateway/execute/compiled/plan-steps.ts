import type { PlanNode } from '@graphql-hive/router-query-planner';
import { CannotCompile } from './cannot-compile.ts';
import { compileBatchFetch, compileEntityFetch, compileRootFetch, type StepScope } from './fetch-steps.ts';
import type { Run, Step } from './run.ts';

/** Compiles a plan. There are no conditions in it, since what is planned has none. */
export function compilePlan(node: PlanNode, scope: StepScope): Step {
  const compile = (child: PlanNode) => compilePlan(child, scope);
  switch (node.kind) {
    case 'Fetch':
      if (node.requires != null) throw new CannotCompile('a fetch of entities without a path');
      return compileRootFetch(node, scope);
    case 'Flatten':
      if (node.node.kind !== 'Fetch') throw new CannotCompile(`a Flatten of ${node.node.kind}`);
      return compileEntityFetch(node.path, node.node, scope);
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
