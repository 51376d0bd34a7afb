import { globalId } from '../../../kit/global-id.ts';
import { ACCESS_SUBJECT, personSubject } from '../../../kit/graph/access-subject.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { issueCertificate } from '../../rules/certificates/issue-certificate.ts';
import { issuedCertificateList } from '../../store/certificates/certificate-rows.ts';
import { builder, Department, Person } from '../builder.ts';
import {
  CertificateItem,
  certificateItemLoader,
  IssuedCertificate,
  IssuedCertificateConnection,
  issuedCertificateLoader,
} from '../entities.ts';
import { communityField, entityFields } from '../entity-fields.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { plainRefusals } from '../refusal-lists.ts';

IssuedCertificate.implement({
  description: '开具的证明 A stamped certificate that was issued.',
  card: { source: 'civil-affairs', sharing: 'CONDITIONAL', grade: 2, category: 'GOVERNMENT', updateCycle: 'REALTIME' },
  entity: issuedCertificateLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    accessSubject: t.id({
      ...ACCESS_SUBJECT,
      reads: ['personId'],
      resolve: ({ personId }) => personSubject(personId),
    }),
    ...entityFields(t, 'IssuedCertificate'),
    certificateNumber: t.exposeString('certificateNumber', { description: '证明编号 Number that stands on it.' }),
    item: t.field({
      type: CertificateItem,
      nullable: true,
      description: '证明事项 What it certifies.',
      card: KEY_CARD,
      ...certificateItemLoader.below(({ certificateItemId }: { readonly certificateItemId: string }) =>
        globalId('CertificateItem', certificateItemId),
      ),
    }),
    person: t.field({
      type: Person,
      nullable: true,
      description: '证明对象 Whom it is about.',
      card: { right: 'service.applicant', grade: 3, category: 'PERSONAL' },
      resolve: ({ personId }) => ({ id: globalId('Person', personId) }),
    }),
    purpose: t.exposeString('purpose', { description: '用途 What it is for; no personal numbers.' }),
    issuer: t.field({
      type: Department,
      description: '开具单位 Who stamped it.',
      resolve: (row) => ({ code: row.issuerDepartmentCode }),
    }),
    issuedAt: t.expose('issuedAt', { type: 'DateTime', description: '开具时间 When.' }),
    community: communityField(t),
  }),
});

builder.queryField('issuedCertificates', (t) =>
  t.field({
    type: IssuedCertificateConnection,
    description: '证明开具台账 Certificates issued in the caller’s area, the newest first.',
    args: {
      ...pageArguments(t.arg),
      divisionCode: t.arg.string({ description: '区划代码 4, 6, 9 or 12 digits.' }),
    },
    resolve: (_root, { divisionCode, ...page }, context, info) =>
      rootPage(issuedCertificateList, page, { sort: 'ISSUED_AT', filter: { divisionCode } }, context, info),
  }),
);

const IssueCertificateInput = builder.inputType('IssueCertificateInput', {
  description: '出具证明 Which certificate, about whom, what for.',
  fields: (t) => ({
    certificateCode: t.string({ required: true, description: '证明事项代码 Code in the list.' }),
    personId: t.id({
      references: { type: 'Person', refusal: 'PERSON_NOT_FOUND' },
      required: true,
      description: '证明对象 The person, inside the caller’s area.',
    }),
    communityId: t.id({
      references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
      required: true,
      description: '出具社区 The community that stamps it, inside the caller’s area.',
    }),
    purpose: t.string({ required: true, description: '用途 2 to 200 characters.' }),
    idempotencyKey: idempotencyKey(t),
  }),
});

defineMutation(builder, {
  name: 'issueCertificate',
  description:
    '出具证明 Issues a certificate that the list allows; a removed one is refused with the check that replaces it.',
  card: { source: 'civil-affairs', right: 'certificate.issue' },
  input: IssueCertificateInput,
  refusals: plainRefusals,
  run: (input, context) => issueCertificate(context, input),
  result: {
    field: 'certificate',
    type: IssuedCertificate,
    description: '证明 The certificate.',
    load: ({ certificateId }, context) => issuedCertificateLoader.load(certificateId, context),
  },
});
