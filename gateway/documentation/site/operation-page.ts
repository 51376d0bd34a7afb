import { type GraphQLSchema, getNamedType, isUnionType } from 'graphql';
import type { ExampleOperation } from '../../operations/example-operation.ts';
import { roleNamedIn } from '../../operations/example-operation.ts';
import type { Operation } from './documented-schema.ts';
import { type Html, html, table } from './html.ts';
import { card, code, described, joined, lead, link, typeLink } from './page-parts.ts';
import { sampleDocument } from './sample-document.ts';

const KINDS = { query: '查询 Query', mutation: '变更 Mutation', subscription: '订阅 Subscription' } as const;

export function operationPage(operation: Operation, schema: GraphQLSchema): Html {
  const { kind, field, examples } = operation;
  const answer = getNamedType(field.type);
  const refusals = isUnionType(answer) ? answer.getTypes().filter(({ name }) => name.endsWith('Refusal')) : [];
  return joined([
    html`<h1><code>${field.name}</code></h1>`,
    html`<p><span class="tag">${KINDS[kind]}</span>${card(field.astNode?.directives)}</p>`,
    lead(field.description),
    field.deprecationReason == null ? undefined : html`<p>弃用 Deprecated: ${field.deprecationReason}</p>`,
    html`<h2>返回 Answer</h2><p>${typeLink(field.type)}</p>`,
    refusals.length === 0
      ? undefined
      : html`<p>可能被拒 May be refused: ${refusals.map((type) => html`${typeLink(type)} `)}（${link('codes', '全部代码 all codes')}）</p>`,
    field.args.length === 0 ? undefined : html`<h2>参数 Arguments</h2>`,
    table(
      ['参数 Argument', '类型 Type', '缺省 Default', '说明', 'Description'],
      field.args.map((argument) => {
        const { zh, en } = described(argument.description);
        const fallback = argument.defaultValue === undefined ? '' : JSON.stringify(argument.defaultValue);
        return [html`<code>${argument.name}</code>`, typeLink(argument.type), fallback, zh, en];
      }),
    ),
    html`<h2>示例 Examples</h2>`,
    ...(examples.length === 0
      ? [sampleOf(operation, schema)]
      : [
          html`<ul>${examples.map((example) => html`<li>${link(`examples/${example.name}`, example.title)}</li>`)}</ul>`,
          exampleOf(examples[0]),
        ]),
  ]);
}

export function examplePage(example: ExampleOperation): Html {
  const role = roleNamedIn(example) ?? 'system';
  return joined([
    html`<h1>${example.title}</h1>`,
    html`<p><span class="tag">${example.name}</span>${example.city === undefined ? '' : `示例城市 city ${example.city} · `}演示身份 role <code>${role}</code></p>`,
    exampleOf(example),
    html`<h2>调用 Calling it</h2>`,
    html`<p>GraphQL：在 <a href="/graphql">/graphql</a> 的示例中可直接运行。 It can be run among the examples of <a href="/graphql">/graphql</a>.</p>`,
    code(
      `curl -s http://localhost:4000/rest/${example.name} -H "authorization: Bearer $(npm run --silent token -- ${role})" -H 'content-type: application/json' -d '${JSON.stringify(example.variables)}'`,
    ),
  ]);
}

function exampleOf(example: ExampleOperation | undefined): Html | undefined {
  if (example === undefined) return undefined;
  const hasVariables = Object.keys(example.variables).length > 0;
  return joined([
    code(example.document.trim()),
    hasVariables ? html`<h3>变量 Variables</h3>${code(JSON.stringify(example.variables, null, 2))}` : undefined,
  ]);
}

/** Where no example is kept, a document with the plain fields; values of its variables are for the reader to give. */
function sampleOf(operation: Operation, schema: GraphQLSchema): Html {
  const { document, variables } = sampleDocument(schema, operation);
  const hasVariables = Object.keys(variables).length > 0;
  return joined([
    html`<p>由契约生成的起始文档，变量须自行填写。 A beginning, made from the contract; its values are yours to fill in.</p>`,
    code(document),
    hasVariables ? html`<h3>变量 Variables</h3>${code(JSON.stringify(variables, null, 2))}` : undefined,
  ]);
}
