import { GraphQLError } from 'graphql';

/**
 * Every code that an error of the graph may carry, in both languages. `{placeholders}` are filled in; no text may
 * contain a protected value. The codes are stable: clients switch on them.
 */
export const problems = {
  FIELD_RIGHT_MISSING: {
    zh: '{verbZh} {coordinate} 需要权限「{rightZh}」({right})，请向 {departmentZh} 提出共享申请',
    en: '{verbEn} {coordinate} needs the right {right} ({rightEn}); request it from the {departmentEn}',
  },
  PURPOSE_REQUIRED: {
    zh: '读取 {coordinate} 须声明使用目的：请在请求头 x-yiyun-legal-basis 与 x-yiyun-scenario 中给出合法性基础和场景代码（目录 legalBases、useScenarios 可查）',
    en: 'reading {coordinate} needs a purpose: state its legal basis and scenario in the headers x-yiyun-legal-basis and x-yiyun-scenario (codes: legalBases and useScenarios of the catalogue)',
  },
  PURPOSE_UNKNOWN: {
    zh: '{header} 中的代码未登记或已停用，请从目录 {list} 中选用',
    en: 'the code in {header} is not registered or no longer in force; choose one from {list} of the catalogue',
  },
  PURPOSE_NOT_PERMITTED: {
    zh: '场景 {scenario} 不允许{subjectZh}；请改用适用的场景（目录 useScenarios），或向 {departmentZh} 提出共享申请',
    en: 'the scenario {scenario} does not permit {subjectEn}; use one that does (useScenarios of the catalogue), or request sharing from the {departmentEn}',
  },
  PERSON_TOKEN_REQUIRED: {
    zh: '本查询只供本人使用：请用绑定自然人的令牌访问',
    en: 'this is for persons about themselves: use a token that names the person',
  },
  LEDGER_UNAVAILABLE: {
    zh: '访问日志暂时无法写入，{coordinate} 不能提供，请稍后重试',
    en: 'the access log cannot be written just now, so {coordinate} is not given; try again later',
  },
  CURSOR_INVALID: {
    zh: '游标无效或不属于这个列表，请从第一页重新查询',
    en: 'the cursor is invalid or belongs to another list; start again from the first page',
  },
  CHANGE_CURSOR_INVALID: {
    zh: '变更游标无效：请使用变更流给出的游标，或不带游标从最早保留的变更开始',
    en: 'the cursor of changes is invalid: use one that the change feed has given, or none to begin with the oldest change that is kept',
  },
  EXPORT_NOT_FOUND: {
    zh: '本接入方没有这个可下载的文件：请核对编号，已过期的请重新申请导出',
    en: 'this client has no such file to fetch: check its id, or ask for the export again when it has expired',
  },
  PROGRESS_UNKNOWN: {
    zh: '没有可按此编号跟踪的进度：请核对案件码或回执码，并使用进度查询给出的 id',
    en: 'there is no progress to follow under this id: check the case code or receipt, and use the id that its progress shows',
  },
  CHANGE_CURSOR_EXPIRED: {
    zh: '变更游标已超出保留期，之后的变更已不完整：请重新取全量数据，再从 latestCursor 继续',
    en: 'the cursor of changes is older than what is kept, so changes after it are missing: read the data anew and go on from latestCursor',
  },
  PAGE_SIZE_OUT_OF_RANGE: {
    zh: '每页条数 first 必须在 1 到 {max} 之间，收到 {first}',
    en: 'first must lie between 1 and {max}, got {first}',
  },
  PAGE_OUT_OF_RANGE: {
    zh: '页码 page 必须在 1 到 {max} 之间（即前 {rows} 行），收到 {page}；更远的行请用上一页的 pageInfo.endCursor 作为 after 逐页读取，或缩小筛选范围',
    en: 'page must lie between 1 and {max} (the first {rows} rows), got {page}; go on beyond with the pageInfo.endCursor of the page before as after, or narrow the filter',
  },
  PAGE_AND_CURSOR: {
    zh: 'page 与 after 只能给出一个：按页码读取，或从游标之后继续',
    en: 'give page or after, not both: a page by its number, or what follows a cursor',
  },
  FILTER_SORT_NOT_SERVED: {
    zh: '排序 {sort} 不支持筛选条件 {filters}；支持的有：{served}',
    en: 'sort {sort} does not serve the filters {filters}; it serves: {served}',
  },
  FILTER_INVALID: {
    zh: '筛选条件 {filter} 的值无效：{reasonZh}',
    en: 'the value of filter {filter} is invalid: {reasonEn}',
  },
  CITIZEN_ID_INVALID: {
    zh: '公民身份号码第 {position} 位有误：{reasonZh}',
    en: 'position {position} of the citizen number is wrong: {reasonEn}',
  },
  DICTIONARY_UNKNOWN: {
    zh: '没有这个字典或这个版本：图谱 dictionaries 列出全部字典，dictionary(name).versions 列出历次版本',
    en: 'there is no such dictionary or version; dictionaries of the graph lists them all, dictionary(name).versions its versions',
  },
  REST_OPERATION_UNKNOWN: {
    zh: '没有这个 REST 操作：可用的操作见 /rest/openapi.json',
    en: 'there is no such operation: /rest/openapi.json lists those that are served',
  },
  REST_BODY_INVALID: {
    zh: '请求体须为 JSON 对象，即该操作的变量',
    en: 'the body must be a JSON object: the variables of the operation',
  },
  SUBGRAPH_UNAVAILABLE: {
    zh: '子图 {subgraph} 暂时不可用，其余结果不受影响，请稍后重试',
    en: 'subgraph {subgraph} is unavailable; the rest of the answer stands, try again later',
  },
  SUBGRAPH_REFUSED: {
    zh: '子图 {subgraph} 拒绝了请求，其余结果不受影响；请与该部门联系',
    en: 'subgraph {subgraph} refused the request; the rest of the answer stands, ask that department',
  },
  SUBGRAPH_IN_MAINTENANCE: {
    zh: '子图 {subgraph} 正在维护，至 {until}；其余结果不受影响，请届时再试',
    en: 'subgraph {subgraph} is being maintained until {until}; the rest of the answer stands, try again then',
  },
  GRAPH_VARIANT_UNKNOWN: {
    zh: '没有名为 {name} 的图谱变体；可用的见 graphContracts，预览用 preview=after-removals',
    en: 'there is no variant {name} of the graph; graphContracts lists them, and preview=after-removals is one',
  },
  GRAPH_VARIANT_BROKEN: {
    zh: '图谱变体 {name} 与现行版本不能合成，请联系数据局；原因见 graphContracts.compositionFindings',
    en: 'the variant {name} does not compose with the version in force; tell the data authority, graphContracts.compositionFindings says why',
  },
  SANDBOX_FAULT_UNKNOWN: {
    zh: '请以 JSON 对象给出子图与故障：子图为 {known}，故障为 {faults}',
    en: 'give a JSON object of subgraph and fault: subgraphs are {known}, faults {faults}',
  },
  SUBGRAPH_ANSWER_INVALID: {
    zh: '子图 {subgraph} 的应答无效',
    en: 'subgraph {subgraph} gave an invalid answer',
  },
  GATEWAY_SIGNATURE_INVALID: {
    zh: '子图只接受网关签名的请求',
    en: 'a subgraph only accepts requests signed by the gateway',
  },
  UNAUTHENTICATED: {
    zh: '缺少有效的访问令牌，请在 Authorization 头中提供 Bearer 令牌',
    en: 'no valid access token; send one as a bearer token in the Authorization header',
  },
  CLIENT_UNKNOWN: {
    zh: '接入方 {client} 未登记或已停用，请联系数据局',
    en: 'client {client} is not registered or was disabled; ask the data authority',
  },
  DOCUMENT_SYNTAX: { zh: '文档的语法有误：{reasonZh}', en: 'the document cannot be read: {reasonEn}' },
  DOCUMENT_INVALID: { zh: '文档与图谱不符：{reasonZh}', en: 'the document does not fit the graph: {reasonEn}' },
  VARIABLE_INVALID: { zh: '变量有误：{reasonZh}', en: 'a variable is wrong: {reasonEn}' },
  OPERATION_NAME_NEEDED: {
    zh: '文档中没有操作，或有多个操作：请用 operationName 指明一个',
    en: 'the document has no operation, or several: name one in operationName',
  },
  OPERATION_NAME_UNKNOWN: {
    zh: '文档中没有 operationName 所指的操作',
    en: 'the document has no operation called as operationName says',
  },
  OPERATION_NOT_TRUSTED: {
    zh: '接入方 {client} 只能运行已登记的操作，本文档（SHA-256 {hash}）未登记：请由数据专员用 npm run operations -- register 或 trustOperations 登记其清单',
    en: 'client {client} may run registered operations only, and this document (SHA-256 {hash}) is none; have a data steward register its manifest with npm run operations -- register, or with trustOperations',
  },
  DOCUMENT_NOT_REGISTERED: {
    zh: '接入方 {client} 没有登记 SHA-256 为 {hash} 的文档：请由数据专员用 npm run operations -- register 或 trustOperations 登记，或改为发送文档全文',
    en: 'client {client} has registered no document with the SHA-256 {hash}; have a data steward register it with npm run operations -- register or trustOperations, or send its text',
  },
  NO_LIVE_POST: {
    zh: '该工作人员目前没有在任的网格岗位，不能以网格身份访问',
    en: 'this worker holds no live grid post, so has no area to see',
  },
  DOCUMENT_TOO_LONG: { zh: '查询文本超过 {max} 个词法单元', en: 'the document has more than {max} tokens' },
  DEPTH_EXCEEDED: { zh: '查询嵌套 {depth} 层，上限 {max} 层', en: 'the operation is {depth} levels deep, limit {max}' },
  ALIASES_EXCEEDED: {
    zh: '查询使用 {count} 个别名，上限 {max} 个',
    en: 'the operation has {count} aliases, limit {max}',
  },
  DIRECTIVES_EXCEEDED: {
    zh: '查询使用 {count} 个指令，上限 {max} 个',
    en: 'the operation has {count} directives, limit {max}',
  },
  ROOT_FIELDS_EXCEEDED: {
    zh: '查询有 {count} 个根字段，上限 {max} 个',
    en: 'the operation has {count} root fields, limit {max}',
  },
  COST_EXCEEDED: {
    zh: '查询估算代价 {cost}，单次上限 {max}；请减少每页条数或拆分查询',
    en: 'the operation costs {cost} points, limit {max}; ask for smaller pages or split it',
  },
  BUDGET_EXHAUSTED: {
    zh: '接入方本分钟的代价额度已用完，请在 {seconds} 秒后重试',
    en: "the client's cost budget of this minute is used up; try again in {seconds} s",
  },
  INTROSPECTION_DISABLED: { zh: '本环境不开放内省', en: 'introspection is switched off here' },
  PROTECTED_ARGUMENT_IN_URL: {
    zh: '参数 {argument} 受保护，不得出现在网址中，请改用 POST',
    en: 'argument {argument} is protected and must not travel in a URL; use POST',
  },
  METHOD_NOT_ALLOWED: {
    zh: '此地址不接受 {method} 请求，请改用 {allow}',
    en: '{method} is not accepted here; use {allow}',
  },
  NOT_ACCEPTABLE: {
    zh: '无法按 Accept 头要求的类型应答，请接受 application/graphql-response+json 或 application/json',
    en: 'no answer can be given in a type that the Accept header names; accept application/graphql-response+json or application/json',
  },
  MEDIA_TYPE_UNSUPPORTED: {
    zh: '请求体的类型不受支持，请以 content-type: application/json 发送',
    en: 'the body is of a type that is not understood here; send it with content-type: application/json',
  },
  OBJECT_NOT_FOUND: {
    zh: '{coordinate} 所属的对象不存在，或不在可见范围内',
    en: 'the object that {coordinate} belongs to does not exist, or lies outside the area that you may see',
  },
  REQUEST_MALFORMED: { zh: '请求有误：{reasonZh}', en: 'the request is malformed: {reasonEn}' },
  BATCHING_REFUSED: { zh: '不支持批量请求，请逐个发送', en: 'batched requests are not accepted; send one at a time' },
  BODY_TOO_LARGE: { zh: '请求体超过 {max} 字节', en: 'the request body is larger than {max} bytes' },
  INTERNAL_ERROR: {
    zh: '内部错误，编号 {reference}，请联系平台运维',
    en: 'internal error, reference {reference}; tell the operators',
  },
  IDENTITY_UNAVAILABLE: {
    zh: '暂时无法核实身份（目录或令牌签发方不可用），请稍后重试；编号 {reference}',
    en: 'identities cannot be checked just now (catalogue or token issuer unreachable), try again later; reference {reference}',
  },
  TIMEOUT: {
    zh: '请求超过 {seconds} 秒未完成，已终止；请缩小范围或稍后重试。编号 {reference}',
    en: 'the request was ended after {seconds} s; ask for less or try again later. Reference {reference}',
  },
  SUBSCRIPTION_NEEDS_STREAM: {
    zh: '订阅须用长连接：以 accept: text/event-stream 发送，或用 WebSocket（graphql-transport-ws）',
    en: 'a subscription needs a lasting connection: send it with accept: text/event-stream, or over a WebSocket (graphql-transport-ws)',
  },
  STREAM_IS_FOR_SUBSCRIPTIONS: {
    zh: '长连接只用于订阅，查询与变更请用普通的 HTTP 请求',
    en: 'lasting connections are for subscriptions; send queries and mutations as ordinary HTTP requests',
  },
  STREAMS_EXCEEDED: {
    zh: '接入方或本机的长连接数已达上限：请关闭不用的连接，稍后重试',
    en: 'the client, or this hub, has as many lasting connections as it may: close those not in use and try again later',
  },
  SHUTTING_DOWN: { zh: '服务正在停止，请重试', en: 'the hub is shutting down; try again' },
} as const;

export type ProblemCode = keyof typeof problems;

export function fillTemplate(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The bilingual text of a problem, Chinese first. */
export function problemText(code: ProblemCode, values: Record<string, string | number> = {}): string {
  const text = problems[code];
  return `${fillTemplate(text.zh, values)} | ${fillTemplate(text.en, values)}`;
}

/** An expected failure of a request, shown to the caller as it is. `values` fill the text and travel as extensions. */
export function graphProblem(code: ProblemCode, values: Record<string, string | number> = {}): GraphQLError {
  return withoutStack(() => new GraphQLError(problemText(code, values), { extensions: { code, ...values } }));
}

/**
 * Makes an error whose place in the code tells nobody anything: an answer may hold hundreds of refused fields, and
 * walking the stack is most of what such an error costs.
 */
export function withoutStack<T extends Error>(make: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Whether an error is one of ours, so that it may be shown; anything else is masked at the edge. */
export function isGraphProblem(error: unknown): error is GraphQLError {
  return (
    error instanceof GraphQLError && typeof error.extensions.code === 'string' && error.extensions.code in problems
  );
}
