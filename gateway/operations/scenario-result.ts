import { type DemoRole, demoRoles, isDemoRole } from '../identity/demo-clients.ts';
import { type ExampleOperation, roleNamedIn } from './example-operation.ts';

/** What running one document showed; `npm run scenarios -- --json` prints a list of these. */
export interface ScenarioResult {
  readonly rows: readonly string[];
  readonly operation: string;
  readonly ok: boolean;
  readonly ms: number;
  readonly error?: string;
}

/** The hub's answer to a document. */
export interface ScenarioAnswer {
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly { readonly message: string }[];
}

/** A document may say `# role: steward` anywhere; the department system's token otherwise. */
export function scenarioRole(example: ExampleOperation): DemoRole {
  const role = roleNamedIn(example);
  if (role !== undefined && !isDemoRole(role)) throw new Error(`${example.name}: # role: ${demoRoles.join(' | ')}`);
  return role ?? 'system';
}

/**
 * Why an answer proves nothing, or undefined: an operation proves its rows when it answers without an error, with
 * something in every root field, lists with something in them (but where the document is empty at first), and unrefused; a root field called `refused…` is there to be refused.
 */
export function findScenarioFailure(
  { status, data, errors }: ScenarioAnswer,
  emptyAtFirst = false,
): string | undefined {
  if (errors.length > 0) return errors.map(({ message }) => message).join('; ');
  if (status !== 200) return `HTTP ${status}`;
  for (const [field, value] of Object.entries(data ?? {})) {
    if (value === null) return `${field} 为空 is null`;
    const typeName = (value as { __typename?: unknown }).__typename;
    const isRefused = typeof typeName === 'string' && typeName.endsWith('Refusal');
    if (/^refused(?=[A-Z]|$)/.test(field)) {
      if (!isRefused) return `${field} 应被拒绝而未被拒绝 was not refused: ${JSON.stringify(value)}`;
    } else if (isRefused) {
      return `${field} 被拒绝 was refused: ${JSON.stringify(value)}`;
    }
  }
  if (data === null) return '没有数据 no data';
  const values = Object.values(data);
  return !emptyAtFirst && values.length > 0 && values.every(isEmptyList)
    ? '各列表均为空 every list is empty'
    : undefined;
}

/** A list, or a page of one, with nothing in it. */
function isEmptyList(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  const nodes = (value as { nodes?: unknown }).nodes;
  return Array.isArray(nodes) && nodes.length === 0;
}
