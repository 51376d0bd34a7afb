import { type DemoRole, demoRoles, demoRoleTitles } from '../identity/demo-clients.ts';
import type { PreparedCity } from './prepare-city.ts';

/** What a demo hub prints when it is ready: where it is, how to get in, and one request to paste. */
export function demoBanner(graphqlUrl: string, city: PreparedCity, tokens: Readonly<Record<DemoRole, string>>): string {
  const { loaded, name, firstCommunity } = city;
  const rows = loaded.rowCount.toLocaleString('en-US');
  const body = JSON.stringify({ query: `{ community(statCode: "${firstCommunity}") { statCode name } }` });
  return [
    '',
    `一云 Yiyun · ${name} ${loaded.city} · 规模 scale ${loaded.scale} · ${rows} 行 rows`,
    '',
    `  ${graphqlUrl}`,
    '',
    '演示令牌 Demo tokens (npm run --silent token -- system|frontend|steward):',
    ...demoRoles.flatMap((role) => ['', `${demoRoleTitles[role].zh} ${role}:`, tokens[role]]),
    '',
    '试一试 Try:',
    '',
    `curl -s ${graphqlUrl} -H 'content-type: application/json' -H 'authorization: Bearer ${tokens.system}' -d '${body}'`,
    '',
    '按 Ctrl-C 停止。 Press Ctrl-C to stop.',
    '',
  ].join('\n');
}
