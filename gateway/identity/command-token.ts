import { type DemoRole, issueDemoToken } from './demo-clients.ts';
import { findDemoKey } from './demo-keys.ts';

/** The token that a command acts with: the one it was given, or that of a role of the demo hub of a data folder. */
export async function commandToken(token: string | undefined, dataDirectory: string, role: DemoRole): Promise<string> {
  return token ?? issueDemoToken(await findDemoKey(dataDirectory), role);
}
