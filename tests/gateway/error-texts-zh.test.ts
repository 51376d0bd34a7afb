import { buildSchema, parse, specifiedRules, validate } from 'graphql';
import { expect, test } from 'vitest';
import { chineseOf } from '../../gateway/operations/error-texts-zh.ts';
import { createOperationCache } from '../../gateway/operations/prepare.ts';
import { defaultLimits } from './small-graph.ts';

const schema = buildSchema(/* GraphQL */ `
  directive @once on QUERY
  directive @named(name: String!) on FIELD
  enum Sex { MALE FEMALE }
  input Filter { sex: Sex, name: String!, and: [Filter!] }
  input Key @oneOf { id: ID, code: String }
  type Person { name: String, sex: Sex }
  interface Named { id: ID }
  type Cat implements Named { id: ID, lives: Int }
  type Dog { name: Int }
  type Query {
    persons(filter: Filter, first: Int! = 10): [Person!]
    person(key: Key): Person
    count(of: Int!): Int
    dog: Dog
    named: Named
  }
  type Subscription { a: Int, b: Int }
`);

const UNKNOWN = '文档与图谱不符：文档不符合图谱的类型 | ';

const cache = createOperationCache({
  apiSchema: schema,
  limits: defaultLimits,
  introspection: true,
  suggestions: true,
});

function refusals(text: string) {
  const prepared = cache.prepare(text, undefined);
  return 'document' in prepared ? [] : prepared;
}

/** A document against each rule, and what is said of it in Chinese. */
const AGAINST_RULES: Readonly<Record<string, readonly (readonly [document: string, chinese: string])[]>> = {
  ExecutableDefinitionsRule: [['{ dog { name } } type X { a: Int }', '请求中不能有类型定义 "X"']],
  FieldsOnCorrectTypeRule: [
    ['{ persons { nam } }', '类型 Person 没有字段 nam；您要的是否为 "name"'],
    ['{ zzzzz }', '类型 Query 没有字段 zzzzz'],
    ['{ named { lives } }', '类型 Named 没有字段 lives；它属于具体的类型，请写在片段中：... on "Cat"'],
    ['{ perso }', '类型 Query 没有字段 perso；您要的是否为 "person"、"persons"'],
  ],
  FragmentsOnCompositeTypesRule: [
    ['{ dog { ... on Sex { name } } }', '片段不能以 Sex 为条件：它没有字段'],
    ['{ dog { ...F } } fragment F on Int { name }', '片段 F 不能以 Int 为条件：它没有字段'],
  ],
  KnownArgumentNamesRule: [
    ['{ dog(zz: 1) { name } }', 'Query.dog 没有参数 zz'],
    ['{ count(of: 1, off: 1) }', 'Query.count 没有参数 off；您要的是否为 "of"'],
    ['{ dog @skip(if: true, zz: 1) { name } }', '@skip 没有参数 zz'],
  ],
  KnownDirectivesRule: [
    ['{ dog @zz { name } }', '没有指令 @zz'],
    ['{ dog @once { name } }', '指令 @once 不能用在此处（FIELD）'],
  ],
  KnownFragmentNamesRule: [['{ dog { ...F } }', '没有片段 F']],
  KnownTypeNamesRule: [
    ['query ($a: Zzzzz) { dog { name } }', '没有类型 Zzzzz'],
    ['query ($a: Filterr) { dog { name } }', '没有类型 Filterr；您要的是否为 "Filter"'],
  ],
  LoneAnonymousOperationRule: [['{ dog { name } } query B { dog { name } }', '没有名称的操作须是文档中唯一的操作']],
  LoneSchemaDefinitionRule: [],
  MaxIntrospectionDepthRule: [
    [
      '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }',
      '内省查询嵌套过深',
    ],
  ],
  NoFragmentCyclesRule: [['{ dog { ...F } } fragment F on Dog { ...F }', '片段 F 包含了自身']],
  NoUndefinedVariablesRule: [
    ['{ count(of: $n) }', '变量 $n 没有声明'],
    ['query Q { count(of: $n) }', '变量 $n 没有声明'],
  ],
  NoUnusedFragmentsRule: [['{ dog { name } } fragment F on Dog { name }', '片段 F 没有使用']],
  NoUnusedVariablesRule: [
    ['query ($n: Int) { dog { name } }', '变量 $n 声明了而没有使用'],
    ['query Q($n: Int) { dog { name } }', '变量 $n 声明了而没有使用'],
  ],
  OverlappingFieldsCanBeMergedRule: [
    ['{ a: count(of: 1) a: count(of: 2) }', '同名的字段 a 彼此冲突；如需两者，请用别名区分'],
  ],
  PossibleFragmentSpreadsRule: [
    ['{ dog { ... on Person { name } } }', '片段不能用在此处：Dog 不可能是 Person'],
    ['{ dog { ...F } } fragment F on Person { name }', '片段"F"不能用在此处：Dog 不可能是 Person'],
  ],
  PossibleTypeExtensionsRule: [],
  ProvidedRequiredArgumentsRule: [
    ['{ count }', 'count 缺少必填参数 of（Int!）'],
    ['{ dog @named { name } }', '@named 缺少必填参数 name（String!）'],
  ],
  ScalarLeafsRule: [
    ['{ count(of: 1) { a } }', '字段 count（Int）没有下级字段，不能加花括号'],
    ['{ dog }', '字段 dog（Dog）须在花括号中选出下级字段'],
  ],
  SingleFieldSubscriptionsRule: [
    ['subscription { a b }', '订阅只能有一个顶层字段'],
    ['subscription S { a b }', '订阅"S"只能有一个顶层字段'],
    ['subscription S { __typename }', '订阅"S"不能查询内省字段'],
  ],
  UniqueArgumentNamesRule: [['{ count(of: 1, of: 2) }', 'of 只能给出一次']],
  UniqueDirectivesPerLocationRule: [
    ['{ dog @skip(if: true) @skip(if: true) { name } }', '指令 @skip 在此处只能用一次'],
  ],
  UniqueFragmentNamesRule: [
    ['{ dog { ...F } } fragment F on Dog { name } fragment F on Dog { name }', '片段名 F 只能用一次'],
  ],
  UniqueInputFieldNamesRule: [['{ persons(filter: { name: "a", name: "b" }) { name } }', 'name 只能给出一次']],
  UniqueOperationNamesRule: [['query A { dog { name } } query A { dog { name } }', '操作名 A 只能用一次']],
  UniqueVariableNamesRule: [['query ($n: Int!, $n: Int!) { count(of: $n) }', '变量 $n 只能声明一次']],
  ValuesOfCorrectTypeRule: [
    ['{ count(of: "1") }', '此处应为类型 Int! 的值'],
    ['{ persons(filter: { name: "a", sex: MAN }) { name } }', '此处应为类型 Sex 的值，可用：MALE、FEMALE'],
    ['{ persons(filter: { sex: MALE }) { name } }', '缺少必填项 Filter.name（String!）'],
    [
      '{ persons(filter: { name: "a", namee: "b" }) { name } }',
      '输入类型 Filter 没有 namee 这一项；您要的是否为 "name"',
    ],
    ['{ persons(filter: { name: "a", zzzzzz: 1 }) { name } }', '输入类型 Filter 没有 zzzzzz 这一项'],
    ['{ persons(first: null) { name } }', '此处须有类型 Int! 的值，不能为空'],
    ['{ person(key: {}) { name } }', '输入类型 Key 须且只须给出其中一项'],
    ['{ person(key: { id: null }) { name } }', 'Key.id 不能为空'],
  ],
  VariablesAreInputTypesRule: [['query ($d: Dog) { dog { name } }', '变量 $d 的类型 Dog 不是输入类型']],
  VariablesInAllowedPositionRule: [
    ['query ($n: Int) { count(of: $n) }', '变量 $n 声明为 Int，而此处需要 Int!'],
    ['query ($c: String) { person(key: { code: $c }) { name } }', '变量 $c（String）在此处不能为空，请声明为 String!'],
  ],
};

test('every rule of GraphQL has its message in Chinese, with what it names', () => {
  for (const rule of specifiedRules) {
    const cases = AGAINST_RULES[rule.name];
    expect(cases, rule.name).toBeDefined();
    for (const [document, chinese] of cases ?? []) {
      expect(validate(schema, parse(document), [rule]), `${rule.name} refuses ${document}`).not.toEqual([]);
      const errors = refusals(document);
      expect(errors.map(({ message }) => message.split(' | ')[0])).toContain(`文档与图谱不符：${chinese}`);
      expect(errors.map(({ extensions }) => extensions.code)).toContain('DOCUMENT_INVALID');
      expect(errors.filter(({ message }) => message.startsWith(UNKNOWN))).toEqual([]);
    }
  }
});

test.each([
  ['{ dog {', '应为 Name，而文档到此已结束'],
  ['', '文档不完整，到此已结束'],
  ['{ dog(: 1) }', '应为 Name，而此处是 ":"'],
  ["{ count(of: 'a') }", '字符串须用双引号（"），不用单引号'],
  ['query ($a: Int = $b) { dog { name } }', '此处只能是常量，不能用变量 "$b"'],
  ['{ dog ? }', '意外的字符 "?"'],
  ['{ count(of: "a) }', '字符串没有结束的引号'],
  ['{ count(of: 01) }', '数字的写法有误'],
  ['{ count(of: "\\x") }', '字符串中的转义写法有误'],
  ['dog', '意外的 Name "dog"'],
])('a syntax error is told in Chinese: %s', (document, chinese) => {
  const [error] = refusals(document);

  expect(error?.message).toMatch(/^文档的语法有误：.+ \| the document cannot be read: Syntax Error: .+/);
  expect(error?.message).toContain(`文档的语法有误：${chinese} | `);
  expect(error?.extensions.code).toBe('DOCUMENT_SYNTAX');
  expect(error?.locations).toHaveLength(1);
});

test.each([
  [{}, '缺少 $of（Int!）'],
  [{ of: null }, '$of（Int!）不能为空'],
  [{ of: 'x' }, '$of 的值不符：此处应为类型 Int! 的值'],
  [{ of: 1, f: { name: 'a', sex: 'MAN' } }, '$f 中 f.sex 的值不符：此处应为类型 Sex 的值，可用：MALE、FEMALE'],
  [{ of: 1, f: { and: [] } }, '$f 的值不符：缺少必填项 name（String!）'],
  [{ of: 1, f: { name: null } }, '$f 中 f.name 的值不符：此处须有类型 String! 的值，不能为空'],
  [{ of: 1, f: 1 }, '$f 的值不符：此处应为类型 Filter 的对象'],
  [{ of: 1, f: { name: 'a', nam: 1 } }, '$f 的值不符：输入类型 Filter 没有 nam 这一项'],
  [{ of: 1, k: {} }, '$k 的值不符：输入类型 Key 须且只须给出其中一项'],
])('variables that do not fit are told in Chinese: %j', (variables, chinese) => {
  const prepared = cache.prepare(
    'query ($of: Int!, $f: Filter, $k: Key = { id: 1 }) { count(of: $of) persons(filter: $f) { name } person(key: $k) { name } }',
    undefined,
  );
  if (!('document' in prepared)) throw new Error(JSON.stringify(prepared));
  const errors = prepared.coerceVariables(variables);
  if (!Array.isArray(errors)) throw new Error('they fit');

  expect(errors.map(({ message }) => message.split(' | ')[0])).toEqual([`变量有误：${chinese}`]);
  expect(errors[0]?.extensions.code).toBe('VARIABLE_INVALID');
});

test('where suggestions are off, a wrong value is not answered with those that would do', () => {
  const silent = createOperationCache({
    apiSchema: schema,
    limits: defaultLimits,
    introspection: true,
    suggestions: false,
  });
  const refused = silent.prepare('{ persons(filter: { name: "a", sex: MAN }) { name } }', undefined);

  expect(JSON.stringify(refused)).toContain('类型 Sex 的值');
  expect(JSON.stringify(refused)).not.toContain('FEMALE');
});

test('a message that GraphQL does not have is said to be about the document', () => {
  expect(chineseOf('Something new.')).toBe('文档不符合图谱的类型');
});
