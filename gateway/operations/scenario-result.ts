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
 * something in every root field, and unrefused; a root field called `refused…` is there to be refused.
 */
export function findScenarioFailure({ status, data, errors }: ScenarioAnswer): string | undefined {
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
  return data === null ? '没有数据 no data' : undefined;
}
