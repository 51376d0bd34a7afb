import { globalId } from '../../../kit/global-id.ts';
import { ACCESS_SUBJECT, personSubject } from '../../../kit/graph/access-subject.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { workerCertificates } from '../../store/workforce/worker-file-rows.ts';
import { builder, Person, Provenance } from '../builder.ts';
import { WORKFORCE_CARD } from '../cards.ts';
import { Certificate, CommunityWorker, certificateLoader } from '../entities.ts';
import { loadShortList } from '../entity-loading.ts';
import { SocialWorkCertificate } from '../vocabulary.ts';

Certificate.implement({
  description: '社会工作者职业水平证书 A certificate of social work that somebody holds.',
  card: { ...WORKFORCE_CARD, source: 'human-resources' },
  entity: certificateLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    accessSubject: t.id({
      ...ACCESS_SUBJECT,
      reads: ['personId'],
      resolve: ({ personId }) => personSubject(personId),
    }),
    id: t.id({ description: '全局编号 Global id.', card: KEY_CARD, resolve: ({ id }) => globalId('Certificate', id) }),
    level: t.field({ type: SocialWorkCertificate, description: '级别 Level.', resolve: ({ level }) => level }),
    certificateNumber: t.exposeString('certificateNumber', { description: '证书编号 Number of the certificate.' }),
    passedYear: t.exposeInt('passedYear', { description: '取得年份 Year in which it was gained.' }),
    revokedOn: t.expose('revokedOn', {
      type: 'LocalDate',
      nullable: true,
      description: '注销日期 First day on which it is no longer valid; null while it is.',
    }),
    revokeReason: t.exposeString('revokeReason', { nullable: true, description: '注销原因 Why it was revoked.' }),
    person: t.field({
      type: Person,
      nullable: true,
      description: '持证人 Who holds it.',
      card: KEY_CARD,
      resolve: ({ personId }) => ({ id: globalId('Person', personId) }),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (certificate, _args, context) => loadProvenance(certificate.provenanceId, context),
    }),
  }),
});

builder.objectField(CommunityWorker, 'certificates', (t) =>
  t.field({
    type: [Certificate],
    description: '证书 Certificates of the worker, newest first.',
    card: KEY_CARD,
    resolve: ({ id }, _args, context) => loadShortList(workerCertificates, id, context),
  }),
);
