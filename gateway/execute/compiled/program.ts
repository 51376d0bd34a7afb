import { type ExecutionResult, isInputType, typeFromAST, valueFromAST } from 'graphql';
import type { BoundedCache } from '../../operations/bounded-cache.ts';
import type { ExecutableOperation } from '../executable-operation.ts';
import type { OperationRequest } from '../executor.ts';
import { CannotCompile } from './cannot-compile.ts';
import { type Choices, choiceVariables } from './choices.ts';
import { type CompileScope, compileOperation, type RunOperation } from './compile-operation.ts';
import { fragmentsOf } from './operation-scope.ts';

/** Null: the fallback's. */
export type Variant = RunOperation | null;

type Variables = Readonly<Record<string, unknown>>;

/** One operation, compiled once for each combination of what its `@skip` and `@include` variables decide. */
export class Program {
  readonly #prepared: ExecutableOperation;
  readonly #scope: CompileScope;
  readonly #choices: readonly string[];
  readonly #id: string;
  readonly #variants: BoundedCache<Variant>;
  /** Where nothing is to be chosen; lives as long as the program. */
  #only: Variant | undefined;
  readonly #complete: (given: Variables) => Variables;
  readonly #onFallback: (reason: string) => void;

  /**
   * @param id names the operation among all that share `variants`.
   * @param variants what is compiled for combinations of choices, of all operations: a client that goes through all
   *   combinations must not fill the memory.
   */
  constructor(
    id: string,
    prepared: ExecutableOperation,
    scope: CompileScope,
    variants: BoundedCache<Variant>,
    onFallback: (reason: string) => void,
  ) {
    this.#id = id;
    this.#variants = variants;
    this.#onFallback = onFallback;
    this.#prepared = prepared;
    this.#scope = scope;
    this.#choices = choiceVariables(prepared.operation, fragmentsOf(prepared.document).values());
    this.#complete = compileDefaults(prepared, scope);
  }

  /** Undefined when the fallback has to answer. */
  run(request: OperationRequest): ExecutionResult | Promise<ExecutionResult> | undefined {
    const variables = this.#complete(request.variables);
    const variant = this.#choices.length === 0 ? this.#findOnly() : this.#findVariant(variables);
    return variant?.(request, variables);
  }

  /** Why the operation cannot be compiled with every choice taken to be false. */
  findObstacle(): string | undefined {
    try {
      compileOperation(this.#prepared, new Map(this.#choices.map((name) => [name, false])), this.#scope);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  #findOnly(): Variant {
    if (this.#only === undefined) this.#only = this.#tryCompile(new Map());
    return this.#only;
  }

  #findVariant(variables: Variables): Variant {
    const choices = new Map<string, boolean>();
    let key = this.#id;
    for (const name of this.#choices) {
      const value = variables[name];
      // What has not passed coercion has no truth value here.
      if (typeof value !== 'boolean') return null;
      choices.set(name, value);
      key += value ? '1' : '0';
    }
    const known = this.#variants.get(key);
    if (known !== undefined) return known;
    const made = this.#tryCompile(choices);
    this.#variants.set(key, made, 1);
    return made;
  }

  #tryCompile(choices: Choices): Variant {
    try {
      return compileOperation(this.#prepared, choices, this.#scope);
    } catch (error) {
      // Anything else is a mistake of ours, which must not cost the caller the answer.
      this.#onFallback(error instanceof CannotCompile ? error.message : `compiling failed: ${String(error)}`);
      return null;
    }
  }
}

function compileDefaults(
  { operation }: ExecutableOperation,
  { schema }: CompileScope,
): (given: Variables) => Variables {
  const defaults = (operation.variableDefinitions ?? []).flatMap((definition) => {
    const type = typeFromAST(schema, definition.type);
    if (definition.defaultValue === undefined || !isInputType(type)) return [];
    return [{ name: definition.variable.name.value, value: valueFromAST(definition.defaultValue, type) as unknown }];
  });
  if (defaults.length === 0) return (given) => given;
  return (given) => {
    let completed: Record<string, unknown> | undefined;
    for (const { name, value } of defaults) {
      if (Object.hasOwn(given, name)) continue;
      completed ??= { ...given };
      completed[name] = value;
    }
    return completed ?? given;
  };
}
