import { datasets } from './datasets.ts';
import type { ReaderSays, ReadingOrder } from './kit/ingest/reader-messages.ts';
import { serveReader } from './kit/ingest/serve-reader.ts';

/** The process that reads one large file into its stage (`readInProcess`), and ends with it, or with the hub. */
process.once('disconnect', () => process.exit(1));
process.once('message', (order: ReadingOrder) => {
  read(order)
    // It may be about a row: the hub says it where errors are told.
    .catch((error: unknown) => say({ failure: error instanceof Error ? error.message : String(error) }))
    .finally(() => process.exit());
});

async function read(order: ReadingOrder): Promise<void> {
  const dataset = datasets.find(({ name }) => name === order.dataset);
  if (dataset === undefined) throw new Error(`no dataset ${order.dataset} here`);
  await serveReader(order, dataset, process.stdin as AsyncIterable<Buffer>, say);
}

function say(message: ReaderSays): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(message, (error: Error | null) => (error === null ? resolve() : reject(error)));
  });
}
