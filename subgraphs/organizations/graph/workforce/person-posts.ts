import { findUuidKey } from '../../../kit/global-id.ts';
import { type CommunityWorkerRow, findWorkersOfPersons } from '../../store/workforce/worker-rows.ts';
import { builder, Person } from '../builder.ts';
import { POST_CARD, WORKFORCE_CARD } from '../cards.ts';
import { CommunityWorker, GridAssignment } from '../entities.ts';
import { loadPostsOf } from './grid-posts.ts';

/** What this subgraph knows of a person: the work for a community and the posts in grids. */
builder.objectFields(Person, (t) => ({
  communityWorker: t.field({
    type: CommunityWorker,
    nullable: true,
    description: '社区工作者 The person as community worker; null for others, and outside the caller’s area.',
    card: { ...WORKFORCE_CARD, derivedFrom: 'CommunityWorker of the person' },
    resolve: ({ id }, _args, context) => {
      const key = findUuidKey('Person', id);
      if (key === undefined) return null;
      const { store, caller, trace } = context;
      return context.loaders
        .get<CommunityWorkerRow | null>('workerOfPerson', (ids) => findWorkersOfPersons(store, ids, caller, trace))
        .load(key);
    },
  }),
  gridPosts: t.field({
    type: [GridAssignment],
    description:
      '网格任职 Grid posts of the person in the caller’s area, newest first, former ones included; 50 at most.',
    card: { ...POST_CARD, derivedFrom: 'GridAssignment of the person' },
    args: {
      asOf: t.arg({ type: 'DateTime', description: '只取该时刻在任的 Only posts held at this instant.' }),
    },
    resolve: ({ id }, { asOf }, context) => {
      const key = findUuidKey('Person', id);
      return key === undefined ? [] : loadPostsOf('person', key, asOf, context);
    },
  }),
}));
