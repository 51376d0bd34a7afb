import { setTimeout as delay } from 'node:timers/promises';
import { boundedText } from '../../subgraphs/kit/bounded-text.ts';
import { FileFault } from '../../subgraphs/kit/codes/import-faults.ts';
import { pickFields, unwrap, valueAt } from '../../subgraphs/kit/ingest/mapping/json-fields.ts';
import type { Envelope, MappingSource } from '../../subgraphs/kit/ingest/mapping/source-mapping.ts';
import type { SourceRequest, SourceRows } from './source-rows.ts';

type HttpSource = Extract<MappingSource, { kind: 'HTTP' }>;

/** One page is read whole. */
const MOST_PAGE_BYTES = 16 * 1024 * 1024;
const PAGE_MILLISECONDS = 30_000;
/** A paging that never ends is a fault of the source. */
const MOST_PAGES = 100_000;
/** Waits before a page is asked for again; a source that is overloaded says how long it wants to be left alone. */
const RETRY_MILLISECONDS = [500, 2_000, 8_000];
const LONGEST_WAIT_MILLISECONDS = 60_000;

/** Rows of a JSON interface, page after page; the next page is only asked for when the one before has been taken in. */
export async function* httpRows({
  source,
  connection,
  fields,
  signal,
  envelope,
}: SourceRequest<HttpSource> & { readonly envelope: Envelope }): SourceRows {
  const { paging, parameters } = source;
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const asked: Record<string, string | number | boolean> = { ...parameters };
    if (paging?.kind === 'PAGE') {
      asked[paging.page] = page + paging.first;
      asked[paging.size] = paging.rows;
    } else if (paging?.kind === 'CURSOR' && token !== undefined) asked[paging.parameter] = token;
    const answer = await askPage(source, connection, asked, signal);
    const rows = unwrap(answer, envelope);
    if (rows.length > 0) yield rows.map((row) => pickFields(row, fields));
    if (paging === undefined) return;
    if (paging.kind === 'PAGE') {
      if (rows.length < paging.rows) return;
      continue;
    }
    const next = valueAt(answer, paging.next);
    if (next === undefined || next === null || next === '' || String(next) === token) return;
    token = String(next);
  }
  throw new FileFault('SOURCE_FAILED', { reason: 'TOO_MANY_PAGES' });
}

async function askPage(
  { path, method }: HttpSource,
  { url, token }: SourceRequest['connection'],
  asked: Readonly<Record<string, string | number | boolean>>,
  signal: AbortSignal,
): Promise<unknown> {
  const target = new URL(url);
  target.pathname = `${target.pathname.replace(/\/$/, '')}${path}`;
  if (method === 'GET') for (const [name, value] of Object.entries(asked)) target.searchParams.set(name, String(value));
  for (let attempt = 0; ; attempt++) {
    const response = await fetch(target, {
      method,
      // To be sent on to elsewhere would take the token there.
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(PAGE_MILLISECONDS)]),
      headers: {
        accept: 'application/json',
        ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(method === 'POST' ? { body: JSON.stringify(asked) } : {}),
    });
    if (response.ok) return readJson(response);
    await response.body?.cancel();
    const wait = RETRY_MILLISECONDS[attempt];
    const again = response.status === 429 || response.status >= 500;
    if (!again || wait === undefined) throw new FileFault('SOURCE_FAILED', { reason: `HTTP_${response.status}` });
    const said = Number(response.headers.get('retry-after')) * 1_000;
    await delay(said > 0 ? Math.min(said, LONGEST_WAIT_MILLISECONDS) : wait, undefined, { signal });
  }
}

async function readJson(response: Response): Promise<unknown> {
  const tooLarge = () => new FileFault('SOURCE_FAILED', { reason: 'PAGE_TOO_LARGE' });
  const text = await boundedText(response, MOST_PAGE_BYTES, tooLarge);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FileFault('SOURCE_FAILED', { reason: 'NOT_JSON' }, { cause: error });
  }
}
