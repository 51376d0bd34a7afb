import { config } from './config.ts';

const KEPT = 'yiyun-console-token';
const ROLE = 'yiyun-console-role';

/** The token of this tab: one that was pasted, else a demo token (the steward's at first), else none. */
export function firstToken(): string {
  const pasted = sessionStorage.getItem(KEPT);
  if (pasted !== null) return pasted;
  const role = sessionStorage.getItem(ROLE) ?? 'steward';
  return config.demoTokens.find((demo) => demo.role === role)?.token ?? '';
}

/** Keeps a pasted token as long as the tab lives, and of a demo token its role only: it changes with each start. */
export function keepToken(token: string): void {
  const demo = config.demoTokens.find((candidate) => candidate.token === token);
  sessionStorage.removeItem(KEPT);
  sessionStorage.removeItem(ROLE);
  if (demo !== undefined) sessionStorage.setItem(ROLE, demo.role);
  else if (token !== '') sessionStorage.setItem(KEPT, token);
}
