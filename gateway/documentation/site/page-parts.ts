import type { ConstDirectiveNode, GraphQLType } from 'graphql';
import { isListType, isNonNullType } from 'graphql';
import { departmentName } from '../../../subgraphs/kit/codes/departments.ts';
import { isRightCode, rights } from '../../../subgraphs/kit/codes/rights.ts';
import { splitDescription } from '../../plan/description.ts';
import { directiveArguments } from '../../plan/directive-arguments.ts';
import { Html, html } from './html.ts';

export const DOCS_PATH = '/docs';

export function link(path: string, text: string): Html {
  return html`<a href="${DOCS_PATH}${path === '' ? '' : `/${path}`}">${text}</a>`;
}

/** `[Person!]!` with its name as a link to the type's page. */
export function typeLink(type: GraphQLType): Html {
  if (isNonNullType(type)) return html`${typeLink(type.ofType)}!`;
  if (isListType(type)) return html`[${typeLink(type.ofType)}]`;
  return html`<code>${link(`types/${type.name}`, type.name)}</code>`;
}

/** Both languages of a description; the line about the card is shown by itself. */
export function described(description: string | null | undefined): { readonly zh: string; readonly en: string } {
  const { descriptionZh, descriptionEn } = splitDescription(description ?? '');
  return { zh: descriptionZh, en: descriptionEn === descriptionZh ? '' : descriptionEn };
}

export function lead(description: string | null | undefined): Html {
  const { zh, en } = described(description);
  return html`<p class="lead" lang="zh-CN">${zh}</p>${en === '' ? '' : html`<p class="lead en" lang="en">${en}</p>`}`;
}

/** Whose field it is, how it is graded, and who may read it. */
export function card(directives: readonly ConstDirectiveNode[] | undefined): string {
  const given = directiveArguments(directives, 'card');
  if (given === undefined) return '';
  const { source, right, mask, unit, grade } = given as Readonly<Record<string, string | number | undefined>>;
  const department = typeof source === 'string' && departmentName(source).zh;
  const needed = typeof right === 'string' && isRightCode(right) ? `${rights[right].zh} ${right}` : right;
  return [
    `${department}`,
    `${grade} 级`,
    ...(needed === undefined ? [] : [`须有权限 needs ${needed}${mask === undefined ? '' : `，否则脱敏 else masked`}`]),
    ...(unit === undefined ? [] : [`单位 unit ${unit}`]),
  ].join(' · ');
}

export function code(text: string): Html {
  return html`<pre><code>${text}</code></pre>`;
}

export function joined(parts: readonly (Html | undefined)[]): Html {
  return new Html(parts.map((part) => part?.text ?? '').join('\n'));
}
