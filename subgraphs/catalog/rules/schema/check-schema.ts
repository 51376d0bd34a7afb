import { type Clock, dateInChina } from '../../../kit/clock.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { VariantFilter } from '../../../kit/schema-check/graph-variant.ts';
import { judgeInWorker } from '../../../kit/schema-check/judge-in-worker.ts';
import type {
  ComposedSdl,
  JudgedChange,
  LintFinding,
  ProposedContract,
  SchemaJudgement,
} from '../../../kit/schema-check/schema-judgement.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { findGraphContracts } from '../../store/contracts/graph-contract-rows.ts';
import { findLiveContracts } from '../../store/schema/live-contracts.ts';
import { type ClientUse, countRecordedDocuments, findSchemaUse } from '../../store/schema/schema-use.ts';
import type { VersionTexts } from '../../store/versions/graph-release.ts';
import { readContracts, type SentContract } from './sent-contracts.ts';

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
  /** Departments that own what changes, by code, sorted. */
  readonly owners: readonly string[];
  /** Documents recorded in the year that the changes were held against. */
  readonly documentCount: number;
  readonly since: string;
}

/** A season comes back within a year; a day more, for leap years. */
const RECORD_DAYS = 366;
const MOST_SAFE_CHANGES = 200;
const MOST_GRAVE_CHANGES = 400;

/** What is to be judged, already read. */
export interface JudgedContracts {
  readonly contracts: readonly ProposedContract[];
  /** Why some could not be read. */
  readonly findings: readonly string[];
  readonly removed?: readonly string[] | undefined;
  readonly keepComposed?: boolean | undefined;
  /** Judged as the clients of a contract see it. */
  readonly filter?: VariantFilter | undefined;
}

/** A check together with what a publication needs of it. */
export interface JudgedGraph {
  readonly check: SchemaCheck;
  /** The version that it was judged against. */
  readonly over: VersionTexts | null;
  readonly composed: ComposedSdl | undefined;
}

/**
 * Judges contracts before they land: do they compose, what breaks and for whom by the operations of the last year, and
 * do the changed parts keep the house's rules. Fails when they do not compose, when somebody still uses what breaks and
 * has not said that he does without it, or when a rule is broken; what breaks and nobody used in a year is shown and let
 * through.
 */
export async function checkSchema(
  store: Pick<CatalogStore, 'database' | 'pool'>,
  clock: Clock,
  sent: readonly SentContract[],
  trace: OperationTrace,
  contract?: string | null | undefined,
): Promise<SchemaCheck> {
  const read = readContracts(sent);
  if (contract == null) return (await judgeGraph(store, clock, read, trace)).check;
  const known = (await findGraphContracts(store, trace)).find(({ name }) => name === contract);
  const findings = known === undefined ? [`没有契约变体 ${contract.slice(0, 40)} there is no such contract`] : [];
  const filter = known === undefined ? undefined : ({ kind: 'CONTRACT', ...known } as const);
  return (await judgeGraph(store, clock, { ...read, findings: [...read.findings, ...findings], filter }, trace)).check;
}

export async function judgeGraph(
  store: Pick<CatalogStore, 'database' | 'pool'>,
  clock: Clock,
  read: JudgedContracts,
  trace: OperationTrace,
): Promise<JudgedGraph> {
  const now = clock.now();
  const yearAgo = new Date(now.getTime() - RECORD_DAYS * 86_400_000);
  const since = dateInChina(yearAgo);
  const live = await findLiveContracts(store, trace);
  const findings = [...read.findings];
  if (live === null)
    findings.push('目录中没有完整的在用契约 The catalogue does not hold every contract that is served');
  const nothing: Omit<SchemaJudgement, 'compositionFindings'> = { changes: [], lint: [] };
  const judgement: SchemaJudgement =
    findings.length > 0 || live === null
      ? { ...nothing, compositionFindings: findings }
      : await judgeInWorker({
          live: live.contracts.map(({ name, sdl, url }) => ({ name, sdl, url: url ?? undefined })),
          liveSupergraphSdl: live.supergraphSdl,
          proposed: read.contracts,
          removed: read.removed,
          keepComposed: read.keepComposed,
          filter: read.filter,
          today: dateInChina(now),
        });
  const grave = judgement.changes.filter(({ level }) => level !== 'SAFE').slice(0, MOST_GRAVE_CHANGES);
  const [uses, documentCount] = await Promise.all([
    grave.length === 0
      ? []
      : findSchemaUse(
          store,
          grave.map(({ coordinate, touches }) => ({ ...touches, coordinate })),
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
    changes.some(({ level, usedBy }) => level === 'BREAKING' && usedBy.some(isLive));
  const check: SchemaCheck = {
    verdict: failed ? 'FAILED' : 'PASSED',
    checkedAt: now,
    subgraphs: [...read.contracts.map(({ name }) => name), ...(read.removed ?? [])],
    compositionFindings: judgement.compositionFindings,
    changes,
    changeCounts,
    lint: judgement.lint,
    owners: ownersOf(judgement.changes),
    documentCount,
    since,
  };
  return { check, over: live, composed: judgement.composed };
}

/** Whether a client has used what is to go since it last said that it does without it. */
export function isLive({ acknowledgedAt, lastSeenAt }: ClientUse): boolean {
  return acknowledgedAt === null || acknowledgedAt < lastSeenAt;
}

/** Whose data changes: each department that owns a changed part. What only exists on the graph is the data authority's. */
function ownersOf(changes: readonly JudgedChange[]): string[] {
  return [...new Set(changes.map(({ sourceDepartment }) => sourceDepartment ?? 'data-authority'))].sort();
}

/** A check as it was kept as JSON, in which dates are texts. */
export function readCheck(json: string): SchemaCheck {
  return JSON.parse(json, (key, value: unknown) =>
    typeof value === 'string' && /^(checkedAt|lastSeenAt|acknowledgedAt)$/.test(key) ? new Date(value) : value,
  ) as SchemaCheck; // written from one
}
