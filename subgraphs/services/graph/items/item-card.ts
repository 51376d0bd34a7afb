import type { DataCard } from '../../../kit/graph/data-card.ts';

/** Items, guides and lists of certificates are published. */
export const ITEM_CARD: DataCard = {
  source: 'data-authority',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  category: 'PUBLIC',
  updateCycle: 'ON_CHANGE',
};
