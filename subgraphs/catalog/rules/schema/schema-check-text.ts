import { departments, isDepartmentCode } from '../../../kit/codes/departments.ts';
import type { CheckedChange, SchemaCheck } from './check-schema.ts';

const LEVELS = {
  BREAKING: { zh: '破坏性变更', en: 'Breaking', mark: '✗' },
  DANGEROUS: { zh: '有风险的变更', en: 'Dangerous', mark: '!' },
  SAFE: { zh: '安全的变更', en: 'Safe', mark: '+' },
} as const;
/** What fits on one page of each section. */
const LINES = 12;
const CLIENTS = 5;

/** The verdict as one page that a person reads. */
export function schemaCheckText(check: SchemaCheck): string {
  const { changeCounts: counts } = check;
  const lines = [
    `图谱变更评审 Schema check: ${check.subgraphs.join(', ') || '-'}`,
    `结论 Verdict: ${check.verdict === 'PASSED' ? '通过 PASSED' : '不通过 FAILED'}`,
    `合成 Composes: ${check.compositionFindings.length === 0 ? '是 yes' : '否 no'}`,
  ];
  for (const finding of check.compositionFindings.slice(0, LINES)) lines.push(`  ✗ ${finding}`);
  lines.push(
    `变更 Changes: ${counts.BREAKING} 破坏性 breaking, ${counts.DANGEROUS} 有风险 dangerous, ${counts.SAFE} 安全 safe`,
    `对照 Held against: ${check.since} 以来的 ${check.documentCount} 个操作 operations recorded since`,
  );
  for (const level of ['BREAKING', 'DANGEROUS', 'SAFE'] as const) {
    const changes = check.changes.filter((change) => change.level === level);
    if (changes.length === 0) continue;
    lines.push('', `${LEVELS[level].zh} ${LEVELS[level].en}`);
    for (const change of changes.slice(0, LINES)) lines.push(...changeLines(change));
    if (counts[level] > LINES) lines.push(`  … 另有 ${counts[level] - LINES} 项 more`);
  }
  if (check.lint.length > 0) {
    lines.push('', '规范 Lint（只看变更的部分 changed parts only）');
    for (const { coordinate, rule, messageZh, messageEn } of check.lint.slice(0, LINES)) {
      lines.push(`  ✗ ${coordinate} [${rule}] ${messageZh}。${messageEn}.`);
    }
    if (check.lint.length > LINES) lines.push(`  … 另有 ${check.lint.length - LINES} 项 more`);
  }
  return `${lines.join('\n')}\n`;
}

function changeLines({ coordinate, level, messageZh, messageEn, sourceDepartment, usedBy }: CheckedChange): string[] {
  const owner = sourceDepartment === null ? '' : ` · 数源 owner: ${departmentName(sourceDepartment)}`;
  const lines = [`  ${LEVELS[level].mark} ${coordinate} ${messageZh} ${messageEn}${owner}`];
  if (level === 'SAFE') return lines;
  if (usedBy.length === 0) lines.push('      一年内无人使用 nobody used it within the year');
  for (const use of usedBy.slice(0, CLIENTS)) {
    const department = use.departmentCode === null ? '-' : departmentName(use.departmentCode);
    lines.push(
      `      ${department} ${use.clientId}: ${use.operationCount} 个操作 operations, ${use.requestCount} 次 requests, 最近 last ${use.lastSeenAt.toISOString().slice(0, 10)} (${use.operationNames.join(', ') || '-'})`,
    );
  }
  if (usedBy.length > CLIENTS) lines.push(`      … 另有 ${usedBy.length - CLIENTS} 个接入方 more clients`);
  return lines;
}

function departmentName(code: string): string {
  return isDepartmentCode(code) ? `${departments[code].zh} ${code}` : code;
}
