import { buildSchema, type ExecutionResult, execute, type GraphQLSchema } from 'graphql';
import type { Executor, OperationRequest } from '../../gateway/execute/executor.ts';
import type { OperationLimits } from '../../gateway/options.ts';

/** The English half of a refusal, without what introduces it. */
export const englishOf = (message: string) => message.replace(/^.* \| [^:]+: /s, '');

/** The limits that the hub starts with. */
export const defaultLimits: OperationLimits = {
  tokens: 4_000,
  depth: 14,
  aliases: 60,
  directives: 60,
  rootFields: 20,
  cost: 50_000,
};

/** A graph with one of everything that the gateway looks at. */
export const smallSchema: GraphQLSchema = buildSchema(`
  scalar JSON
  enum Sex { MALE FEMALE }
  interface Node { id: ID! }
  type Person implements Node { id: ID! name: String sex: Sex community: Community household: [Person!] }
  type Community implements Node {
    id: ID!
    name: String
    people(first: Int = 20, after: String): PersonConnection!
    grids: [Grid!]!
    recent(first: Int): [Person!]!
  }
  type Grid implements Node { id: ID! name: String community: Community }
  type PersonConnection { totalCount: Int edges: [PersonEdge!]! nodes: [Person!]! }
  type PersonEdge { cursor: String node: Person }
  union Found = Person | Community
  input PersonFilter { name: String sex: Sex bornAfter: Int namePinyinPrefix: String and: [PersonFilter!] extra: JSON }
  type Query {
    greeting(name: String): String
    community(code: ID!): Community
    people(first: Int = 20, filter: PersonFilter): PersonConnection!
    personByCitizenId(citizenId: String!): Person
    search(text: String!): [Found!]!
    node(id: ID!): Node
    count(n: Int!): Int
    sum(of: [Int!]): Int
    free(value: JSON): String
    broken: String
    slow: String
  }
  type Mutation { rename(input: RenameInput!): Person slowly: String }
  input RenameInput { id: ID! name: String! }
  type Subscription { tick: Int }
`);

/** Arguments and input fields of the small schema that need a right. */
export const smallProtectedInputs: ReadonlySet<string> = new Set([
  'Query.personByCitizenId(citizenId:)',
  'PersonFilter.namePinyinPrefix',
]);

/** Executes over plain values, and keeps what it was asked. */
export class SmallExecutor implements Executor {
  readonly name = 'small';
  readonly requests: OperationRequest[] = [];
  /** Answers instead of the schema, when set. */
  answer: ((request: OperationRequest) => Promise<ExecutionResult>) | undefined;

  async execute(request: OperationRequest): Promise<ExecutionResult> {
    this.requests.push(request);
    if (this.answer !== undefined) return this.answer(request);
    return await execute({
      schema: smallSchema,
      document: request.prepared.document,
      operationName: request.prepared.operationName ?? null,
      variableValues: request.variables,
      rootValue: {
        greeting: ({ name }: { name?: string }) => `你好 ${name ?? 'world'}`,
        community: ({ code }: { code: string }) => ({ __typename: 'Community', id: code, name: '百福弄社区' }),
        personByCitizenId: () => ({ id: 'Person:1', name: '张三' }),
        broken: () => {
          throw new Error('duplicate key (citizen_hash)=(330499199001011234)');
        },
        rename: ({ input }: { input: { id: string; name: string } }) => ({ __typename: 'Person', ...input }),
        count: ({ n }: { n: number }) => n,
      },
    });
  }
}
