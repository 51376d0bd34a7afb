import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, pageBelow } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { type CommitteeRow, findCommitteesOfCommunities } from '../../store/bodies/committee-rows.ts';
import { gridList } from '../../store/territory/grid-rows.ts';
import { workerList } from '../../store/workforce/worker-rows.ts';
import { Provenance } from '../builder.ts';
import { COMMUNITY_CARD, GRID_CARD } from '../cards.ts';
import {
  Committee,
  Community,
  CommunityWorkerConnection,
  communityLoader,
  Division,
  divisionLoader,
  GridConnection,
} from '../entities.ts';
import { CommunityKind, CommunityOrigin, WorkerPost } from '../vocabulary.ts';
import { GridCoverage, GridForce, loadCoverage, loadForce } from './grid-figures.ts';

Community.implement({
  description: '社区（村） A community or village with people. Reference data, open to every caller.',
  card: COMMUNITY_CARD,
  entity: communityLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      reads: ['statCode'],
      resolve: (community) => globalId('Community', community.statCode),
    }),
    statCode: t.exposeString('statCode', { description: '统计用区划代码 Statistical code, 12 digits.' }),
    name: t.exposeString('name', { description: '名称 Name.' }),
    kind: t.field({ type: CommunityKind, description: '类型 Kind.', reads: ['kind'], resolve: ({ kind }) => kind }),
    origin: t.field({
      type: CommunityOrigin,
      description: '由来 Origin.',
      reads: ['origin'],
      resolve: ({ origin }) => origin,
    }),
    validFrom: t.expose('validFrom', {
      type: 'LocalDate',
      nullable: true,
      description: '起 First day; null: on record for as long as the hub knows.',
    }),
    validTo: t.expose('validTo', {
      type: 'LocalDate',
      nullable: true,
      description: '止 First day on which it was no more; null while it is.',
    }),
    division: t.field({
      type: Division,
      nullable: true,
      description: '区划 The village-level division; null when the list of divisions does not have it.',
      card: KEY_CARD,
      reads: ['statCode'],
      ...divisionLoader.below(({ statCode }: { readonly statCode: string }) => globalId('Division', statCode)),
    }),
    grids: t.field({
      type: GridConnection,
      description: '网格 Grids of the community, by code.',
      card: KEY_CARD,
      args: {
        ...pageArguments(t.arg),
        asOf: t.arg({ type: 'LocalDate', description: '时点 As on this day; as now when left out.' }),
      },
      reads: ['statCode'],
      resolve: ({ statCode }, { asOf, ...args }, context, info) =>
        pageBelow(
          { ...gridList, name: 'organizations.community_grids' },
          { column: 't.community_code', cast: 'text', key: statCode },
          args,
          { sort: 'GRID_CODE', filter: { asOf: asOf ?? 'NOW' } },
          context,
          info,
        ),
    }),
    committees: t.field({
      type: [Committee],
      description: '两委（居委会、监委会） Committees, the newest term first; none outside the caller’s area.',
      card: KEY_CARD,
      reads: ['statCode'],
      resolve: ({ statCode }, _args, context) => {
        const { store, trace } = context;
        return context.loaders
          .get<CommitteeRow[]>('communityCommittees', (codes) => findCommitteesOfCommunities(store, codes, trace))
          .load(statCode);
      },
    }),
    workers: t.field({
      type: CommunityWorkerConnection,
      description: '社区工作者 Community workers, former ones included; none outside the caller’s area.',
      card: KEY_CARD,
      args: {
        ...pageArguments(t.arg),
        post: t.arg({ type: WorkerPost, description: '岗位 Post.' }),
        inService: t.arg.boolean({ description: '是否在职 True: in service; false: left.' }),
      },
      reads: ['statCode'],
      resolve: ({ statCode }, { post, inService, ...page }, context, info) =>
        pageBelow(
          { ...workerList, name: 'organizations.community_workers' },
          { column: 't.community_code', cast: 'text', key: statCode },
          page,
          { sort: 'ID', filter: { post, inService } },
          context,
          info,
        ),
    }),
    gridCoverage: t.field({
      type: GridCoverage,
      description: '网格覆盖 Grids and whether each has a chief.',
      card: GRID_CARD,
      reads: ['statCode'],
      resolve: ({ statCode }, _args, context) => loadCoverage(statCode, context),
    }),
    gridForce: t.field({
      type: GridForce,
      description: '网格力量 Live grid posts by role.',
      card: GRID_CARD,
      reads: ['statCode'],
      resolve: ({ statCode }, _args, context) => loadForce(statCode, context),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      reads: ['provenanceId'],
      resolve: (community, _args, context) => loadProvenance(community.provenanceId, context),
    }),
  }),
});
