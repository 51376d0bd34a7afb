import { findUuidKey } from '../../../kit/global-id.ts';
import { defineConnection } from '../../../kit/graph/connection.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import { entityLoader } from '../../../kit/graph/entity-loader.ts';
import { REFERENCE_ROWS } from '../../../kit/graph/row-scope.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import type { DutyRow } from '../../store/matters/duty-rows.ts';
import { findProposals, type ProposalRow } from '../../store/proposals/proposal-rows.ts';
import { type CatalogueSubmissionRow, findCatalogueSubmissions } from '../../store/register/submission-rows.ts';
import { findSharingGrants, type SharingGrantRow } from '../../store/sharing/grant-rows.ts';
import { findSharingRequests, type SharingRequestRow } from '../../store/sharing/request-rows.ts';
import { findVerificationTickets, type VerificationTicketRow } from '../../store/verification/ticket-rows.ts';
import { builder, PageInfo } from '../builder.ts';

/** Matters between departments: shown to those who have a part in them, and to the data authority. */
export const MATTER_CARD: DataCard = {
  source: 'data-authority',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'REALTIME',
};

export const CatalogueSubmission = builder.objectRef<CatalogueSubmissionRow>('CatalogueSubmission');
export const SharingRequest = builder.objectRef<SharingRequestRow>('SharingRequest');
export const SharingGrant = builder.objectRef<SharingGrantRow>('SharingGrant');
export const VerificationTicket = builder.objectRef<VerificationTicketRow>('VerificationTicket');
export const SchemaProposal = builder.objectRef<ProposalRow>('SchemaProposal');
export const Duty = builder.objectRef<DutyRow>('Duty');

export const CatalogueSubmissionConnection = defineConnection(
  builder,
  'CatalogueSubmission',
  CatalogueSubmission,
  PageInfo,
);
export const SharingRequestConnection = defineConnection(builder, 'SharingRequest', SharingRequest, PageInfo);
export const SharingGrantConnection = defineConnection(builder, 'SharingGrant', SharingGrant, PageInfo);
export const VerificationTicketConnection = defineConnection(
  builder,
  'VerificationTicket',
  VerificationTicket,
  PageInfo,
);
export const SchemaProposalConnection = defineConnection(builder, 'SchemaProposal', SchemaProposal, PageInfo);
export const DutyConnection = defineConnection(builder, 'Duty', Duty, PageInfo);

export const submissionLoader = entityLoader<CatalogueSubmissionRow, CatalogStore>(
  'CatalogueSubmission',
  REFERENCE_ROWS, // who sees which is a matter of parts in them, not of places
  (id) => findUuidKey('CatalogueSubmission', id),
  (keys, { store, caller, trace }) => findCatalogueSubmissions(store, keys, caller, trace),
);
export const requestLoader = entityLoader<SharingRequestRow, CatalogStore>(
  'SharingRequest',
  REFERENCE_ROWS, // who sees which is a matter of parts in them, not of places
  (id) => findUuidKey('SharingRequest', id),
  (keys, { store, caller, trace }) => findSharingRequests(store, keys, caller, trace),
);
export const grantLoader = entityLoader<SharingGrantRow, CatalogStore>(
  'SharingGrant',
  REFERENCE_ROWS, // who sees which is a matter of parts in them, not of places
  (id) => findUuidKey('SharingGrant', id),
  (keys, { store, caller, trace }) => findSharingGrants(store, keys, caller, trace),
);
export const ticketLoader = entityLoader<VerificationTicketRow, CatalogStore>(
  'VerificationTicket',
  REFERENCE_ROWS, // who sees which is a matter of parts in them, not of places
  (id) => findUuidKey('VerificationTicket', id),
  (keys, { store, caller, trace }) => findVerificationTickets(store, keys, caller, trace),
);
export const proposalLoader = entityLoader<ProposalRow, CatalogStore>(
  'SchemaProposal',
  REFERENCE_ROWS, // whoever takes part in the graph may see what is proposed for it
  (id) => findUuidKey('SchemaProposal', id),
  (keys, { store, trace }) => findProposals(store, keys, trace),
);
