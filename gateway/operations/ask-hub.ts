import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { issueDemoToken } from '../identity/demo-clients.ts';
import { findDemoKey } from '../identity/demo-keys.ts';

export interface HubAddress {
  readonly hub: string;
  readonly token: string | undefined;
  /** Where a demo hub keeps its key; its stewards' token is used when none is given. */
  readonly dataDirectory: string;
}

/** Asks a running hub. @throws StartupProblem when it does not answer, or answers with errors. */
export async function askHub<Data>(address: HubAddress, query: string, variables: object): Promise<Data> {
  const token =
    address.token ??
    process.env.YIYUN_TOKEN ??
    (await issueDemoToken(await findDemoKey(address.dataDirectory), 'steward'));
  const { data, errors } = await post(address.hub, token, JSON.stringify({ query, variables }));
  const [error] = errors ?? [];
  if (error !== undefined || data == null) {
    const [zh = '-', en = zh] = (error?.message ?? '-').split(' | ');
    throw new StartupProblem(zh, en);
  }
  return data as Data; // of the query's own shape
}

async function post(
  hub: string,
  token: string,
  body: string,
): Promise<{ readonly data?: unknown; readonly errors?: readonly { readonly message: string }[] }> {
  try {
    const response = await fetch(hub, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body,
    });
    return (await response.json()) as Awaited<ReturnType<typeof post>>;
  } catch (cause) {
    throw new StartupProblem(
      `${hub} 没有应答：请先启动枢纽（npm start），或用 --hub 指明地址。`,
      `${hub} does not answer: start the hub (npm start), or name its address with --hub.`,
      { cause },
    );
  }
}
