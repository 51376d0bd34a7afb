import type { GraphQLError } from 'graphql';
import type { Caller } from '../../subgraphs/kit/caller/caller.ts';
import {
  callerUnder,
  LEGAL_BASIS_HEADER,
  SCENARIO_HEADER,
  type StatedPurpose,
} from '../../subgraphs/kit/caller/caller-under.ts';
import type { CatalogPort, PurposeRegistry } from '../../subgraphs/kit/catalog-port.ts';

/** With the value `true` masked values come in clear where right and purpose allow it; each time a line in the ledger. */
export const UNMASK_HEADER = 'x-yiyun-unmask';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Reads the headers, or `extensions.purpose` of the GraphQL request, which goes before. */
export function readStatedPurpose(headers: Headers, extensions: unknown): StatedPurpose {
  const given = (extensions as { purpose?: unknown } | null | undefined)?.purpose;
  const own = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>;
  const unmask = own.unmask ?? headers[UNMASK_HEADER];
  return {
    legalBasis: codeOf(own.legalBasis ?? headers[LEGAL_BASIS_HEADER]),
    scenario: codeOf(own.scenario ?? headers[SCENARIO_HEADER]),
    unmask: unmask === true || unmask === 'true',
  };
}

/** What is no code at all stays something that is in no registry. */
function codeOf(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'string' && /^[\w.-]{1,64}$/.test(value) ? value : '?';
}

/** What was made of one caller is remembered with it: most clients state the same few purposes all day. */
export type PurposeMemory = WeakMap<Caller, { registry: PurposeRegistry; callers: Map<string, Caller | GraphQLError> }>;
/** A client that goes through all combinations must not fill the memory. */
const REMEMBERED_PURPOSES = 64;

/** Like `callerUnder`, once per caller, purpose and state of the registry. */
export function rememberedCallerUnder(
  memory: PurposeMemory,
  caller: Caller,
  stated: StatedPurpose,
  registry: PurposeRegistry,
  personalRights: ReadonlySet<string>,
): Caller | GraphQLError {
  let known = memory.get(caller);
  if (known?.registry !== registry || known.callers.size >= REMEMBERED_PURPOSES) {
    known = { registry, callers: new Map() };
    memory.set(caller, known);
  }
  const key = `${stated.legalBasis ?? ''} ${stated.scenario ?? ''} ${stated.unmask}`;
  const made = known.callers.get(key) ?? callerUnder(caller, stated, registry, personalRights);
  known.callers.set(key, made);
  return made;
}

/** Reads the registry of purposes without asking the catalogue for each request. */
export interface PurposeReader {
  /** Makes sure that `current` is at most a few seconds old; undefined when it is. Rejects when it cannot be read. */
  refresh(): Promise<void> | undefined;
  readonly current: PurposeRegistry;
}

/** A scenario that is ended must be gone within a few seconds. */
const TRUSTED_MILLISECONDS = 3_000;
const NOTHING: PurposeRegistry = { legalBases: new Set(), scenarios: new Map() };

export function createPurposeReader(
  catalog: Pick<CatalogPort, 'readPurposes'>,
  now: () => number = () => performance.now(),
): PurposeReader {
  let current = NOTHING;
  let text = '';
  let trustedUntil = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;
  const read = async () => {
    const askedAt = now();
    const found = await catalog.readPurposes();
    const foundText = JSON.stringify([[...found.legalBases], [...found.scenarios]]);
    // The same registry keeps its identity, and with it all that was made of it.
    if (foundText !== text) [current, text] = [found, foundText];
    trustedUntil = askedAt + TRUSTED_MILLISECONDS;
  };
  return {
    refresh() {
      if (now() < trustedUntil) return undefined;
      reading ??= read().finally(() => {
        reading = undefined;
      });
      return reading;
    },
    get current() {
      return current;
    },
  };
}
