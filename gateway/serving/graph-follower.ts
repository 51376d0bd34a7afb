import { createHash } from 'node:crypto';
import type { CatalogPort, GraphRelease, GraphState } from '../../subgraphs/kit/catalog-port.ts';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import type { Graph } from '../graph.ts';

export interface GraphFollowerOptions {
  readonly catalog: Pick<CatalogPort, 'graphState' | 'findRelease' | 'noteGraphLoad'>;
  /** What this hub was started with. */
  readonly graph: Graph;
  /** Tells this hub from its replicas. */
  readonly hubId: string;
  /** Puts a graph that was opened in the place of the one that is served. */
  readonly reload: (graph: Graph) => void;
  /** Called after that, for what follows a new graph. */
  readonly onLoaded?: (release: GraphRelease, graph: Graph) => Promise<void> | void;
  /** Told why a version is not served; the one before goes on. */
  readonly onRefused?: (release: GraphRelease, reason: string) => void;
  /** Told what was looked up, with the graph that is served. */
  readonly onState?: (state: GraphState, graph: Graph) => void;
  /** Told when the catalogue cannot be asked; it is asked again. */
  readonly onTrouble?: (error: unknown) => void;
}

/** A publication is served within a second or two; looking is one small statement. */
const LOOK_MILLISECONDS = 1_000;
const REASON_CHARACTERS = 500;

/**
 * Follows what is published: opens each new version beside the one that is served and, when it opens, lets it take over.
 * One that does not open leaves the older one serving, and the catalogue says why.
 */
export class GraphFollower {
  readonly #options: GraphFollowerOptions;
  #graph: Graph;
  #number = 0;
  #looking: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: GraphFollowerOptions) {
    this.#options = options;
    this.#graph = options.graph;
  }

  /** The graph that is served. */
  get graph(): Graph {
    return this.#graph;
  }

  /** Looks every second from now on. */
  start(): void {
    this.#timer ??= setInterval(() => {
      this.look().catch((error: unknown) => this.#options.onTrouble?.(error));
    }, LOOK_MILLISECONDS);
    this.#timer.unref();
  }

  /** Looks once; resolves when what was found is served, or known not to be. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking?.catch(() => {});
  }

  async #look(): Promise<void> {
    const state = await this.#options.catalog.graphState();
    await this.#follow(state);
    this.#options.onState?.(state, this.#graph);
  }

  async #follow({ number, supergraphHash }: GraphState): Promise<void> {
    const { catalog } = this.#options;
    if (number === this.#number) return;
    // Most starts: the code's own graph is the version in force.
    if (hashOf(this.#graph.supergraphSdl) === supergraphHash) {
      this.#number = number;
      await this.#note(number, undefined);
      return;
    }
    const release = await catalog.findRelease();
    if (release === null) return;
    const reason = await this.#load(release);
    this.#number = release.number;
    if (reason !== undefined) this.#options.onRefused?.(release, reason);
    await this.#note(release.number, reason);
  }

  async #note(number: number, reason: string | undefined): Promise<void> {
    const { catalog, hubId } = this.#options;
    const load = { number, hubId, loaded: reason === undefined, reason: reason?.slice(0, REASON_CHARACTERS) ?? null };
    await catalog.noteGraphLoad(load);
  }

  /** Why it is not served; undefined when it is. */
  async #load(release: GraphRelease): Promise<string | undefined> {
    let next: Graph;
    try {
      next = await this.#graph.reopen(release);
    } catch (error) {
      if (error instanceof StartupProblem) return error.message;
      return `图谱无法装载 The graph does not load: ${error instanceof Error ? error.message : String(error)}`;
    }
    this.#graph = next;
    this.#options.reload(next);
    await this.#options.onLoaded?.(release, next);
    return undefined;
  }
}

function hashOf(sdl: string): string {
  return createHash('sha256').update(sdl).digest('hex');
}
