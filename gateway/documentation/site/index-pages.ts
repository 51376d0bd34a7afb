import type { GraphQLNamedType } from 'graphql';
import { isEnumType, isInputObjectType, isScalarType } from 'graphql';
import { type DocumentedSchema, ROOT_KINDS } from './documented-schema.ts';
import { type Html, html, table } from './html.ts';
import { described, joined, link } from './page-parts.ts';

const TITLES = { query: '查询 Queries', mutation: '变更 Mutations', subscription: '订阅 Subscriptions' } as const;

export function startPage({ types, operations, examples }: DocumentedSchema): Html {
  const count = (kind: string) => operations.filter((operation) => operation.kind === kind).length;
  return joined([
    html`<h1>一云图谱文档 Documentation of the graph</h1>`,
    html`<p class="lead">由正在服务的契约生成：每个类型、每个操作、每个错误代码一页。 Made from the contract that is being served: a page for each type, operation and code.</p>`,
    table(
      ['内容 What', '数量 Number'],
      [
        [
          link('operations', '操作 Operations'),
          `${count('query')} 查询 queries · ${count('mutation')} 变更 mutations · ${count('subscription')} 订阅 subscriptions`,
        ],
        [link('types', '类型 Types'), types.length],
        [link('examples', '示例 Examples'), examples.length],
        [link('codes', '错误代码 Codes'), '见登记表 from the registry'],
        [link('changelog', '变更记录 Changelog'), '契约各版本之间 between versions of the contract'],
      ],
    ),
    html`<h2>第一次调用 The first call</h2>`,
    html`<ol><li>取得令牌：演示枢纽用 <code>npm run --silent token -- system</code>。 Get a token.</li>
<li>向 <code>POST /graphql</code> 发送 <code>{ "query": …, "variables": … }</code>，请求头 <code>authorization: Bearer …</code>。 Send the document.</li>
<li>个人数据须声明目的：<code>x-yiyun-legal-basis</code> 与 <code>x-yiyun-scenario</code>。 Personal data needs a purpose.</li>
<li>前端：<code>npm run client</code> 生成带类型的客户端与清单，<code>npm run operations -- register</code> 登记。 Front ends generate a typed client, and register its manifest.</li>
<li>不会 GraphQL 的系统：<code>/rest/&lt;操作 operation&gt;</code>，说明在 <code>/rest/openapi.json</code>。 Systems that cannot speak GraphQL use REST.</li></ol>`,
  ]);
}

export function operationsIndex({ operations }: DocumentedSchema): Html {
  return joined([
    html`<h1>操作 Operations</h1>`,
    ...ROOT_KINDS.map((kind) =>
      joined([
        html`<h2>${TITLES[kind]}</h2>`,
        table(
          ['操作 Operation', '说明', 'Description'],
          operations
            .filter((operation) => operation.kind === kind)
            .map(({ field }) => {
              const { zh, en } = described(field.description);
              return [html`<code>${link(`operations/${kind}/${field.name}`, field.name)}</code>`, zh, en];
            }),
        ),
      ]),
    ),
  ]);
}

export function typesIndex({ types }: DocumentedSchema): Html {
  const groups: readonly [string, (type: GraphQLNamedType) => boolean][] = [
    [
      '对象、接口与联合类型 Objects, interfaces, unions',
      (type) => !isInputObjectType(type) && !isEnumType(type) && !isScalarType(type),
    ],
    ['枚举 Enums', isEnumType],
    ['输入类型 Inputs', isInputObjectType],
    ['标量 Scalars', isScalarType],
  ];
  return joined([
    html`<h1>类型 Types</h1>`,
    ...groups.map(
      ([title, belongs]) =>
        html`<h2>${title}</h2><ul class="columns">${types
          .filter(belongs)
          .map(
            (type) =>
              html`<li>${link(`types/${type.name}`, type.name)} <small>${described(type.description).zh}</small></li>`,
          )}</ul>`,
    ),
  ]);
}

export function examplesIndex({ examples }: DocumentedSchema): Html {
  return joined([
    html`<h1>示例 Examples</h1>`,
    html`<p>每一个都由测试在演示城市上运行。 Each is run by a test on the demo city.</p>`,
    html`<ul>${examples.map(({ name, title }) => html`<li>${link(`examples/${name}`, title)} <code>${name}</code></li>`)}</ul>`,
  ]);
}
