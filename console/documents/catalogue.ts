export const FIELDS = `query ConsoleFields($first: Int!, $after: String, $filter: DataFieldFilter) {
  dataFields(first: $first, after: $after, filter: $filter) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      coordinate descriptionZh descriptionEn fieldType sourceDepartmentCode sourceDepartmentName sharing grade
      requiredRight requiredRightName mask deprecated
    }
  }
}`;

export interface FieldRow {
  readonly coordinate: string;
  readonly descriptionZh: string;
  readonly descriptionEn: string;
  readonly fieldType: string;
  readonly sourceDepartmentCode: string;
  readonly sourceDepartmentName: string;
  readonly sharing: string;
  readonly grade: number;
  readonly requiredRight: string | null;
  readonly requiredRightName: string | null;
  readonly mask: string | null;
  readonly deprecated: boolean;
}

export interface FieldsData {
  readonly dataFields: {
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly nodes: readonly FieldRow[];
  };
}

/** All that is known of one field: its card, where it comes from, who uses it through which operations. */
export const FIELD = `query ConsoleField($coordinate: String!) {
  dataField(coordinate: $coordinate) {
    coordinate typeName fieldName fieldType subgraphs descriptionZh descriptionEn sourceDepartmentCode
    sourceDepartmentName sharing sharingBasis grade category requiredRight requiredRightName mask unit updateCycle
    derivedFrom deprecated deprecationReason removalOn firstSeenAt origin differencesFromGraph
    dataset { code name rowCount lastSyncedAt }
    sourceSystem { code name namePending departmentName health contactOffice lastSyncedAt }
    usage(first: 50) { totalCount nodes { clientId day requestCount lastSeenAt } }
    versions { version validFrom validTo origin grade sharing }
  }
  recordedOperations(first: 20, coordinate: $coordinate) {
    totalCount
    nodes { hash name operationType lastSeenAt usage(first: 5) { nodes { clientId day requestCount } } }
  }
  clients(first: 100) { totalCount nodes { clientId name departmentCode rights active } }
  sharingGrants(first: 100, filter: { live: true }) { nodes { clientId coordinates } }
}`;

export interface FieldDetail extends FieldRow {
  readonly typeName: string;
  readonly fieldName: string;
  readonly subgraphs: readonly string[];
  readonly sharingBasis: string | null;
  readonly category: string;
  readonly unit: string | null;
  readonly updateCycle: string;
  readonly derivedFrom: string | null;
  readonly deprecationReason: string | null;
  readonly removalOn: string | null;
  readonly firstSeenAt: string;
  readonly origin: 'SOURCE' | 'DERIVED' | 'UNREGISTERED';
  readonly differencesFromGraph: readonly string[];
  readonly dataset: {
    readonly code: string;
    readonly name: string | null;
    readonly rowCount: number | null;
    readonly lastSyncedAt: string | null;
  } | null;
  readonly sourceSystem: {
    readonly code: string;
    readonly name: string | null;
    readonly namePending: boolean;
    readonly departmentName: string;
    readonly health: string;
    readonly contactOffice: string | null;
    readonly lastSyncedAt: string | null;
  } | null;
  readonly usage: {
    readonly totalCount: number;
    readonly nodes: readonly {
      readonly clientId: string;
      readonly day: string;
      readonly requestCount: number;
      readonly lastSeenAt: string;
    }[];
  } | null;
  readonly versions: readonly {
    readonly version: number;
    readonly validFrom: string;
    readonly validTo: string | null;
    readonly origin: string;
    readonly grade: number;
    readonly sharing: string;
  }[];
}

export interface FieldData {
  readonly dataField: FieldDetail | null;
  /** Null for who is no steward. */
  readonly clients: {
    readonly totalCount: number;
    readonly nodes: readonly {
      readonly clientId: string;
      readonly name: string;
      readonly departmentCode: string;
      readonly rights: readonly string[];
      readonly active: boolean;
    }[];
  } | null;
  readonly sharingGrants: {
    readonly nodes: readonly { readonly clientId: string; readonly coordinates: readonly string[] }[];
  } | null;
  readonly recordedOperations: {
    readonly totalCount: number;
    readonly nodes: readonly {
      readonly hash: string;
      readonly name: string | null;
      readonly operationType: string;
      readonly lastSeenAt: string;
      readonly usage: {
        readonly nodes: readonly { readonly clientId: string; readonly day: string; readonly requestCount: number }[];
      };
    }[];
  } | null;
}
