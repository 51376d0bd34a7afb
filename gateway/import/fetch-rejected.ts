import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { commandToken } from '../identity/command-token.ts';

export interface FetchOptions {
  readonly url: string;
  readonly token?: string | undefined;
  readonly dataDirectory: string;
}

/** Writes the rejected rows of a batch, named by its number or by a receipt's file, as CSV to be corrected. */
export async function fetchRejected(
  receipt: string,
  { url, token, dataDirectory }: FetchOptions,
  output: NodeJS.WritableStream,
): Promise<void> {
  if (!URL.canParse(url)) {
    throw new StartupProblem('--url 的值无效。', 'The value of --url is invalid.');
  }
  const target = new URL(`/ingest/rejected/${encodeURIComponent(batchOf(receipt))}`, url);
  const authorization = `Bearer ${await commandToken(token, dataDirectory, 'system')}`;
  let response: Response;
  try {
    response = await fetch(target, { headers: { authorization } });
  } catch (error) {
    throw new StartupProblem(
      `无法连接 ${target.origin}：请确认枢纽在运行，并检查 --url。`,
      `${target.origin} cannot be reached: make sure that the hub runs, and check --url.`,
      { cause: error },
    );
  }
  if (!response.ok || response.body === null) {
    const { errors = [] } = (await response.json().catch(() => ({}))) as { errors?: { message?: string }[] };
    const [zh = `HTTP ${response.status}`, en = zh] = (errors[0]?.message ?? `HTTP ${response.status}`).split(' | ');
    throw new StartupProblem(`${zh}。`, `${en}.`);
  }
  for await (const piece of response.body) if (!output.write(piece)) await once(output, 'drain');
}

/** The batch that a receipt printed as JSON is about, or the text itself. */
function batchOf(receipt: string): string {
  if (!existsSync(receipt)) return receipt;
  try {
    const { batchId } = JSON.parse(readFileSync(receipt, 'utf8')) as { batchId?: unknown };
    if (typeof batchId === 'string') return batchId;
  } catch {
    // Told below, like a document that is something else.
  }
  throw new StartupProblem(
    `${receipt} 不是一份 JSON 回执：请给出批次编号，或 npm run --silent import -- … --json 打印的回执。`,
    `${receipt} is no receipt: name a batch, or a receipt that npm run --silent import -- … --json has printed.`,
  );
}
