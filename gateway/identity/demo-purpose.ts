import { LEGAL_BASIS_HEADER, SCENARIO_HEADER } from '../../subgraphs/kit/caller/caller-under.ts';
import { UNMASK_HEADER } from '../policy/purposes.ts';

/** What the demo's page and scenarios state with each request: a purpose that covers all that their clients hold. */
export const DEMO_PURPOSE_HEADERS: Readonly<Record<string, string>> = {
  [LEGAL_BASIS_HEADER]: 'PIPL-13-3',
  [SCENARIO_HEADER]: 'service-handling',
  [UNMASK_HEADER]: 'true',
};
