import { parentPort, workerData } from 'node:worker_threads';
import type { DemoCity } from '../vocabulary.ts';
import { BulkSealer } from './bulk-sealer.ts';
import { cityChunks } from './city-chunks.ts';

/** What the thread that makes a city is given. */
export interface CityOrder {
  readonly city: DemoCity;
  readonly scale: number;
  readonly fieldKey: Uint8Array;
  readonly lookupKey: Uint8Array;
  /** Bytes that may wait to be taken. */
  readonly mostBytes: number;
}

/** The thread of `ChunksAhead`: sends chunks as long as few enough wait, is told how many bytes were taken, then ends. */
async function make({ city, scale, fieldKey, lookupKey, mostBytes }: CityOrder): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('the city is made in a thread of its own');
  let waiting = 0;
  let wake = () => {};
  port.on('message', (taken: number) => {
    waiting -= taken;
    wake();
  });
  const sealer = new BulkSealer(Buffer.from(fieldKey), Buffer.from(lookupKey));
  for (const chunk of cityChunks({ city, scale }, sealer)) {
    while (waiting >= mostBytes) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    waiting += chunk.data.length;
    port.postMessage(chunk, [chunk.data.buffer as ArrayBuffer]); // of the chunk's own: see `TableBuffer`
  }
  port.postMessage('done');
  port.close();
}

await make(workerData as CityOrder); // given by `ChunksAhead`
