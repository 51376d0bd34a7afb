const CHANGE = `fragment Change on SchemaChange {
  kind coordinate level messageZh messageEn
  usedBy { clientId departmentName operationCount requestCount lastSeenAt operationNames }
}`;

const VERDICT = `fragment Verdict on SchemaCheck {
  verdict compositionFindings breakingCount dangerousCount safeCount documentCount since
  owners { code name }
  changes { ...Change }
  lint { rule coordinate messageZh messageEn }
}
${CHANGE}`;

export const CHECK = `query ConsoleCheck($contracts: [ProposedContractInput!]!) {
  schemaCheck(contracts: $contracts) { ...Verdict }
}
${VERDICT}`;

export interface SentContract {
  readonly subgraph: string;
  readonly sdl?: string;
  readonly sdlGzipBase64?: string;
}

export interface Change {
  readonly kind: string;
  readonly coordinate: string;
  readonly level: 'BREAKING' | 'DANGEROUS' | 'SAFE';
  readonly messageZh: string;
  readonly messageEn: string;
  readonly usedBy: readonly {
    readonly clientId: string;
    readonly departmentName: string | null;
    readonly operationCount: number;
    readonly requestCount: number;
    readonly lastSeenAt: string;
    readonly operationNames: readonly string[];
  }[];
}

interface Department {
  readonly code: string;
  readonly name: string;
}

export interface Verdict {
  readonly verdict: 'PASSED' | 'FAILED';
  readonly compositionFindings: readonly string[];
  readonly breakingCount: number;
  readonly dangerousCount: number;
  readonly safeCount: number;
  readonly documentCount: number;
  readonly since: string;
  readonly owners: readonly Department[];
  readonly changes: readonly Change[];
  readonly lint: readonly {
    readonly rule: string;
    readonly coordinate: string;
    readonly messageZh: string;
    readonly messageEn: string;
  }[];
}

export interface CheckData {
  readonly schemaCheck: Verdict | null;
}

export const PROPOSALS = `query ConsoleProposals($after: String) {
  schemaProposals(first: 10, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      id title state revision verdict submittedAt publishedNumber
      department { name } missingSignOffs { name } contracts { subgraph }
    }
  }
}`;

export interface ProposalRow {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly revision: number;
  readonly verdict: 'PASSED' | 'FAILED' | null;
  readonly submittedAt: string;
  readonly publishedNumber: number | null;
  readonly department: { readonly name: string };
  readonly missingSignOffs: readonly { readonly name: string }[];
  readonly contracts: readonly { readonly subgraph: string }[];
}

export interface ProposalsData {
  readonly schemaProposals: {
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly nodes: readonly ProposalRow[];
  } | null;
}

export const PROPOSAL = `query ConsoleProposal($id: ID!) {
  node(id: $id) {
    ... on SchemaProposal {
      id title reason state revision verdict submittedAt publishedNumber
      department { code name } missingSignOffs { code name } contracts { subgraph hash }
      check { ...Verdict }
      signOffs { department { code name } revision agreed note signedAt }
      availableTransitions { event nameZh nameEn ready missing requiredInputs }
      steps { ordinal at eventZh event toStateZh toState note actorDepartment { name } }
    }
  }
  currentCaller { departmentCode departmentName rights }
}
${VERDICT}`;

export interface Transition {
  readonly event: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly ready: boolean;
  readonly missing: readonly string[];
  readonly requiredInputs: readonly string[];
}

export interface SignOff {
  readonly department: Department;
  readonly revision: number;
  readonly agreed: boolean;
  readonly note: string | null;
  readonly signedAt: string;
}

export interface Proposal {
  readonly id: string;
  readonly title: string;
  readonly reason: string;
  readonly state: string;
  readonly revision: number;
  readonly verdict: 'PASSED' | 'FAILED' | null;
  readonly submittedAt: string;
  readonly publishedNumber: number | null;
  readonly department: Department;
  readonly missingSignOffs: readonly Department[];
  readonly contracts: readonly { readonly subgraph: string; readonly hash: string }[];
  readonly check: Verdict | null;
  readonly signOffs: readonly SignOff[];
  readonly availableTransitions: readonly Transition[];
  readonly steps: readonly {
    readonly ordinal: number;
    readonly at: string;
    readonly event: string;
    readonly eventZh: string;
    readonly toState: string;
    readonly toStateZh: string;
    readonly note: string | null;
    readonly actorDepartment: { readonly name: string };
  }[];
}

export interface Caller {
  readonly departmentCode: string;
  readonly departmentName: string;
  readonly rights: readonly string[];
}

export interface ProposalData {
  /** Null where there is none, or it may not be seen; empty for what is no proposal. */
  readonly node: Proposal | { readonly id?: undefined } | null;
  readonly currentCaller: Caller | null;
}

const REFUSED = '... on Refusal { code culprit messageZh messageEn }';

export const SUBMIT = `mutation ConsoleSubmit($input: SubmitSchemaProposalInput!) {
  act: submitSchemaProposal(input: $input) { ... on SubmitSchemaProposalSuccess { proposal { id } } ${REFUSED} }
}`;

export const ADVANCE = `mutation ConsoleAdvance($input: AdvanceSchemaProposalInput!) {
  act: advanceSchemaProposal(input: $input) { ... on AdvanceSchemaProposalSuccess { proposal { id state } } ${REFUSED} }
}`;

export const SIGN = `mutation ConsoleSign($input: SignSchemaProposalInput!) {
  act: signSchemaProposal(input: $input) { ... on SignSchemaProposalSuccess { proposal { id } } ${REFUSED} }
}`;

export const VERSIONS = `query ConsoleVersions($after: String) {
  graphVersions(first: 10, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      number inForce origin note clientId rolledBackTo publishedAt supergraphHash: hash
      department { name } proposal { id title } loads { loaded reason loadedAt }
    }
  }
  currentCaller { rights }
}`;

export interface VersionRow {
  readonly number: number;
  readonly inForce: boolean;
  readonly origin: string;
  readonly note: string | null;
  readonly clientId: string;
  readonly rolledBackTo: number | null;
  readonly publishedAt: string;
  readonly supergraphHash: string;
  readonly department: { readonly name: string };
  readonly proposal: { readonly id: string; readonly title: string } | null;
  readonly loads: readonly { readonly loaded: boolean; readonly reason: string | null; readonly loadedAt: string }[];
}

export interface VersionsData {
  readonly graphVersions: {
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly nodes: readonly VersionRow[];
  } | null;
  readonly currentCaller: { readonly rights: readonly string[] } | null;
}

export const DIFFERENCE = `query ConsoleDifference($from: Int!, $to: Int!) {
  graphDifference(from: $from, to: $to) { ...Change }
}
${CHANGE}`;

export interface DifferenceData {
  readonly graphDifference: readonly Change[] | null;
}

export const ROLL_BACK = `mutation ConsoleRollBack($input: RollBackGraphInput!) {
  act: rollBackGraph(input: $input) { ... on RollBackGraphSuccess { version { number } } ${REFUSED} }
}`;

export const REMOVALS = `query ConsoleRemovals {
  announcedRemovals {
    coordinate reason replacement removalOn isDue owner { name }
    clients { clientId clientName departmentName operationNames lastSeenAt acknowledgedAt }
  }
}`;

export interface Removal {
  readonly coordinate: string;
  readonly reason: string;
  readonly replacement: string | null;
  readonly removalOn: string;
  readonly isDue: boolean;
  readonly owner: { readonly name: string };
  /** Null for who is no steward. */
  readonly clients:
    | readonly {
        readonly clientId: string;
        readonly clientName: string | null;
        readonly departmentName: string | null;
        readonly operationNames: readonly string[];
        readonly lastSeenAt: string;
        readonly acknowledgedAt: string | null;
      }[]
    | null;
}

export interface RemovalsData {
  readonly announcedRemovals: readonly Removal[] | null;
}
