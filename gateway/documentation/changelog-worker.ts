import { parentPort, workerData } from 'node:worker_threads';
import { changelog, type KnownContract } from './changelog.ts';

/** Thread: compares contracts of a whole city, which takes seconds, while the hub answers others. */
parentPort?.postMessage(changelog(workerData as readonly KnownContract[])); // sent by `changelog-in-worker.ts` alone
