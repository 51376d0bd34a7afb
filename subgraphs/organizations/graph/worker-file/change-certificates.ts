import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { recordWorkerCertificate, revokeWorkerCertificate } from '../../rules/workforce/certificates.ts';
import { builder, refusalTypes } from '../builder.ts';
import { Certificate, certificateLoader } from '../entities.ts';
import type { Context } from '../entity-loading.ts';
import { IDEMPOTENCY_KEY_DESCRIPTION } from '../mutations.ts';
import { SocialWorkCertificate } from '../vocabulary.ts';

const REFUSALS = [refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict];
const WRITE_CARD = { source: 'human-resources', right: 'workforce.write' } as const;
const RESULT = {
  field: 'certificate',
  type: Certificate,
  description: '证书 The certificate as it now is.',
  load: ({ certificateId }: { readonly certificateId: string }, context: Context) =>
    certificateLoader.load(certificateId, context),
};

defineMutation(builder, {
  name: 'recordWorkerCertificate',
  description: '登记职业水平证书 Records a certificate that a worker gained; a number is given once.',
  card: WRITE_CARD,
  input: builder.inputType('RecordWorkerCertificateInput', {
    description: '证书 Whose, of which level, under which number.',
    fields: (t) => ({
      workerId: t.id({ required: true, description: '社区工作者 The worker.' }),
      level: t.field({ type: SocialWorkCertificate, required: true, description: '级别 Level.' }),
      certificateNumber: t.string({ required: true, description: '证书编号 6 to 40 letters, digits or hyphens.' }),
      passedYear: t.int({ required: true, description: '取得年份 Year in which it was gained.' }),
      idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => recordWorkerCertificate(context, input),
  result: RESULT,
});

defineMutation(builder, {
  name: 'revokeWorkerCertificate',
  description: '注销职业水平证书 Revokes a certificate; a live registration that it carries ends with it.',
  card: WRITE_CARD,
  input: builder.inputType('RevokeWorkerCertificateInput', {
    description: '注销证书 Which one, when and why.',
    fields: (t) => ({
      certificateId: t.id({ required: true, description: '证书 The certificate.' }),
      revokedOn: t.field({ type: 'LocalDate', required: true, description: '注销日期 First day without it.' }),
      reason: t.string({ required: true, description: '原因 2 to 80 characters.' }),
      idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => revokeWorkerCertificate(context, input),
  result: RESULT,
});
