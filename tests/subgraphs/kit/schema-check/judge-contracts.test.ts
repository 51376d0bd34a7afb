import { expect, test } from 'vitest';
import { composeGraph } from '../../../../subgraphs/kit/schema-check/compose-graph.ts';
import { judgeContracts } from '../../../../subgraphs/kit/schema-check/judge-contracts.ts';
import { removalDate } from '../../../../subgraphs/kit/schema-check/lint-parts.ts';

const LINKS = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])
  @link(url: "https://specs.yiyun.example/card/v1.0", import: ["@card"])
  @composeDirective(name: "@card")
directive @card(category: String!, derivedFrom: String, grade: Int!, mask: String, right: String, sharing: String!, sharingBasis: String, source: String!, unit: String, updateCycle: String!) on FIELD_DEFINITION
`;
const card = (more = '') =>
  `@card(source: "civil-affairs", sharing: "CONDITIONAL", grade: 2, category: "GOVERNMENT", updateCycle: "DAILY"${more})`;
const people = `${LINKS}
"""人员 A person."""
type Person @key(fields: "id") {
  """编号 Id."""
  id: ID! ${card()}
  """年龄 Age."""
  age: Int ${card(', unit: "岁 years"')}
  """状态 State."""
  state: State ${card()}
}
"""状态 State."""
enum State {
  """在册 Listed."""
  LISTED
  """注销 Gone."""
  GONE
}
"""筛选 Which."""
input PersonFilter {
  """状态 State."""
  state: State
  """条件 More."""
  more: MoreFilter
}
"""条件 More."""
input MoreFilter {
  """年龄 Age."""
  age: Int
}
type Query {
  """人员 People."""
  people(
    """筛选 Which."""
    filter: PersonFilter
  ): [Person!]! ${card()}
}
`;

/** What judging says of `people` with some texts replaced. */
function judge(...replacements: [string, string][]) {
  return judgeAgainst(people, ...replacements);
}

async function judgeAgainst(served: string, ...replacements: [string, string][]) {
  const sdl = replacements.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`The contract has no ${from}`);
    return text.replace(from, to);
  }, served);
  const composed = composeGraph([{ name: 'people', sdl: served, url: 'http://people.example' }]);
  if ('findings' in composed) throw new Error(composed.findings.join());
  const live = [{ name: 'people', sdl: served }];
  return judgeContracts({
    live,
    liveSupergraphSdl: composed.supergraphSdl,
    proposed: [{ name: 'people', sdl }],
    today: '2026-06-30',
  });
}

test('a contract that equals the live one has no changes and no findings', async () => {
  expect(await judge()).toEqual({ compositionFindings: [], changes: [], lint: [] });
});

test('contracts that do not compose, or are no SDL, are judged no further', async () => {
  const broken = await judge(['age: Int ', 'age: Number ']);
  expect(broken.compositionFindings.join()).toContain('Number');
  expect(broken.changes).toEqual([]);
  const unreadable = await judge(['type Person', 'tipe Person']);
  expect(unreadable.compositionFindings.join()).toMatch(/子图 people\).*\[INVALID_GRAPHQL\]\n +Syntax Error/);
});

test.each([
  ['age: Int ', 'years: Int ', 'FIELD_REMOVED', 'Person.age', 'BREAKING', ['Person.age']],
  ['age: Int ', 'age: String ', 'FIELD_TYPE_CHANGED', 'Person.age', 'BREAKING', ['Person.age']],
  [
    '"""条件 More."""\n  more: MoreFilter',
    '"""新 New.""" since: Int! """条件 More.""" more: MoreFilter',
    'INPUT_FIELD_ADDED',
    'PersonFilter.since',
    'BREAKING',
    ['PersonFilter.state', 'PersonFilter.more', 'PersonFilter'],
  ],
  [
    '"""年龄 Age."""\n  age: Int\n',
    '"""年 Years."""\n  years: Int\n',
    'INPUT_FIELD_REMOVED',
    'MoreFilter.age',
    'BREAKING',
    ['MoreFilter.age', 'MoreFilter', 'PersonFilter'],
  ],
  [
    '"""注销 Gone."""\n  GONE\n',
    '',
    'ENUM_VALUE_REMOVED',
    'State.GONE',
    'BREAKING',
    ['Person.state', 'PersonFilter.state', 'State', 'PersonFilter'],
  ],
  [
    'filter: PersonFilter\n',
    'filter: PersonFilter\n    """自 From."""\n    since: Int!\n',
    'FIELD_ARGUMENT_ADDED',
    'Query.people(since:)',
    'BREAKING',
    ['Query.people'],
  ],
  [
    'unit: "岁 years"',
    'unit: "岁 years", right: "person.identity"',
    'CARD_RIGHT_ADDED',
    'Person.age',
    'BREAKING',
    ['Person.age'],
  ],
] as const)(
  '%j → %j is %s and touches the documents that may break',
  async (from, to, kind, coordinate, level, anyOf) => {
    const { changes } = await judge([from, to]);
    const change = changes.find((candidate) => candidate.kind === kind);
    expect(change).toMatchObject({ coordinate, level });
    expect([...(change?.touches.anyOf ?? [])].sort()).toEqual([...anyOf].sort());
  },
);

test('a new required argument spares documents that give it already; a change names its owner', async () => {
  const { changes } = await judge([
    'filter: PersonFilter\n',
    'filter: PersonFilter\n    """自 From."""\n    since: Int!\n',
  ]);
  expect(changes[0]?.touches.noneOf).toEqual(['Query.people(since:)']);
  expect(changes[0]?.sourceDepartment).toBe('civil-affairs');
});

test('only parts that changed are linted, each by the rule that it breaks', async () => {
  const { lint } = await judge([
    '"""年龄 Age."""\n  age: Int ',
    [
      `"""身高 Height.""" height: Int ${card()}`,
      `"""姓名""" full_name: String ${card()}`,
      `"""社区 Community.""" shequ: String ${card()}`,
      '"""电话 Phone.""" phone: String',
      `"""旧名 Old name.""" oldName: String ${card()} @deprecated(reason: "改用 name use name")`,
      `"""旧址 Old address.""" oldAddress: String ${card()} @deprecated(reason: "改用 address; 移除 removal: 2027-01-01")`,
      `"""地址 Address.""" address: String @card(source: "nobody", sharing: "NOT_SHARED", grade: 2, category: "GOVERNMENT", updateCycle: "DAILY")`,
      '"""年龄 Age.""" age: Int ',
    ].join('\n'),
  ]);
  expect(lint.map(({ coordinate, rule }) => `${coordinate} ${rule}`).sort()).toEqual([
    'Person.address card',
    'Person.full_name description',
    'Person.full_name name',
    'Person.height unit',
    'Person.oldName deprecation',
    'Person.phone card',
    'Person.shequ name-pinyin',
  ]);
  expect(removalDate('改用 name; 移除 removal: 2027-01-01')).toBe('2027-01-01');
});

test.each([
  ['2026-07-01', ['Person.age removal']],
  ['2026-06-30', []],
])('a deprecated field that is to stay until %s may be removed on that day, and not before', async (day, findings) => {
  const field =
    '  """年龄 Age."""\n  age: Int @card(source: "civil-affairs", sharing: "CONDITIONAL", grade: 2, category: "GOVERNMENT", updateCycle: "DAILY", unit: "岁 years")';
  const deprecated = `${field} @deprecated(reason: "改用 born use born；移除 removal: ${day}")`;
  const { changes, lint } = await judgeAgainst(people.replace(field, deprecated), [deprecated, '']);
  expect(changes.map(({ kind, coordinate }) => `${kind} ${coordinate}`)).toEqual(['FIELD_REMOVED Person.age']);
  expect(lint.map(({ coordinate, rule }) => `${coordinate} ${rule}`)).toEqual(findings);
});

test('a contract that serves an item of another source as its own is a second collector; one that names the source is not', async () => {
  const registry = (source: string) => `${LINKS.replace('"@key"', '"@key", "@shareable"')}
"人员 A person." type Person @key(fields: "id") {
  "编号 Id." id: ID! ${card()}
  "年龄 Age." age: Int @shareable ${card(', unit: "岁 years"').replace('civil-affairs', source)}
}`;
  const served = people.replace('"@key"', '"@key", "@shareable"').replace('age: Int ', 'age: Int @shareable ');
  const live = [{ name: 'people', sdl: served }];
  const composed = composeGraph([{ name: 'people', sdl: served, url: 'http://people.example' }]);
  if ('findings' in composed) throw new Error(composed.findings.join());
  const judged = async (source: string) => {
    const proposed = [{ name: 'registry', sdl: registry(source) }];
    const request = { live, liveSupergraphSdl: composed.supergraphSdl, proposed, today: '2026-06-30' };
    const { compositionFindings, lint } = await judgeContracts(request);
    expect(compositionFindings).toEqual([]);
    return lint.filter(({ rule }) => rule === 'source');
  };
  expect(await judged('public-security')).toEqual([
    {
      rule: 'source',
      coordinate: 'Person.age',
      messageZh: '一数一源：数据卡片写了不同的数源部门：民政局 (people)、公安局 (registry)',
      messageEn: expect.stringContaining('one source per item: its cards name several'),
    },
  ]);
  expect(await judged('civil-affairs')).toEqual([]);
});
