export type ExportFormat = 'NDJSON' | 'CSV' | 'PARQUET';

/** An export in the hands of one runner; whoever takes it over has another lease, and this one is worth nothing. */
export interface LeasedExport {
  readonly id: string;
  readonly lease: string;
}

/** An export whose turn it is. */
export interface DueExport extends LeasedExport {
  readonly clientId: string;
  readonly format: ExportFormat;
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly legalBasis: string | null;
  readonly scenario: string | null;
  readonly unmask: boolean;
}

export interface FinishedExport {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  /** Codes of fields that stayed closed in some rows. */
  readonly gaps: readonly string[];
}

/** A file that its owner may fetch. */
export interface ReadyExport extends LeasedExport {
  readonly clientId: string;
  readonly format: ExportFormat;
  readonly bytes: number;
  readonly sha256: string;
}

/** What the runner of exports reads and writes; an export is worked on by one process at a time. */
export interface ExportWork {
  /** Takes one export whose turn it is, or that a runner has left. */
  lease(): Promise<DueExport | undefined>;
  /** Notes how far one has come and keeps it. False when it was taken over by another meanwhile. */
  advance(leased: LeasedExport, rows: number, cursor?: string): Promise<boolean>;
  finish(leased: LeasedExport, finished: FinishedExport): Promise<boolean>;
  fail(leased: LeasedExport, reason: string): Promise<void>;
  /** A file that has not expired. */
  findReady(id: string): Promise<ReadyExport | undefined>;
  /** Ends those whose time is over; their files may go. */
  expire(): Promise<readonly Pick<ReadyExport, 'lease' | 'format'>[]>;
}
