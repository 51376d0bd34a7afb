import { problems } from '../../../subgraphs/kit/codes/problems.ts';
import { refusals } from '../../../subgraphs/kit/codes/refusals.ts';
import { type Html, html, table } from './html.ts';
import { code, joined, link } from './page-parts.ts';

interface StableCode {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** Refusals have one; errors of requests and fields none. */
  readonly family?: string;
}

/** Every stable code that an answer may carry, from the registry. */
export function stableCodes(): StableCode[] {
  const all: StableCode[] = [
    ...Object.entries(problems).map(([name, text]) => ({ code: name, zh: text.zh, en: text.en })),
    ...Object.entries(refusals).map(([name, text]) => ({ code: name, zh: text.zh, en: text.en, family: text.family })),
  ];
  return all.sort((a, b) => (a.code < b.code ? -1 : 1));
}

export function codePage({ code: name, zh, en, family }: StableCode): Html {
  const placeholders = [...new Set([...zh.matchAll(/\{(\w+)\}/g)].map(([, placeholder = '']) => placeholder))];
  return joined([
    html`<h1><code>${name}</code></h1>`,
    html`<p class="lead" lang="zh-CN">${zh}</p><p class="lead en" lang="en">${en}</p>`,
    placeholders.length === 0
      ? undefined
      : html`<p>应答时填入 Filled in by the answer: ${placeholders.map((one) => html`<code>{${one}}</code> `)}</p>`,
    html`<h2>出现位置 Where it is found</h2>`,
    family === undefined ? problemShape(name, zh, en) : refusalShape(name, zh, en, family),
    html`<p>请按代码分支，文字可能改进。 Switch on the code; its text may improve. ${link('codes', '全部代码 All codes')}</p>`,
  ]);
}

function problemShape(name: string, zh: string, en: string): Html {
  return html`<p>在 <code>errors[].extensions.code</code> 中；<code>path</code> 指明位置，<code>subgraph</code> 指明出错的子图，<code>department</code> 指明其数源部门，其余结果照常返回。 In <code>errors[].extensions.code</code>; <code>path</code> says where, <code>subgraph</code> whose part failed, <code>department</code> whose data is missing, and the rest of the answer stands.</p>${code(
    JSON.stringify({ errors: [{ message: `${zh} | ${en}`, path: ['…'], extensions: { code: name } }] }, null, 2),
  )}`;
}

function refusalShape(name: string, zh: string, en: string, family: string): Html {
  const type = `${family}Refusal`;
  return html`<p>变更的返回类型之一 ${link(`types/${type}`, type)}：什么也没有写入，<code>culprit</code> 指明有误的输入项。 A member of the payload of a mutation: nothing was written, and <code>culprit</code> names the input to blame.</p>${code(
    JSON.stringify({ __typename: type, code: name, messageZh: zh, messageEn: en, culprit: 'input.…' }, null, 2),
  )}`;
}

export function codesIndex(): Html {
  const row = ({ code: name, zh, en }: StableCode) => [html`<code>${link(`codes/${name}`, name)}</code>`, zh, en];
  const all = stableCodes();
  return joined([
    html`<h1>错误代码 Codes</h1>`,
    html`<h2>请求与字段的错误 Errors of requests and fields</h2>`,
    table(['代码 Code', '中文', 'English'], all.filter(({ family }) => family === undefined).map(row)),
    html`<h2>办理被拒 Refusals of mutations</h2>`,
    table(['代码 Code', '中文', 'English'], all.filter(({ family }) => family !== undefined).map(row)),
  ]);
}
