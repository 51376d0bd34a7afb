import { graphProblem } from '../../kit/codes/problems.ts';
import { findUuidKey } from '../../kit/global-id.ts';
import type { SubgraphContext } from '../../kit/subgraph-context.ts';
import type { ServicesStore } from '../store/services-store.ts';

/** The call of somebody who acts for himself; a token that names nobody cannot. */
export function ownCall(context: SubgraphContext<ServicesStore>): SubgraphContext<ServicesStore> {
  if (findUuidKey('Person', context.caller.personId) === undefined) throw graphProblem('PERSON_TOKEN_REQUIRED');
  return context;
}
