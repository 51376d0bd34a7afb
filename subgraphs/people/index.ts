import type { SubgraphDefinition } from '../kit/subgraph-definition.ts';
import { householdsDataset } from './datasets/households-dataset.ts';
import { peopleDataset } from './datasets/people-dataset.ts';
import { peopleQuality } from './datasets/people-quality.ts';
import { buildPeopleSchema } from './graph/schema.ts';
import { elderAlertMachine } from './rules/care/elder-alert-machine.ts';
import { identityScan } from './rules/identity/identity-scan.ts';
import { moveResidents } from './rules/moves/move-residents.ts';
import { peopleFigures } from './store/figures/figure-sources.ts';
import { openPeopleStore, type PeopleStore } from './store/people-store.ts';

/** 人口与户 — who lives here: persons, households, dwellings and where somebody is registered. */
export const people: SubgraphDefinition<PeopleStore> = {
  name: 'people',
  entities: [
    'Person',
    'Household',
    'Dwelling',
    'StandardAddress',
    'PopulationRelease',
    'Residence',
    'CareTag',
    'ElderAlert',
  ],
  machines: [elderAlertMachine],
  datasets: [peopleDataset, householdsDataset],
  qualityRules: peopleQuality,
  figures: peopleFigures,
  timedWork: [identityScan, moveResidents],
  buildSchema: buildPeopleSchema,
  openStore: openPeopleStore,
};
