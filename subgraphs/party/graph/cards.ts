import type { DataCard } from '../../kit/graph/data-card.ts';

/** The structure of the party's organizations: which there are, where, under which. */
export const PARTY_ORGANIZATION_CARD: DataCard = {
  source: 'party-organization',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  category: 'GOVERNMENT',
  updateCycle: 'ON_CHANGE',
};

/** The name of a holder of public office. */
export const PUBLIC_NAME: Partial<DataCard> = {
  sharing: 'UNCONDITIONAL',
  sharingBasis: '党务公开 published on notice boards',
  grade: 2,
  category: 'PERSONAL',
};

/** Everything that tells that somebody is a party member. */
export const MEMBERSHIP_CARD: DataCard = {
  source: 'party-organization',
  sharing: 'CONDITIONAL',
  grade: 4,
  category: 'SENSITIVE_PERSONAL',
  updateCycle: 'ON_CHANGE',
};

/** Laid on each field of a member: without the right it is refused, there is no masked form of a membership. */
export const MEMBERSHIP: Partial<DataCard> = { ...MEMBERSHIP_CARD, right: 'party.membership' };
