import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { commandToken } from '../identity/command-token.ts';

export interface HubAddress {
  readonly hub: string;
  readonly token: string | undefined;
  /** Where a demo hub keeps its key; its stewards' token is used when none is given. */
  readonly dataDirectory: string;
}

export interface HubAnswer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** Asks a running hub. @throws StartupProblem when it does not answer, or answers with errors. */
export async function askHub<Data>(address: HubAddress, query: string, variables: object): Promise<Data> {
  const { data, errors = [] } = await postToHub<Data>(address, query, variables);
  const [error] = errors;
  if (error !== undefined || data == null) {
    const [zh = '-', en = zh] = (error?.message ?? '-').split(' | ');
    throw new StartupProblem(zh, en);
  }
  return data;
}

/** What a running hub answers, errors included. @throws StartupProblem when it does not answer. */
export async function postToHub<Data>(
  { hub, token, dataDirectory }: HubAddress,
  query: string,
  variables: object,
): Promise<HubAnswer<Data>> {
  const bearer = await commandToken(token ?? process.env.YIYUN_TOKEN, dataDirectory, 'steward');
  try {
    const response = await fetch(hub, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as HubAnswer<Data>; // what a GraphQL endpoint answers; anything else has neither member
  } catch (cause) {
    throw new StartupProblem(
      `${hub} 没有应答：请先启动枢纽（npm start），或用 --hub 指明地址。`,
      `${hub} does not answer: start the hub (npm start), or name its address with --hub.`,
      { cause },
    );
  }
}
