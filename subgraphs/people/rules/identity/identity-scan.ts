import type { TimedWork } from '../../../kit/timed-work.ts';
import { scanCandidates } from '../../store/identity/scan-candidates.ts';
import type { PeopleStore } from '../../store/people-store.ts';

/** Holds pairs of records that may be of one person, as new records come in. */
export const identityScan: TimedWork<PeopleStore> = {
  name: 'identity-scan',
  run: ({ store, clock }) => scanCandidates(store, clock.now()),
};
