/** What departments have sent, and where they say different things of the same person. */
export const INTAKE = `query ConsoleIntake($page: Int!, $first: Int!, $conflictPage: Int!, $state: ItemConflictState) {
  peopleImports(first: $first, page: $page) {
    totalCount
    nodes {
      batchId datasetName departmentName systemCode state policy receivedAt finishedAt rowCount insertedCount
      updatedCount unchangedCount heldCount rejectedCount conflictCount reasonZh reasonEn
    }
  }
  personItemConflicts(first: $first, page: $conflictPage, filter: { state: $state }) {
    totalCount
    nodes {
      item itemName coordinate departmentName statedAt standingDepartmentName sourceDepartmentName rule state settledAt
      statement { batchId systemCode recordedAt }
    }
  }
}`;

/** The rows of one batch that were not simply taken. */
export const RECEIPT_LINES = `query ConsoleReceiptLines($batchId: String!, $page: Int!) {
  peopleImport(batchId: $batchId) {
    lines(first: 20, page: $page) {
      totalCount
      nodes { line outcome code messageZh messageEn columnName maskedValue }
    }
  }
}`;

export interface ReceiptRow {
  readonly batchId: string;
  readonly datasetName: string;
  readonly departmentName: string;
  readonly systemCode: string;
  readonly state: string;
  readonly policy: string;
  readonly receivedAt: string;
  readonly finishedAt: string | null;
  readonly rowCount: number;
  readonly insertedCount: number;
  readonly updatedCount: number;
  readonly unchangedCount: number;
  readonly heldCount: number;
  readonly rejectedCount: number;
  readonly conflictCount: number;
  readonly reasonZh: string | null;
  readonly reasonEn: string | null;
}

export interface ConflictRow {
  readonly item: string;
  readonly itemName: string;
  readonly coordinate: string;
  readonly departmentName: string;
  readonly statedAt: string;
  readonly standingDepartmentName: string;
  readonly sourceDepartmentName: string;
  readonly rule: string;
  readonly state: string;
  readonly settledAt: string | null;
  readonly statement: { readonly batchId: string; readonly systemCode: string; readonly recordedAt: string };
}

export interface IntakeData {
  readonly peopleImports: { readonly totalCount: number; readonly nodes: readonly ReceiptRow[] };
  readonly personItemConflicts: { readonly totalCount: number; readonly nodes: readonly ConflictRow[] };
}

export interface ReceiptLine {
  readonly line: number;
  readonly outcome: string;
  readonly code: string;
  readonly messageZh: string;
  readonly messageEn: string;
  readonly columnName: string | null;
  readonly maskedValue: string | null;
}

export interface ReceiptLinesData {
  readonly peopleImport: {
    readonly lines: { readonly totalCount: number; readonly nodes: readonly ReceiptLine[] };
  } | null;
}
