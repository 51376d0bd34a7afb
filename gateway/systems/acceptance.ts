import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import type { ExampleOperation } from '../operations/example-operation.ts';
import type { ScenarioResult } from '../operations/scenario-result.ts';
import type { TestFile } from './proofs.ts';
import { operationLinks, type RowStatus, STATUS_TEXT, statusOf, testLinks } from './row-status.ts';

/** 验收场景 — what the whole graph must be able to do, over several subgraphs. */
export interface AcceptanceScenario {
  readonly id: number;
  readonly zh: string;
  readonly en: string;
  /** Operation documents that carry it out. */
  readonly documents: readonly string[];
}

/** The acceptance scenarios: `schema/acceptance.json`. */
export function readAcceptance(): readonly AcceptanceScenario[] {
  const text = readFileSync(join(projectRoot, 'schema', 'acceptance.json'), 'utf8');
  return (JSON.parse(text) as { readonly scenarios: readonly AcceptanceScenario[] }).scenarios;
}

export interface AcceptanceRow {
  readonly scenario: AcceptanceScenario;
  readonly tests: readonly string[];
  readonly status: RowStatus;
}

/** Each scenario with what proves it: all of its documents have run without an error, and a test says its number. */
export function acceptanceRows(
  scenarios: readonly AcceptanceScenario[],
  examples: readonly ExampleOperation[],
  tests: readonly TestFile[],
  results: readonly Pick<ScenarioResult, 'operation' | 'ok'>[],
): AcceptanceRow[] {
  const known = new Set(examples.map(({ name }) => name));
  const passing = new Set(results.filter(({ ok }) => ok).map(({ operation }) => operation));
  return scenarios.map((scenario) => {
    const { documents, id } = scenario;
    const missing = documents.filter((name) => !known.has(name));
    if (missing.length > 0) throw new Error(`scenario ${id}: there is no document ${missing.join(', ')}`);
    const naming = tests.filter(({ scenarios: proved }) => proved?.has(id)).map(({ path }) => path);
    const passed = documents.filter((name) => passing.has(name)).length;
    return { scenario, tests: naming, status: statusOf(documents.length, passed, naming.length) };
  });
}

/** The section of `docs/systems.md`. */
export function acceptanceSection(rows: readonly AcceptanceRow[]): string[] {
  return [
    '## 验收场景 Acceptance scenarios',
    '',
    '每个场景跨两个以上子图；其文档全部运行通过且有测试写明“scenario N”才算已证。 Each crosses two subgraphs or more; it is proved when all of its documents run without an error and a test says `scenario N`.',
    '',
    '| 场景 Scenario | 内容 What | 操作 Operation | 测试 Test | 状态 Status |',
    '|---|---|---|---|---|',
    ...rows.map(({ scenario: { documents, en, id, zh }, status, tests }) => {
      const cells = [String(id), `${zh} ${en}`, operationLinks(documents), testLinks(tests), STATUS_TEXT[status]];
      return `| ${cells.join(' | ')} |`;
    }),
  ];
}
