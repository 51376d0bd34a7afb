import { findCitizenIdFlaw, normaliseCitizenId } from '../../kit/citizen-id.ts';
import { dateInChina } from '../../kit/clock.ts';
import { graphProblem } from '../../kit/codes/problems.ts';
import { keyedHash } from '../../kit/store/sealing.ts';
import { findPersonsByNumberHashes } from '../store/person-rows.ts';
import { builder } from './builder.ts';
import { Person } from './entities.ts';

/** Numbers that one request may ask about. */
const MOST_NUMBERS = 1_000;

builder.queryField('matchedPersons', (t) =>
  t.field({
    type: [Person],
    nullable: { list: false, items: true },
    description:
      '按公民身份号码批量核对人员 The person of each citizen number, in their order; null for numbers that find nobody in the caller’s area. For matching a department’s list; by POST only.',
    args: {
      citizenIds: t.arg.stringList({
        required: true,
        description: `公民身份号码，至多 ${MOST_NUMBERS} 个 At most ${MOST_NUMBERS} citizen numbers; those of 15 digits are upgraded.`,
        card: { source: 'public-security', right: 'person.match', grade: 4, category: 'SENSITIVE_PERSONAL' },
      }),
    },
    resolve: (_root, { citizenIds }, { store, caller, trace, clock }) => {
      if (citizenIds.length > MOST_NUMBERS) {
        throw graphProblem('FILTER_INVALID', {
          filter: 'citizenIds',
          reasonZh: `至多 ${MOST_NUMBERS} 个`,
          reasonEn: `at most ${MOST_NUMBERS}`,
        });
      }
      const today = dateInChina(clock.now());
      const numbers = citizenIds.map(normaliseCitizenId);
      const flaw = numbers.map((number) => findCitizenIdFlaw(number, today)).find((found) => found !== undefined);
      if (flaw !== undefined) throw graphProblem('CITIZEN_ID_INVALID', { ...flaw });
      const hashes = numbers.map((number) => keyedHash(store.keys.lookup, number));
      return findPersonsByNumberHashes(store, hashes, caller, trace);
    },
  }),
);
