export const FIELDS = `query ConsoleFields($first: Int!, $after: String, $filter: DataFieldFilter) {
  dataFields(first: $first, after: $after, filter: $filter) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      coordinate descriptionZh descriptionEn fieldType sourceDepartmentCode sourceDepartmentName sharing grade
      requiredRight requiredRightName mask deprecated qualityScore
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
  readonly qualityScore: number | null;
}

export interface FieldsData {
  readonly dataFields: {
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly nodes: readonly FieldRow[];
  };
}

/** All that is known of one field: its card, where it comes from, who uses it through which operations. */
const SIMILAR_PAIR = `fragment SimilarPair on SimilarFields {
  score sameName sameTerm sameType sharedValues
  first { coordinate descriptionZh descriptionEn sourceDepartmentName }
  second { coordinate descriptionZh descriptionEn sourceDepartmentName }
}`;

export const FIELD = `query ConsoleField($coordinate: String!) {
  dataField(coordinate: $coordinate) {
    coordinate typeName fieldName fieldType subgraphs descriptionZh descriptionEn sourceDepartmentCode
    sourceDepartmentName sharing sharingBasis grade category requiredRight requiredRightName mask unit updateCycle
    derivedFrom deprecated deprecationReason removalOn firstSeenAt origin differencesFromGraph
    dataset { code name rowCount lastSyncedAt }
    sourceSystem { code name namePending departmentName health contactOffice lastSyncedAt }
    sources { dataset column columnZh systemColumn mappingVersion }
    lastReadAt freshAt qualityScore
    readers { clientId clientName department { name } requestCount lastReadAt }
    quality {
      rowCount nullPercent distinctCount sourceColumn sampledAt score
      dimensions {
        dimension score sampleSize measuredAt
        rules { code descriptionZh descriptionEn sourceColumn measures { day sampleSize passedCount passPercent } }
      }
    }
    usage(first: 50) { totalCount nodes { clientId day requestCount lastSeenAt } }
    versions { version validFrom validTo origin grade sharing }
  }
  recordedOperations(first: 20, coordinate: $coordinate) {
    totalCount
    nodes { hash name operationType lastSeenAt usage(first: 5) { nodes { clientId day requestCount } } }
  }
  similarFields(coordinate: $coordinate) { ...SimilarPair }
  clients(first: 100) { totalCount nodes { clientId name departmentCode rights active } }
  sharingGrants(first: 100, filter: { live: true }) { nodes { clientId coordinates } }
}
${SIMILAR_PAIR}`;

export interface FieldQuality {
  readonly rowCount: number;
  readonly nullPercent: number;
  readonly distinctCount: number;
  readonly sourceColumn: string;
  readonly sampledAt: string;
  readonly score: number;
  readonly dimensions: readonly {
    readonly dimension: string;
    readonly score: number;
    readonly sampleSize: number;
    readonly measuredAt: string;
    readonly rules: readonly {
      readonly code: string;
      readonly descriptionZh: string;
      readonly descriptionEn: string;
      readonly sourceColumn: string;
      readonly measures: readonly {
        readonly day: string;
        readonly sampleSize: number;
        readonly passedCount: number;
        readonly passPercent: number;
      }[];
    }[];
  }[];
}

export interface SimilarPair {
  readonly score: number;
  readonly sameName: boolean;
  readonly sameTerm: boolean;
  readonly sameType: boolean;
  readonly sharedValues: number | null;
  readonly first: SimilarField | null;
  readonly second: SimilarField | null;
}

export interface SimilarField {
  readonly coordinate: string;
  readonly descriptionZh: string;
  readonly descriptionEn: string;
  readonly sourceDepartmentName: string;
}

export const SIMILAR = `query ConsoleSimilar {
  similarFields { ...SimilarPair }
}
${SIMILAR_PAIR}`;

export interface SimilarData {
  readonly similarFields: readonly SimilarPair[] | null;
}

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
  readonly sources: readonly {
    readonly dataset: string;
    readonly column: string;
    readonly columnZh: string;
    readonly systemColumn: string | null;
    readonly mappingVersion: number | null;
  }[];
  readonly lastReadAt: string | null;
  readonly freshAt: string | null;
  /** Null for who is no steward, as the readers and the similar fields are. */
  readonly quality: FieldQuality | null;
  readonly readers:
    | readonly {
        readonly clientId: string;
        readonly clientName: string | null;
        readonly department: { readonly name: string } | null;
        readonly requestCount: number;
        readonly lastReadAt: string;
      }[]
    | null;
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
  readonly similarFields: readonly SimilarPair[] | null;
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
