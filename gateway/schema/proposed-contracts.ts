import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import type { ProposedContract } from '../../subgraphs/kit/schema-check/schema-judgement.ts';
import { HttpTransport } from '../transport/http-transport.ts';

/** Files of a contract folder that are made of the others. */
const COMPOSED = new Set(['supergraph', 'api']);
const TIMEOUT_MILLISECONDS = 15_000;

export interface ContractSource {
  /** A file, a folder of `<subgraph>.graphql`, or the address of a running subgraph. */
  readonly place: string;
  /** Name of the one subgraph; else the file's. */
  readonly subgraph: string | undefined;
  /** The hub's key, where this machine has it: its own subgraphs answer nobody else. */
  readonly signatureKey: Buffer | undefined;
}

/**
 * Reads the contracts to be judged.
 *
 * @throws StartupProblem that says what cannot be read there.
 */
export async function readProposedContracts(source: ContractSource): Promise<ProposedContract[]> {
  const { place, subgraph } = source;
  if (/^https?:\/\//.test(place)) return [{ name: nameFor(subgraph, place), sdl: await readRemote(source) }];
  const stat = statSync(place, { throwIfNoEntry: false });
  if (stat === undefined)
    throw problem(
      `没有 ${place}：请给出文件、目录或地址。`,
      `There is no ${place}: give a file, a folder or an address.`,
    );
  if (!stat.isDirectory()) {
    return [{ name: subgraph ?? basename(place).replace(/\.graphqls?$/, ''), sdl: readFileSync(place, 'utf8') }];
  }
  const contracts = readdirSync(place)
    .filter((file) => /\.graphqls?$/.test(file))
    .map((file) => ({ name: file.replace(/\.graphqls?$/, ''), path: join(place, file) }))
    .filter(({ name }) => !COMPOSED.has(name))
    .map(({ name, path }) => ({ name, sdl: readFileSync(path, 'utf8') }));
  if (contracts.length > 0) return contracts;
  throw problem(`${place} 中没有 <子图>.graphql 文件。`, `There is no <subgraph>.graphql in ${place}.`);
}

function nameFor(subgraph: string | undefined, url: string): string {
  if (subgraph !== undefined) return subgraph;
  throw problem(`请用 --subgraph 指明 ${url} 是哪个子图。`, `Say with --subgraph which subgraph ${url} is.`);
}

async function readRemote({ place, subgraph = '', signatureKey }: ContractSource): Promise<string> {
  try {
    if (signatureKey !== undefined) {
      const transport = new HttpTransport({
        subgraph,
        url: place,
        signatureKey,
        timeoutMilliseconds: TIMEOUT_MILLISECONDS,
        onError: () => {},
      });
      return await transport.readSdl();
    }
    const response = await fetch(place, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query: '{ _service { sdl } }' }),
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    const answer = (await response.json()) as { data?: { _service?: { sdl?: unknown } } };
    const sdl = answer.data?._service?.sdl;
    if (typeof sdl === 'string') return sdl;
  } catch (cause) {
    throw problem(`${place} 无法读取。`, `${place} cannot be read.`, cause);
  }
  throw problem(
    `${place} 没有给出契约（_service { sdl }）。`,
    `${place} does not answer with its contract (_service { sdl }).`,
  );
}

function problem(zh: string, en: string, cause?: unknown): StartupProblem {
  return new StartupProblem(zh, en, cause === undefined ? undefined : { cause });
}
