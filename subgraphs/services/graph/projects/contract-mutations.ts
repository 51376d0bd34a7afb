import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { advanceContract, enrolBeneficiary, payContract, signContract } from '../../rules/projects/contract.ts';
import { contractMachine } from '../../rules/projects/contract-machine.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder } from '../builder.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { eventEnum } from '../machine-events.ts';
import { plainRefusals, stepRefusals } from '../refusal-lists.ts';
import { Contract, contractLoader } from './project-entities.ts';
import { BeneficiaryNeedType, ContractKindType, PurchaseModeType, ServiceFieldType } from './vocabulary.ts';

const result = {
  field: 'contract',
  type: Contract,
  description: '合同 The contract as it stands now.',
  load: ({ contractId }: { contractId: string }, context: SubgraphContext<ServicesStore>) =>
    contractLoader.load(contractId, context),
};
const card = { source: 'civil-affairs', right: 'contract.write' } as const;
const CONTRACT = '合同 The contract, inside the caller’s area.';

defineMutation(builder, {
  name: 'signContract',
  description: '签订合同 Signs a contract out of the caller’s department’s money; never more than is left.',
  card,
  input: builder.inputType('SignContractInput', {
    description: '合同 What, from whom, for how much.',
    fields: (t) => ({
      kind: t.field({ type: ContractKindType, required: true, description: '种类 Kind.' }),
      mode: t.field({ type: PurchaseModeType, description: '购买方式 Of a purchase, and only of one.' }),
      field: t.field({ type: ServiceFieldType, required: true, description: '领域 Field.' }),
      title: t.string({ required: true, description: '项目名称 2 to 120 characters.' }),
      communityId: t.id({
        references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
        required: true,
        description: '社区 The community, inside the caller’s area.',
      }),
      supplierId: t.id({
        references: { type: 'Organization', refusal: 'SUPPLIER_NOT_FOUND' },
        required: true,
        description: '承接组织 Who provides it.',
      }),
      fundingId: t.id({
        required: true,
        description: '经费 Money of the caller’s department and of the kind’s source.',
      }),
      projectId: t.id({ description: '民需项目 The project that it belongs to.' }),
      amountYuan: t.int({ required: true, description: '金额 In yuan.' }),
      startsOn: t.field({ type: 'LocalDate', required: true, description: '开始日期 First day.' }),
      endsOn: t.field({ type: 'LocalDate', required: true, description: '结束日期 Last day.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => signContract(context, input),
  result,
});

defineMutation(builder, {
  name: 'advanceContract',
  description: '推进合同 Begins, accepts, closes or terminates a contract.',
  card,
  input: builder.inputType('AdvanceContractInput', {
    description: '推进 Which step.',
    fields: (t) => ({
      contractId: t.id({ required: true, description: CONTRACT }),
      event: t.field({
        type: eventEnum('ContractEvent', contractMachine),
        required: true,
        description: '流转 What to do.',
      }),
      note: t.string({ description: '说明 2 to 500 characters.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: stepRefusals,
  run: (input, context) => advanceContract(context, input),
  result,
});

defineMutation(builder, {
  name: 'payContract',
  description: '支付合同款 Pays a part; never more than is owed.',
  card,
  input: builder.inputType('PayContractInput', {
    description: '付款 How much, for what.',
    fields: (t) => ({
      contractId: t.id({ required: true, description: CONTRACT }),
      amountYuan: t.int({ required: true, description: '金额 In yuan.' }),
      purpose: t.string({ required: true, description: '用途 2 to 120 characters.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => payContract(context, input),
  result,
});

defineMutation(builder, {
  name: 'enrolBeneficiary',
  description: '登记受益对象 Enrols whom a contract serves.',
  card: { source: 'civil-affairs', right: 'beneficiary.write' },
  input: builder.inputType('EnrolBeneficiaryInput', {
    description: '受益对象 Who, why, from when.',
    fields: (t) => ({
      contractId: t.id({ required: true, description: CONTRACT }),
      personId: t.id({
        references: { type: 'Person', refusal: 'PERSON_NOT_FOUND' },
        required: true,
        description: '对象 The person.',
      }),
      need: t.field({ type: BeneficiaryNeedType, required: true, description: '需求 Why.' }),
      servedFrom: t.field({ type: 'LocalDate', required: true, description: '起 Within the contract’s period.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => enrolBeneficiary(context, input),
  result,
});
