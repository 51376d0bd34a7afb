import type { DatasetDeclaration } from './kit/ingest/dataset.ts';
import { organizationsDataset } from './organizations/datasets/organizations-dataset.ts';
import { partyMembersDataset } from './party/datasets/party-members-dataset.ts';
import { partyOrganizationsDataset } from './party/datasets/party-organizations-dataset.ts';
import { householdsDataset } from './people/datasets/households-dataset.ts';
import { peopleDataset } from './people/datasets/people-dataset.ts';
import { incidentsDataset } from './services/datasets/incidents-dataset.ts';

/** All datasets of all subgraphs, without the subgraphs: a thread that reads files needs nothing else of them. */
export const datasets: readonly DatasetDeclaration[] = [
  peopleDataset,
  householdsDataset,
  organizationsDataset,
  incidentsDataset,
  partyOrganizationsDataset,
  partyMembersDataset,
];
