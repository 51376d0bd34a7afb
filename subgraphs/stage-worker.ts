import { parentPort, workerData } from 'node:worker_threads';
import { datasets } from './datasets.ts';
import { serveStager } from './kit/ingest/serve-stager.ts';
import type { StageOrder } from './kit/ingest/stage-messages.ts';

/** The thread that reads one large file (`stageInThread`), and ends with it. */
const order = workerData as StageOrder; // given by stageInThread
const dataset = datasets.find(({ name }) => name === order.dataset);
if (dataset === undefined || parentPort === null) throw new Error(`no dataset ${order.dataset} here`);
await serveStager(parentPort, order, dataset);
