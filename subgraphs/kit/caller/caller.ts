import type { Refusal } from '../codes/refusals.ts';
import type { ReferenceFacts } from '../graph/input-references.ts';
import type { Purpose, WithheldReason } from './purpose.ts';

/**
 * Who asks, on whose behalf, for which area, with which rights. Made by the gateway from a verified token and the
 * grants that the catalogue holds; subgraphs trust it because it came through the process or under a signature.
 */
export interface Caller {
  readonly clientId: string;
  readonly kind: 'SYSTEM' | 'APPLICATION' | 'STEWARD' | 'HUB';
  readonly departmentCode: string;
  /** The organization's worker that acts through the client, where there is one. */
  readonly workerId?: string;
  /** The person who acts through the client for himself, where the token names one. */
  readonly personId?: string;
  /**
   * Division or grid codes whose rows the caller may see, each as a prefix: 4 digits a city, 6 a county, 9 a
   * township, 12 a community, 15 a grid. An empty list sees no place-scoped row.
   */
  readonly jurisdiction: readonly string[];
  /** Those that may be used in this request: a right to personal data only under a purpose that covers it. */
  readonly rights: ReadonlySet<string>;
  /** Without one no right to personal data is of use. */
  readonly purpose?: Purpose;
  /** Rights that the client holds and this request may not use. */
  readonly withheld?: Readonly<Record<string, WithheldReason>>;
  /** 去脱敏: the request asks, expressly, for masked values in clear. */
  readonly unmask?: boolean;
  /** Scenarios that the client may state; undefined: all that its department may. Of use at the gateway alone. */
  readonly scenarios?: readonly string[];
  /** 共享授权: what other departments share with the client now, and for what; of use through `openings` alone. */
  readonly grants?: readonly CallerGrant[];
  /** Items (`Type.field`) that live grants open under this request's purpose, with the divisions where they do. */
  readonly openings?: ReadonlyMap<string, readonly string[]>;
  /**
   * Global ids, named by arguments, that their owners do not show this caller; of each root field that names such ids
   * at least one. Undefined when the owners were not asked: a mutation that names entities then does not run.
   */
  readonly missingReferences?: readonly string[];
  /** What was read of entities that arguments name and ask facts of, by the root field's response key and the argument's path. */
  readonly referenceFacts?: ReferenceFactsByField;
  /** Those of the mutation that runs, by the argument's path; set within a subgraph only. */
  readonly facts?: Readonly<Record<string, ReferenceFacts>>;
  /** The request that a mutation is part of; with its write, for the access log. */
  readonly request?: CallerRequest;
  /** What `carryOut` answers instead of writing; set within a subgraph only. */
  readonly refusedReference?: Refusal;
}

/** One request as the access log names it. */
export interface CallerRequest {
  readonly id: string;
  readonly operationHash: string;
  readonly operationName: string | null;
  /** Global ids that it names of those whose data the log is about. */
  readonly subjects: readonly string[];
}

/** By response key and path: what is known of the entity named there. */
export type ReferenceFactsByField = Readonly<Record<string, Readonly<Record<string, ReferenceFacts>>>>;

/** What one sharing grant opens. */
export interface CallerGrant {
  readonly coordinates: readonly string[];
  readonly divisionCodes: readonly string[];
  readonly legalBasis: string;
  readonly scenario: string;
}

export function hasRight(caller: Caller, right: string): boolean {
  return caller.rights.has(right);
}

/** The plain form in which a caller travels between processes. */
export interface CallerClaims {
  readonly clientId: string;
  readonly kind: Caller['kind'];
  readonly departmentCode: string;
  readonly workerId?: string;
  readonly personId?: string;
  readonly jurisdiction: readonly string[];
  readonly rights: readonly string[];
  readonly purpose?: Purpose;
  readonly withheld?: Readonly<Record<string, WithheldReason>>;
  readonly unmask?: boolean;
  readonly openings?: readonly (readonly [coordinate: string, divisionCodes: readonly string[]])[];
  readonly missingReferences?: readonly string[];
  readonly referenceFacts?: ReferenceFactsByField;
  readonly request?: CallerRequest;
}

export function toClaims({ grants: _grants, scenarios: _scenarios, openings, ...caller }: Caller): CallerClaims {
  return {
    ...caller,
    rights: [...caller.rights],
    ...(openings === undefined ? {} : { openings: [...openings] }),
  };
}

export function fromClaims({ openings, ...claims }: CallerClaims): Caller {
  return {
    ...claims,
    rights: new Set(claims.rights),
    ...(openings === undefined ? {} : { openings: new Map(openings) }),
  };
}

/** The hub asking on its own behalf: every area, and no right to any protected field. */
export const HUB_CALLER: Caller = {
  clientId: 'hub',
  kind: 'HUB',
  departmentCode: 'data-authority',
  jurisdiction: [],
  rights: new Set(),
};
