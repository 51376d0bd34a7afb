import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';

/** One system that the source articles name. */
export interface RegisteredSystem {
  /** Row id, e.g. `S05`, `Y27a`. */
  readonly id: string;
  /** Its name in the articles' words. */
  readonly name: string;
  /** City that the article is about. */
  readonly city: string;
  /** Subgraph that owns it. */
  readonly owner: string;
  /** Subgraphs that add to it. */
  readonly extendedBy?: readonly string[];
  readonly source: string;
  /** Why it is not proved yet, where there is more to say than that nobody has come to it. */
  readonly open?: string;
}

export interface SystemRegister {
  readonly sources: Readonly<Record<string, string>>;
  readonly rows: readonly RegisteredSystem[];
}

/** The register of the systems named by the articles: `schema/systems.json`. */
export function readSystemRegister(): SystemRegister {
  return JSON.parse(readFileSync(join(projectRoot, 'schema', 'systems.json'), 'utf8')) as SystemRegister;
}
