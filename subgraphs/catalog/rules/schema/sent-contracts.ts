import { gunzipSync } from 'node:zlib';
import type { ProposedContract } from '../../../kit/schema-check/schema-judgement.ts';

/** A contract as it is sent: in plain, or compressed where it would be too long for a request. */
export interface SentContract {
  readonly subgraph: string;
  readonly sdl?: string | null | undefined;
  readonly sdlGzipBase64?: string | null | undefined;
}

/** Four times what the contracts of the whole city take; more is not read by anybody. */
const MOST_CHARACTERS = 4 * 1024 * 1024;
const MOST_CONTRACTS = 64;

/** The contracts that were sent, and what keeps others from being read. */
export function readContracts(sent: readonly SentContract[]): {
  readonly contracts: ProposedContract[];
  readonly findings: string[];
} {
  const contracts: ProposedContract[] = [];
  const findings: string[] = [];
  if (sent.length === 0 || sent.length > MOST_CONTRACTS) {
    findings.push(`请给出 1 到 ${MOST_CONTRACTS} 份契约 Give 1 to ${MOST_CONTRACTS} contracts`);
  }
  let room = MOST_CHARACTERS;
  for (const contract of sent.slice(0, MOST_CONTRACTS)) {
    const { subgraph } = contract;
    const sdl = /^[a-z][a-z0-9-]{0,63}$/.test(subgraph) ? readSdl(contract, room) : undefined;
    if (sdl === undefined) {
      findings.push(
        `[${subgraph.slice(0, 64)}] 契约无法读取：子图名为小写字母，sdl 与 sdlGzipBase64 给且只给一项，合计不超过 ${MOST_CHARACTERS} 字符 The contract cannot be read: a subgraph's name is in lower case, give one of sdl and sdlGzipBase64, ${MOST_CHARACTERS} characters in all at most`,
      );
      continue;
    }
    room -= sdl.length;
    contracts.push({ name: subgraph, sdl });
  }
  return { contracts, findings };
}

function readSdl({ sdl, sdlGzipBase64 }: SentContract, room: number): string | undefined {
  if ((sdl == null) === (sdlGzipBase64 == null)) return undefined;
  if (sdl != null) return sdl.length <= room ? sdl : undefined;
  try {
    return gunzipSync(Buffer.from(sdlGzipBase64 ?? '', 'base64'), { maxOutputLength: Math.max(1, room) }).toString();
  } catch {
    return undefined;
  }
}
