import { auditServer } from 'graphql-http';
import { describe, expect, test } from 'vitest';
import { englishOf } from './small-graph.ts';
import { demoGrant, demoHeaders, openSmallHub } from './small-hub.ts';

const RESPONSE_TYPE = 'application/graphql-response+json';

describe('GraphQL over HTTP', () => {
  test('the audit of graphql-http finds no violation', async () => {
    await using small = openSmallHub();
    const url = await small.hub.listen();
    const results = await auditServer({
      url,
      fetchFn: (input: string, init: RequestInit = {}) =>
        fetch(input, { ...init, headers: { ...init.headers, ...demoHeaders } }),
    });

    expect(results.length).toBeGreaterThan(50);
    const failed = results.flatMap((result) => (result.status === 'ok' ? [] : [`${result.name}: ${result.reason}`]));
    expect(failed.filter((name) => name.startsWith('MUST'))).toEqual([]);
    expect(failed.filter((name) => name.startsWith('SHOULD'))).toEqual([]);
  });

  test('without a token nothing is answered but how to get one', async () => {
    await using small = openSmallHub();
    const query = '{ thisFieldDoesNotExist }';

    const none = await small.post({ query }, { authorization: '' });
    const expired = await small.post({ query }, { authorization: 'Bearer expired' });
    const unknown = await small.post('not even JSON', { authorization: 'Bearer nobody' });
    const basic = await small.post({ query }, { authorization: 'Basic ZGVtbzpkZW1v' });

    expect([none, expired, unknown, basic].map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(none.headers['www-authenticate']).toBe('Bearer realm="yiyun"');
    expect(expired.headers['www-authenticate']).toBe('Bearer realm="yiyun", error="invalid_token"');
    expect(none.body.errors?.map(({ extensions }) => extensions?.code)).toEqual(['UNAUTHENTICATED']);
    expect(expired.body.errors?.map(({ extensions }) => extensions?.code)).toEqual(['UNAUTHENTICATED']);
    expect(unknown.body.errors?.map(({ extensions }) => extensions?.code)).toEqual(['CLIENT_UNKNOWN']);
    expect(none.text).not.toContain('thisFieldDoesNotExist');
    expect(small.executor.requests).toEqual([]);
  });

  test('a catalogue that cannot be asked lets nobody in', async () => {
    await using small = openSmallHub();
    small.catalog.failure = new Error('connection refused');

    const { status, body } = await small.post({ query: '{ greeting }' });

    expect(status).toBe(503);
    expect(body.errors?.[0]?.extensions?.code).toBe('IDENTITY_UNAVAILABLE');
    expect(small.executor.requests).toEqual([]);
  });

  test('a query is answered over POST and over GET, with its cost', async () => {
    await using small = openSmallHub();
    const query = 'query Hello($name: String) { greeting(name: $name) }';

    const posted = await small.post({ query, variables: { name: '嘉兴' } }, { accept: RESPONSE_TYPE });
    const got = await small.get({ query: 'query Hello { greeting(name: "why?") }', operationName: 'Hello' });

    expect(posted.status).toBe(200);
    expect(posted.headers['content-type']).toBe(`${RESPONSE_TYPE}; charset=utf-8`);
    expect(posted.headers['x-yiyun-cost']).toBe('1');
    expect(posted.headers['x-yiyun-budget-left']).toBe('99999');
    expect(posted.body).toEqual({ data: { greeting: '你好 嘉兴' } });
    expect(got.status).toBe(200);
    expect(got.body).toEqual({ data: { greeting: '你好 why?' } });
  });

  test('a bare question mark in the URL belongs to the query', async () => {
    await using small = openSmallHub();

    const response = await small.hub.app.inject({
      url: '/graphql?query={greeting(name:%22why?%22)}',
      headers: demoHeaders,
    });

    expect(response.json()).toEqual({ data: { greeting: '你好 why?' } });
  });

  test('a batch is refused and nothing of it is run', async () => {
    await using small = openSmallHub();

    const { status, body } = await small.post([{ query: '{ greeting }' }, { query: '{ greeting }' }]);

    expect(status).toBe(400);
    expect(body.errors?.map(({ extensions }) => extensions?.code)).toEqual(['BATCHING_REFUSED']);
    expect(small.executor.requests).toEqual([]);
  });

  test('a mutation over GET is refused with 405 and not run', async () => {
    await using small = openSmallHub();

    const { status, headers } = await small.get({ query: 'mutation { rename(input: { id: "1", name: "x" }) { id } }' });

    expect(status).toBe(405);
    expect(headers.allow).toBe('POST');
    expect(small.executor.requests).toEqual([]);
  });

  test.each([
    [405, 'METHOD_NOT_ALLOWED', 'PUT', {}, 'GET, POST'],
    [406, 'NOT_ACCEPTABLE', 'POST', { accept: 'image/png' }, undefined],
    [415, 'MEDIA_TYPE_UNSUPPORTED', 'POST', { 'content-type': 'text/plain' }, undefined],
  ] as const)('%i explains itself as %s in both languages', async (expected, code, method, headers, allow) => {
    await using small = openSmallHub();

    const response = await small.hub.app.inject({
      method,
      url: '/graphql',
      headers: { 'content-type': 'application/json', ...demoHeaders, ...headers },
      payload: '{"query":"{ greeting }"}',
    });

    expect(response.statusCode).toBe(expected);
    expect(response.headers.allow).toBe(allow);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    const [error] = response.json().errors;
    expect(error.extensions.code).toBe(code);
    expect(error.message).toMatch(/\p{sc=Han}.* \| \w/u);
    expect(small.executor.requests).toEqual([]);
  });

  test('who opens the bare address is led to the graph', async () => {
    await using small = openSmallHub();

    const { statusCode, headers } = await small.hub.app.inject({ url: '/' });

    expect([statusCode, headers.location]).toEqual([302, '/graphql']);
  });

  test.each([
    ['as a literal', '{ personByCitizenId(citizenId: "330499199001011234") { name } }', undefined],
    [
      'as a variable',
      'query ($id: String!) { personByCitizenId(citizenId: $id) { name } }',
      { id: '330499199001011234' },
    ],
    ['inside a literal filter', '{ people(filter: { and: [{ namePinyinPrefix: "zh" }] }) { totalCount } }', undefined],
    [
      'inside a variable filter',
      'query ($filter: PersonFilter) { people(filter: $filter) { totalCount } }',
      { filter: { and: [{ namePinyinPrefix: 'zh' }] } },
    ],
  ])('a protected argument %s does not travel in a URL', async (_title, query, variables) => {
    await using small = openSmallHub();

    const { status, body, text } = await small.get({
      query,
      ...(variables === undefined ? {} : { variables: JSON.stringify(variables) }),
    });

    expect(status).toBe(400);
    expect(body.errors?.map(({ extensions }) => extensions?.code)).toEqual(['PROTECTED_ARGUMENT_IN_URL']);
    expect(text).not.toContain('330499199001011234');
    expect(small.executor.requests).toEqual([]);
    expect(JSON.stringify(small.log)).not.toContain('330499199001011234');
  });

  test('a filter without its protected fields may travel in a URL', async () => {
    await using small = openSmallHub();

    const { status } = await small.get({
      query: 'query ($filter: PersonFilter) { people(filter: $filter) { totalCount } }',
      variables: JSON.stringify({ filter: { bornAfter: 1990, namePinyinPrefix: null } }),
    });

    expect(status).toBe(200);
    expect(small.executor.requests).toHaveLength(1);
  });

  test('a body that is too large is refused with 413', async () => {
    await using small = openSmallHub({ maxBodyBytes: 1_000 });

    const { status, body } = await small.post({ query: `{ greeting } # ${'x'.repeat(1_000)}` });

    expect(status).toBe(413);
    expect(body.errors?.[0]?.extensions).toEqual({ code: 'BODY_TOO_LARGE', max: 1_000 });
  });

  test('a malformed request is told what is missing, in both languages, without an echo', async () => {
    await using small = openSmallHub();

    const noQuery = await small.post({ variables: {} });
    const noJson = await small.post('{"query": 330499199001011234');
    const number = await small.post('5');

    expect(noQuery.status).toBe(400);
    expect(noQuery.body.errors?.[0]).toMatchObject({
      message: '请求有误：缺少 query 参数 | the request is malformed: Missing query',
      extensions: { code: 'REQUEST_MALFORMED' },
    });
    expect(noJson.body.errors?.[0]?.message).toBe(
      '请求有误：请求体不是合法的 JSON | the request is malformed: Unparsable JSON body',
    );
    expect(noJson.text).not.toContain('330499199001011234');
    expect(number.status).toBe(400);
  });

  test.each([
    ['application/json', 200],
    [RESPONSE_TYPE, 400],
  ])('an invalid document is answered with the status of %s', async (accept, expected) => {
    await using small = openSmallHub();

    const { status, body } = await small.post({ query: '{ greting }' }, { accept });

    expect(status).toBe(expected);
    expect(body.errors?.[0]?.message).toContain(
      'Cannot query field "greting" on type "Query". Did you mean "greeting"?',
    );
  });

  test('a value that does not fit is not repeated, wherever it stands', async () => {
    await using small = openSmallHub();
    const secret = '330499199001011234';
    const answers = [
      await small.post({ query: 'query ($n: Int!) { count(n: $n) }', variables: { n: secret } }),
      await small.post({ query: `{ count(n: "${secret}") }` }),
      await small.post({ query: `{ count(n: ${secret}) }` }),
      await small.post({ query: `{ "${secret}" }` }),
      await small.post({
        query: 'query ($filter: PersonFilter) { people(filter: $filter) { totalCount } }',
        variables: { filter: { and: [{ sex: secret, [secret]: 1 }] } },
      }),
    ];

    for (const { text } of answers) expect(text).not.toContain(secret);
    expect(answers.map(({ body }) => body.errors?.map(({ message }) => englishOf(message)))).toEqual([
      ['Variable "$n" got invalid value; Expected a value of type "Int!".'],
      ['Expected a value of type "Int!".'],
      ['Expected a value of type "Int!".'],
      ['Syntax Error: Expected Name, found String.'],
      [
        'Variable "$filter" got invalid value at "filter.and[0].sex"; Expected a value of type "Sex", one of MALE, FEMALE.',
        'Variable "$filter" got invalid value at "filter.and[0]"; Field is not defined by type "PersonFilter".',
      ],
    ]);
    expect(small.executor.requests).toEqual([]);
    expect(JSON.stringify(small.log)).not.toContain(secret);
  });

  test('an operation beyond the cost limit is refused, and one beyond the budget must wait', async () => {
    await using small = openSmallHub();
    small.catalog.clients.set('demo', { ...demoGrant, costBudgetPerMinute: 1_500 });
    const query = 'query ($n: Int) { people(first: $n) { nodes { id } } }';

    const dear = await small.post({ query, variables: { n: 2_000 } });
    const first = await small.post({ query, variables: { n: 999 } });
    const second = await small.post({ query, variables: { n: 999 } });

    expect(dear.body.errors?.[0]?.extensions).toEqual({ code: 'COST_EXCEEDED', cost: 2_001, max: 1_500 });
    expect(first.status).toBe(200);
    expect(first.headers['x-yiyun-budget-left']).toBe('500');
    expect(second.status).toBe(429);
    expect(second.body.errors?.[0]?.extensions).toEqual({ code: 'BUDGET_EXHAUSTED', seconds: 20 });
    expect(second.headers['retry-after']).toBe('20');
    expect(small.executor.requests).toHaveLength(1);
  });

  test('a subscription is refused in words', async () => {
    await using small = openSmallHub();

    const { body } = await small.post({ query: 'subscription { tick }' });

    expect(body.errors?.[0]?.message).toContain('text/event-stream');
  });

  test('every answer carries a request id and forbids being stored or framed', async () => {
    await using small = openSmallHub();

    const given = await small.post({ query: '{ greeting }' }, { 'x-request-id': 'abcdef-1234' });
    const forged = await small.post({ query: '{ greeting }' }, { 'x-request-id': 'a b\tc' });

    expect(given.headers['x-request-id']).toBe('abcdef-1234');
    expect(forged.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(given.headers['cache-control']).toBe('no-store');
    expect(given.headers['x-content-type-options']).toBe('nosniff');
    expect(given.headers['x-frame-options']).toBe('DENY');
  });
});
