import { findUuidKey } from '../../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { findLivePostsOfWorker } from '../../store/workforce/assignment-rows.ts';
import { workerList } from '../../store/workforce/worker-rows.ts';
import { builder } from '../builder.ts';
import { CommunityWorker, CommunityWorkerConnection, GridAssignment, workerLoader } from '../entities.ts';
import { WorkerPost } from '../vocabulary.ts';

const CommunityWorkerFilter = builder.inputType('CommunityWorkerFilter', {
  description: '社区工作者筛选 Which workers; all given conditions hold together.',
  fields: (t) => ({
    divisionCode: t.string({
      description: '区划代码 Inside this city or a division below it; short or of 12 digits.',
    }),
    post: t.field({ type: WorkerPost, description: '岗位 Post.' }),
    inService: t.boolean({ description: '是否在职 True: in service; false: left.' }),
  }),
});

builder.queryFields((t) => ({
  worker: t.field({
    type: CommunityWorker,
    nullable: true,
    description: '按编号查社区工作者 A community worker by global id; null outside the caller’s area.',
    args: { id: t.arg.id({ required: true, description: '全局编号 Global id.' }) },
    resolve: (_root, { id }, context) => workerLoader.load(id, context),
  }),
  workers: t.field({
    type: CommunityWorkerConnection,
    description: '社区工作者列表 Community workers of the caller’s area.',
    args: {
      ...pageArguments(t.arg),
      filter: t.arg({ type: CommunityWorkerFilter, description: '筛选 Which workers.' }),
    },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(workerList, page, { sort: 'ID', filter: { ...filter } }, context, info),
  }),
  liveGridPosts: t.field({
    type: [GridAssignment],
    description: '在任网格岗位 Grid posts that a community worker holds now, inside the caller’s area.',
    args: { workerId: t.arg.id({ required: true, description: '社区工作者编号 Global id of the worker.' }) },
    resolve: (_root, { workerId }, { store, caller, trace }) => {
      const key = findUuidKey('CommunityWorker', workerId);
      return key === undefined ? [] : findLivePostsOfWorker(store, key, caller, trace);
    },
  }),
}));
