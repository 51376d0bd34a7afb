/**
 * The Chinese of GraphQL's own messages, by the rule that gives them: `$1` and so on are the names that a message
 * quotes. The texts are those of `graphql` 16; `tests/gateway/error-texts-zh.test.ts` has a document against each rule.
 */
const CHINESE: readonly (readonly [RegExp, string])[] = [
  // Syntax.
  [/^Syntax Error: Expected (.+), found <EOF>\.$/s, '应为 $1，而文档到此已结束'],
  [/^Syntax Error: Expected (.+), found (.+)\.$/s, '应为 $1，而此处是 $2'],
  [/^Syntax Error: Unexpected <EOF>\.$/, '文档不完整，到此已结束'],
  [/^Syntax Error: Unexpected single quote character.*$/s, '字符串须用双引号（"），不用单引号'],
  [/^Syntax Error: Unexpected variable (.+) in constant value\.$/s, '此处只能是常量，不能用变量 $1'],
  [/^Syntax Error: Unexpected description, .*$/s, '此处不能有说明文字'],
  [/^Syntax Error: Unexpected character: (.+)\.$/s, '意外的字符 $1'],
  [/^Syntax Error: Unexpected (.+)\.$/s, '意外的 $1'],
  [/^Syntax Error: Unterminated string\.$/, '字符串没有结束的引号'],
  [/^Syntax Error: Invalid number, .*$/s, '数字的写法有误'],
  [/^Syntax Error: Invalid character within String.*$/s, '字符串中有不允许的字符'],
  [/^Syntax Error: Invalid (?:Unicode|character) escape sequence.*$/s, '字符串中的转义写法有误'],
  [/^Syntax Error: (.+) is reserved and cannot be used for an enum value\.$/s, '$1 是保留字，不能作枚举值'],
  // Fields and types.
  [/^Cannot query field "(.+?)" on type "(.+?)"\.$/s, '类型 $2 没有字段 $1'],
  [/^Unknown type "(.+?)"\.$/s, '没有类型 $1'],
  [
    /^Field "(.+?)" must not have a selection since type "(.+?)" has no subfields\.$/s,
    '字段 $1（$2）没有下级字段，不能加花括号',
  ],
  [/^Field "(.+?)" of type "(.+?)" must have a selection of subfields\..*$/s, '字段 $1（$2）须在花括号中选出下级字段'],
  [/^Field "(.+?)" of type "(.+?)" must have at least one field selected\.$/s, '字段 $1（$2）至少要选出一个下级字段'],
  [/^Fields "(.+?)" conflict because .*$/s, '同名的字段 $1 彼此冲突；如需两者，请用别名区分'],
  // Arguments and values.
  [/^Unknown argument "(.+?)" on (?:field|directive) "(.+?)"\.$/s, '$2 没有参数 $1'],
  [
    /^(?:Field|Directive) "(.+?)" argument "(.+?)" of type "(.+?)" is required, but it was not provided\.$/s,
    '$1 缺少必填参数 $2（$3）',
  ],
  [/^Field "(.+?)" of required type "(.+?)" was not provided\.$/s, '缺少必填项 $1（$2）'],
  [/^Field "(.+?)" is not defined by type "(.+?)"\.$/s, '输入类型 $2 没有 $1 这一项'],
  [/^Field is not defined by type "(.+?)"\.$/, '输入类型 $1 没有这一项'],
  [/^Expected a value of type "(.+?)", one of (.+)\.$/s, '此处应为类型 $1 的值，可用：$2'],
  [/^Expected a value of type "(.+?)"\.$/, '此处应为类型 $1 的值'],
  [/^The value does not fit its place\.$/, '此处的值不符'],
  [/^Expected value of type "(.+?)", found null\.$/, '此处须有类型 $1 的值，不能为空'],
  [/^Expected (?:non-nullable )?type "(.+?)" not to be null\.$/, '此处须有类型 $1 的值，不能为空'],
  [/^Expected type "(.+?)" to be an object\.$/, '此处应为类型 $1 的对象'],
  [/^OneOf Input Object "(.+?)" must specify exactly one key\.$/, '输入类型 $1 须且只须给出其中一项'],
  [/^Exactly one key must be specified for OneOf type "(.+?)"\.$/, '输入类型 $1 须且只须给出其中一项'],
  [/^Field "(.+?)" must be non-null\.$/, '$1 不能为空'],
  [/^There can be only one (?:argument|input field) named "(.+?)"\.$/s, '$1 只能给出一次'],
  // Variables.
  [/^Variable "(\$.+?)" of required type "(.+?)" was not provided\.$/s, '缺少 $1（$2）'],
  [/^Variable "(\$.+?)" of non-null type "(.+?)" must not be null\.$/s, '$1（$2）不能为空'],
  [/^Variable "(\$.+?)" is not defined.*$/s, '变量 $1 没有声明'],
  [/^Variable "(\$.+?)" is never used.*$/s, '变量 $1 声明了而没有使用'],
  [/^Variable "(\$.+?)" cannot be non-input type "(.+?)"\.$/s, '变量 $1 的类型 $2 不是输入类型'],
  [
    /^Variable "(\$.+?)" of type "(.+?)" used in position expecting type "(.+?)"\.$/s,
    '变量 $1 声明为 $2，而此处需要 $3',
  ],
  [/^Variable "(\$.+?)" is of type "(.+?)" but must be non-nullable.*$/s, '变量 $1（$2）在此处不能为空，请声明为 $2!'],
  [/^There can be only one variable named "(.+?)"\.$/s, '变量 $1 只能声明一次'],
  // Fragments.
  [/^Unknown fragment "(.+?)"\.$/s, '没有片段 $1'],
  [/^Fragment "(.+?)" is never used\.$/s, '片段 $1 没有使用'],
  [/^Cannot spread fragment "(.+?)" within itself.*$/s, '片段 $1 包含了自身'],
  [/^Fragment "(.+?)" cannot condition on non composite type "(.+?)"\.$/s, '片段 $1 不能以 $2 为条件：它没有字段'],
  [/^Fragment cannot condition on non composite type "(.+?)"\.$/s, '片段不能以 $1 为条件：它没有字段'],
  [
    /^Fragment (?:(".+?") )?cannot be spread here as objects of type "(.+?)" can never be of type "(.+?)"\.$/s,
    '片段$1不能用在此处：$2 不可能是 $3',
  ],
  [/^There can be only one fragment named "(.+?)"\.$/s, '片段名 $1 只能用一次'],
  // Directives and operations.
  [/^Unknown directive "(.+?)"\.$/s, '没有指令 $1'],
  [/^Directive "(.+?)" may not be used on (.+)\.$/s, '指令 $1 不能用在此处（$2）'],
  [/^The directive "(.+?)" can only be used once at this location\.$/s, '指令 $1 在此处只能用一次'],
  [/^The (.+) definition is not executable\.$/s, '请求中不能有类型定义 $1'],
  [/^This anonymous operation must be the only defined operation\.$/, '没有名称的操作须是文档中唯一的操作'],
  [/^There can be only one operation named "(.+?)"\.$/s, '操作名 $1 只能用一次'],
  [
    /^(?:Subscription (".+?")|Anonymous Subscription) must select only one top level field\.$/s,
    '订阅$1只能有一个顶层字段',
  ],
  [
    /^(?:Subscription (".+?")|Anonymous Subscription) must not select an introspection top level field\.$/s,
    '订阅$1不能查询内省字段',
  ],
  [/^Maximum introspection depth exceeded$/, '内省查询嵌套过深'],
  [/^Too many validation errors, error limit reached\. Validation aborted\.$/, '错误过多，其余不再列出'],
];

/** `"a", "b", or "c"` as a Chinese list. */
function chineseList(names: string): string {
  return names.replace(/,? or |, /g, '、');
}

/** What a message says before its own words, and behind them. */
const INVALID_VALUE = /^Variable "(\$.+?)" got invalid value(?: at "(.+?)")?; (.+)$/s;
const SUGGESTION = /^(.+\.) Did you mean (to use an inline fragment on )?(.+)\?$/s;

/** @returns the Chinese of one of GraphQL's messages; of one that is not known, that the document does not fit */
export function chineseOf(message: string): string {
  const [, variable, place, reason] = INVALID_VALUE.exec(message) ?? [];
  if (reason !== undefined) {
    return `${variable}${place === undefined ? '' : ` 中 ${place}`} 的值不符：${chineseOf(reason)}`;
  }
  for (const [pattern, chinese] of CHINESE) {
    const match = pattern.exec(message);
    if (match !== null)
      return chinese.replace(/\$(\d)/g, (_, index: string) => chineseList(match[Number(index)] ?? ''));
  }
  const [, said, onTypes, names] = SUGGESTION.exec(message) ?? [];
  if (said === undefined || names === undefined) return '文档不符合图谱的类型';
  return `${chineseOf(said)}；${onTypes === undefined ? '您要的是否为' : '它属于具体的类型，请写在片段中：... on'} ${chineseList(names)}`;
}
