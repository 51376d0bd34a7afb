import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { buildASTSchema, type GraphQLSchema, graphql, parse } from 'graphql';
import type { Caller } from '../../../../subgraphs/kit/caller/caller.ts';
import { SIGNATURE_HEADER, verifyRequest } from '../../../../subgraphs/kit/caller/gateway-signature.ts';

const CARD = (more = '') =>
  `@card(source: "urban-management", sharing: "UNCONDITIONAL", grade: 1, category: "GOVERNMENT", updateCycle: "REALTIME"${more})`;

/** The contract of a department that counts parking places: a type of its own, and a field of somebody else's. */
export const PARKING_SDL = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])
  @link(url: "https://specs.yiyun.example/card/v1.0", import: ["@card"])
  @composeDirective(name: "@card")

directive @card(category: String!, derivedFrom: String, grade: Int!, mask: String, right: String, rowRight: String, sharing: String!, sharingBasis: String, source: String!, unit: String, updateCycle: String!) on ARGUMENT_DEFINITION | ENUM_VALUE | FIELD_DEFINITION | INPUT_FIELD_DEFINITION

"""停车场 A public car park."""
type CarPark @key(fields: "id") {
  """全局编号 Global id."""
  id: ID! ${CARD()}
  """名称 Its name."""
  name: String ${CARD()}
  """空余泊位 Places that are free."""
  freePlaceCount: Int ${CARD(', unit: "个 places"')}
}

"""社区 A community of another department, with what this one adds."""
type Community @key(fields: "id") {
  id: ID!
  """停车场 Car parks of the community."""
  carParks: [CarPark!] ${CARD()}
}

type Query {
  """停车场清单 Car parks."""
  carParks: [CarPark!] ${CARD()}
}
`;

export interface ExternalDepartment extends AsyncDisposable {
  readonly url: string;
  /** Callers of the requests that carried a valid signature, and how many did not. */
  readonly callers: Caller[];
  readonly unsigned: () => number;
  /** Has it answer with an error, or late. */
  fail(status: number | undefined): void;
  delay(milliseconds: number): void;
}

const PARKS = [
  { __typename: 'CarPark', id: 'CarPark:1', name: '百福弄停车场', freePlaceCount: 12 },
  { __typename: 'CarPark', id: 'CarPark:2', name: '南湖停车场', freePlaceCount: 0 },
];

/** A department's own service: a plain HTTP server with graphql-js, and nothing of this project but the signature. */
export async function openExternalDepartment(
  sdl: string,
  key: () => Buffer,
  name: string,
): Promise<ExternalDepartment> {
  const schema = executable(sdl);
  const callers: Caller[] = [];
  let [unsigned, failing, pause]: [number, number | undefined, number] = [0, undefined, 0];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const header = request.headers[SIGNATURE_HEADER];
    const caller = verifyRequest(key(), name, typeof header === 'string' ? header : undefined, body);
    await delay(pause);
    if (caller === undefined) unsigned += 1;
    else callers.push(caller);
    if (caller === undefined || failing !== undefined) {
      response.writeHead(failing ?? 401, { 'content-type': 'application/json' }).end('{}');
      return;
    }
    const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
    const rootValue = {
      _service: { sdl },
      carParks: PARKS,
      _entities: ({ representations }: { representations: { __typename: string; id: string }[] }) =>
        representations.map(({ __typename, id }) =>
          __typename === 'Community'
            ? { __typename, id, carParks: PARKS }
            : (PARKS.find((park) => park.id === id) ?? null),
        ),
    };
    const result = await graphql({ schema, source: query, rootValue, variableValues: variables ?? {} });
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    callers,
    unsigned: () => unsigned,
    fail: (status) => {
      failing = status;
    },
    delay: (milliseconds) => {
      pause = milliseconds;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The contract with the machinery that every federated service has. */
function executable(sdl: string): GraphQLSchema {
  const machinery = `
    scalar _Any
    union _Entity = CarPark | Community
    type _Service { sdl: String }
    extend type Query { _service: _Service! _entities(representations: [_Any!]!): [_Entity]! }
    directive @key(fields: String!) repeatable on OBJECT`;
  const plain = sdl.replace(/^extend schema[\s\S]*?\n\n/, '');
  const document = parse(`${plain}\n${machinery}`);
  const merged = document.definitions.filter((definition) => definition.kind !== 'ObjectTypeExtension');
  const extension = document.definitions.find((definition) => definition.kind === 'ObjectTypeExtension');
  const definitions = merged.map((definition) =>
    definition.kind === 'ObjectTypeDefinition' &&
    definition.name.value === 'Query' &&
    extension?.kind === 'ObjectTypeExtension'
      ? { ...definition, fields: [...(definition.fields ?? []), ...(extension.fields ?? [])] }
      : definition,
  );
  return buildASTSchema({ ...document, definitions });
}
