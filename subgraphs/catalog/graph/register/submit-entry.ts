import { advanceSubmission } from '../../rules/register/advance-submission.ts';
import { submitCatalogueEntry } from '../../rules/register/submit-catalogue-entry.ts';
import { builder } from '../builder.ts';
import { CatalogueSubmission, submissionLoader } from '../matters/entities.ts';
import { asPayload, definePayload, IDEMPOTENCY_KEY } from '../matters/payload.ts';
import { CatalogueSubmissionEvent, SubmissionKind } from '../matters/vocabulary.ts';
import { DataCategory, SharingAttribute, UpdateCycle } from '../vocabulary.ts';

const Secrecy = builder.enumType('Secrecy', {
  description: '涉密程度 Whether an item is a secret.',
  values: {
    NONE: { description: '不涉密 No secret.' },
    WORK_SECRET: { description: '工作秘密 A work secret: not catalogued.' },
    STATE_SECRET: { description: '国家秘密 A state secret: not catalogued.' },
  },
});

const CardInput = builder.inputType('CatalogueCardInput', {
  description: '目录内容 What the catalogue shall say of an item; its source is the submitting department.',
  fields: (t) => ({
    sharing: t.field({ type: SharingAttribute, required: true, description: '共享属性 Sharing attribute.' }),
    sharingBasis: t.string({
      description: '依据或条件 Legal ground where it is not shared; conditions where it is shared on conditions.',
    }),
    grade: t.int({ required: true, description: '数据分级 1 (public) to 4 (most sensitive).' }),
    category: t.field({ type: DataCategory, required: true, description: '数据分类 Category.' }),
    updateCycle: t.field({ type: UpdateCycle, required: true, description: '更新周期 Update cycle.' }),
    unit: t.string({ description: '计量单位 Unit, where it is a quantity.' }),
    mask: t.string({ description: '脱敏规则 How it is masked.' }),
    secrecy: t.field({ type: Secrecy, description: '涉密程度 Secrets are refused.' }),
  }),
});

const SubmitInput = builder.inputType('SubmitCatalogueEntryInput', {
  description: '目录送审 Which item to catalogue, and how.',
  fields: (t) => ({
    kind: t.field({ type: SubmissionKind, required: true, description: '送审类型 What is asked.' }),
    coordinate: t.string({ required: true, description: '信息项坐标 Type.field, e.g. Person.name.' }),
    itemName: t.string({ required: true, description: '信息项名称 2 to 80 characters.' }),
    card: t.field({ type: CardInput, required: true, description: '目录内容 The card.' }),
    exceptionGround: t.string({ description: '例外依据 Why a second department has to collect it.' }),
    idempotencyKey: t.string(IDEMPOTENCY_KEY),
  }),
});

const AdvanceInput = builder.inputType('AdvanceCatalogueSubmissionInput', {
  description: '送审流转 Which step to take with which submission.',
  fields: (t) => ({
    id: t.id({ required: true, description: '送审单 The submission.' }),
    event: t.field({ type: CatalogueSubmissionEvent, required: true, description: '流转 The step.' }),
    note: t.string({ description: '意见 Up to 500 characters.' }),
    card: t.field({ type: CardInput, description: '修改后的目录内容 The corrected card, with RESUBMIT.' }),
    idempotencyKey: t.string(IDEMPOTENCY_KEY),
  }),
});

const entity = {
  field: 'submission',
  type: CatalogueSubmission,
  loader: submissionLoader,
  zh: '送审单',
  en: 'The submission.',
};
const SubmitPayload = definePayload('SubmitCatalogueEntry', entity);
const AdvancePayload = definePayload('AdvanceCatalogueSubmission', entity, ['TRANSITION']);

builder.mutationFields((t) => ({
  submitCatalogueEntry: t.field({
    type: SubmitPayload,
    nullable: true,
    description: '目录送审 Submits an item to the catalogue; one source per item.',
    card: { right: 'sharing.write' },
    args: { input: t.arg({ type: SubmitInput, required: true, description: '输入 What to submit.' }) },
    resolve: async (_root, { input }, context) => {
      const result = await submitCatalogueEntry(context, input);
      context.loaders.clear();
      return asPayload('SubmitCatalogueEntry', result);
    },
  }),
  advanceCatalogueSubmission: t.field({
    type: AdvancePayload,
    nullable: true,
    description: '目录审核与发布 Reviews, returns, corrects, publishes or withdraws a submission.',
    card: { right: 'sharing.write' },
    args: { input: t.arg({ type: AdvanceInput, required: true, description: '输入 Which step.' }) },
    resolve: async (_root, { input }, context) => {
      const result = await advanceSubmission(context, { ...input, id: String(input.id) });
      context.loaders.clear();
      return asPayload('AdvanceCatalogueSubmission', result);
    },
  }),
}));
