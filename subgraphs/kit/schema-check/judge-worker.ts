import { parentPort, workerData } from 'node:worker_threads';
import { judgeContracts } from './judge-contracts.ts';
import type { JudgeRequest } from './schema-judgement.ts';

/** The thread of one judgement: takes the request it was started with, answers once, ends. */
parentPort?.postMessage(await judgeContracts(workerData as JudgeRequest)); // sent by judgeInWorker
