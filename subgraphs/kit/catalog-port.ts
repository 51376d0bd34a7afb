import type { CalendarYear } from './calendar/calendar-year.ts';

/**
 * What the gateway needs of the catalogue, and all it knows of it: who its clients are, and where to leave what it has
 * seen. `catalog` implements it; the gateway never reads the catalogue's tables.
 */
export interface CatalogPort {
  /** The client with its grants, or null when it is not registered. Always the current state. */
  findClient(clientId: string): Promise<ClientGrant | null>;
  /** Whether the secret is one of the client's live ones. */
  isClientSecret(clientId: string, secret: string): Promise<boolean>;
  readonly oidcStates: OidcStates;
  /** The text of a registered document; null when nobody has registered it. */
  findTrustedText(hash: string): Promise<string | null>;
  /** A dictionary in its current or a given version; null when there is none of that name. */
  findDictionary(name: string, version: string | undefined): Promise<FoundDictionary | null>;
  /** The newest versions of a graph's schema, the newest first. */
  readSchemaVersions(graph: string, count: number): Promise<readonly FoundSchemaVersion[]>;
  /** A number that grows with every change to any client, so that a cached grant can be checked cheaply. */
  grantVersion(): Promise<number>;
  /** Registers clients that are not there yet (demo mode); known ones stay as they are. */
  ensureClients(clients: readonly ClientGrant[]): Promise<void>;
  /** The legal bases and scenarios in force today. */
  readPurposes(): Promise<PurposeRegistry>;
  /** Registers the legal bases of the law and the common scenarios, unless they are there already. */
  ensurePurposes(): Promise<void>;
  /** Working calendars that were published since the code was built. */
  readCalendarYears(): Promise<readonly CalendarYear[]>;
  /** Tells of duties that have become overdue and of grants that have ended since it was last asked; how many of each. */
  runClocks(): Promise<{ readonly overdue: number; readonly ended: number }>;
  /** Drops months of the access log that are past three years and under no legal hold. Returns those that went. */
  dropExpiredAccess(): Promise<readonly string[]>;
  /** Adds usage to the operation, client and day it belongs to. All or nothing. */
  recordUsage(usages: readonly OperationUsageReport[]): Promise<void>;
  /**
   * Writes lines of the access log, durably and chained. All or nothing; when it resolves, they cannot be taken back.
   * Called by one batch at a time.
   */
  recordAccess(records: readonly AccessRecord[]): Promise<void>;
  /**
   * Writes a line of the access log for each write that has been committed and has none yet; how many. Exactly once,
   * whatever process has written and whatever dies meanwhile.
   *
   * @param isSubject whether a global id names somebody whose data the log is about.
   */
  recordWrites(isSubject: (id: string) => boolean): Promise<number>;
  /** Signs what the log holds now; nothing when that has been signed before. Returns the new checkpoint's text. */
  signCheckpoint(): Promise<SignedCheckpoint | undefined>;
  /**
   * Makes the catalogue that of the running graph: a version of each schema that differs from the newest one, its
   * fields (those that are gone are marked removed), its operation documents. Does nothing when it is so already.
   *
   * @returns the graphs that got a new version.
   */
  publishGraph(graph: PublishedGraph): Promise<string[]>;
  /** Which version is to be served, and which subgraphs their departments maintain just now; 0 before the first. */
  graphState(): Promise<GraphState>;
  /** The version that is to be served; null before the first. */
  findRelease(): Promise<GraphRelease | null>;
  /** Adds how long fields of external subgraphs took. */
  recordFieldLatency(reports: readonly FieldLatencyReport[]): Promise<void>;
  /** Keeps what came of a version in a hub. */
  noteGraphLoad(load: GraphLoadReport): Promise<void>;
  /** Makes new and changed fields searchable in pinyin; how many. Takes a moment that no start should wait for. */
  indexDataFields(): Promise<number>;
}

/** What the catalogue keeps of a graph. */
export interface PublishedGraph {
  readonly schemas: readonly { readonly graph: string; readonly sdl: string }[];
  /** Asked only when a schema has changed. */
  readonly readFields: () => readonly PublishedField[];
  readonly operations: readonly PublishedOperation[];
  /** What the code carries, at a start: becomes a version when newer code has started. */
  readonly release?: Pick<GraphRelease, 'supergraphSdl' | 'apiSdl'> & {
    readonly contracts: readonly { readonly name: string; readonly sdl: string }[];
  };
  /** Code lists of standards. */
  readonly standards?: readonly PublishedDictionary[];
  /** Enums of the graph; asked only when a schema has changed. */
  readonly readEnums?: () => readonly PublishedDictionary[];
}

/** 发布版本: a graph that was published, ready to be served. */
export interface GraphRelease {
  readonly number: number;
  readonly supergraphSdl: string;
  readonly apiSdl: string;
  readonly contracts: readonly {
    readonly name: string;
    readonly sdl: string;
    /** Where an external subgraph is served; null for those that the hub knows by itself. */
    readonly url: string | null;
  }[];
}

export interface GraphState {
  readonly number: number;
  /** SHA-256 of its supergraph, hex. */
  readonly supergraphHash: string;
  readonly maintenance: readonly { readonly subgraph: string; readonly until: Date }[];
  /** 契约变体: parts of the graph under names of their own. */
  readonly contracts: readonly GraphContractDefinition[];
}

export interface GraphContractDefinition {
  readonly name: string;
  readonly maxGrade: number;
  /** Empty: every tag. */
  readonly includeTags: readonly string[];
  readonly excludeTags: readonly string[];
}

/** What requests that asked for a field of an external subgraph took since the last report. */
export interface FieldLatencyReport {
  readonly subgraph: string;
  /** `Type.field`. */
  readonly coordinate: string;
  readonly requestCount: number;
  readonly errorCount: number;
  /** Requests no slower than 1, 2, 4 … 32768 ms, and slower ones. */
  readonly buckets: readonly number[];
  readonly lastSeenAt: Date;
  readonly lastErrorAt: Date | null;
}

export interface GraphLoadReport {
  readonly number: number;
  readonly hubId: string;
  readonly loaded: boolean;
  readonly reason: string | null;
}

export interface FoundSchemaVersion {
  readonly hash: string;
  readonly sdl: string;
  readonly publishedAt: Date;
}

/** 字典 as it is served: its version is a digest of all the rest. */
export interface PublishedDictionary {
  readonly name: string;
  readonly version: string;
  readonly kind: 'STANDARD' | 'ENUM';
  readonly nameZh: string;
  readonly nameEn: string | null;
  readonly standard: string | null;
  readonly edition: string | null;
  readonly source: string | null;
  readonly entries: readonly DictionaryEntry[];
}

export interface DictionaryEntry {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string | null;
}

export interface FoundDictionary extends PublishedDictionary {
  readonly publishedAt: Date;
  readonly replacedAt: Date | null;
}

/** An operation document below `schema/operations/`. */
export interface PublishedOperation {
  readonly name: string;
  readonly title: string;
  /** Rows of the domain register that it proves. */
  readonly rows: readonly string[];
  readonly document: string;
}

export interface ClientGrant {
  readonly clientId: string;
  readonly name: string;
  readonly kind: 'SYSTEM' | 'APPLICATION' | 'STEWARD';
  readonly departmentCode: string;
  /** Division codes, each as a prefix (4, 6, 9, 12 or 15 digits). */
  readonly jurisdictionCodes: readonly string[];
  /** GRID_POSTS: the jurisdiction is the grids of the acting worker's live posts, looked up for every request. */
  readonly jurisdictionRule: 'DIVISIONS' | 'GRID_POSTS';
  readonly rights: readonly string[];
  /** Cost points per minute. */
  readonly costBudgetPerMinute: number;
  readonly active: boolean;
  /** Sharing grants that have not ended, those that begin later included. */
  readonly grants?: readonly SharedItems[];
  /** Whether the client may run registered documents only; `trustedHashes` are theirs (SHA-256 of the text, hex). */
  readonly trustedOnly?: boolean;
  readonly trustedHashes?: readonly string[];
  /** Where people who log in at the client are sent back to; none for a client that authenticates by a secret. */
  readonly redirectUris?: readonly string[];
  /** Scenarios that it may state; none or empty: all that its department may. */
  readonly scenarioCodes?: readonly string[];
}

/** What the embedded issuer of tokens keeps: sessions, codes, grants. Payloads are the issuer's own JSON. */
export interface OidcStates {
  put(model: string, id: string, state: OidcState, expiresInSeconds: number | undefined): Promise<void>;
  find(model: string, id: string): Promise<FoundOidcState | null>;
  findByUid(model: string, uid: string): Promise<FoundOidcState | null>;
  consume(model: string, id: string): Promise<void>;
  remove(model: string, id: string): Promise<void>;
  removeGrant(grantId: string): Promise<void>;
}

export interface OidcState {
  readonly payload: string;
  readonly grantId: string | undefined;
  readonly uid: string | undefined;
}

export interface FoundOidcState {
  readonly payload: string;
  readonly consumedAt: Date | null;
}

/** 共享授权: items that a client may read on a department's agreement, where, when, and for what. */
export interface SharedItems {
  /** `Type.field`. */
  readonly coordinates: readonly string[];
  /** Division or grid codes, each as a prefix, like a jurisdiction. */
  readonly divisionCodes: readonly string[];
  readonly legalBasisCode: string;
  readonly scenarioCode: string;
  readonly validFrom: Date;
  readonly endsAt: Date;
}

/** What a request may state as its purpose, by code. */
export interface PurposeRegistry {
  readonly legalBases: ReadonlySet<string>;
  readonly scenarios: ReadonlyMap<string, PermittedScenario>;
}

/** Empty lists restrict nothing. */
export interface PermittedScenario {
  readonly legalBasisCodes: readonly string[];
  readonly departmentCodes: readonly string[];
  readonly rightCodes: readonly string[];
}

/** One line of the access log before it is chained: who read or wrote what of whom, why, and what came of it. */
export interface AccessRecord {
  readonly at: Date;
  readonly requestId: string;
  readonly clientId: string;
  readonly departmentCode: string;
  /** Global id of the worker who acts through the client. */
  readonly workerId?: string | undefined;
  /** Global id of the person who acts through the client. */
  readonly personId?: string | undefined;
  readonly legalBasis?: string | undefined;
  readonly scenario?: string | undefined;
  readonly decision: AccessDecision;
  readonly scope: AccessScope;
  /** Global ids, as often as they occur; the log has each once, as a keyed hash. */
  readonly subjects: readonly string[];
  /** Objects with personal data in the answer. */
  readonly rowCount: number;
}

/**
 * READ: given, some of it masked or refused. UNMASKED: masked values in clear. WRITE: before a mutation is run, whatever
 * becomes of it. WRITTEN: after it was committed.
 */
export type AccessDecision = 'READ' | 'UNMASKED' | 'REFUSED' | 'WRITE' | 'WRITTEN';

/** What an operation touches under some rights; the same object for every request of that kind. Coordinates sorted. */
export interface AccessScope {
  readonly operationHash: string;
  readonly operationName: string | null;
  readonly given: readonly string[];
  readonly masked: readonly string[];
  readonly unmasked: readonly string[];
  readonly refused: readonly string[];
}

/** A statement of what the access log held at a moment, signed with Ed25519; made to be published elsewhere. */
export interface SignedCheckpoint {
  readonly number: number;
  /** Canonical JSON. */
  readonly text: string;
  /** Base64url. */
  readonly signature: string;
}

/** What was seen of one operation from one client since the last report; never a value. */
export interface OperationUsageReport {
  readonly hash: string;
  readonly name: string | null;
  readonly operationType: 'query' | 'mutation' | 'subscription';
  /** The document with every literal value taken out. */
  readonly document: string;
  /** `Type.field` of the API schema, each once. */
  readonly coordinates: readonly string[];
  /** What else of the schema it names (arguments, inputs, fragments' types), each once. */
  readonly elements: readonly string[];
  readonly clientId: string;
  readonly requestCount: number;
  readonly errorCount: number;
  readonly lastSeenAt: Date;
}

/** One field of the live graph with the data card it was composed with. */
export interface PublishedField {
  readonly coordinate: string;
  readonly typeName: string;
  readonly fieldName: string;
  readonly fieldType: string;
  readonly subgraphs: readonly string[];
  readonly descriptionZh: string;
  readonly descriptionEn: string;
  readonly card: {
    readonly source: string;
    readonly sharing: string;
    readonly sharingBasis?: string | undefined;
    readonly grade: number;
    readonly category: string;
    readonly right?: string | undefined;
    readonly mask?: string | undefined;
    readonly unit?: string | undefined;
    readonly updateCycle: string;
    readonly derivedFrom?: string | undefined;
  };
  readonly deprecationReason: string | null;
}

/** A webhook whose turn it is, held for this process for a minute. */
export interface DueWebhook {
  readonly id: string;
  readonly clientId: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly divisions: readonly string[];
  readonly cursor: string;
  /** Attempts at the change behind the cursor that have failed. */
  readonly attempts: number;
  readonly secret: string;
}

/** A dead letter that is to be sent again. */
export interface WaitingLetter {
  readonly id: string;
  /** A CloudEvent in JSON, as it was sent before. */
  readonly body: string;
}

export interface LetterOutcome {
  readonly state: 'DELIVERED' | 'DEAD' | 'WITHDRAWN';
  readonly status?: number | undefined;
  readonly error?: string | undefined;
}

/** What the dispatcher of webhooks reads and writes; a webhook is worked on by one process at a time. */
export interface WebhookDeliveries {
  /** Takes webhooks whose turn it is. */
  lease(limit: number): Promise<readonly DueWebhook[]>;
  /** Notes how far one has come; 0 keeps it. False when it has been switched off meanwhile. */
  advance(
    id: string,
    progress: { cursor: string; delivered: number; status?: number | undefined; nextInMilliseconds: number },
  ): Promise<boolean>;
  /** Notes a failed attempt and when to try again. */
  fail(
    id: string,
    failure: { attempts: number; status?: number | undefined; error: string; nextInMilliseconds: number },
  ): Promise<void>;
  /** 死信: keeps a change that could not be delivered, and goes on behind it. */
  bury(
    id: string,
    letter: { cursor: string; body: string; attempts: number; status?: number | undefined; error: string },
  ): Promise<void>;
  /** Dead letters that their owner wants sent again, the oldest first. */
  findWaitingLetters(id: string): Promise<readonly WaitingLetter[]>;
  /** What became of one that was sent again; DEAD: it failed once more, WITHDRAWN: the client may not learn of it now. */
  settleLetter(id: string, letter: WaitingLetter, outcome: LetterOutcome): Promise<void>;
  /** Switches one off by itself: GONE, CURSOR_EXPIRED or CLIENT. */
  disable(id: string, reason: 'GONE' | 'CURSOR_EXPIRED' | 'CLIENT'): Promise<void>;
}
