import { createRequire } from 'node:module';
import type { PlanNode, QueryPlanner } from '@graphql-hive/router-query-planner';
import { CannotCompile } from './cannot-compile.ts';

export type PlanOperation = (text: string) => PlanNode | undefined;

/**
 * Loads the planner for one supergraph. Throws where its binary does not run (musl, Windows) or the supergraph is not
 * to its liking. Only ever give it documents that were made of validated ones: it crashes the process on cyclic
 * fragments.
 */
export function loadPlanner(supergraphSdl: string): PlanOperation {
  // Not a static import: its failure must not keep the gateway from starting.
  const module = createRequire(import.meta.url)('@graphql-hive/router-query-planner') as {
    QueryPlanner: typeof QueryPlanner;
  };
  const planner = new module.QueryPlanner(supergraphSdl);
  // No progressive overrides: labels and percentage would only matter for those.
  const noLabels = new Set<string>();
  return (text) => {
    try {
      return planner.plan(text, undefined, noLabels, 0).node;
    } catch (error) {
      throw new CannotCompile(`the planner refused: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
}
