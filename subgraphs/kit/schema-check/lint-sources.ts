import { departmentName, isDepartmentCode } from '../codes/departments.ts';
import { contractParts } from './contract-parts.ts';
import type { LintFinding, ProposedContract } from './schema-judgement.ts';

/**
 * 一数一源 — an item that several contracts serve has one source, which the cards of all of them name: a department that
 * proposes to serve it as a source of its own is a second collector.
 *
 * @param proposed names of the contracts that change; what others say of each other is not this change's.
 */
export function lintSources(
  contracts: readonly Pick<ProposedContract, 'name' | 'sdl'>[],
  proposed: ReadonlySet<string>,
): LintFinding[] {
  const sources = new Map<string, Map<string, string[]>>();
  for (const { name, sdl } of contracts) {
    for (const { coordinate, kind, card } of contractParts(sdl).values()) {
      if (kind !== 'FIELD' || card?.source == null) continue;
      const known = sources.get(coordinate) ?? new Map<string, string[]>();
      sources.set(coordinate, known);
      known.set(String(card.source), [...(known.get(String(card.source)) ?? []), name]);
    }
  }
  const findings: LintFinding[] = [];
  for (const [coordinate, bySource] of sources) {
    if (bySource.size < 2 || ![...bySource.values()].flat().some((name) => proposed.has(name))) continue;
    const said = [...bySource].map(([source, names]) => ({ source, by: names.join() }));
    const text = (language: 'zh' | 'en') =>
      said.map(({ source, by }) => `${isDepartmentCode(source) ? departmentName(source)[language] : source} (${by})`);
    findings.push({
      rule: 'source',
      coordinate,
      messageZh: `一数一源：数据卡片写了不同的数源部门：${text('zh').join('、')}`,
      messageEn: `one source per item: its cards name several, ${text('en').join(', ')}`,
    });
  }
  return findings;
}
