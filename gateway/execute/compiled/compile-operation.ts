import {
  type ExecutionResult,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNullableType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';
import type { ExecutableOperation } from '../executable-operation.ts';
import type { OperationRequest } from '../executor.ts';
import { Answer } from './answer.ts';
import { CannotCompile } from './cannot-compile.ts';
import type { Choices } from './choices.ts';
import { type CollectedField, collectFields } from './collect-fields.ts';
import type { StepScope } from './fetch-steps.ts';
import { compileIntrospection } from './introspection.ts';
import { type OperationScope, operationScope } from './operation-scope.ts';
import { planText } from './plan-document.ts';
import { compilePlan } from './plan-steps.ts';
import type { PlanOperation } from './planner.ts';
import { compileProjection, type Project } from './projection.ts';
import { Run, type Step } from './run.ts';

/** What all operations of one graph are compiled with. */
export interface CompileScope extends StepScope {
  readonly schema: GraphQLSchema;
  readonly plan: PlanOperation;
  /** Fields that make a read of an object a read of somebody's data, by type; see `policy/personal-fields.ts`. */
  readonly subjectFields: ReadonlyMap<string, ReadonlySet<string>>;
}

/** An operation as a program; the variables are those of the request with defaults filled in. */
export type RunOperation = (
  request: OperationRequest,
  variables: Readonly<Record<string, unknown>>,
) => ExecutionResult | Promise<ExecutionResult>;

/** Root fields that are fetched and projected together: all of a query, each one of a mutation. */
interface RootGroup {
  readonly fetch: Step | undefined;
  readonly project: Project;
}

interface Answered {
  readonly data: Record<string, unknown> | null;
  readonly errors: Answer['errors'];
}

/** Plans and compiles one operation under one combination of choices. Throws CannotCompile for what it cannot do. */
export function compileOperation(
  prepared: ExecutableOperation,
  choices: Choices,
  compileScope: CompileScope,
): RunOperation {
  const { schema } = compileScope;
  const scope = operationScope(prepared, compileScope, choices);
  const { operation } = scope;
  const rootType = schema.getRootType(operation.operation);
  if (rootType == null || operation.operation === OperationTypeNode.SUBSCRIPTION) {
    throw new CannotCompile(`a ${operation.operation}`);
  }
  const fields = collectFields(scope, rootType, [operation.selectionSet]);
  const introspect = compileIntrospection(scope, fields);
  const clientKeys = new Map([...scope.planKeys].map(([alias, key]) => [key, alias]));
  const project = (run: Run, group: RootGroup): Answered => {
    const { subjects } = run.request.trace;
    const answer = new Answer(introspect(run.variables), run.faults, clientKeys, subjects, run.hidden);
    const data = group.project(run.data, answer, answer.path) ?? null;
    answer.finish(data);
    return { data, errors: answer.errors };
  };

  if (operation.operation === OperationTypeNode.MUTATION) {
    // Planned one by one: the planner would fetch entities of one root field while the next is being carried out.
    const groups = fields.map((field) => {
      const set: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: field.nodes };
      return compileGroup(set, [field], rootType, scope, compileScope);
    });
    return (request, variables) => runInOrder(groups, request, variables, project);
  }
  const group = compileGroup(operation.selectionSet, fields, rootType, scope, compileScope);
  return (request, variables) => {
    const run = new Run(request, variables);
    const pending = group.fetch?.(run);
    return pending === undefined ? toResult(project(run, group)) : pending.then(() => toResult(project(run, group)));
  };
}

function compileGroup(
  set: SelectionSetNode,
  fields: readonly CollectedField[],
  rootType: GraphQLObjectType,
  scope: OperationScope,
  compileScope: CompileScope,
): RootGroup {
  const text = planText(scope, set);
  const node = text === undefined ? undefined : compileScope.plan(text);
  return {
    fetch: node == null ? undefined : compilePlan(node, { ...compileScope, typeOfRootField: rootTypes(rootType) }),
    project: compileProjection(scope, rootType, fields),
  };
}

/** Names of the object types that root fields give, each alone. */
function rootTypes(root: GraphQLObjectType): (name: string) => string | undefined {
  return (name) => {
    const type = root.getFields()[name]?.type;
    const nullable = type === undefined ? undefined : getNullableType(type);
    return isObjectType(nullable) ? nullable.name : undefined;
  };
}

/** Root fields of a mutation one after another; when one leaves the whole answer null, the others are not made. */
async function runInOrder(
  groups: readonly RootGroup[],
  request: OperationRequest,
  variables: Readonly<Record<string, unknown>>,
  project: (run: Run, group: RootGroup) => Answered,
): Promise<ExecutionResult> {
  const data: Record<string, unknown> = {};
  const errors: Answer['errors'] = [];
  for (const group of groups) {
    const run = new Run(request, variables);
    await group.fetch?.(run);
    const answered = project(run, group);
    errors.push(...answered.errors);
    if (answered.data === null) return toResult({ data: null, errors });
    Object.assign(data, answered.data);
  }
  return toResult({ data, errors });
}

function toResult({ data, errors }: Answered): ExecutionResult {
  return errors.length === 0 ? { data } : { data, errors };
}
