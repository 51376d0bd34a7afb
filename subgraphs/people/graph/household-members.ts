import { type PageArguments, pageBelow, type SelectionInfo } from '../../kit/graph/connection.ts';
import type { SubgraphContext } from '../../kit/subgraph-context.ts';
import type { PeopleStore } from '../store/people-store.ts';
import { memberList } from '../store/person-rows.ts';

const BY_RELATION = { sort: 'RELATION', filter: {} };

/** A page of a household's members, the head first. */
export function householdMembers(
  householdId: string,
  args: PageArguments,
  context: SubgraphContext<PeopleStore>,
  info: SelectionInfo,
) {
  const parent = { column: 't.household_id', cast: 'uuid', key: householdId } as const;
  return pageBelow(memberList, parent, args, BY_RELATION, context, info);
}
