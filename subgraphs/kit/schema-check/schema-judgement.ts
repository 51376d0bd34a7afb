import type { VariantFilter } from './variant-filter.ts';

/** A contract that is to replace the live one of the same name, or to join. */
export interface ProposedContract {
  readonly name: string;
  readonly sdl: string;
  /** Where an external subgraph is served; written into the supergraph. */
  readonly url?: string | undefined;
}

/** A supergraph and what clients see of it, as the hub serves them. */
export interface ComposedSdl {
  readonly supergraphSdl: string;
  readonly apiSdl: string;
}

export interface JudgeRequest {
  /** Every subgraph as it is served now. */
  readonly live: readonly ProposedContract[];
  readonly liveSupergraphSdl: string;
  readonly proposed: readonly ProposedContract[];
  /** Subgraphs that would leave the graph. */
  readonly removed?: readonly string[] | undefined;
  /** Judged as the clients of a contract see it. */
  readonly filter?: VariantFilter | undefined;
  /** Whether the composed graph is wanted, too: it is megabytes. */
  readonly keepComposed?: boolean | undefined;
  /** Today in China, `YYYY-MM-DD`: before its removal date nothing that was deprecated may go. */
  readonly today: string;
}

/** What can be said of a change from the schemas alone; whom it concerns, only the record of use knows. */
export interface SchemaJudgement {
  /** Why the contracts do not compose; empty when they do. Nothing else is judged then. */
  readonly compositionFindings: readonly string[];
  readonly changes: readonly JudgedChange[];
  readonly lint: readonly LintFinding[];
  readonly composed?: ComposedSdl | undefined;
}

export type ChangeLevel = 'BREAKING' | 'DANGEROUS' | 'SAFE';

export interface JudgedChange {
  /** For example `FIELD_REMOVED`. */
  readonly kind: string;
  /** `Type`, `Type.field`, `Type.field(argument:)`, `Enum.VALUE`. */
  readonly coordinate: string;
  readonly level: ChangeLevel;
  readonly messageZh: string;
  readonly messageEn: string;
  /** The department whose data it is, by the card; null where it only exists on the graph. */
  readonly sourceDepartment: string | null;
  /** The day on which it was announced to go, where it goes or has been; null where nothing was announced. */
  readonly removalOn: string | null;
  readonly touches: Touches;
}

/** Which recorded documents a change touches, in the words of `gateway/operations/touched-elements.ts`. */
export interface Touches {
  /** Documents with any of these fields or elements, */
  readonly anyOf: readonly string[];
  /** but with none of these. */
  readonly noneOf: readonly string[];
}

export interface LintFinding {
  readonly rule: string;
  readonly coordinate: string;
  readonly messageZh: string;
  readonly messageEn: string;
}
