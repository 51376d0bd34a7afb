import { execute, type GraphQLError, parse, validate } from 'graphql';
import type pg from 'pg';
import type { Caller } from '../../subgraphs/kit/caller/caller.ts';
import { fixedClock } from '../../subgraphs/kit/clock.ts';
import type { RightCode } from '../../subgraphs/kit/codes/rights.ts';
import { wantedColumns } from '../../subgraphs/kit/graph/wanted-columns.ts';
import { uuidSource } from '../../subgraphs/kit/ids.ts';
import { nameDigest } from '../../subgraphs/kit/names/register-name.ts';
import { OperationTrace } from '../../subgraphs/kit/operation-trace.ts';
import { deriveSealingKeys } from '../../subgraphs/kit/store/sealing.ts';
import {
  openSubgraph,
  type SubgraphDefinition,
  type SubgraphEnvironment,
} from '../../subgraphs/kit/subgraph-definition.ts';
import { federatedSchemaOf } from './federated-schema-of.ts';
import { freshDatabase } from './test-database.ts';

/** The instant at which a test subgraph's clock stands until the test moves it: 10:00 in China. */
export const TEST_INSTANT = '2026-06-30T02:00:00.000Z';

export const testKeys = deriveSealingKeys(Buffer.alloc(32, 7));

/** What a test reads out of an answer; data as deep plain objects. */
export interface TestAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: a test names the path it expects, and fails when it is not there
  readonly data: any;
  readonly errors: readonly GraphQLError[];
  /** Codes of the errors with their paths, e.g. `FIELD_RIGHT_MISSING person.birthDate`. */
  readonly problems: readonly string[];
  /** Names of the statements sent through the subgraph's SQL database, in order. */
  readonly statements: readonly string[];
}

export interface TestSubgraph extends AsyncDisposable {
  readonly pool: pg.Pool;
  readonly clock: ReturnType<typeof fixedClock>;
  run(caller: Caller, document: string, variables?: Record<string, unknown>): Promise<TestAnswer>;
  /** What the hub lets the subgraph do by itself, once. */
  runTimedWork(): Promise<void>;
  /** Rows of every table of the subgraph, counted; what a refused mutation must leave as it is. */
  rowCounts(): Promise<Record<string, number>>;
}

/** Opens a subgraph over a database of its own with a standing clock. */
export async function openTestSubgraph<Store>(
  definition: SubgraphDefinition<Store>,
  more: Partial<SubgraphEnvironment> = {},
): Promise<TestSubgraph> {
  const database = await freshDatabase();
  const clock = fixedClock(TEST_INSTANT);
  const environment = { pool: database.pool, clock, ids: uuidSource, keys: testKeys, ...more };
  const subgraph = openSubgraph(definition as SubgraphDefinition, environment, federatedSchemaOf(definition));
  return {
    pool: database.pool,
    clock,
    async run(caller, text, variableValues = {}) {
      const document = parse(text);
      const faults = validate(subgraph.schema, document);
      if (faults.length > 0) throw new Error(`${faults.map((fault) => fault.message).join('\n')}\n${text}`);
      const trace = new OperationTrace();
      // As the gateway does with a document that it knows: no more is read of a row than the document needs.
      const contextValue = subgraph.createContext(caller, trace, wantedColumns(subgraph.schema, document));
      const { data, errors = [] } = await execute({ schema: subgraph.schema, document, contextValue, variableValues });
      return {
        data: JSON.parse(JSON.stringify(data ?? null)),
        errors,
        problems: errors.map((error) => `${String(error.extensions.code ?? error.message)} ${error.path?.join('.')}`),
        statements: trace.statements.get(definition.name) ?? [],
      };
    },
    async runTimedWork() {
      await subgraph.runTimedWork?.();
    },
    async rowCounts() {
      const { rows: tables } = await database.pool.query<{ name: string }>(
        "SELECT tablename AS name FROM pg_tables WHERE schemaname = $1 AND tablename <> '_prisma_migrations' ORDER BY 1",
        [definition.name],
      );
      const counts: Record<string, number> = {};
      for (const { name } of tables) {
        const { rows } = await database.pool.query<{ count: number }>(
          `SELECT count(*)::int AS count FROM ${definition.name}.${name}`,
        );
        counts[name] = rows[0]?.count ?? 0;
      }
      return counts;
    },
    [Symbol.asyncDispose]: async () => {
      await subgraph.close();
      await database[Symbol.asyncDispose]();
    },
  };
}

/** The purpose under which test callers act. */
export const TEST_PURPOSE = { legalBasis: 'PIPL-13-3', scenario: 'service-handling' } as const;

/** A caller of an area, by division or grid codes, with some rights, under a purpose that lets them all be used. */
export function testCaller(jurisdiction: readonly string[], ...rights: RightCode[]): Caller {
  return {
    clientId: 'test-client',
    kind: 'SYSTEM',
    departmentCode: 'civil-affairs',
    jurisdiction,
    rights: new Set(rights),
    purpose: TEST_PURPOSE,
    unmask: true,
    // What a subgraph alone cannot know: that the entities which inputs name do exist.
    missingReferences: [],
  };
}

/** The caller of the root field `answer` after the gateway has asked people for the person that `input.personId` names. */
export function knowingPerson(caller: Caller, personId: string, name: string, more: object = {}): Caller {
  const person = { id: personId, nameDigest: nameDigest(personId, name), ...more };
  return { ...caller, referenceFacts: { answer: { 'input.personId': person } } };
}
