import { findUuidKey } from '../../../kit/global-id.ts';
import { defineConnection } from '../../../kit/graph/connection.ts';
import { entityLoader } from '../../../kit/graph/entity-loader.ts';
import { placeRows, REFERENCE_ROWS } from '../../../kit/graph/row-scope.ts';
import { type DemandProjectRow, type DemandRow, demandTable, projectTable } from '../../store/demands/demand-rows.ts';
import { type LinkageRow, linkageTable } from '../../store/demands/linkage-rows.ts';
import {
  type BeneficiaryRow,
  beneficiaryTable,
  type ContractRow,
  contractTable,
} from '../../store/projects/contract-rows.ts';
import { type FundingRow, fundingTable } from '../../store/projects/funding-rows.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder, PageInfo } from '../builder.ts';

/** The entities of the way from a demand to a project and its money; each file says what its own has. */
export const Funding = builder.objectRef<FundingRow>('Funding');
export const FundingConnection = defineConnection(builder, 'Funding', Funding, PageInfo);
export const fundingLoader = entityLoader<FundingRow, ServicesStore>(
  'Funding',
  REFERENCE_ROWS,
  (id) => findUuidKey('Funding', id),
  (keys, context) => fundingTable.find(context.store, keys, context.caller, context.trace),
);

export const Contract = builder.objectRef<ContractRow>('Contract');
export const ContractConnection = defineConnection(builder, 'Contract', Contract, PageInfo);
export const contractLoader = entityLoader<ContractRow, ServicesStore>(
  'Contract',
  placeRows('services.contract'),
  (id) => findUuidKey('Contract', id),
  (keys, context) => contractTable.find(context.store, keys, context.caller, context.trace),
);

export const Beneficiary = builder.objectRef<BeneficiaryRow>('Beneficiary');
export const BeneficiaryConnection = defineConnection(builder, 'Beneficiary', Beneficiary, PageInfo);
export const beneficiaryLoader = entityLoader<BeneficiaryRow, ServicesStore>(
  'Beneficiary',
  placeRows('services.beneficiary'),
  (id) => findUuidKey('Beneficiary', id),
  (keys, context) => beneficiaryTable.find(context.store, keys, context.caller, context.trace),
);

export const Demand = builder.objectRef<DemandRow>('Demand');
export const DemandConnection = defineConnection(builder, 'Demand', Demand, PageInfo);
export const demandLoader = entityLoader<DemandRow, ServicesStore>(
  'Demand',
  placeRows('services.demand'),
  (id) => findUuidKey('Demand', id),
  (keys, context) => demandTable.find(context.store, keys, context.caller, context.trace),
);

export const DemandProject = builder.objectRef<DemandProjectRow>('DemandProject');
export const DemandProjectConnection = defineConnection(builder, 'DemandProject', DemandProject, PageInfo);
export const demandProjectLoader = entityLoader<DemandProjectRow, ServicesStore>(
  'DemandProject',
  placeRows('services.demand_project'),
  (id) => findUuidKey('DemandProject', id),
  (keys, context) => projectTable.find(context.store, keys, context.caller, context.trace),
);

export const Linkage = builder.objectRef<LinkageRow>('Linkage');
export const LinkageConnection = defineConnection(builder, 'Linkage', Linkage, PageInfo);
export const linkageLoader = entityLoader<LinkageRow, ServicesStore>(
  'Linkage',
  placeRows('services.linkage'),
  (id) => findUuidKey('Linkage', id),
  (keys, context) => linkageTable.find(context.store, keys, context.caller, context.trace),
);
