import { startThread } from '../../subgraphs/kit/start-thread.ts';
import type { KnownContract } from './changelog.ts';
import type { ChangelogEntry } from './site/changelog-page.ts';

/** Versions that the page goes back to. */
export const CHANGELOG_VERSIONS = 10;
/** Versions are published when a hub starts: nobody waits for this. */
const KEPT_MILLISECONDS = 60_000;

/** The changelog, computed in a thread of its own and kept for a while. */
export function createChangelogReader(
  readVersions: () => Promise<readonly KnownContract[]>,
  now: () => number = () => performance.now(),
): () => Promise<readonly ChangelogEntry[]> {
  let kept: { readonly until: number; readonly entries: Promise<readonly ChangelogEntry[]> } | undefined;
  return () => {
    if (kept === undefined || now() >= kept.until) {
      const entries = readVersions().then(compare);
      entries.catch(() => {
        kept = undefined; // the next reader tries again
      });
      kept = { until: now() + KEPT_MILLISECONDS, entries };
    }
    return kept.entries;
  };
}

function compare(versions: readonly KnownContract[]): Promise<readonly ChangelogEntry[]> {
  const worker = startThread('gateway/documentation/changelog-worker', {
    workerData: versions,
    resourceLimits: { maxOldGenerationSizeMb: 1_024 },
  });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The thread that compares contracts ended without an answer')));
  });
}
