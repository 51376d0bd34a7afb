import { problems } from '../../subgraphs/kit/codes/problems.ts';
import { refusals } from '../../subgraphs/kit/codes/refusals.ts';
import { rights } from '../../subgraphs/kit/codes/rights.ts';

/** Every stable code that an answer may carry, in both languages; generated, and a test fails when the file differs. */
export function codesPage(): string {
  const lines = [
    '# 错误代码 Codes',
    '',
    '由登记表生成：`npm run contracts`。客户端按代码分支，文字可能改进。 Generated from the registry by `npm run contracts`. Clients switch on codes; texts may improve.',
    '',
    '花括号中的部分在应答时填入；枢纽的 `/docs/codes/<代码>` 为每个代码一页。 What stands in braces is filled in by the answer; the hub has a page for each code at `/docs/codes/<code>`.',
    '',
    '## 请求与字段的错误 Errors of requests and fields',
    '',
    '在 `errors[].extensions.code` 中；`path` 指明位置，`subgraph` 指明出错的子图，`department` 指明所缺数据的部门，其余结果照常返回。 In `errors[].extensions.code`; `path` says where, `subgraph` whose part failed, `department` whose data is missing; the rest of the answer stands.',
    '',
  ];
  for (const [code, text] of Object.entries(problems).sort(byCode)) lines.push(...section(code, text));
  lines.push(
    '## 办理被拒 Refusals of mutations',
    '',
    '在返回的联合类型中（`... on Refusal { code messageZh messageEn culprit }`）；什么也没有写入，`culprit` 指明有误的输入项。 Members of the payload union; nothing was written, and `culprit` names the input to blame.',
    '',
  );
  for (const [code, text] of Object.entries(refusals).sort(byCode)) {
    lines.push(...section(code, text, `类型 Type: \`${text.family}Refusal\``));
  }
  lines.push('## 权限 Rights', '', '| 代码 Code | 名称 | Name |', '|---|---|---|');
  for (const [code, { zh, en }] of Object.entries(rights).sort(byCode)) lines.push(`| \`${code}\` | ${zh} | ${en} |`);
  return `${lines.join('\n')}\n`;
}

function section(code: string, { zh, en }: { readonly zh: string; readonly en: string }, note?: string): string[] {
  return [`### ${code}`, '', zh, '', en, '', ...(note === undefined ? [] : [note, ''])];
}

function byCode([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
