import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { preAccept, submitMyRequest, submitRequest } from '../../rules/window/open-request.ts';
import { supplyMaterials } from '../../rules/window/supply-materials.ts';
import { AttachmentInput } from '../attachment.ts';
import { builder } from '../builder.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { ownCall } from '../own-call.ts';
import { plainRefusals, stepRefusals } from '../refusal-lists.ts';
import { requestResult } from './request-result.ts';
import { ServiceChannel } from './service-request.ts';

type InputFields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0];

const GivenMaterialInput = builder.inputType('GivenMaterialInput', {
  description: '提交的材料 A material that the applicant gives.',
  fields: (t) => ({
    code: t.string({ required: true, description: '材料代码 As in the guide.' }),
    attachments: t.field({
      type: [AttachmentInput],
      description: '附件 References to files, 9 at most in all; none for paper that was shown at the window.',
    }),
  }),
});

/** Registers of other subgraphs that hold materials; what they hold fills them. */
const FACTS = ['heldMaterials', 'heldPartyMaterials'];

const openFields = (t: InputFields) => ({
  itemCode: t.string({ required: true, description: '事项编码 Code of the item.' }),
  applicantId: t.id({
    references: { type: 'Person', refusal: 'PERSON_NOT_FOUND', facts: FACTS },
    description: '申请人 Who applies, inside the caller’s area; this or applicantNumber.',
  }),
  applicantNumber: t.string({
    references: { type: 'Person', refusal: 'PERSON_NOT_FOUND', facts: FACTS, by: 'citizenId' },
    card: { source: 'public-security', right: 'person.identity', category: 'SENSITIVE_PERSONAL', grade: 4 },
    description: '申请人公民身份号码 The one number by which anybody may apply (一号申请); it is not kept.',
  }),
  communityId: t.id({
    references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
    required: true,
    description: '受理社区 Where it is taken in, inside the caller’s area.',
  }),
  channel: t.field({ type: ServiceChannel, required: true, description: '办理渠道 How it came in.' }),
  firstContactId: t.id({
    references: { type: 'CommunityWorker', refusal: 'WORKER_NOT_FOUND' },
    description: '首问责任人 The worker who was asked first; by default the one whom the token names.',
  }),
  given: t.field({ type: [GivenMaterialInput], description: '已提交的材料 What the applicant gives.' }),
  idempotencyKey: idempotencyKey(t),
});

defineMutation(builder, {
  name: 'preAccept',
  description:
    '预受理 Fills an item’s materials from the departments’ registers and from earlier requests, and tells once all that is missing.',
  card: { source: 'government-service', right: 'service-request.intake' },
  input: builder.inputType('PreAcceptInput', {
    description: '预受理 Who asks for which item, where.',
    fields: openFields,
  }),
  refusals: plainRefusals,
  run: (input, context) => preAccept(context, input),
  result: requestResult,
});

defineMutation(builder, {
  name: 'submitRequest',
  description:
    '一窗受理 Submits a request at one window: complete, it waits for acceptance; otherwise for what is missing, which is told once.',
  card: { source: 'government-service', right: 'service-request.intake' },
  input: builder.inputType('SubmitRequestInput', {
    description: '提交申请 Who asks for which item, where.',
    fields: openFields,
  }),
  refusals: plainRefusals,
  run: (input, context) => submitRequest(context, input),
  result: requestResult,
});

defineMutation(builder, {
  name: 'submitMyRequest',
  description:
    '本人申办 Submits a request of the person whom the token names: what the registers hold of him is filled in, what is missing is told once. The item’s department handles it.',
  card: { source: 'government-service', right: 'own.submit' },
  input: builder.inputType('SubmitMyRequestInput', {
    description: '本人申办 Which item the person of the token asks for, where.',
    fields: (t) => ({
      itemCode: t.string({ required: true, description: '事项编码 Code of the item.' }),
      applicantId: t.id({
        references: { type: 'Person', refusal: 'PERSON_NOT_FOUND', facts: FACTS },
        required: true,
        description: '申请人 The person whom the token names; nobody else.',
      }),
      communityId: t.id({
        references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
        required: true,
        description: '受理社区 Where it is asked for.',
      }),
      channel: t.field({ type: ServiceChannel, required: true, description: '办理渠道 A channel without a desk.' }),
      given: t.field({ type: [GivenMaterialInput], description: '已提交的材料 What is given with it.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => submitMyRequest(ownCall(context), input),
  result: requestResult,
});

defineMutation(builder, {
  name: 'supplyMaterials',
  description:
    '补交材料 Takes materials in, from the window or from the applicant himself; when nothing necessary is missing the request is submitted.',
  card: { source: 'government-service', right: 'service-request.step' },
  input: builder.inputType('SupplyMaterialsInput', {
    description: '补交材料 What is given to which request.',
    fields: (t) => ({
      requestId: t.id({ required: true, description: '办件 The request: in the caller’s area, or his own.' }),
      given: t.field({
        type: [GivenMaterialInput],
        required: true,
        description: '材料 What is given; may be none, to submit.',
      }),
      note: t.string({ description: '备注 2 to 500 characters.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: stepRefusals,
  run: (input, context) => supplyMaterials(context, input),
  result: requestResult,
});
