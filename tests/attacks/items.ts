/**
 * What is attacked, item by item, and the tests that do it: file, and a part of each title. `items.test.ts` looks every
 * one of them up. Each asserts that it was refused, that nothing was returned or written (`attack-hub.ts` counts outbox,
 * provenance and idempotency rows around every request), and what the access log shows.
 */
export const attackedItems: Readonly<Record<string, readonly (readonly [file: string, ...titles: string[]])[]>> = {
  'alias floods': [['floods.test.ts', 'aliases of one root field', 'aliases below', 'aliases hidden in fragments']],
  'batch floods': [['floods.test.ts', 'a batch of requests', 'a body larger than allowed']],
  'directive floods': [['floods.test.ts', "'directives'", 'unknown directives']],
  'token floods': [['floods.test.ts', "'tokens'", 'tokens in a literal']],
  'deep fragments and selections': [
    ['floods.test.ts', "'depth'", 'depth of a literal', 'fragments that double each other', 'pages of pages'],
  ],
  'circular fragments': [['floods.test.ts', 'fragments in a circle']],
  'introspection leaks': [
    ['protected-fields.test.ts', 'with introspection off nothing of the schema is told'],
    ['floods.test.ts', 'nested introspection'],
    ['entries.test.ts', 'who wants to reach a subgraph through the gateway'],
  ],
  'suggestion leaks': [
    ['protected-fields.test.ts', 'no name is suggested'],
    ['further.test.ts', 'guessed at by suggestions'],
  ],
  'GET mutations': [['entries.test.ts', 'a mutation by GET', 'a method that pretends to be another']],
  'content-type tricks': [['entries.test.ts', 'a body of type %s', 'a foreign origin']],
  'forged tokens': [
    [
      'entries.test.ts',
      'a stranger’s signature under our kid',
      'a kid that is a path',
      'a kid that is SQL',
      'keys behind jku',
    ],
  ],
  'expired tokens': [
    ['entries.test.ts', 'an expired one of ours', 'one for another audience'],
    ['further.test.ts', 'a token outlives no suspension'],
  ],
  'alg confusion': [['entries.test.ts', 'alg none', 'alg None', 'HS256 with the public key as the secret']],
  'interface, union and fragment paths to a protected field': [
    [
      'protected-fields.test.ts',
      'through the interface',
      'through an interface in an interface',
      'through a fragment of the interface',
      'through the members of a union',
      'behind a condition that is skipped elsewhere',
    ],
  ],
  '@requires reads': [
    ['protected-fields.test.ts', '@requires(fields: "birthDate")'],
    ['../gateway/missing-rights.test.ts', 'what is made of a protected field by @requires demands its right'],
  ],
  'renamed directives': [['protected-fields.test.ts', 'a directive of the machinery cannot be used or renamed']],
  'direct _entities and _service': [
    ['entries.test.ts', 'who wants to reach a subgraph through the gateway'],
    [
      '../faults/unsigned-request.test.ts',
      'a subgraph on its own answers the gateway',
      'the contract, too',
      'a signed caller without the rights',
    ],
    [
      'rows/crawl.test.ts',
      'and signed for a caller of A shows no row of B',
      'without a signature, or with one that is forged',
    ],
  ],
  'foreign keys': [
    ['rows/crawl.test.ts', 'an id that was guessed or rewritten', 'by any field of any entity'],
    ['protected-fields.test.ts', 'a row of another district and one that does not exist'],
  ],
  'foreign cursors': [
    ['rows/crawl.test.ts', 'a cursor of the whole city opens no row of B'],
    ['rows/feeds.test.ts', 'a cursor of B’s change opens none of it'],
    ['further.test.ts', 'a cursor opens its own list only', 'it says nothing of the row'],
  ],
  'filter oracles': [
    ['protected-fields.test.ts', "'a filter'", 'a filter below', 'a filter in variables', "'a lookup'"],
  ],
  'sort oracles': [['protected-fields.test.ts', "'a sort'"]],
  'error oracles': [
    ['protected-fields.test.ts', 'a number that exists and one that does not'],
    ['further.test.ts', 'a mutation without the right answers alike'],
  ],
  'null oracles': [
    ['further.test.ts', 'a refused field is refused alike', 'who is a party member and who is none answer alike'],
  ],
  'cross-user reuse': [
    [
      'protected-fields.test.ts',
      'prepared and compiled for one with rights',
      'fifty equal requests in flight at once',
      'a purpose that one request stated',
      'an idempotency key of one client',
    ],
  ],
  'prototype pollution': [['entries.test.ts', 'a prototype, wherever it is written to', 'a kid of the prototype']],
  'personal data in logs and errors': [
    ['protected-fields.test.ts', 'no line of the log, no error and no recorded operation'],
    ['entries.test.ts', 'a citizen’s number in a URL'],
  ],
  'personal data in traces': [['further.test.ts', 'neither traces nor metrics hold']],
  'forged headers': [['entries.test.ts', 'a caller’s context that somebody sends along']],
  'writes under a refused request': [
    ['further.test.ts', 'is nothing, and the access log shows the attempt as refused', 'half of a mutation is not run'],
  ],
  'subscriptions, change feed, webhooks, exports, imports, REST': [
    [
      'rows/feeds.test.ts',
      'the change feed tells A',
      'the stream of changes is silent',
      'subscriptions give A nothing',
      'a webhook of A is told nothing',
      'no export of A holds a row of B',
    ],
    ['further.test.ts', 'a subscription to a protected field', 'REST answers no more', 'an import without the right'],
  ],
};
