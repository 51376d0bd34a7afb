import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { describeError } from '../../gateway/http/error-report.ts';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';
import { openSmallHub } from './small-hub.ts';

const SECRET = '330499199001011234';

test('an unexpected error of a field is masked with a reference that the log knows; the rest is answered', async () => {
  await using small = openSmallHub();

  const { status, body, text } = await small.post({ query: '{ broken greeting }' });

  const [error] = body.errors ?? [];
  expect(status).toBe(200);
  expect(body.data).toEqual({ broken: null, greeting: '你好 world' });
  expect(body.errors).toHaveLength(1);
  expect(error?.path).toEqual(['broken']);
  expect(error?.extensions?.code).toBe('INTERNAL_ERROR');
  expect(text).not.toContain(SECRET);
  const line = small.log.find(({ reference }) => reference === error?.extensions?.reference);
  expect(line).toMatchObject({ level: 50, errors: [{ name: 'GraphQLError', cause: { name: 'Error' } }] });
  expect(JSON.stringify(small.log)).not.toContain(SECRET);
});

test('problems of the graph are shown as they are, with the subgraph that is down', async () => {
  await using small = openSmallHub();
  const problem = graphProblem('SUBGRAPH_UNAVAILABLE', { subgraph: 'people' });
  small.executor.answer = async () => ({
    data: { greeting: '你好', broken: null },
    errors: [new GraphQLError(problem.message, { path: ['broken'], extensions: problem.extensions })],
  });

  const { status, body } = await small.post({ query: '{ greeting broken }' });

  expect(status).toBe(200);
  expect(body.data).toEqual({ greeting: '你好', broken: null });
  expect(body.errors).toEqual([
    {
      message: problem.message,
      path: ['broken'],
      extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'people' },
    },
  ]);
});

test('a foreign code is no passport', async () => {
  await using small = openSmallHub();
  small.executor.answer = async () => ({
    data: null,
    errors: [new GraphQLError(`no row ${SECRET}`, { extensions: { code: 'BAD_USER_INPUT', value: SECRET } })],
  });

  const { body, text } = await small.post({ query: '{ greeting }' });

  expect(body.errors?.[0]?.extensions?.code).toBe('INTERNAL_ERROR');
  expect(text).not.toContain(SECRET);
});

test('an executor that throws gives 500 and a reference', async () => {
  await using small = openSmallHub();
  small.executor.answer = async () => {
    throw new TypeError(`cannot read ${SECRET}`);
  };

  const { status, body, text } = await small.post({ query: '{ greeting }' });

  expect(status).toBe(500);
  expect(body.errors?.[0]?.extensions?.code).toBe('INTERNAL_ERROR');
  expect(text).not.toContain(SECRET);
  expect(JSON.stringify(small.log)).not.toContain(SECRET);
});

test('an operation that takes too long gives 504, also when its executor does not heed the signal', async () => {
  await using small = openSmallHub({ requestTimeoutMilliseconds: 50 });
  small.executor.answer = () => new Promise(() => {});

  const { status, body } = await small.post({ query: '{ slow }' });

  expect(status).toBe(504);
  expect(body.errors?.[0]?.extensions?.code).toBe('TIMEOUT');
  expect(small.executor.requests[0]?.signal?.aborted).toBe(true);
});

test('the log has no body, no variable, no token and no query string', async () => {
  await using small = openSmallHub();
  await small.post({ query: 'query ($name: String) { greeting(name: $name) }', variables: { name: SECRET } });
  await small.get({ query: `{ greeting(name: "${SECRET}") }` });
  await small.hub.app.inject({ url: `/people/${SECRET}?token=demo` });

  const text = JSON.stringify(small.log);
  expect(text).not.toContain(SECRET);
  expect(text).not.toContain('Bearer');
  expect(text).not.toContain('token=');
  expect(small.log.filter(({ msg }) => msg === 'request')).toMatchObject([
    { method: 'POST', path: '/graphql', status: 200, client: 'demo', operation: 'query', cost: 1 },
    { method: 'GET', path: '/graphql', status: 200, client: 'demo' },
    { method: 'GET', path: 'unknown', status: 404 },
  ]);
});

test('what is logged of an error says where and of which kind, not what', () => {
  const error = Object.assign(new Error(`Key (hash)=(${SECRET}) exists`), {
    code: '23505',
    table: 'person',
    constraint: 'person_pkey',
  });

  const report = describeError(error);

  expect(report).toMatchObject({ name: 'Error', code: '23505', object: 'person.person_pkey' });
  expect(JSON.stringify(report)).not.toContain(SECRET);
  expect(describeError(error, true).message).toContain(SECRET);
});
