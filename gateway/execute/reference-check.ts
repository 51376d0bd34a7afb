import {
  type ExecutionResult,
  type FieldNode,
  type GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { splitGlobalId } from '../../subgraphs/kit/global-id.ts';
import { ANY_ENTITY, compileReferences, type GivenReference } from '../../subgraphs/kit/graph/input-references.ts';
import { fragmentsByName } from '../operations/operation-parts.ts';
import { directiveArguments } from '../plan/directive-arguments.ts';
import type { SubgraphTransport } from '../transport/subgraph-transport.ts';
import type { ExecutableOperation } from './executable-operation.ts';
import type { Executor, OperationRequest } from './executor.ts';

export interface ReferenceCheckOptions {
  readonly executor: Executor;
  readonly apiSchema: GraphQLSchema;
  readonly transports: readonly SubgraphTransport[];
}

/** Where one root field may name entities. */
interface ReferringField {
  readonly key: string;
  readonly read: (variables: Readonly<Record<string, unknown>>) => readonly GivenReference<string>[];
}

const WHO_IS_THERE = parse('query ($named: [_Any!]!) { _entities(representations: $named) { __typename } }');

/**
 * Asks the owners of the entities that the arguments of root fields name (`@references`) whether they are there in the
 * caller's area, in one request per owner, and tells the subgraphs which are not. When an owner cannot answer nothing
 * is run.
 */
export class ReferenceCheck implements Executor {
  readonly name: string;
  /** Who runs what was checked. */
  readonly inner: Executor;
  readonly #options: ReferenceCheckOptions;
  readonly #owners: ReadonlyMap<string, SubgraphTransport>;
  readonly #referring = new WeakMap<ExecutableOperation, readonly ReferringField[]>();

  constructor(options: ReferenceCheckOptions) {
    this.name = options.executor.name;
    this.inner = options.executor;
    this.#options = options;
    this.#owners = ownersOf(options);
  }

  async execute(request: OperationRequest): Promise<ExecutionResult> {
    const executor = this.inner;
    const isMutation = request.prepared.operation.operation === 'mutation';
    const referring = this.#referringFields(request.prepared);
    if (referring.length === 0 && !isMutation) return executor.execute(request);
    const asked = referring.map(({ key, read }) => ({ key, given: read(request.variables) }));
    const answer = await this.#findMissing(asked, request);
    if (answer instanceof Set) {
      // One is enough to settle a field, and keeps the caller's signed header short.
      const missingReferences = asked.flatMap(
        ({ given }) => given.find(({ id, declared }) => answer.has(named(declared, id)))?.id ?? [],
      );
      return executor.execute({ ...request, caller: { ...request.caller, missingReferences } });
    }
    return answer;
  }

  async #findMissing(
    asked: readonly { readonly key: string; readonly given: readonly GivenReference<string>[] }[],
    { caller, trace, signal }: OperationRequest,
  ): Promise<Set<string> | ExecutionResult> {
    const byOwner = new Map<SubgraphTransport, Map<string, { __typename: string; id: string }>>();
    const missing = new Set<string>();
    for (const { declared, id } of asked.flatMap(({ given }) => given)) {
      const type = declared === ANY_ENTITY ? splitGlobalId(id)?.typeName : declared;
      const owner = this.#owners.get(type ?? '');
      if (owner !== undefined && type !== undefined) {
        const questions = byOwner.get(owner) ?? new Map();
        byOwner.set(owner, questions.set(named(declared, id), { __typename: type, id }));
      } else if (declared === ANY_ENTITY) missing.add(named(declared, id));
      else throw new Error(`no subgraph owns the rows of ${declared}`);
    }
    const failures: GraphQLError[] = [];
    await Promise.all(
      [...byOwner].map(async ([owner, questions]) => {
        const variables = { named: [...questions.values()] };
        const { data, errors = [] } = await owner.execute({ document: WHO_IS_THERE, variables, caller, trace, signal });
        const found = data?._entities;
        if (errors.length > 0) failures.push(...errors);
        else if (!Array.isArray(found) || found.length !== questions.size) {
          throw new Error(`${owner.subgraph} did not say which entities are there`);
        } else {
          for (const [index, key] of [...questions.keys()].entries()) if (found[index] === null) missing.add(key);
        }
      }),
    );
    return failures.length === 0 ? missing : { data: null, errors: failures };
  }

  #referringFields(prepared: ExecutableOperation): readonly ReferringField[] {
    const known = this.#referring.get(prepared);
    if (known !== undefined) return known;
    const type = this.#options.apiSchema.getRootType(prepared.operation.operation);
    const made = type == null ? [] : referringFields(prepared, type);
    this.#referring.set(prepared, made);
    return made;
  }
}

function named(type: string, id: string): string {
  return `${type} ${id}`;
}

function referringFields({ document, operation }: ExecutableOperation, type: GraphQLObjectType): ReferringField[] {
  const fields: FieldNode[] = [];
  const fragments = fragmentsByName(document);
  const spread = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) fields.push(selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment !== undefined) collect(fragment.selectionSet);
      }
    }
  };
  collect(operation.selectionSet);
  return fields.flatMap((node) => {
    const definition = type.getFields()[node.name.value];
    const read = compileReferences(definition?.args ?? [], referencedType);
    if (definition === undefined || read === undefined) return [];
    const key = (node.alias ?? node.name).value;
    return [{ key, read: (variables) => read(getArgumentValues(definition, node, { ...variables })) }];
  });
}

function referencedType({ astNode }: Parameters<Parameters<typeof compileReferences>[1]>[0]): string | undefined {
  const type = directiveArguments(astNode?.directives, 'references')?.type;
  return typeof type === 'string' ? type : undefined;
}

/** By entity type, as `@rows` declares it. */
function ownersOf({ apiSchema, transports }: ReferenceCheckOptions): ReadonlyMap<string, SubgraphTransport> {
  const bySubgraph = new Map(transports.map((transport) => [transport.subgraph, transport]));
  return new Map(
    Object.values(apiSchema.getTypeMap()).flatMap(({ name, astNode }) => {
      const directives = astNode !== undefined && astNode !== null && 'directives' in astNode ? astNode.directives : [];
      const owner = bySubgraph.get(String(directiveArguments(directives, 'rows')?.owner));
      return owner === undefined ? [] : [[name, owner] as const];
    }),
  );
}
