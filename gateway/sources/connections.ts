import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';

/** Where a department's system answers, as its operators set it: neither address nor credentials stand in the catalogue. */
export interface SourceConnection {
  readonly url: string;
  /** Bearer token of an HTTP source. */
  readonly token: string | undefined;
}

export type SourceConnections = ReadonlyMap<string, SourceConnection>;

const VARIABLE = /^SOURCE_([A-Z][A-Z0-9_]*)_URL$/;
const PROTOCOL = /^(https?|postgres(ql)?|mysql):$/;

/** The variable that a connection is read from. */
export const connectionVariable = (name: string) => `SOURCE_${name}_URL`;

/**
 * `SOURCE_<NAME>_URL` and, for HTTP, `SOURCE_<NAME>_TOKEN`.
 *
 * @throws StartupProblem that names the first variable whose value is no address, without its value.
 */
export function readConnections(environment: NodeJS.ProcessEnv): SourceConnections {
  const found = new Map<string, SourceConnection>();
  for (const [variable, value] of Object.entries(environment)) {
    const name = VARIABLE.exec(variable)?.[1];
    const url = value?.trim();
    if (name === undefined || !url) continue;
    if (!URL.canParse(url) || !PROTOCOL.test(new URL(url).protocol)) {
      throw new StartupProblem(
        `${variable} 的值无效：须为 postgres、mysql、http 或 https 地址。`,
        `The value of ${variable} is invalid: give a postgres, mysql, http or https address.`,
      );
    }
    found.set(name, { url, token: environment[`SOURCE_${name}_TOKEN`]?.trim() || undefined });
  }
  return found;
}
