import type { GraphQLError } from 'graphql';
import type { Caller } from '../../subgraphs/kit/caller/caller.ts';
import { openingsUnder } from '../../subgraphs/kit/caller/opens.ts';
import type { Purpose, WithheldReason } from '../../subgraphs/kit/caller/purpose.ts';
import type { CatalogPort, PurposeRegistry } from '../../subgraphs/kit/catalog-port.ts';
import { departments, isDepartmentCode } from '../../subgraphs/kit/codes/departments.ts';
import { graphProblem } from '../../subgraphs/kit/codes/problems.ts';

/** Why personal data is wanted: a code of the catalogue's `legalBases`. */
export const LEGAL_BASIS_HEADER = 'x-yiyun-legal-basis';
/** What for: a code of the catalogue's `useScenarios`. */
export const SCENARIO_HEADER = 'x-yiyun-scenario';
/** With the value `true` masked values come in clear where right and purpose allow it; each time a line in the ledger. */
export const UNMASK_HEADER = 'x-yiyun-unmask';

/** What a request states, before it is checked. */
export interface StatedPurpose {
  readonly legalBasis: string | undefined;
  readonly scenario: string | undefined;
  readonly unmask: boolean;
}

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

/**
 * The caller as this request may act: without a purpose, or outside of what its scenario covers, rights to personal
 * data are withheld. A purpose that is not registered, or not for this client, is refused whatever is asked.
 *
 * @param personalRights rights that open personal data, see `personalRightsOf`.
 */
export function callerUnder(
  caller: Caller,
  stated: StatedPurpose,
  registry: PurposeRegistry,
  personalRights: ReadonlySet<string>,
): Caller | GraphQLError {
  const { legalBasis, scenario, unmask } = stated;
  if (legalBasis === undefined && scenario === undefined) {
    return withheld(caller, undefined, unmask, personalRights, () => 'PURPOSE_REQUIRED');
  }
  if (legalBasis === undefined || !registry.legalBases.has(legalBasis)) {
    return graphProblem('PURPOSE_UNKNOWN', { header: LEGAL_BASIS_HEADER, list: 'legalBases' });
  }
  const permitted = scenario === undefined ? undefined : registry.scenarios.get(scenario);
  if (scenario === undefined || permitted === undefined) {
    return graphProblem('PURPOSE_UNKNOWN', { header: SCENARIO_HEADER, list: 'useScenarios' });
  }
  const refused = findRefusal(caller, { legalBasis, scenario }, permitted);
  if (refused !== undefined) return refused;
  const covers = (right: string) => permitted.rightCodes.length === 0 || permitted.rightCodes.includes(right);
  return withheld(caller, { legalBasis, scenario }, unmask, personalRights, (right) =>
    covers(right) ? undefined : 'PURPOSE_NOT_PERMITTED',
  );
}

function findRefusal(
  { departmentCode }: Caller,
  { legalBasis, scenario }: Purpose,
  permitted: { readonly legalBasisCodes: readonly string[]; readonly departmentCodes: readonly string[] },
): GraphQLError | undefined {
  const authority = { department: 'data-authority', departmentZh: '数据局', departmentEn: 'Data Authority' };
  if (permitted.legalBasisCodes.length > 0 && !permitted.legalBasisCodes.includes(legalBasis)) {
    const subject = { subjectZh: `使用合法性基础 ${legalBasis}`, subjectEn: `the legal basis ${legalBasis}` };
    return graphProblem('PURPOSE_NOT_PERMITTED', { scenario, ...subject, ...authority });
  }
  if (permitted.departmentCodes.length > 0 && !permitted.departmentCodes.includes(departmentCode)) {
    const name = isDepartmentCode(departmentCode) ? departments[departmentCode] : { zh: '本部门', en: 'department' };
    const subject = { subjectZh: `${name.zh}使用`, subjectEn: `use by the ${name.en}` };
    return graphProblem('PURPOSE_NOT_PERMITTED', { scenario, ...subject, ...authority });
  }
  return undefined;
}

function withheld(
  caller: Caller,
  purpose: Purpose | undefined,
  unmask: boolean,
  personalRights: ReadonlySet<string>,
  reasonOf: (right: string) => WithheldReason | undefined,
): Caller {
  const reasons: Record<string, WithheldReason> = {};
  const rights = new Set<string>();
  for (const right of caller.rights) {
    const reason = personalRights.has(right) ? reasonOf(right) : undefined;
    if (reason === undefined) rights.add(right);
    else reasons[right] = reason;
  }
  return {
    ...caller,
    rights,
    withheld: reasons,
    ...(purpose === undefined ? {} : { purpose, ...openingsOf(caller, purpose) }),
    ...(unmask ? { unmask } : {}),
  };
}

function openingsOf({ grants = [] }: Caller, purpose: Purpose): Pick<Caller, 'openings'> {
  const openings = openingsUnder(grants, purpose);
  return openings === undefined ? {} : { openings };
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
