import {
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { type DocumentedSchema, ROOT_KINDS, rootOf } from './documented-schema.ts';
import { type Html, html, table } from './html.ts';
import { card, described, joined, lead, link, typeLink } from './page-parts.ts';

const KINDS: Readonly<Record<string, string>> = {
  GraphQLObjectType: '对象类型 Object type',
  GraphQLInterfaceType: '接口 Interface',
  GraphQLUnionType: '联合类型 Union',
  GraphQLEnumType: '枚举（字典） Enum',
  GraphQLInputObjectType: '输入类型 Input type',
  GraphQLScalarType: '标量 Scalar',
};

export function typePage(type: GraphQLNamedType, graph: DocumentedSchema): Html {
  return joined([
    html`<h1><code>${type.name}</code></h1>`,
    html`<p><span class="tag">${KINDS[type[Symbol.toStringTag]]}</span>${card(type.astNode?.directives)}</p>`,
    lead(type.description),
    membersOf(type, graph),
    usesOf(type, graph),
  ]);
}

function membersOf(type: GraphQLNamedType, { schema }: DocumentedSchema): Html | undefined {
  if (isEnumType(type)) {
    return html`<h2>取值 Values</h2>${table(
      ['代码 Code', '名称', 'Name'],
      type.getValues().map(({ name, description }) => {
        const { zh, en } = described(description);
        return [html`<code>${name}</code>`, zh, en];
      }),
    )}`;
  }
  if (isUnionType(type)) {
    return html`<h2>成员 Members</h2><ul>${type.getTypes().map((member) => html`<li>${typeLink(member)} ${described(member.description).zh}</li>`)}</ul>`;
  }
  if (isInputObjectType(type)) {
    return html`<h2>输入项 Fields</h2>${fieldTable(Object.values(type.getFields()))}`;
  }
  if (isObjectType(type) || isInterfaceType(type)) {
    const implemented = type.getInterfaces();
    const possible = isInterfaceType(type) ? schema.getPossibleTypes(type) : [];
    return joined([
      implemented.length === 0
        ? undefined
        : html`<p>实现 Implements ${implemented.map((one) => html`${typeLink(one)} `)}</p>`,
      html`<h2>字段 Fields</h2>${fieldTable(Object.values(type.getFields()))}`,
      possible.length === 0
        ? undefined
        : html`<h2>实现类型 Types</h2><ul class="columns">${possible.map((one) => html`<li>${typeLink(one)}</li>`)}</ul>`,
    ]);
  }
  return undefined;
}

type AnyField = GraphQLField<unknown, unknown> | GraphQLInputField;

function fieldTable(fields: readonly AnyField[]): Html | undefined {
  return table(
    ['字段 Field', '类型 Type', '说明', 'Description', '数据卡片 Card'],
    fields.map((field) => {
      const { zh, en } = described(field.description);
      const gone =
        field.deprecationReason == null
          ? ''
          : html`<br><span class="tag">弃用 deprecated</span>${field.deprecationReason}`;
      return [
        html`<code id="${field.name}">${field.name}</code>${argumentsOf(field)}`,
        typeLink(field.type),
        html`${zh}${gone}`,
        en,
        card(field.astNode?.directives),
      ];
    }),
  );
}

function argumentsOf(field: AnyField): Html | undefined {
  if (!('args' in field) || field.args.length === 0) return undefined;
  return html`<br>(${field.args.map(
    ({ name, type, description }) =>
      html`<br>&nbsp;<span title="${described(description).zh}">${name}: ${typeLink(type)}</span>`,
  )}<br>)`;
}

/** Where the type is given or taken; fields of the roots lead to the operation. */
function usesOf(type: GraphQLNamedType, { schema, usedBy }: DocumentedSchema): Html | undefined {
  const places = usedBy.get(type.name) ?? [];
  if (places.length === 0) return undefined;
  const roots = new Map(ROOT_KINDS.map((kind) => [rootOf(schema, kind)?.name, kind]));
  return html`<h2>用于 Used by</h2><ul class="columns">${places.map((coordinate) => {
    const [owner = '', field = ''] = coordinate.split(/[.(]/);
    const kind = roots.get(owner);
    return html`<li>${link(kind === undefined ? `types/${owner}` : `operations/${kind}/${field}`, coordinate)}</li>`;
  })}</ul>`;
}
