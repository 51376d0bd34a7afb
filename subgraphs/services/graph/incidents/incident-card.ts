import type { DataCard } from '../../../kit/graph/data-card.ts';

/** What the catalogue says of incidents and what grows out of them. */
export const INCIDENT_CARD: DataCard = {
  source: 'political-legal',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'REALTIME',
};
