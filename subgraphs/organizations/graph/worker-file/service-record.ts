import { globalId } from '../../../kit/global-id.ts';
import { ACCESS_SUBJECT, personSubject } from '../../../kit/graph/access-subject.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { workerServiceRecords } from '../../store/workforce/worker-file-rows.ts';
import { builder, Provenance } from '../builder.ts';
import { WORKFORCE_CARD } from '../cards.ts';
import {
  Community,
  CommunityWorker,
  communityLoader,
  Post,
  postLoader,
  ServiceRecord,
  serviceRecordLoader,
} from '../entities.ts';
import { globalIdOrNull, loadShortList } from '../entity-loading.ts';
import { WorkerPost } from '../vocabulary.ts';

ServiceRecord.implement({
  description: '服务履历 That a worker held a post, from when to when. No two full-time ones of a person overlap.',
  card: WORKFORCE_CARD,
  entity: serviceRecordLoader,
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
      resolve: ({ id }) => globalId('ServiceRecord', id),
    }),
    postKind: t.field({ type: WorkerPost, description: '岗位类别 Kind of post.', resolve: ({ postKind }) => postKind }),
    duty: t.exposeString('duty', { description: '岗位职责 What was done.' }),
    fullTime: t.exposeBoolean('fullTime', { description: '是否全职 Whether full-time.' }),
    validFrom: t.expose('validFrom', { type: 'LocalDate', description: '起 First day.' }),
    validTo: t.expose('validTo', {
      type: 'LocalDate',
      nullable: true,
      description: '止 First day on which it is no longer held; null while it is.',
    }),
    post: t.field({
      type: Post,
      nullable: true,
      description: '岗位 The post with its six fixed things.',
      card: KEY_CARD,
      resolve: ({ postId }, _args, context) => {
        const id = globalIdOrNull('Post', postId);
        return id === null ? null : postLoader.load(id, context);
      },
    }),
    community: t.field({
      type: Community,
      nullable: true,
      description: '所在社区 Community.',
      card: KEY_CARD,
      ...communityLoader.below(({ communityCode }: { readonly communityCode: string }) =>
        globalId('Community', communityCode),
      ),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (record, _args, context) => loadProvenance(record.provenanceId, context),
    }),
  }),
});

builder.objectField(CommunityWorker, 'serviceRecords', (t) =>
  t.field({
    type: [ServiceRecord],
    description: '服务履历 Posts held, newest first.',
    card: KEY_CARD,
    resolve: ({ id }, _args, context) => loadShortList(workerServiceRecords, id, context),
  }),
);
