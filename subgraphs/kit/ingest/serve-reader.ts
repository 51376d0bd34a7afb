import { FileFault } from '../codes/import-faults.ts';
import { uuidSource } from '../ids.ts';
import { openStage } from '../store/ingest/stage-table.ts';
import type { DatasetDeclaration } from './dataset.ts';
import type { ReaderSays, ReadingOrder } from './reader-messages.ts';
import { stageFile } from './stage-file.ts';

/** The reading process's side: reads the file from `input` into the stage, and says how far it is and what it found. */
export async function serveReader(
  order: ReadingOrder,
  dataset: DatasetDeclaration,
  input: AsyncIterable<Buffer>,
  say: (message: ReaderSays) => Promise<void>,
): Promise<void> {
  const { file, limits, today, systemCode, fieldKey, lookupKey, caller, target } = order;
  const keys = { field: Buffer.from(fieldKey), lookup: Buffer.from(lookupKey) };
  const services = { keys, today, systemCode };
  const stage = await openStage(target, dataset);
  const staged = stageFile(input, { dataset, file, limits, services, caller, ids: uuidSource }, (text) =>
    stage.copy(text),
  );
  try {
    for await (const progress of staged.progress) await say(progress);
    await say({ facts: staged.facts, fault: null });
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    await say({ facts: staged.facts, fault: { code: error.code, values: error.values } });
  } finally {
    await stage.close();
  }
}
