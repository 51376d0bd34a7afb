import { ChunksAhead } from '../../prisma/seed/loading/chunks-ahead.ts';
import { cityChunks } from '../../prisma/seed/loading/city-chunks.ts';
import type { DemoCity } from '../../prisma/seed/vocabulary.ts';
import { keyedHash, type SealingKeys, seal } from '../../subgraphs/kit/store/sealing.ts';

/** Begins to make a demo city whose database is still being set up. */
export function beginCity(size: { city: DemoCity; scale: number }, keys: SealingKeys): ChunksAhead {
  const sealer = {
    seal: (plain: string) => seal(keys.field, plain),
    keyedHash: (plain: string) => keyedHash(keys.lookup, plain),
  };
  return new ChunksAhead(cityChunks(size, sealer));
}
