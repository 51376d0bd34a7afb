import { KeyNumbers } from '../../../subgraphs/kit/key-numbers.ts';
import type { Merge } from './merge.ts';
import type { OutputRewrites } from './output-rewrites.ts';
import type { CollectTargets } from './plan-path.ts';
import { INCOMPLETE, type Represent } from './representation.ts';
import type { Asked, PlanData, Run } from './run.ts';

/** One selection of entities inside a request: all of a Flatten, one alias of a BatchFetch. */
export interface EntityGroup {
  readonly alias: string;
  readonly variable: string;
  /** The same for groups that ask for the same of the same objects. */
  readonly place: string;
  readonly paths: readonly CollectTargets[];
  readonly represent: Represent;
  readonly rewrites: OutputRewrites | undefined;
  readonly merge: Merge;
  readonly hasComposites: boolean;
  /** Whether representations are a type and an id. */
  readonly isKeyOnly: boolean;
  readonly lost: ReadonlySet<string>;
}

/** Subgraphs that are asked at the same time are often asked for the same entities. */
export function collectEntities(group: EntityGroup, run: Run): Asked {
  const before = run.found?.get(group.place);
  if (before?.state === run.state) return before.asked;
  let isWhole = true;
  const found: PlanData[] = [];
  const asked: Asked = { representations: [], targets: [], indexes: [], origins: [] };
  const known = new KnownEntities(group.isKeyOnly);
  for (const [origin, collect] of group.paths.entries()) {
    found.length = 0;
    collect(run.data, found);
    for (const target of found) {
      const representation = group.represent(target);
      if (representation === undefined) continue;
      if (representation === INCOMPLETE) {
        run.faults?.inherit(target, group.lost);
        isWhole = false;
        continue;
      }
      const index = known.number(representation);
      if (index === asked.representations.length) asked.representations.push(representation);
      asked.targets.push(target);
      asked.indexes.push(index);
      asked.origins.push(origin);
    }
  }
  if (isWhole) {
    run.found ??= new Map();
    run.found.set(group.place, { state: run.state, asked });
  }
  return asked;
}

/** Numbers entities in the order in which they are first met. */
class KnownEntities {
  /** Whether representations are a type and an id. */
  readonly #isKeyOnly: boolean;
  /** Most are of one type, and told apart by their ids. */
  #type: unknown;
  readonly #byId = new KeyNumbers();
  #others: KeyNumbers | undefined;
  #count = 0;

  constructor(isKeyOnly: boolean) {
    this.#isKeyOnly = isKeyOnly;
  }

  number(representation: PlanData): number {
    const { __typename: typename, id } = representation;
    this.#type ??= typename;
    if (this.#isKeyOnly && typename === this.#type && typeof id === 'string') return this.#find(this.#byId, id);
    this.#others ??= new KeyNumbers();
    return this.#find(this.#others, JSON.stringify(representation));
  }

  #find(known: KeyNumbers, identity: string): number {
    const found = known.get(identity);
    if (found !== undefined) return found;
    known.set(identity, this.#count);
    return this.#count++;
  }
}
