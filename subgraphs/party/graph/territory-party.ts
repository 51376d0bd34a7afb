import { findCodeKey } from '../../kit/global-id.ts';
import type { DataCard } from '../../kit/graph/data-card.ts';
import type { OperationTrace } from '../../kit/operation-trace.ts';
import { significantCode } from '../../kit/store/place-scope.ts';
import type { SubgraphContext } from '../../kit/subgraph-context.ts';
import {
  findBranchesOfGrids,
  findCommitteesOfDivisions,
  findCoresOfCommunities,
  findGroupsOfMicroGrids,
  type PartyOrganizationRow,
} from '../store/organization-rows.ts';
import type { PartyStore } from '../store/party-store.ts';
import { builder, Community, Division, Grid, MicroGrid } from './builder.ts';
import { PARTY_ORGANIZATION_CARD } from './cards.ts';
import { PartyOrganization } from './entities.ts';

/** The organization is found by its own place, not kept in the territory's record. */
const CARD: DataCard = { ...PARTY_ORGANIZATION_CARD, derivedFrom: 'place of PartyOrganization' };

type Find = (
  store: PartyStore,
  codes: readonly string[],
  trace: OperationTrace,
) => Promise<(PartyOrganizationRow | null)[]>;

/** The organization of a territory; all of a step share one statement. A code that is none finds nothing. */
function organizationOf(name: string, find: Find, code: string | undefined, context: SubgraphContext<PartyStore>) {
  if (code === undefined) return null;
  return context.loaders
    .get<PartyOrganizationRow | null>(name, (codes) => find(context.store, codes, context.trace))
    .load(code);
}

builder.objectField(Division, 'partyOrganization', (t) =>
  t.field({
    type: PartyOrganization,
    nullable: true,
    description: '党组织 The committee of a city, county or township; for a village the organization that leads it.',
    card: CARD,
    resolve: ({ id }, _args, context) => {
      const code = significantCode(findCodeKey('Division', 12, id) ?? '');
      return code?.length === 12
        ? organizationOf('communityCore', findCoresOfCommunities, code, context)
        : organizationOf('divisionCommittee', findCommitteesOfDivisions, code, context);
    },
  }),
);

builder.objectField(Community, 'partyOrganization', (t) =>
  t.field({
    type: PartyOrganization,
    nullable: true,
    description: '社区党组织 The organization that leads the community: committee, general branch or branch.',
    card: CARD,
    resolve: ({ id }, _args, context) =>
      organizationOf('communityCore', findCoresOfCommunities, findCodeKey('Community', 12, id), context),
  }),
);

builder.objectField(Grid, 'partyBranch', (t) =>
  t.field({
    type: PartyOrganization,
    nullable: true,
    description: '网格党支部 The branch of the grid.',
    card: CARD,
    resolve: ({ id }, _args, context) =>
      organizationOf('gridBranch', findBranchesOfGrids, findCodeKey('Grid', 15, id), context),
  }),
);

builder.objectField(MicroGrid, 'partyGroup', (t) =>
  t.field({
    type: PartyOrganization,
    nullable: true,
    description: '微网格党小组 The group of the micro-grid.',
    card: CARD,
    resolve: ({ id }, _args, context) =>
      organizationOf('microGridGroup', findGroupsOfMicroGrids, findCodeKey('MicroGrid', 18, id), context),
  }),
);
