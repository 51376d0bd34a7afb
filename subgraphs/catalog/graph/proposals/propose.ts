import { advanceProposal } from '../../rules/proposals/advance-proposal.ts';
import { signSchemaProposal } from '../../rules/proposals/sign-proposal.ts';
import { submitSchemaProposal } from '../../rules/proposals/submit-proposal.ts';
import { builder } from '../builder.ts';
import { proposalLoader, SchemaProposal } from '../matters/entities.ts';
import { asPayload, definePayload, IDEMPOTENCY_KEY } from '../matters/payload.ts';
import { SchemaProposalEvent } from '../matters/vocabulary.ts';
import { ProposedContractInput } from '../schema/schema-check.ts';

const SubmitInput = builder.inputType('SubmitSchemaProposalInput', {
  description: '图谱提案 Which contracts to change, and why.',
  fields: (t) => ({
    title: t.string({ required: true, description: '名称 2 to 80 characters.' }),
    reason: t.string({ required: true, description: '理由 2 to 500 characters.' }),
    contracts: t.field({
      type: [ProposedContractInput],
      required: true,
      description: '契约 The contracts of one or more subgraphs as they are to be.',
    }),
    idempotencyKey: t.string(IDEMPOTENCY_KEY),
  }),
});

const AdvanceInput = builder.inputType('AdvanceSchemaProposalInput', {
  description: '提案流转 Which step to take with which proposal.',
  fields: (t) => ({
    id: t.id({ required: true, description: '提案 The proposal.' }),
    event: t.field({ type: SchemaProposalEvent, required: true, description: '流转 The step.' }),
    note: t.string({ description: '意见 Up to 500 characters.' }),
    contracts: t.field({ type: [ProposedContractInput], description: '修改后的契约 The contracts, with REVISE.' }),
    idempotencyKey: t.string(IDEMPOTENCY_KEY),
  }),
});

const SignInput = builder.inputType('SignSchemaProposalInput', {
  description: '会签 Whether the own department agrees.',
  fields: (t) => ({
    id: t.id({ required: true, description: '提案 The proposal.' }),
    agreed: t.boolean({ required: true, description: '是否同意 Whether it agrees.' }),
    note: t.string({ description: '意见 Up to 500 characters; needed for an objection.' }),
    idempotencyKey: t.string(IDEMPOTENCY_KEY),
  }),
});

const entity = { field: 'proposal', type: SchemaProposal, loader: proposalLoader, zh: '提案', en: 'The proposal.' };
const SubmitPayload = definePayload('SubmitSchemaProposal', entity);
const AdvancePayload = definePayload('AdvanceSchemaProposal', entity, ['TRANSITION']);
const SignPayload = definePayload('SignSchemaProposal', entity);

builder.mutationFields((t) => ({
  submitSchemaProposal: t.field({
    type: SubmitPayload,
    nullable: true,
    description: '提出图谱变更 Proposes a change of one or more contracts.',
    card: { right: 'schema.propose' },
    args: { input: t.arg({ type: SubmitInput, required: true, description: '输入 What to propose.' }) },
    resolve: async (_root, { input }, context) => {
      const result = await submitSchemaProposal(context, input);
      context.loaders.clear();
      return asPayload('SubmitSchemaProposal', result);
    },
  }),
  advanceSchemaProposal: t.field({
    type: AdvancePayload,
    nullable: true,
    description:
      '评审与发布图谱变更 Revises, reviews, returns, approves, publishes, rejects or withdraws a proposal. A publication is refused while owners have not signed or clients still use what goes.',
    card: { right: 'schema.propose' },
    args: { input: t.arg({ type: AdvanceInput, required: true, description: '输入 Which step.' }) },
    resolve: async (_root, { input }, context) => {
      const result = await advanceProposal(context, { ...input, id: String(input.id) }, context.trace);
      context.loaders.clear();
      return asPayload('AdvanceSchemaProposal', result);
    },
  }),
  signSchemaProposal: t.field({
    type: SignPayload,
    nullable: true,
    description: '会签图谱变更 Says, for the own department, whether it agrees to what changes of its data.',
    card: { right: 'schema.propose' },
    args: { input: t.arg({ type: SignInput, required: true, description: '输入 The department’s word.' }) },
    resolve: async (_root, { input }, context) => {
      const result = await signSchemaProposal(context, { ...input, id: String(input.id) });
      context.loaders.clear();
      return asPayload('SignSchemaProposal', result);
    },
  }),
}));
