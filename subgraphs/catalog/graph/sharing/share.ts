import { advanceSharingRequest } from '../../rules/sharing/advance-sharing-request.ts';
import { endSharingGrant } from '../../rules/sharing/end-sharing-grant.ts';
import { submitSharingRequest } from '../../rules/sharing/submit-sharing-request.ts';
import { builder } from '../builder.ts';
import { grantLoader, requestLoader, SharingGrant, SharingRequest } from '../matters/entities.ts';
import { asPayload, definePayload, IDEMPOTENCY_KEY } from '../matters/payload.ts';
import { SharingMode, SharingRequestEvent } from '../matters/vocabulary.ts';

const SubmitInput = builder.inputType('SubmitSharingRequestInput', {
  description: '共享申请 What is asked for, why, for what, where and how long. What is left out is told in one list.',
  fields: (t) => ({
    legalBasisCode: t.string({ description: '合法性基础 Code of legalBases.' }),
    basisText: t.string({ description: '使用依据 Which duty by which law; 2 to 500 characters.' }),
    scenarioCode: t.string({ description: '使用场景 Code of useScenarios.' }),
    purposeText: t.string({ description: '使用目的 What for; 2 to 500 characters.' }),
    coordinates: t.stringList({ description: '信息项 Items of one source, as Type.field; up to 100.' }),
    divisionCodes: t.stringList({ description: '区域范围 Divisions or grids within the client’s area; up to 50.' }),
    rowsText: t.string({ description: '数据范围说明 Which rows, in words.' }),
    mode: t.field({ type: SharingMode, description: '共享方式 Mode.' }),
    validFrom: t.field({ type: 'LocalDate', description: '使用开始日期 First day; today when left out.' }),
    validUntil: t.field({ type: 'LocalDate', description: '使用截止日期 Last day.' }),
    idempotencyKey: t.string(IDEMPOTENCY_KEY),
  }),
});

const AdvanceInput = builder.inputType('AdvanceSharingRequestInput', {
  description: '申请流转 Which step to take with which request.',
  fields: (t) => ({
    id: t.id({ required: true, description: '共享申请 The request.' }),
    event: t.field({ type: SharingRequestEvent, required: true, description: '流转 The step.' }),
    note: t.string({ description: '理由或说明 The reason; up to 500 characters.' }),
    idempotencyKey: t.string(IDEMPOTENCY_KEY),
  }),
});

const EndInput = builder.inputType('EndSharingGrantInput', {
  description: '终止共享 Which grant to end before its time, and why.',
  fields: (t) => ({
    grantId: t.id({ required: true, description: '共享授权 The grant.' }),
    reason: t.string({ required: true, description: '终止原因 2 to 500 characters.' }),
    idempotencyKey: t.string(IDEMPOTENCY_KEY),
  }),
});

const request = {
  field: 'request',
  type: SharingRequest,
  loader: requestLoader,
  zh: '共享申请',
  en: 'The request.',
};
const SubmitPayload = definePayload('SubmitSharingRequest', request, ['INCOMPLETE']);
const AdvancePayload = definePayload('AdvanceSharingRequest', request, ['TRANSITION']);
const EndPayload = definePayload('EndSharingGrant', {
  field: 'grant',
  type: SharingGrant,
  loader: grantLoader,
  zh: '共享授权',
  en: 'The grant.',
});

builder.mutationFields((t) => ({
  submitSharingRequest: t.field({
    type: SubmitPayload,
    nullable: true,
    description: '提出共享申请 Asks the source of some items to share them; starts the clock of its answer.',
    card: { right: 'sharing.write' },
    args: { input: t.arg({ type: SubmitInput, required: true, description: '输入 What is asked.' }) },
    resolve: async (_root, { input }, context) => {
      const result = await submitSharingRequest(context, input);
      context.loaders.clear();
      return asPayload('SubmitSharingRequest', result);
    },
  }),
  advanceSharingRequest: t.field({
    type: AdvancePayload,
    nullable: true,
    description: '办理共享申请 Answers, supplements, disputes or decides a request; approval makes the grant at once.',
    card: { right: 'sharing.write' },
    args: { input: t.arg({ type: AdvanceInput, required: true, description: '输入 Which step.' }) },
    resolve: async (_root, { input }, context) => {
      const result = await advanceSharingRequest(context, { ...input, id: String(input.id) });
      context.loaders.clear();
      return asPayload('AdvanceSharingRequest', result);
    },
  }),
  endSharingGrant: t.field({
    type: EndPayload,
    nullable: true,
    description: '终止共享 Ends a grant early: at once by its user, after notice by its provider.',
    card: { right: 'sharing.write' },
    args: { input: t.arg({ type: EndInput, required: true, description: '输入 Which grant and why.' }) },
    resolve: async (_root, { input }, context) => {
      const result = await endSharingGrant(context, { ...input, grantId: String(input.grantId) });
      context.loaders.clear();
      return asPayload('EndSharingGrant', result);
    },
  }),
}));
