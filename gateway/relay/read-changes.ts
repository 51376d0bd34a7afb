import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import type { ChangeMessage } from '../changes/change-message.ts';

export interface ChangeSource {
  /** Of the hub: its `GET /changes`. */
  readonly url: URL;
  /** Asked for each connection, so that a token may be exchanged while the relay runs. */
  readonly token: () => string | Promise<string>;
  readonly types?: string | undefined;
  readonly divisions?: string | undefined;
}

/** A block of the stream: a change with the cursor behind it, or a sign of life with a newer cursor. */
export interface ToldChange {
  readonly cursor: string;
  readonly change: ChangeMessage | undefined;
}

/**
 * The hub's changes behind a cursor, those that arrive together in one go, until the connection ends.
 *
 * @throws StartupProblem for what will not become right by trying again: no right, a filter or cursor that is refused.
 */
export async function* readChanges(
  { url, token, types, divisions }: ChangeSource,
  after: string,
  signal: AbortSignal,
): AsyncGenerator<readonly ToldChange[]> {
  const target = new URL('/changes', url);
  if (types !== undefined) target.searchParams.set('types', types);
  if (divisions !== undefined) target.searchParams.set('divisions', divisions);
  const headers = { authorization: `Bearer ${await token()}`, 'last-event-id': after };
  const response = await fetch(target, { headers, signal });
  if (response.status !== 200 || response.body === null) throw await refusal(response);
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + chunk).split('\n\n');
    text = blocks.pop() ?? '';
    const told = blocks.map(readBlock).filter((block) => block !== undefined);
    if (told.length > 0) yield told;
  }
}

function readBlock(block: string): ToldChange | undefined {
  const cursor = /^id: (.+)$/m.exec(block)?.[1];
  if (cursor === undefined) return undefined;
  const isChange = /^event: change$/m.test(block);
  const data = isChange ? /^data: (.+)$/m.exec(block)?.[1] : undefined;
  // As the hub writes it.
  return { cursor, change: data === undefined ? undefined : (JSON.parse(data) as ChangeMessage) };
}

/** A hub that is starting, draining or busy answers again; what it refuses it will refuse again. */
async function refusal(response: Response): Promise<Error> {
  const { status } = response;
  const text = await response.text().catch(() => '');
  if (status >= 500 || status === 429 || status === 408) return new Error(`the hub answers ${status}`);
  const [zh = `HTTP ${status}`, en = `HTTP ${status}`] = readMessage(text).split(' | ');
  if (status === 410) {
    return new StartupProblem(
      `变更流已不再保留上次之后的变更（${zh}）：请用 --from oldest 从最早保留的变更重新开始，并核对期间的缺口。`,
      `The feed no longer keeps what followed the last change (${en}): begin anew with --from oldest, and check what lies between.`,
    );
  }
  return new StartupProblem(`枢纽拒绝了转发：${zh}。`, `The hub refuses the relay: ${en}.`);
}

function readMessage(text: string): string {
  try {
    const { errors } = JSON.parse(text) as { errors?: readonly { message?: string }[] };
    return errors?.[0]?.message ?? '';
  } catch {
    return '';
  }
}
