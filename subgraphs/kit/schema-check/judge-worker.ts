import { answerInThread } from './answer-in-thread.ts';
import { judgeContracts } from './judge-contracts.ts';

/** The thread that judges contracts, see `judgeInWorker`. */
answerInThread(judgeContracts);
