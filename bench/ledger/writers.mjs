import { setTimeout as delay } from 'node:timers/promises';

const REPORT = `mutation ($input: ReportIncidentInput!) {
  reportIncident(input: $input) {
    ... on ReportIncidentSuccess { incident { id } }
    ... on Refusal { code }
  }
}`;
const RETRY_MILLISECONDS = 100;
const PATIENCE_MILLISECONDS = 20_000;

/** @typedef {{ url: string, token: string, signal: AbortSignal, gridId: string }} Target */

/**
 * What clients know: what they have sent, and what was acknowledged to them.
 *
 * @typedef {{ sent: Set<string>, acknowledged: Map<string, string>, retried: number, refused: string[] }} Ledger
 * @returns {Ledger}
 */
export const openLedger = () => ({ sent: new Set(), acknowledged: new Map(), retried: 0, refused: [] });

/**
 * Reports incidents one after another, each with a key of its own, and sends each again until it is acknowledged.
 *
 * @param {Target} target @param {string} name @param {Ledger} ledger
 */
export async function writeIncidents({ url, token, signal, gridId }, name, ledger) {
  for (let number = 1; !signal.aborted; number++) {
    const key = `ledger-${name}-${number}`;
    const input = {
      ...{ category: 'HAZARD', severity: 'GENERAL', channel: 'GRID_WORKER', gridId },
      ...{ title: `台账 ${key}`, idempotencyKey: key },
    };
    ledger.sent.add(key);
    await untilAcknowledged(ledger, async () => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query: REPORT, variables: { input } }),
        signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
      });
      const { data } = /** @type {any} */ (await response.json());
      const answer = data?.reportIncident;
      if (answer?.code !== undefined) ledger.refused.push(`${key}: ${answer.code}`);
      if (answer?.incident?.id !== undefined) ledger.acknowledged.set(key, answer.incident.id);
      return answer?.incident?.id !== undefined || answer?.code !== undefined;
    });
  }
}

/**
 * Sends files of people one after another, each with a key of its own, until each has its receipt.
 *
 * @param {Target} target @param {readonly string[]} files contents @param {Ledger} ledger of keys and batches
 */
export async function sendFiles({ url, token, signal }, files, ledger) {
  for (const [index, file] of files.entries()) {
    if (signal.aborted) return;
    const key = `ledger-file-${index}`;
    ledger.sent.add(key);
    await untilAcknowledged(ledger, async () => {
      const response = await fetch(new URL('/ingest/people', url), {
        method: 'POST',
        headers: { 'content-type': 'text/csv', authorization: `Bearer ${token}`, 'idempotency-key': key },
        body: file,
        signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
      });
      const receipt = /** @type {any} */ (await response.json());
      if (receipt.state === 'MERGED') ledger.acknowledged.set(key, receipt.batchId);
      else if (receipt.state === 'REFUSED') ledger.refused.push(`${key}: ${receipt.reason?.code}`);
      return receipt.state === 'MERGED' || receipt.state === 'REFUSED';
    });
  }
}

/** @param {Ledger} ledger @param {() => Promise<boolean>} send whether an answer came that settles it */
async function untilAcknowledged(ledger, send) {
  while (!(await send().catch(() => false))) {
    ledger.retried++;
    await delay(RETRY_MILLISECONDS);
  }
}
