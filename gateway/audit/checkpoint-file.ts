import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SignedCheckpoint } from '../../subgraphs/kit/catalog-port.ts';

/** Checkpoints as JSON lines beside the database, not in it: whoever takes them out of one has to find the other. */
export function checkpointFile(dataFolder: string): string {
  return join(dataFolder, 'ledger-checkpoints.jsonl');
}

export function keepCheckpoint(path: string, checkpoint: SignedCheckpoint): void {
  appendFileSync(path, `${JSON.stringify(checkpoint)}\n`, { mode: 0o600 });
}

/** The checkpoints of a file of JSON lines, such as those printed by `npm run audit -- checkpoint`. */
export function readCheckpointFile(path: string): SignedCheckpoint[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const { number, text, signature } = JSON.parse(line) as Partial<SignedCheckpoint>;
      if (typeof number !== 'number' || typeof text !== 'string' || typeof signature !== 'string') {
        throw new Error(`${path}: a line is no checkpoint`);
      }
      return { number, text, signature };
    });
}
