import type { DataCard } from '../../kit/graph/data-card.ts';

/** The official list of divisions. */
export const DIVISION_CARD: DataCard = {
  source: 'statistics',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  category: 'PUBLIC',
  updateCycle: 'YEARLY',
};

/** Communities and villages as bodies, not their people. */
export const COMMUNITY_CARD: DataCard = {
  source: 'civil-affairs',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  category: 'PUBLIC',
  updateCycle: 'ON_CHANGE',
};

/** Grids and micro-grids as territory, and figures about their posts. */
export const GRID_CARD: DataCard = {
  source: 'political-legal',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  category: 'GOVERNMENT',
  updateCycle: 'ON_CHANGE',
};

/** Who holds a post. */
export const POST_CARD: DataCard = {
  source: 'political-legal',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'PERSONAL',
  updateCycle: 'ON_CHANGE',
};

/** The personnel record of a community's workers. */
export const WORKFORCE_CARD: DataCard = { ...POST_CARD, source: 'civil-affairs' };

/** The name of a holder of public office. */
export const PUBLIC_NAME: Partial<DataCard> = {
  sharing: 'UNCONDITIONAL',
  sharingBasis: '居务公开、网格公示牌 published on notice boards',
};

/** Pay, allowances and support. */
export const PAY_CARD: DataCard = {
  ...WORKFORCE_CARD,
  source: 'human-resources',
  grade: 3,
  category: 'SENSITIVE_PERSONAL',
  right: 'workforce.pay',
};

/** Courses, posts and recruitments: announcements to everybody. */
export const ANNOUNCEMENT_CARD: DataCard = { ...COMMUNITY_CARD, category: 'GOVERNMENT' };

/** The public register of bodies, and public money. */
export const ORGANIZATION_CARD: DataCard = { ...COMMUNITY_CARD };
