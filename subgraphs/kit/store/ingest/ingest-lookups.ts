import type { FindKnownPlaces } from './stage-checks.ts';
import type { FindPersons } from './staged-persons.ts';

/** What taking in a file asks of other subgraphs, by the graph. */
export interface IngestLookups {
  /** Place codes that the territory knows. */
  readonly findKnownPlaces: FindKnownPlaces;
  /** Persons by citizen number, in the caller's area. */
  readonly findPersons: FindPersons;
}
