import { expect } from 'vitest';
import { subgraphs } from '../../subgraphs/registry.ts';
import { type CityHub, type HubRole, openCityHub } from '../kit/city-hub.ts';

/** What an attack got, and what it left behind. */
export interface Outcome {
  readonly status: number;
  readonly text: string;
  readonly data: unknown;
  /** Codes of the errors; `GRAPHQL` for one of the language itself. */
  readonly codes: readonly string[];
  /** Decisions of the lines that the access log got. */
  readonly ledger: readonly string[];
  /** Statements that reached a subgraph. */
  readonly statements: number;
}

export interface AttackRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: string;
}

export interface AttackHub extends AsyncDisposable {
  readonly hub: CityHub;
  /** Sends a query as a role; asserts that nothing was written. */
  ask(role: HubRole, query: string, variables?: object, headers?: Record<string, string>): Promise<Outcome>;
  /** Sends any request; asserts that nothing was written. */
  send(request: AttackRequest): Promise<Outcome>;
}

/** The whole hub over the test city, with the eyes of somebody who looks for what an attack left. */
export async function openAttackHub(): Promise<AttackHub> {
  const hub = await openCityHub();
  const traces = subgraphs.flatMap(({ name }) =>
    ['outbox', 'provenance', 'idempotency'].map((table) => `${name}.${table}`),
  );
  const count = traces.map((table) => `(SELECT count(*) FROM ${table})`).join(' + ');
  const writes = async () => (await hub.pool.query(`SELECT ${count} AS n`)).rows[0].n as string;
  const ledger = async () =>
    (
      await hub.pool.query<{ decision: string }>(
        `SELECT line->>'decision' AS decision FROM catalog.access_line ORDER BY writer, sequence`,
      )
    ).rows;

  const send: AttackHub['send'] = async (request) => {
    const [written, lines] = [await writes(), (await ledger()).length];
    hub.lastStatements();
    const response = await hub.app.inject({ ...request, headers: { ...request.headers } });
    expect(await writes(), 'rows were written').toBe(written);
    const { statusCode: status, body: text } = response;
    const body = (text.startsWith('{') ? JSON.parse(text) : {}) as {
      data?: unknown;
      errors?: { extensions?: { code?: string } }[];
    };
    return {
      status,
      text,
      data: body.data ?? null,
      codes: (body.errors ?? []).map(({ extensions }) => extensions?.code ?? 'GRAPHQL'),
      ledger: (await ledger()).slice(lines).map(({ decision }) => decision),
      statements: hub.lastStatements(),
    };
  };
  return {
    hub,
    send,
    ask: async (role, query, variables = {}, headers = {}) =>
      send({
        method: 'POST',
        url: '/graphql',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await hub.tokenOf(role)}`,
          ...hub.purpose,
          ...headers,
        },
        payload: JSON.stringify({ query, variables }),
      }),
    [Symbol.asyncDispose]: () => hub[Symbol.asyncDispose](),
  };
}

/** Nothing was given and nothing was looked at. */
export function expectRefused(outcome: Outcome, ...codes: readonly string[]): void {
  expect(outcome.data).toBeNull();
  expect([...new Set(outcome.codes)]).toEqual([...codes]);
  expect(outcome.ledger).toEqual([]);
  expect(outcome.statements).toBe(0);
}
