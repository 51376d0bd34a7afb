/** Who may call the graph, and which versions of its scenarios are registered. */
export const CLIENTS = `query ConsoleClients($page: Int!, $first: Int!) {
  clients(first: $first, page: $page) {
    totalCount
    nodes {
      clientId name kind departmentCode jurisdictionCodes rightNames costBudgetPerMinute active trustedOnly createdAt
      operationManifests(first: 20) {
        totalCount
        nodes { scenario version operationCount registeredAt retiredAt operations { name hash } }
      }
    }
  }
}`;

export interface ManifestRow {
  readonly scenario: string;
  readonly version: string;
  readonly operationCount: number;
  readonly registeredAt: string;
  readonly retiredAt: string | null;
  readonly operations: readonly { readonly name: string | null; readonly hash: string }[];
}

export interface ClientRow {
  readonly clientId: string;
  readonly name: string;
  readonly kind: string;
  readonly departmentCode: string;
  readonly jurisdictionCodes: readonly string[];
  readonly rightNames: readonly string[];
  readonly costBudgetPerMinute: number;
  readonly active: boolean;
  readonly trustedOnly: boolean;
  readonly createdAt: string;
  readonly operationManifests: { readonly totalCount: number; readonly nodes: readonly ManifestRow[] };
}

export interface ClientsData {
  readonly clients: { readonly totalCount: number; readonly nodes: readonly ClientRow[] } | null;
}
