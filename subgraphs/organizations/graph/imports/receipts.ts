import { defineImports } from '../../../kit/graph/import-types.ts';
import { organizationsDataset } from '../../datasets/organizations-dataset.ts';
import { builder, PageInfo } from '../builder.ts';

defineImports(builder, PageInfo, {
  subgraph: 'organizations',
  title: 'Organizations',
  datasets: [organizationsDataset],
});
