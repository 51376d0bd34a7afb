import {
  type DocumentNode,
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
import {
  ANY_ENTITY,
  compileReferences,
  type GivenReference,
  type ReferenceFacts,
} from '../../subgraphs/kit/graph/input-references.ts';
import { fragmentsByName } from '../operations/operation-parts.ts';
import { directiveArguments } from '../plan/directive-arguments.ts';
import type { SubgraphTransport } from '../transport/subgraph-transport.ts';
import type { ExecutableOperation } from './executable-operation.ts';
import type { Executor, OperationRequest } from './executor.ts';

export interface ReferenceCheckOptions {
  readonly executor: Executor;
  readonly apiSchema: GraphQLSchema;
  readonly transports: readonly SubgraphTransport[];
  /** The subgraphs' contracts, which say who has which field. */
  readonly contracts: readonly { readonly name: string; readonly sdl: string }[];
}

/** What an argument was declared to name. */
interface Declared {
  readonly type: string;
  readonly facts: readonly string[];
  readonly by: string | undefined;
}

/** Where one root field may name entities. */
interface ReferringField {
  readonly key: string;
  readonly read: (variables: Readonly<Record<string, unknown>>) => readonly GivenReference<Declared>[];
}

type Given = GivenReference<Declared>;
type Facts = Record<string, Record<string, ReferenceFacts>>;
/** An entity that is asked for, by what stands for it. */
interface Question {
  readonly representation: Readonly<Record<string, string>> & { readonly __typename: string };
  readonly facts: readonly string[];
}
interface Answer {
  readonly missing: ReadonlySet<string>;
  /** What was found and is to be handed on, by what stands for the entity. */
  readonly found: ReadonlyMap<string, ReferenceFacts>;
}

/**
 * Asks the owners of the entities that the arguments of root fields name (`@references`) whether they are there in the
 * caller's area, in one request per owner, and tells the subgraphs which are not. Where an argument asks facts of the
 * entity, they are read with that, and of other subgraphs that have them in one more request each. When an owner cannot answer nothing
 * is run.
 */
export class ReferenceCheck implements Executor {
  readonly name: string;
  /** Who runs what was checked. */
  readonly inner: Executor;
  readonly #options: ReferenceCheckOptions;
  readonly #owners: ReadonlyMap<string, SubgraphTransport>;
  /** `Type.field` by subgraph, read from its contract when facts are first asked for. */
  readonly #fields = new Map<string, ReadonlySet<string>>();
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
    if (!('missing' in answer)) return answer;
    // One is enough to settle a field, and keeps the caller's signed header short.
    const missingReferences = asked.flatMap(
      ({ given }) =>
        given.find(({ id, declared }) => declared.by === undefined && answer.missing.has(named(declared, id)))?.id ??
        [],
    );
    const referenceFacts = factsOf(asked, answer);
    const caller = {
      ...request.caller,
      missingReferences,
      ...(referenceFacts === undefined ? {} : { referenceFacts }),
    };
    return executor.execute({ ...request, caller });
  }

  async #findMissing(
    asked: readonly { readonly key: string; readonly given: readonly Given[] }[],
    request: OperationRequest,
  ): Promise<Answer | ExecutionResult> {
    const byOwner = new Map<SubgraphTransport, Map<string, Question>>();
    const missing = new Set<string>();
    const found = new Map<string, ReferenceFacts>();
    const all = asked.flatMap(({ given }) => given);
    for (const { declared, id } of all) {
      const type = declared.type === ANY_ENTITY ? splitGlobalId(id)?.typeName : declared.type;
      const owner = this.#owners.get(type ?? '');
      if (owner !== undefined && type !== undefined) {
        const questions = byOwner.get(owner) ?? new Map<string, Question>();
        const facts = declared.facts.filter((fact) => this.#hasField(owner.subgraph, type, fact));
        const representation = { __typename: type, [declared.by ?? 'id']: id };
        byOwner.set(owner, questions.set(named(declared, id), { representation, facts }));
      } else if (declared.type === ANY_ENTITY) missing.add(named(declared, id));
      else throw new Error(`no subgraph owns the rows of ${declared.type}`);
    }
    const failures: GraphQLError[] = [];
    await Promise.all(
      [...byOwner].map(async ([owner, questions]) => {
        const { data, errors = [] } = await ask(owner, [...questions.values()], request);
        if (errors.length > 0) failures.push(...errors);
        else if (!Array.isArray(data?._entities) || data._entities.length !== questions.size) {
          throw new Error(`${owner.subgraph} did not say which entities are there`);
        } else {
          for (const [index, key] of [...questions.keys()].entries()) {
            // Answered as it was asked: `__typename`, and id and facts where there are any.
            const entity = data._entities[index] as (ReferenceFacts & { readonly __typename: string }) | null;
            if (entity === null) missing.add(key);
            else if (entity.id !== undefined) found.set(key, entity);
          }
        }
      }),
    );
    if (failures.length > 0) return { data: null, errors: failures };
    await this.#addFactsOfOthers(all, found, request);
    return { missing, found };
  }

  /** Facts that other subgraphs than the owner have. One that does not answer says nothing, and nobody is refused for that. */
  async #addFactsOfOthers(all: readonly Given[], found: Map<string, ReferenceFacts>, request: OperationRequest) {
    const bySubgraph = new Map<SubgraphTransport, Map<string, Question>>();
    for (const { declared, id } of all) {
      const key = named(declared, id);
      const entity = found.get(key);
      const owner = this.#owners.get(declared.type);
      if (entity === undefined || declared.facts.length === 0) continue;
      for (const transport of this.#options.transports) {
        if (transport === owner) continue;
        const facts = declared.facts.filter((fact) => this.#hasField(transport.subgraph, declared.type, fact));
        if (facts.length === 0) continue;
        const questions = bySubgraph.get(transport) ?? new Map<string, Question>();
        bySubgraph.set(
          transport,
          questions.set(key, { representation: { __typename: declared.type, id: entity.id }, facts }),
        );
      }
    }
    await Promise.all(
      [...bySubgraph].map(async ([transport, questions]) => {
        const { data } = await ask(transport, [...questions.values()], request);
        if (!Array.isArray(data?._entities)) return;
        for (const [index, key] of [...questions.keys()].entries()) {
          const known = found.get(key);
          const more = data._entities[index] as object | null; // as it was asked, see above
          if (known !== undefined && more !== null) found.set(key, { ...known, ...more, id: known.id });
        }
      }),
    );
  }

  #hasField(subgraph: string, type: string, field: string): boolean {
    const known =
      this.#fields.get(subgraph) ?? fieldsOf(this.#options.contracts.find(({ name }) => name === subgraph)?.sdl ?? '');
    this.#fields.set(subgraph, known);
    return known.has(`${type}.${field}`);
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

function named({ type, by = 'id' }: Declared, id: string): string {
  return `${type} ${by} ${id}`;
}

/** Documents by what they ask of which types: a handful. */
const documents = new Map<string, DocumentNode>();

function ask(transport: SubgraphTransport, questions: readonly Question[], request: OperationRequest) {
  const { caller, trace, signal } = request;
  const parts = questions.flatMap(({ representation: { __typename: type, id }, facts }) =>
    id !== undefined && facts.length === 0 ? [] : [`... on ${type} { ${['id', ...facts].join(' ')} }`],
  );
  const selection = ['__typename', ...new Set(parts)].join(' ');
  const document =
    documents.get(selection) ??
    parse(`query ($named: [_Any!]!) { _entities(representations: $named) { ${selection} } }`);
  documents.set(selection, document);
  const variables = { named: questions.map(({ representation }) => representation) };
  return transport.execute({ document, variables, caller, trace, signal });
}

/** What each field's arguments learnt, by their paths; undefined when nothing was asked. */
function factsOf(
  asked: readonly { readonly key: string; readonly given: readonly Given[] }[],
  { found }: Answer,
): Facts | undefined {
  const facts: Facts = {};
  for (const { key, given } of asked) {
    for (const { declared, id, path } of given) {
      const entity = found.get(named(declared, id));
      if (entity !== undefined) facts[key] = { ...facts[key], [path]: entity };
    }
  }
  return Object.keys(facts).length === 0 ? undefined : facts;
}

function fieldsOf(sdl: string): Set<string> {
  return new Set(
    parse(sdl, { noLocation: true }).definitions.flatMap((definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION
        ? (definition.fields ?? []).map((field) => `${definition.name.value}.${field.name.value}`)
        : [],
    ),
  );
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

function referencedType({ astNode }: Parameters<Parameters<typeof compileReferences>[1]>[0]): Declared | undefined {
  const { type, facts, by } = directiveArguments(astNode?.directives, 'references') ?? {};
  if (typeof type !== 'string') return undefined;
  return {
    type,
    facts: Array.isArray(facts) ? facts.map(String) : [],
    by: typeof by === 'string' ? by : undefined,
  };
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
