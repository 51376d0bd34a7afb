import { answerInThread } from './answer-in-thread.ts';
import { composeVariant } from './compose-variant.ts';

/** The thread that composes graphs, see `composeInWorker`. */
answerInThread(composeVariant);
