/** An error of the composer. */
export interface CompositionError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** What the composer's codes mean and what mends it; the first that fits. */
const MEANINGS: readonly (readonly [code: RegExp, zh: string, en: string])[] = [
  [
    /^SATISFIABILITY_ERROR$/,
    '从图谱的某条路径取不到：请在提供它的子图中为其类型声明 @key，或由路径上的子图以 @shareable 一并提供',
    'cannot be reached on some path: give its type a @key in the subgraph that has it, or let the subgraphs on the path provide it too (@shareable)',
  ],
  [
    /^INVALID_FIELD_SHARING$/,
    '由几个子图提供而没有都标 @shareable：请只留一个提供者，或都标上；若是类型的键，请声明 @key',
    'is provided by several subgraphs that do not all mark it @shareable: leave one, or mark it in all; of a key, declare the @key',
  ],
  [
    /^ENUM_VALUE_MISMATCH$/,
    '枚举值在各子图中不一致：请在每个子图中列出同样的值',
    'has not the same values in all subgraphs: list them alike',
  ],
  [
    /MISMATCH$/,
    '在各子图中的定义不一致：请统一类型与缺省值',
    'is not defined alike in all subgraphs: agree on type and default',
  ],
  [
    /^REQUIRED_.*_MISSING_IN_SOME_SUBGRAPH$/,
    '在有的子图中必填而在有的子图中没有：请补上，或改为可空',
    'is required in one subgraph and missing in another: add it, or let it be null',
  ],
  [/INACCESSIBLE/, '标了 @inaccessible，而仍为可见的部分所用', 'is @inaccessible, and something that is not needs it'],
  [/AUTH/, '的访问要求在各处不一致', 'has demands on access that do not agree'],
  [/^KEY_|_KEY_/, '的 @key 有误：其字段须在本子图中存在', 'has a wrong @key: its fields must exist in that subgraph'],
  [/^REQUIRES_/, '的 @requires 有误', 'has a wrong @requires'],
  [/^PROVIDES_/, '的 @provides 有误', 'has a wrong @provides'],
  [
    /^EXTERNAL_|_EXTERNAL$/,
    '的 @external 有误：须由另一子图提供，并确有所用',
    'has a wrong @external: another subgraph must have it, and something must use it',
  ],
  [/^OVERRIDE_/, '的 @override 有误', 'has a wrong @override'],
  [/LINK/, '的 @link 有误', 'has a wrong @link'],
  [/^EMPTY_MERGED_/, '合成后没有任何成员：各子图没有共同的部分', 'has nothing left in common between the subgraphs'],
  [/^TYPE_DEFINITION_INVALID$|^INVALID_GRAPHQL$/, '不是合法的 GraphQL 定义', 'is no valid GraphQL'],
];
const UNREACHABLE = 'SATISFIABILITY_ERROR';
const OTHERWISE = ['与其余契约不能合成', 'does not compose with the rest'] as const;

/** Culprits that a headline names; the composer's own text below has them all. */
const NAMED = 3;

/**
 * The composer's errors as people read them: for each a line in both languages that names what is at fault, where, how
 * to mend it and the composer's code; below, indented, the composer's own words. The fields of a type that cannot be
 * reached for the same reason are one finding, with the composer's words on the first.
 */
export function compositionFindings(errors: readonly CompositionError[]): string[] {
  const findings = new Map<string, ReadError>();
  for (const error of errors.map(readError)) {
    const { code, culprits, subgraphs, text } = error;
    const reason = `${code === UNREACHABLE ? culprits[0]?.split('.')[0] : text} ${subgraphs.join()}`;
    const alike = findings.get(reason);
    findings.set(reason, alike === undefined ? error : { ...alike, culprits: [...alike.culprits, ...culprits] });
  }
  return [...findings.values()].map(findingText);
}

function findingText({ code, culprits, subgraphs, text }: ReadError): string {
  const all = [...new Set(culprits)];
  const named = all.slice(0, NAMED).join(', ') + (all.length > NAMED ? ` … +${all.length - NAMED}` : '');
  const [zh, en] = MEANINGS.find(([pattern]) => pattern.test(code))?.slice(1) ?? OTHERWISE;
  const where = (name: string) => (subgraphs.length === 0 ? '' : ` (${name} ${subgraphs.join(', ')})`);
  const headline = [`${named}${where('子图')} ${zh}`, `${named}${where('subgraph')} ${en}`];
  return [
    `${headline.map((half) => half.trim()).join(' | ')} [${code}]`,
    ...text.split('\n').map((line) => `      ${line}`),
  ].join('\n');
}

interface ReadError {
  readonly code: string;
  readonly culprits: readonly string[];
  readonly subgraphs: readonly string[];
  /** The composer's own words. */
  readonly text: string;
}

function readError({ message, extensions = {} }: CompositionError): ReadError {
  const { code, subgraphName } = extensions;
  const text = message.replace(/^\[[\w-]+\] /, '').trim();
  return {
    code: typeof code === 'string' ? code : 'COMPOSITION',
    culprits: findCulprits(text),
    subgraphs: typeof subgraphName === 'string' ? [subgraphName] : findSubgraphs(text),
    text,
  };
}

/** What cannot be found comes first, then members of types, then types. */
function findCulprits(text: string): string[] {
  const patterns = [
    /cannot find field "(\w+\.\w+)"/g,
    /^Enum type "(\w+)"/g,
    /"(\w+\.\w+(?:\(\w+:\))?)"/g,
    /[Tt]ype "(\w+)"/g,
    /[Uu]nknown (?:type|directive) "?(@?\w+)/g,
    /"(@?[A-Z]\w*)"/g,
  ];
  for (const pattern of patterns) {
    const found = allOf(text, pattern);
    if (found.length > 0) return found.slice(0, NAMED);
  }
  return [];
}

function findSubgraphs(text: string): string[] {
  const lists = allOf(text, /\bsubgraphs? ("[\w-]+"(?:(?:, | and )"[\w-]+")*)/g).join();
  return allOf(lists, /"([\w-]+)"/g);
}

function allOf(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, name]) => name ?? ''))];
}
