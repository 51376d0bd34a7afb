import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../subgraphs/kit/project-root.ts';

type Entry = readonly [code: string, name: string];

/** The official list, cut to five cities: codes of 4, 6, 9 and 12 digits with their names, in code order. */
export interface DivisionList {
  readonly source: string;
  readonly cities: readonly Entry[];
  readonly areas: readonly Entry[];
  readonly streets: readonly Entry[];
  readonly villages: readonly Entry[];
}

/** The day on which the list was cut off (National Bureau of Statistics, edition 2023). */
export const DIVISION_LIST_EDITION = '2023-06-30';

let cached: DivisionList | undefined;

/** Reads `prisma/seed/data/divisions-five-cities.json` once per process. */
export function divisionList(): DivisionList {
  cached ??= JSON.parse(
    readFileSync(join(projectRoot, 'prisma/seed/data/divisions-five-cities.json'), 'utf8'),
  ) as DivisionList;
  return cached;
}
