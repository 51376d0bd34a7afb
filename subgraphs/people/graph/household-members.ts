import { type PageArguments, pagesBelow, type SelectionInfo } from '../../kit/graph/connection.ts';
import type { SubgraphContext } from '../../kit/subgraph-context.ts';
import type { PeopleStore } from '../store/people-store.ts';
import { memberList } from '../store/person-rows.ts';

const BELOW_HOUSEHOLD = { column: 't.household_id', cast: 'uuid' } as const;
const BY_RELATION = { sort: 'RELATION', filter: {} };

/** Pages of households' members, the head first, by the ids of the households. */
export function membersOf(args: PageArguments, context: SubgraphContext<PeopleStore>, info: SelectionInfo) {
  return pagesBelow(memberList, BELOW_HOUSEHOLD, args, BY_RELATION, context, info);
}
