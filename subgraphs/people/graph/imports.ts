import { defineImports } from '../../kit/graph/import-types.ts';
import { householdsDataset } from '../datasets/households-dataset.ts';
import { peopleDataset } from '../datasets/people-dataset.ts';
import { builder, PageInfo } from './builder.ts';

defineImports(builder, PageInfo, {
  subgraph: 'people',
  title: 'People',
  datasets: [peopleDataset, householdsDataset],
});
