import type { TimedWork } from '../../../kit/timed-work.ts';
import { scanCandidates } from '../../store/identity/scan-candidates.ts';
import type { PeopleStore } from '../../store/people-store.ts';

/** Of each round of timed work, which comes every five seconds: millions of new records take minutes, and leave the database time. */
const MILLISECONDS_AT_ONCE = 2_000;

/** Holds pairs of records that may be of one person, as new records come in. */
export const identityScan: TimedWork<PeopleStore> = {
  name: 'identity-scan',
  async run({ store, clock }) {
    const until = performance.now() + MILLISECONDS_AT_ONCE;
    let compared: number;
    do compared = await scanCandidates(store, clock.now());
    while (compared > 0 && performance.now() < until);
  },
};
