import type { UsedMapping } from '../read/open-table.ts';

/** The newest mapping of a system for a dataset, with the department that the system belongs to. */
export interface StoredMapping extends UsedMapping {
  readonly departmentCode: string;
}

/** A pull that this process holds; nobody else begins one of the same system and dataset until it has ended. */
export interface LeasedPull extends StoredMapping {
  readonly dataset: string;
  /** The client as which the hub pulls on its own. */
  readonly clientId: string | null;
  /** Where the last one ended; null to begin anew. */
  readonly cursor: string | null;
  readonly failures: number;
}

export interface PullEnd {
  /** As the receipt says; FAILED when there is none. */
  readonly state: string;
  readonly reason: string | null;
  readonly batchId: string | null;
  /** Kept only after a merge. */
  readonly cursor: string | null;
  /** Milliseconds from now; undefined leaves what the mapping says. */
  readonly nextInMilliseconds: number | null;
  readonly failures: number;
}

/** What pulling from department systems reads and writes of the catalogue. Times are real ones. */
export interface SourceWork {
  findMapping(systemCode: string, dataset: string): Promise<StoredMapping | undefined>;
  /** Takes a pull that somebody asked for; 'BUSY' while another one runs, undefined when there is no mapping. */
  begin(systemCode: string, dataset: string): Promise<LeasedPull | 'BUSY' | undefined>;
  /** Takes one whose time has come. */
  beginDue(): Promise<LeasedPull | undefined>;
  /** Keeps the lease while rows come in; false when it has been lost. */
  hold(pull: Pick<LeasedPull, 'systemCode' | 'dataset'>): Promise<boolean>;
  end(pull: Pick<LeasedPull, 'systemCode' | 'dataset'>, end: PullEnd): Promise<void>;
}
