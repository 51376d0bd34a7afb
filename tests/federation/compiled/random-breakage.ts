import { hash, type SeededRandom } from './seeded-random.ts';
import { type Breakage, SOUND, type World } from './world.ts';

/** In two rounds of five nothing is broken; in the others single fields, a whole subgraph, or both. */
export function randomBreakage(world: World, random: SeededRandom): Breakage {
  const choice = random.next();
  if (choice < 0.4) return SOUND;
  const seed = random.below(1_000_000);
  const isBroken = (coordinate: string) => hash(`${seed} ${coordinate}`) % 12 === 0;
  if (choice < 0.75) return { down: new Set(), isBroken };
  const names = world.subgraphs.map(({ name }) => name).filter((name) => !world.bridges.includes(name));
  return { down: new Set([random.pick(names)]), isBroken: choice < 0.9 ? () => false : isBroken };
}
