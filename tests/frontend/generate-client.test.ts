import { expect, test } from 'vitest';
import { generateClient } from '../../gateway/typed-client/generate-client.ts';

const contract = 'type Query { greeting(name: String!): String! }';
const generate = (text: string) =>
  generateClient({ contract, documents: [{ file: 'a.graphql', text }], codeLists: [], packageName: 'client' });

test('the same contract and documents give the same package; other documents another version', async () => {
  const version = async (text: string) =>
    JSON.parse((await generate(text)).get('package.json') ?? '').version as string;
  const first = await version('query A($name: String!) { greeting(name: $name) }');
  expect(await version('query A($name: String!) { greeting(name: $name) }')).toBe(first);
  expect(await version('query B($name: String!) { greeting(name: $name) }')).not.toBe(first);
});

test('a document that the contract does not serve is refused by its file’s name, and nothing is generated', async () => {
  await expect(generate('query A { greetings }')).rejects.toThrow(/a\.graphql: Cannot query field "greetings"/);
  await expect(generate('query A {')).rejects.toThrow(/a\.graphql: Syntax Error/);
});
