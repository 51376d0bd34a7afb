import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';

/** What a rule needs to know of the request: who acts, when, on which calendar, on which data. */
export type Act = Pick<SubgraphContext<CatalogStore>, 'store' | 'caller' | 'clock' | 'calendar'>;
