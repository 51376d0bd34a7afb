import type pg from 'pg';
import type { SignedCheckpoint } from '../../../kit/catalog-port.ts';
import { KeyedHash } from '../../../kit/store/keyed-hash.ts';
import type { SealingKeys } from '../../../kit/store/sealing.ts';
import { type CheckpointKeys, type CheckpointText, readCheckpoints, verifyCheckpoint } from './ledger-checkpoint.ts';
import { chainHash, LAST_SEQUENCE, type LedgerHeading, type LedgerRun, scopeDigest } from './ledger-line.ts';
import { type LedgerHead, sealHead } from './ledger-writer.ts';

/** What is wrong with the log, and where. */
export interface LedgerFinding {
  readonly code: keyof typeof ledgerFindings;
  /** The chain; undefined for findings about checkpoints and scopes. */
  readonly writer?: string;
  /** First and last line that it is about. */
  readonly from?: number;
  readonly to?: number;
  /** Number of a checkpoint, or digest of a scope. */
  readonly subject?: string;
}

/** Findings by code, in both languages. */
export const ledgerFindings = {
  LINE_EDITED: ['行被改动', 'lines that were written together, or what they are found by, were edited'],
  LINE_MOVED: ['行被调换或插入', 'the line was reordered or inserted'],
  LINES_DELETED: ['行被删除', 'lines were deleted'],
  TAIL_CUT: ['链尾被截断', 'the end of the chain was cut off'],
  TAIL_ADDED: ['链尾之后有多余的行', 'there are lines beyond the end of the chain'],
  TAIL_REWRITTEN: ['链尾被重写', 'the end of the chain was rewritten'],
  HEAD_ALTERED: ['链头记录被改动', 'the record of where the chain stands was altered'],
  CHAIN_REMOVED: ['整条链被删除', 'a whole chain was removed'],
  SCOPE_EDITED: ['访问范围被改动', 'the description of what was read was edited'],
  SCOPE_REMOVED: ['访问范围被删除', 'the description of what was read was removed'],
  CHECKPOINT_FORGED: ['检查点签名无效', 'the signature of the checkpoint is not ours'],
  CHECKPOINT_REMOVED: ['检查点被删除', 'a checkpoint was removed'],
  CHECKPOINT_CONTRADICTED: ['检查点所签的行已不同', 'the line that a checkpoint signed is another one now'],
} as const satisfies Record<string, readonly [string, string]>;

export interface LedgerReport {
  readonly lines: number;
  readonly chains: number;
  readonly checkpoints: number;
  readonly findings: readonly LedgerFinding[];
}

type Connection = Pick<pg.Pool | pg.PoolClient, 'query'>;

interface StoredRun extends LedgerRun {
  readonly hash: Buffer;
}

/** Runs, of up to some hundred lines each. */
const PAGE = 500;

/**
 * Reads the whole log and compares every line with its chain, every chain with its sealed head, and both with all that
 * was signed: the checkpoints in the database and those published elsewhere.
 */
export async function verifyLedger(
  connection: Connection,
  keys: Pick<SealingKeys, 'ledger'> & CheckpointKeys,
  published: readonly SignedCheckpoint[] = [],
): Promise<LedgerReport> {
  const findings: LedgerFinding[] = [];
  const heads = await readHeads(connection);
  const { signed, checkpoints } = await readSigned(connection, keys, published, findings);
  const sealer = new KeyedHash(keys.ledger);
  let lines = 0;
  const scopes = new Set<string>();
  for (const { head, seal } of heads) {
    if (!sealHead(sealer, head).equals(seal)) findings.push({ code: 'HEAD_ALTERED', writer: head.id });
    if (head.previous !== null && !heads.some(({ head: { id } }) => id === head.previous)) {
      findings.push({ code: 'CHAIN_REMOVED', writer: head.previous });
    }
    lines += await verifyChain(connection, head, { signed: signed.get(head.id) ?? new Map(), scopes, findings });
  }
  for (const writer of signed.keys()) {
    if (!heads.some(({ head }) => head.id === writer)) findings.push({ code: 'CHAIN_REMOVED', writer });
  }
  await verifyStrangers(connection, findings);
  await verifyScopes(connection, scopes, findings);
  const known = new Set<string>();
  const distinct = findings.filter((finding) => {
    const text = JSON.stringify(finding);
    return known.has(text) ? false : known.add(text);
  });
  return { lines, chains: heads.length, checkpoints, findings: distinct };
}

/** The same on one state of the database, while hubs go on writing. */
export async function verifyStoredLedger(
  pool: pg.Pool,
  keys: Parameters<typeof verifyLedger>[1],
  published: readonly SignedCheckpoint[],
): Promise<LedgerReport> {
  const connection = await pool.connect();
  try {
    await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await verifyLedger(connection, keys, published);
  } finally {
    await connection.query('ROLLBACK').catch(() => {});
    connection.release();
  }
}

async function readHeads(connection: Connection): Promise<{ head: LedgerHead; seal: Buffer }[]> {
  const { rows } = await connection.query<LedgerHead & { seal: Buffer }>(
    `SELECT id, previous, base_sequence::float8 AS "baseSequence", base_hash AS "baseHash",
            last_sequence::float8 AS "lastSequence", last_hash AS "lastHash", seal
       FROM catalog.ledger_writer ORDER BY id`,
  );
  return rows.map(({ seal, ...head }) => ({ head, seal }));
}

/** Hashes by writer and sequence that some checkpoint has signed. */
async function readSigned(
  connection: Connection,
  keys: CheckpointKeys,
  published: readonly SignedCheckpoint[],
  findings: LedgerFinding[],
): Promise<{ signed: Map<string, Map<number, string>>; checkpoints: number }> {
  const stored = (await readCheckpoints(connection)).reverse();
  const signed = new Map<string, Map<number, string>>();
  const take = (checkpoint: SignedCheckpoint): CheckpointText | undefined => {
    if (!verifyCheckpoint(keys, checkpoint)) {
      findings.push({ code: 'CHECKPOINT_FORGED', subject: String(checkpoint.number) });
      return undefined;
    }
    // Signed by us, so written by us.
    const said = JSON.parse(checkpoint.text) as CheckpointText;
    for (const [writer, sequence, hash] of said.heads) {
      const known = signed.get(writer) ?? new Map<number, string>();
      known.set(sequence, hash);
      signed.set(writer, known);
    }
    return said;
  };
  let previous: { readonly number: number; readonly digest: string } | undefined;
  for (const checkpoint of stored) {
    const expected = (previous?.number ?? 0) + 1;
    for (let missing = expected; missing < checkpoint.number; missing++) {
      findings.push({ code: 'CHECKPOINT_REMOVED', subject: String(missing) });
    }
    const said = take(checkpoint);
    const follows =
      said === undefined || checkpoint.number !== expected || said.previous === (previous?.digest ?? null);
    if (!follows || (said !== undefined && said.number !== checkpoint.number)) {
      findings.push({ code: 'CHECKPOINT_FORGED', subject: String(checkpoint.number) });
    }
    previous = { number: checkpoint.number, digest: scopeDigest(checkpoint.text) };
  }
  for (const checkpoint of published) {
    if (take(checkpoint) === undefined) continue;
    const kept = stored.find(({ number }) => number === checkpoint.number);
    if (kept === undefined) findings.push({ code: 'CHECKPOINT_REMOVED', subject: String(checkpoint.number) });
    else if (kept.text !== checkpoint.text) {
      findings.push({ code: 'CHECKPOINT_FORGED', subject: String(checkpoint.number) });
    }
  }
  return { signed, checkpoints: stored.length };
}

interface ChainContext {
  /** Hashes by sequence that some checkpoint has signed. */
  readonly signed: ReadonlyMap<number, string>;
  /** Digests of the scopes that lines name: it adds its own. */
  readonly scopes: Set<string>;
  readonly findings: LedgerFinding[];
}

/** @returns how many lines the chain has. */
async function verifyChain(
  connection: Connection,
  head: LedgerHead,
  { signed, scopes, findings }: ChainContext,
): Promise<number> {
  const writer = head.id;
  const find = (code: LedgerFinding['code'], from: number, to = from) => findings.push({ code, writer, from, to });
  let expected = head.baseSequence + 1;
  let previous: Buffer | undefined = head.baseHash;
  let last: { readonly sequence: number; readonly hash: Buffer } | undefined;
  let count = 0;
  for await (const run of runsOf(connection, writer, head.baseSequence)) {
    const { heading, lines } = readRun(run.text);
    const end = run.sequence + lines - 1;
    count += lines;
    if (run.sequence > head.lastSequence) {
      find('TAIL_ADDED', run.sequence, end);
      continue;
    }
    if (run.sequence > expected) {
      find('LINES_DELETED', expected, run.sequence - 1);
      previous = undefined;
    }
    const isMoved = heading !== undefined && heading.sequence !== run.sequence;
    if (heading === undefined) find('LINE_EDITED', run.sequence, end);
    else if (isMoved) find('LINE_MOVED', run.sequence, end);
    else if (previous !== undefined && !chainHash(previous, run).equals(run.hash)) {
      find('LINE_EDITED', run.sequence, end);
    }
    for (const { scope } of heading?.accesses ?? []) scopes.add(scope);
    const hash = signed.get(end);
    if (hash !== undefined && hash !== run.hash.toString('hex')) find('CHECKPOINT_CONTRADICTED', end);
    expected = end + 1;
    // What follows a line that is not where it belongs cannot be told from it.
    previous = isMoved ? undefined : run.hash;
    last = { sequence: end, hash: run.hash };
  }
  if (expected <= head.lastSequence) find('TAIL_CUT', expected, head.lastSequence);
  else if (last !== undefined && last.sequence === head.lastSequence && !last.hash.equals(head.lastHash)) {
    find('TAIL_REWRITTEN', last.sequence);
  }
  // A head that was put back to an earlier, once true state: what was signed later is gone.
  const furthest = Math.max(0, ...signed.keys());
  if (furthest > head.lastSequence) find('TAIL_CUT', head.lastSequence + 1, furthest);
  return count;
}

async function* runsOf(connection: Connection, writer: string, after: number): AsyncGenerator<StoredRun> {
  for (let position = after; ; ) {
    const { rows } = await connection.query<Omit<StoredRun, 'at'> & { at: Date }>(
      `SELECT writer, sequence::float8 AS sequence, at, client_id AS "clientId", department,
              subjects::text[] AS subjects, text, hash
         FROM catalog.access_log WHERE writer = $1 AND sequence > $2 ORDER BY sequence LIMIT ${PAGE}`,
      [writer, position],
    );
    for (const { at, ...run } of rows) yield { ...run, at: at.toISOString() };
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    position = last.sequence;
  }
}

/** What a run says of its accesses, undefined where that is no longer to be read, and how many lines follow it. */
function readRun(text: string): { heading: LedgerHeading | undefined; lines: number } {
  const [first = '', ...following] = text.split('\n');
  const lines = Math.max(1, following.length);
  try {
    return { heading: JSON.parse(first) as LedgerHeading, lines };
  } catch {
    return { heading: undefined, lines };
  }
}

/** Lines of chains that nobody knows of. */
async function verifyStrangers(connection: Connection, findings: LedgerFinding[]): Promise<void> {
  const { rows } = await connection.query<{ writer: string; from: number; to: number }>(
    `SELECT writer, min(sequence)::float8 AS from, max(${LAST_SEQUENCE})::float8 AS to FROM catalog.access_log l
      WHERE NOT EXISTS (SELECT FROM catalog.ledger_writer w WHERE w.id = l.writer) GROUP BY writer`,
  );
  for (const { writer, from, to } of rows) findings.push({ code: 'CHAIN_REMOVED', writer, from, to });
}

async function verifyScopes(
  connection: Connection,
  named: ReadonlySet<string>,
  findings: LedgerFinding[],
): Promise<void> {
  const { rows: scopes } = await connection.query<{ digest: string; text: string; coordinates: string[] }>(
    'SELECT digest, text, coordinates FROM catalog.access_scope',
  );
  for (const { digest, text, coordinates } of scopes) {
    const said = scopeDigest(text) === digest ? (JSON.parse(text) as Record<string, unknown>) : undefined;
    const lists = ['given', 'masked', 'unmasked', 'refused'].flatMap((list) => (said?.[list] as string[]) ?? []);
    const agrees = said !== undefined && [...new Set(lists)].sort().join() === [...coordinates].sort().join();
    if (!agrees) findings.push({ code: 'SCOPE_EDITED', subject: digest });
  }
  const kept = new Set(scopes.map(({ digest }) => digest));
  for (const digest of named) if (!kept.has(digest)) findings.push({ code: 'SCOPE_REMOVED', subject: digest });
}
