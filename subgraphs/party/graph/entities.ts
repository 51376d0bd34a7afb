import { findUuidKey } from '../../kit/global-id.ts';
import { assertRight } from '../../kit/graph/card-guard.ts';
import { defineConnection } from '../../kit/graph/connection.ts';
import { entityLoader } from '../../kit/graph/entity-loader.ts';
import { placeRows, REFERENCE_ROWS } from '../../kit/graph/row-scope.ts';
import { findRowsById } from '../../kit/store/entity-table.ts';
import { LIST_ENTRY_TABLE, type ListEntryRow } from '../store/linkage/list-entry-rows.ts';
import { findMembers, type PartyMemberRow } from '../store/member-rows.ts';
import type { MembershipRow } from '../store/membership-rows.ts';
import { findOrganizations, type PartyOrganizationRow } from '../store/organization-rows.ts';
import type { PartyStore } from '../store/party-store.ts';
import { builder, PageInfo } from './builder.ts';

/**
 * The entities of this subgraph, their loaders and their lists. They point to each other in circles; here each is only
 * named, and its own file says what it has.
 */
export const PartyOrganization = builder.objectRef<PartyOrganizationRow>('PartyOrganization');
export const PartyMember = builder.objectRef<PartyMemberRow>('PartyMember');
export const ListEntry = builder.objectRef<ListEntryRow>('ListEntry');
export const Membership = builder.objectRef<MembershipRow>('Membership');

export const PartyOrganizationConnection = defineConnection(builder, 'PartyOrganization', PartyOrganization, PageInfo);
export const PartyMemberConnection = defineConnection(builder, 'PartyMember', PartyMember, PageInfo);

export const organizationLoader = entityLoader<PartyOrganizationRow, PartyStore>(
  'PartyOrganization',
  REFERENCE_ROWS,
  (id) => findUuidKey('PartyOrganization', id),
  (keys, context, wanted) => findOrganizations(context.store, keys, context.trace, wanted),
);

export const listEntryLoader = entityLoader<ListEntryRow, PartyStore>(
  'ListEntry',
  REFERENCE_ROWS,
  (id) => findUuidKey('ListEntry', id),
  (keys, { caller, store, trace }) => findRowsById(store, LIST_ENTRY_TABLE, keys, caller, trace),
);

/** That an id is a member's is a membership already: without the right no member is found, by reference neither. */
export const memberLoader = entityLoader<PartyMemberRow, PartyStore>(
  'PartyMember',
  placeRows('party.party_member'),
  (id) => findUuidKey('PartyMember', id),
  async (keys, context, wanted) => {
    assertRight(context, 'party.membership', 'PartyMember', 'party-organization');
    return findMembers(context.store, keys, context.caller, context.trace, wanted);
  },
);
