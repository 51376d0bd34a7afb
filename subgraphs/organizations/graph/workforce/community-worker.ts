import { globalId } from '../../../kit/global-id.ts';
import { ACCESS_SUBJECT, personSubject } from '../../../kit/graph/access-subject.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { Person, Provenance } from '../builder.ts';
import { PAY_CARD, PUBLIC_NAME, WORKFORCE_CARD } from '../cards.ts';
import { Community, CommunityWorker, communityLoader, GridAssignment, workerLoader } from '../entities.ts';
import { SocialWorkCertificate, WorkerMode, WorkerPost } from '../vocabulary.ts';
import { loadPostsOf } from './grid-posts.ts';

CommunityWorker.implement({
  description: '社区工作者 A worker of a community, in service or former.',
  card: WORKFORCE_CARD,
  entity: workerLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    accessSubject: t.id({
      ...ACCESS_SUBJECT,
      reads: ['personId'],
      resolve: ({ personId }) => personSubject(personId),
    }),
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: (worker) => globalId('CommunityWorker', worker.id),
    }),
    name: t.exposeString('name', {
      description: '姓名 Name as published on the community’s notice board.',
      card: PUBLIC_NAME,
    }),
    person: t.field({
      type: Person,
      nullable: true,
      description: '本人 The worker as a person.',
      card: KEY_CARD,
      resolve: (worker) => ({ id: globalId('Person', worker.personId) }),
    }),
    post: t.field({ type: WorkerPost, description: '岗位 Post.', resolve: (worker) => worker.post }),
    gradeLevel: t.exposeInt('gradeLevel', {
      nullable: true,
      description: '薪酬等级（三岗十八级） Pay level, 1 to 18.',
      card: { ...PAY_CARD, unit: '级 level' },
    }),
    mode: t.field({ type: WorkerMode, description: '社工类型 How deployed.', resolve: (worker) => worker.mode }),
    certificate: t.field({
      type: SocialWorkCertificate,
      nullable: true,
      description: '职业水平证书 Certificate of social work; null without one.',
      resolve: (worker) => worker.certificate,
    }),
    hiredOn: t.expose('hiredOn', { type: 'LocalDate', description: '入职日期 First day in service.' }),
    leftOn: t.expose('leftOn', {
      type: 'LocalDate',
      nullable: true,
      description: '离职日期 First day out of service; null while in service.',
    }),
    community: t.field({
      type: Community,
      nullable: true,
      description: '所在社区 Community of the worker.',
      card: KEY_CARD,
      ...communityLoader.below(({ communityCode }: { readonly communityCode: string }) =>
        globalId('Community', communityCode),
      ),
    }),
    assignments: t.field({
      type: [GridAssignment],
      description: '网格任职 Grid posts of the worker, newest first, former ones included; 50 at most.',
      card: KEY_CARD,
      args: {
        asOf: t.arg({ type: 'DateTime', description: '只取该时刻在任的 Only posts held at this instant.' }),
      },
      resolve: (worker, { asOf }, context) => loadPostsOf('worker', worker.id, asOf, context),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (worker, _args, context) => loadProvenance(worker.provenanceId, context),
    }),
  }),
});
