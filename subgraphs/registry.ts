import { openCatalogPort as openCatalog } from './catalog/catalog-port.ts';
import { catalog } from './catalog/index.ts';
import { ChangeFeed } from './kit/feed/change-feed.ts';
import { SqlOutbox } from './kit/feed/sql-outbox.ts';
import { FigureCounter } from './kit/figures/figure-counter.ts';
import type { SubgraphDefinition, SubgraphEnvironment } from './kit/subgraph-definition.ts';
import { organizations } from './organizations/index.ts';
import { party } from './party/index.ts';
import { people } from './people/index.ts';
import { services } from './services/index.ts';

const departments: readonly SubgraphDefinition[] = [people, organizations, services, party];

/** The subgraphs of the city. A new one is added here and nowhere else. */
export const subgraphs: readonly SubgraphDefinition[] = [
  ...departments,
  catalog(
    departments.flatMap((definition) => definition.entities),
    [...departments.map((definition) => definition.name), 'catalog'],
    departments.flatMap((definition) => definition.datasets ?? []),
    departments.flatMap((definition) => definition.qualityRules ?? []),
  ),
];

/** Throws when there is no such subgraph. */
export function getSubgraph(name: string): SubgraphDefinition {
  const found = subgraphs.find((definition) => definition.name === name);
  if (found === undefined) {
    throw new Error(`No subgraph ${name}; there are ${subgraphs.map((definition) => definition.name).join(', ')}`);
  }
  return found;
}

/** The access log as its keepers work on it. */
export { openAuditPort } from './catalog/audit-port.ts';
/** The catalogue as the gateway knows it; the gateway reaches it here and through the graph only. */
export function openCatalogPort(environment: SubgraphEnvironment): ReturnType<typeof openCatalog> {
  return openCatalog(
    environment,
    subgraphs.map(({ name }) => name),
  );
}
/** The working calendars that the catalogue of this database was given. */
export { findPublishedYears } from './catalog/store/calendar/calendar-rows.ts';

/** The events of all subgraphs whose tables lie in this database. */
export function openChangeFeed(
  { pool, ids, keys }: Pick<SubgraphEnvironment, 'pool' | 'ids' | 'keys'>,
  onTrouble: (error: unknown) => void,
): ChangeFeed {
  const names = subgraphs.map(({ name }) => name);
  return new ChangeFeed({ outboxes: [new SqlOutbox(pool, names, ids)], keys, onTrouble });
}

/** What keeps the figures of places of all subgraphs whose tables lie in this database. */
export function openFigureCounters({
  pool,
  clock,
  ids,
}: Pick<SubgraphEnvironment, 'pool' | 'clock' | 'ids'>): readonly FigureCounter[] {
  return subgraphs.flatMap(({ figures, name }) =>
    figures === undefined ? [] : [new FigureCounter({ subgraph: name, sources: figures, pool, clock, ids })],
  );
}
