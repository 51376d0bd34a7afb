export const LEDGER = `query ConsoleLedger($filter: AccessLogFilter!, $after: String) {
  accessLog(first: 20, after: $after, filter: $filter) {
    totalCount totalCountCapped
    pageInfo { hasNextPage endCursor }
    nodes {
      at decision clientId departmentName workerId legalBasisCode scenarioCode operationName operationHash
      givenCoordinates maskedCoordinates unmaskedCoordinates refusedCoordinates subjectCount rowCount requestId
    }
  }
}`;

/** Names of the codes that lines of the access log carry. */
export const PURPOSES = `query ConsolePurposes {
  legalBases { code nameZh nameEn }
  useScenarios { code nameZh nameEn }
}`;

export interface LedgerLine {
  readonly at: string;
  readonly decision: 'READ' | 'UNMASKED' | 'REFUSED' | 'WRITE';
  readonly clientId: string;
  readonly departmentName: string;
  readonly workerId: string | null;
  readonly legalBasisCode: string | null;
  readonly scenarioCode: string | null;
  readonly operationName: string | null;
  readonly operationHash: string;
  readonly givenCoordinates: readonly string[];
  readonly maskedCoordinates: readonly string[];
  readonly unmaskedCoordinates: readonly string[];
  readonly refusedCoordinates: readonly string[];
  readonly subjectCount: number;
  readonly rowCount: number;
  readonly requestId: string;
}

export interface LedgerData {
  readonly accessLog: {
    readonly totalCount: number;
    readonly totalCountCapped: boolean;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly nodes: readonly LedgerLine[];
  } | null;
}

export interface Named {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
}

export interface PurposesData {
  readonly legalBases: readonly Named[];
  readonly useScenarios: readonly Named[];
}

/** A city has a hundred systems and some more; a page holds a hundred. */
export const SYSTEMS = `query ConsoleSystems {
  departmentSystems(first: 100) { totalCount nodes { ...System } }
  more: departmentSystems(first: 100, page: 2) { nodes { ...System } }
  further: departmentSystems(first: 100, page: 3) { nodes { ...System } }
  externalSubgraphs {
    name department { name } active health admittedAt endedAt
    maintenance { startsAt endsAt reason }
    fields { coordinate requestCount errorCount medianMilliseconds p95Milliseconds lastSeenAt }
  }
}
fragment System on DepartmentSystem {
  code name namePending departmentName tier health rowCount lastSyncedAt contactOffice
}`;

/** A department's own service, as the hub meets it. */
export interface ExternalRow {
  readonly name: string;
  readonly department: { readonly name: string };
  readonly active: boolean;
  readonly health: string;
  readonly admittedAt: string;
  readonly endedAt: string | null;
  readonly maintenance: readonly { readonly startsAt: string; readonly endsAt: string; readonly reason: string }[];
  readonly fields: readonly {
    readonly coordinate: string;
    readonly requestCount: number;
    readonly errorCount: number;
    readonly medianMilliseconds: number | null;
    readonly p95Milliseconds: number | null;
    readonly lastSeenAt: string;
  }[];
}

export interface SystemRow {
  readonly code: string;
  readonly name: string | null;
  readonly namePending: boolean;
  readonly departmentName: string;
  readonly tier: string;
  readonly health: string;
  readonly rowCount: number | null;
  readonly lastSyncedAt: string | null;
  readonly contactOffice: string | null;
}

export interface SystemsData {
  readonly departmentSystems: {
    readonly totalCount: number;
    readonly nodes: readonly SystemRow[];
  };
  readonly more: { readonly nodes: readonly SystemRow[] };
  readonly further: { readonly nodes: readonly SystemRow[] };
  readonly externalSubgraphs: readonly ExternalRow[] | null;
}

const CLOCK = `fragment Clock on Deadline { dueAt dueOn workingDaysLeft overdue certainty ruleTitleZh ruleTitleEn legalBasis }`;

export const SHARING = `query ConsoleSharing {
  sharingRequests(first: 50) {
    totalCount
    nodes {
      id state coordinates purposeText submittedAt validFrom validUntil
      requestingDepartment { name } providingDepartment { name } dutyOf { name }
      deadline { ...Clock }
      steps { ordinal at eventZh toStateZh note actorDepartment { name } }
    }
  }
  duties(first: 50) {
    totalCount
    nodes { matterKind startedOn escalatedAt department { name } deadline { ...Clock } }
  }
}
${CLOCK}`;

export interface Clock {
  readonly dueAt: string;
  readonly dueOn: string;
  readonly workingDaysLeft: number;
  readonly overdue: boolean;
  readonly certainty: string;
  readonly ruleTitleZh: string;
  readonly ruleTitleEn: string;
  readonly legalBasis: string;
}

export interface SharingRow {
  readonly id: string;
  readonly state: string;
  readonly coordinates: readonly string[];
  readonly purposeText: string;
  readonly submittedAt: string;
  readonly validFrom: string;
  readonly validUntil: string;
  readonly requestingDepartment: { readonly name: string };
  readonly providingDepartment: { readonly name: string };
  readonly dutyOf: { readonly name: string } | null;
  readonly deadline: Clock | null;
  readonly steps: readonly {
    readonly ordinal: number;
    readonly at: string;
    readonly eventZh: string;
    readonly toStateZh: string;
    readonly note: string | null;
    readonly actorDepartment: { readonly name: string };
  }[];
}

export interface DutyRow {
  readonly matterKind: string;
  readonly startedOn: string;
  readonly escalatedAt: string | null;
  readonly department: { readonly name: string };
  readonly deadline: Clock;
}

export interface SharingData {
  readonly sharingRequests: { readonly totalCount: number; readonly nodes: readonly SharingRow[] };
  readonly duties: { readonly totalCount: number; readonly nodes: readonly DutyRow[] };
}
