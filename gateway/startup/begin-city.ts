import { ChunksAhead } from '../../prisma/seed/loading/chunks-ahead.ts';
import type { DemoCity } from '../../prisma/seed/vocabulary.ts';
import type { SealingKeys } from '../../subgraphs/kit/store/sealing.ts';

/** Begins to make a demo city whose database is still being set up. */
export function beginCity(size: { city: DemoCity; scale: number }, keys: SealingKeys): ChunksAhead {
  return new ChunksAhead(size, keys);
}
