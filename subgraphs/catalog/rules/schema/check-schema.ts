import { gunzipSync } from 'node:zlib';
import { type Clock, dateInChina } from '../../../kit/clock.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { judgeInWorker } from '../../../kit/schema-check/judge-in-worker.ts';
import type { JudgedChange, LintFinding, ProposedContract } from '../../../kit/schema-check/schema-judgement.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { findLiveContracts } from '../../store/schema/live-contracts.ts';
import { type ClientUse, countRecordedDocuments, findSchemaUse } from '../../store/schema/schema-use.ts';

/** A contract as it is sent: in plain, or compressed where it would be too long for a request. */
export interface SentContract {
  readonly subgraph: string;
  readonly sdl?: string | null | undefined;
  readonly sdlGzipBase64?: string | null | undefined;
}

export type SchemaVerdict = 'PASSED' | 'FAILED';

export interface CheckedChange extends JudgedChange {
  readonly usedBy: readonly ClientUse[];
}

export interface SchemaCheck {
  readonly verdict: SchemaVerdict;
  readonly checkedAt: Date;
  readonly subgraphs: readonly string[];
  readonly compositionFindings: readonly string[];
  /** The gravest first; of the safe ones as many as a reader takes in. */
  readonly changes: readonly CheckedChange[];
  readonly changeCounts: Readonly<Record<JudgedChange['level'], number>>;
  readonly lint: readonly LintFinding[];
  /** Documents recorded in the year that the changes were held against. */
  readonly documentCount: number;
  readonly since: string;
}

/** A season comes back within a year; a day more, for leap years. */
const RECORD_DAYS = 366;
/** Four times what the contracts of the whole city take; more is not read by anybody. */
const MOST_CHARACTERS = 4 * 1024 * 1024;
const MOST_CONTRACTS = 64;
const MOST_SAFE_CHANGES = 200;
const MOST_GRAVE_CHANGES = 400;

/**
 * Judges contracts before they land: do they compose, what breaks and for whom by the operations of the last year, and
 * do the changed parts keep the house's rules. Fails when they do not compose, when somebody still uses what breaks, or
 * when a rule is broken; what breaks and nobody used in a year is shown and let through.
 */
export async function checkSchema(
  store: Pick<CatalogStore, 'database'>,
  clock: Clock,
  sent: readonly SentContract[],
  trace: OperationTrace,
): Promise<SchemaCheck> {
  const now = clock.now();
  const yearAgo = new Date(now.getTime() - RECORD_DAYS * 86_400_000);
  const since = dateInChina(yearAgo);
  const read = readContracts(sent);
  const live = await findLiveContracts(store, trace);
  const findings = [...read.findings];
  if (live === null)
    findings.push('目录中没有完整的在用契约 The catalogue does not hold every contract that is served');
  const nothing = { changes: [], lint: [] };
  const judgement =
    findings.length > 0 || live === null
      ? { ...nothing, compositionFindings: findings }
      : await judgeInWorker({
          live: live.contracts,
          liveSupergraphSdl: live.supergraphSdl,
          proposed: read.contracts,
          today: dateInChina(now),
        });
  const grave = judgement.changes.filter(({ level }) => level !== 'SAFE').slice(0, MOST_GRAVE_CHANGES);
  const [uses, documentCount] = await Promise.all([
    grave.length === 0
      ? []
      : findSchemaUse(
          store,
          grave.map(({ touches }) => touches),
          since,
          trace,
        ),
    countRecordedDocuments(store, yearAgo, trace),
  ]);
  const safe = judgement.changes.filter(({ level }) => level === 'SAFE');
  const changes = [
    ...grave.map((change, position) => ({ ...change, usedBy: uses.filter((use) => use.position === position) })),
    ...safe.slice(0, MOST_SAFE_CHANGES).map((change) => ({ ...change, usedBy: [] })),
  ];
  const count = (wanted: JudgedChange['level']) => judgement.changes.filter(({ level }) => level === wanted).length;
  const changeCounts = { BREAKING: count('BREAKING'), DANGEROUS: count('DANGEROUS'), SAFE: count('SAFE') };
  const failed =
    judgement.compositionFindings.length > 0 ||
    judgement.lint.length > 0 ||
    // What was not held against the record is not known to be unused.
    changeCounts.BREAKING + changeCounts.DANGEROUS > grave.length ||
    changes.some(({ level, usedBy }) => level === 'BREAKING' && usedBy.length > 0);
  return {
    verdict: failed ? 'FAILED' : 'PASSED',
    checkedAt: now,
    subgraphs: read.contracts.map(({ name }) => name),
    compositionFindings: judgement.compositionFindings,
    changes,
    changeCounts,
    lint: judgement.lint,
    documentCount,
    since,
  };
}

function readContracts(sent: readonly SentContract[]): {
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
