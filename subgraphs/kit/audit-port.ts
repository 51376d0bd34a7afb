import type { SignedCheckpoint } from './catalog-port.ts';

/** What the commands of `npm run audit` need of the catalogue. */
export interface AuditPort {
  /** Verifies the checkpoints of this hub: SPKI, PEM. */
  readonly publicKey: string;
  /** Compares the whole log with itself, its sealed heads and all checkpoints, also those published elsewhere. */
  verify(published: readonly SignedCheckpoint[]): Promise<LedgerVerification>;
  /** Signs what has not been signed yet and returns the newest checkpoint; undefined while the log is empty. */
  checkpoint(): Promise<SignedCheckpoint | undefined>;
  /** Drops months past their time that no hold keeps. */
  dropExpired(): Promise<{ readonly dropped: readonly string[]; readonly held: readonly string[] }>;
  holds(): Promise<readonly LedgerHoldReport[]>;
  /** Keeps months (`YYYY-MM`, both included) beyond their time. Returns the hold's id. */
  hold(hold: { readonly fromMonth: string; readonly toMonth: string; readonly reason: string }): Promise<string>;
  /** False when there is no such live hold. */
  release(id: string): Promise<boolean>;
}

export interface LedgerVerification {
  readonly lines: number;
  readonly chains: number;
  readonly checkpoints: number;
  readonly findings: readonly LedgerFindingReport[];
}

export interface LedgerFindingReport {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly writer?: string;
  readonly from?: number;
  readonly to?: number;
  readonly subject?: string;
}

export interface LedgerHoldReport {
  readonly id: string;
  readonly fromMonth: string;
  readonly toMonth: string;
  readonly reason: string;
  readonly placedAt: Date;
  readonly liftedAt: Date | null;
}
