import type { DataCard } from '../../../kit/graph/data-card.ts';
import {
  beneficiaryNeeds,
  contractKinds,
  fundingPurposes,
  fundingSources,
  purchaseModes,
  serviceFields,
} from '../../rules/projects/vocabulary.ts';
import { namedEnum } from '../named-enum.ts';

export const ServiceFieldType = namedEnum('ServiceField', '服务领域 What a service is for.', serviceFields);
export const FundingSourceType = namedEnum('FundingSourceKind', '资金来源 Where money comes from.', fundingSources);
export const FundingPurposeType = namedEnum('FundingPurpose', '资金用途 What money is for.', fundingPurposes);
export const ContractKindType = namedEnum(
  'ContractKind',
  '合同种类 Purchased, granted or paid socially.',
  contractKinds,
);
export const PurchaseModeType = namedEnum('PurchaseMode', '购买方式 How a service is purchased.', purchaseModes);
export const BeneficiaryNeedType = namedEnum('BeneficiaryNeed', '服务需求 Why somebody is served.', beneficiaryNeeds);

export const PROJECT_CARD: DataCard = {
  source: 'civil-affairs',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'ON_CHANGE',
};
/** Public money is published. */
export const MONEY_CARD: DataCard = { ...PROJECT_CARD, sharing: 'UNCONDITIONAL', grade: 1, category: 'PUBLIC' };
export const YUAN = { unit: '元 yuan' } as const;
