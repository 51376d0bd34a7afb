import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { issuePolicyDocument, repealPolicyDocument } from '../../rules/registers/policy-documents.ts';
import { builder, refusalTypes } from '../builder.ts';
import { PolicyDocument, policyDocumentLoader } from '../entities.ts';
import type { Context } from '../entity-loading.ts';
import { IDEMPOTENCY_KEY_DESCRIPTION } from '../mutations.ts';
import { PolicyDocumentKind, PolicyProvisionKind, PolicyTheme } from './policy.ts';

const REFUSALS = [refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict];
const WRITE_CARD = { source: 'civil-affairs', right: 'organization.write' } as const;
const RESULT = {
  field: 'document',
  type: PolicyDocument,
  description: '政策文件 The paper as it now is.',
  load: ({ documentId }: { readonly documentId: string }, context: Context) =>
    policyDocumentLoader.load(documentId, context),
};

const PolicyProvisionInput = builder.inputType('PolicyProvisionInput', {
  description: '文件条目 One item that a paper enumerates.',
  fields: (t) => ({
    kind: t.field({ type: PolicyProvisionKind, required: true, description: '类型 Kind.' }),
    name: t.string({ description: '名称 1 to 120 characters; left out: 待补.' }),
  }),
});

defineMutation(builder, {
  name: 'issuePolicyDocument',
  description: '登记政策文件 Enters a paper into the city’s tree of papers, with what it enumerates.',
  card: WRITE_CARD,
  input: builder.inputType('IssuePolicyDocumentInput', {
    description: '政策文件 Which paper, by whom, under which.',
    fields: (t) => ({
      cityCode: t.string({ required: true, description: '市代码 4 digits.' }),
      title: t.string({ required: true, description: '标题 2 to 120 characters.' }),
      kind: t.field({ type: PolicyDocumentKind, required: true, description: '类型 Kind.' }),
      theme: t.field({ type: PolicyTheme, required: true, description: '主题 Theme.' }),
      issuer: t.string({ required: true, description: '发文机关 2 to 120 characters.' }),
      issuedOn: t.field({ type: 'LocalDate', required: true, description: '印发日期 Day.' }),
      inForce: t.boolean({ required: true, description: '是否已施行 False: planned.' }),
      parentId: t.id({ description: '上位文件 The paper that it carries out.' }),
      provisions: t.field({ type: [PolicyProvisionInput], description: '条目 In their order, 100 at most.' }),
      idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => issuePolicyDocument(context, input),
  result: RESULT,
});

defineMutation(builder, {
  name: 'repealPolicyDocument',
  description: '废止政策文件 Repeals a paper that no other live one carries out; it stays on record.',
  card: WRITE_CARD,
  input: builder.inputType('RepealPolicyDocumentInput', {
    description: '废止 Which paper, from when.',
    fields: (t) => ({
      documentId: t.id({ required: true, description: '政策文件 The paper.' }),
      repealedOn: t.field({ type: 'LocalDate', required: true, description: '废止日期 First day without it.' }),
      idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => repealPolicyDocument(context, input),
  result: RESULT,
});
