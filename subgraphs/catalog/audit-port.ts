import type pg from 'pg';
import type { AuditPort, LedgerFindingReport } from '../kit/audit-port.ts';
import type { Clock } from '../kit/clock.ts';
import type { IdSource } from '../kit/ids.ts';
import type { SealingKeys } from '../kit/store/sealing.ts';
import { checkpointKeys, publicKeyText, readCheckpoints, signCheckpoint } from './store/ledger/ledger-checkpoint.ts';
import { findHolds, liftHold, placeHold } from './store/ledger/ledger-holds.ts';
import { dropExpiredMonths } from './store/ledger/ledger-retention.ts';
import { ledgerFindings, verifyStoredLedger } from './store/ledger/verify-ledger.ts';

/** The access log as its keepers work on it, beside a running hub. */
export function openAuditPort(environment: {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly keys: SealingKeys;
}): AuditPort {
  const { pool, clock, ids, keys } = environment;
  const signing = checkpointKeys(keys.checkpoint);
  return {
    publicKey: publicKeyText(signing),
    async verify(published) {
      const report = await verifyStoredLedger(pool, { ...signing, ledger: keys.ledger }, published);
      const findings = report.findings.map((finding): LedgerFindingReport => {
        const [zh, en] = ledgerFindings[finding.code];
        return { ...finding, zh, en };
      });
      return { ...report, findings };
    },
    async checkpoint() {
      return (await signCheckpoint(pool, signing, clock.now())) ?? (await readCheckpoints(pool, 1))[0];
    },
    dropExpired: () => dropExpiredMonths(pool, keys, clock.now()),
    holds: () => findHolds(pool),
    hold: (hold) => placeHold(pool, ids, hold, clock.now()),
    release: (id) => liftHold(pool, id, clock.now()),
  };
}
