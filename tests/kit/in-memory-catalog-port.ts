import type {
  AccessRecord,
  CatalogPort,
  ClientGrant,
  OidcStates,
  OperationUsageReport,
  PublishedField,
  PublishedGraph,
  PurposeRegistry,
} from '../../subgraphs/kit/catalog-port.ts';

/** A catalogue without a database, for tests of the gateway alone. */
export class InMemoryCatalogPort implements CatalogPort {
  readonly clients = new Map<string, ClientGrant>();
  readonly usages: OperationUsageReport[] = [];
  readonly schemas = new Map<string, string>();
  fields: readonly PublishedField[] = [];
  purposes: PurposeRegistry = {
    legalBases: new Set(['PIPL-13-3']),
    scenarios: new Map([['service-handling', { legalBasisCodes: [], departmentCodes: [], rightCodes: [] }]]),
  };
  version = 1;
  /** How often each question was asked. */
  readonly asked = { findClient: 0, grantVersion: 0, recordUsage: 0 };
  /** When set, every question is answered with it. */
  failure: Error | undefined;
  readonly accesses: AccessRecord[] = [];
  /** When set, the access log alone cannot be written. */
  ledgerFailure: Error | undefined;

  constructor(...clients: readonly ClientGrant[]) {
    for (const client of clients) this.clients.set(client.clientId, client);
  }

  /** Changes a client as a steward would. */
  change(clientId: string, change: Partial<ClientGrant>): void {
    const client = this.clients.get(clientId);
    if (client === undefined) throw new Error(`no client ${clientId}`);
    this.clients.set(clientId, { ...client, ...change });
    this.version += 1;
  }

  async findClient(clientId: string): Promise<ClientGrant | null> {
    this.asked.findClient += 1;
    this.#failIfTold();
    return this.clients.get(clientId) ?? null;
  }

  async isClientSecret(): Promise<boolean> {
    return false;
  }

  readonly texts = new Map<string, string>();

  async findTrustedText(hash: string): Promise<string | null> {
    return this.texts.get(hash) ?? null;
  }

  async readSchemaVersions(): Promise<[]> {
    return [];
  }

  async findDictionary(): Promise<null> {
    return null;
  }

  readonly oidcStates: OidcStates = {
    put: async () => {},
    find: async () => null,
    findByUid: async () => null,
    consume: async () => {},
    remove: async () => {},
    removeGrant: async () => {},
  };

  async grantVersion(): Promise<number> {
    this.asked.grantVersion += 1;
    this.#failIfTold();
    return this.version;
  }

  async ensureClients(clients: readonly ClientGrant[]): Promise<void> {
    for (const client of clients) if (!this.clients.has(client.clientId)) this.clients.set(client.clientId, client);
    this.version += 1;
  }

  async readPurposes(): Promise<PurposeRegistry> {
    return this.purposes;
  }

  async ensurePurposes(): Promise<void> {}

  async recordAccess(records: readonly AccessRecord[]): Promise<void> {
    this.#failIfTold();
    if (this.ledgerFailure !== undefined) throw this.ledgerFailure;
    this.accesses.push(...records);
  }

  async recordWrites(): Promise<number> {
    return 0;
  }

  async signCheckpoint(): Promise<undefined> {}

  async readCalendarYears() {
    return [];
  }

  async runClocks() {
    return { overdue: 0, ended: 0 };
  }

  async dropExpiredAccess() {
    return [];
  }

  async recordUsage(usages: readonly OperationUsageReport[]): Promise<void> {
    this.asked.recordUsage += 1;
    this.#failIfTold();
    this.usages.push(...usages);
  }

  async publishGraph({ schemas, readFields }: PublishedGraph): Promise<string[]> {
    const changed = schemas.filter(({ graph, sdl }) => this.schemas.get(graph) !== sdl);
    for (const { graph, sdl } of changed) this.schemas.set(graph, sdl);
    if (changed.length > 0) this.fields = readFields();
    return changed.map(({ graph }) => graph);
  }

  async graphState() {
    return { number: 0, supergraphHash: '', maintenance: [], contracts: [] };
  }

  async findRelease() {
    return null;
  }

  async recordFieldLatency(): Promise<void> {}

  async noteGraphLoad(): Promise<void> {}

  async indexDataFields(): Promise<number> {
    return 0;
  }

  #failIfTold(): void {
    if (this.failure !== undefined) throw this.failure;
  }
}
