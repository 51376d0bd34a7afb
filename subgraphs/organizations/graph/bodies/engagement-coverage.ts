import { pageArguments, pageBelow } from '../../../kit/graph/connection.ts';
import { requireDivisionCode } from '../../../kit/store/division-filter.ts';
import {
  countEngagementCoverage,
  type EngagementCoverageRow,
  uncoveredCommunityList,
} from '../../store/bodies/engagement-coverage.ts';
import { builder } from '../builder.ts';
import { ORGANIZATION_CARD } from '../cards.ts';
import { CommunityConnection } from '../entities.ts';
import { EngagementRole } from './vocabulary.ts';

const COUNT_CARD = { unit: '个 communities', derivedFrom: 'Community and its live Engagement' };

const EngagementCoverage = builder.objectRef<EngagementCoverageRow>('EngagementCoverage').implement({
  description: '关系覆盖 Communities of a territory that have somebody in a role, and those that have not.',
  card: { ...ORGANIZATION_CARD, derivedFrom: 'Community, Engagement' },
  fields: (t) => ({
    role: t.field({ type: EngagementRole, description: '关系 Role.', resolve: ({ role }) => role }),
    communityCount: t.exposeInt('communityCount', { description: '社区（村）数 Communities.', card: COUNT_CARD }),
    coveredCount: t.exposeInt('coveredCount', { description: '已覆盖数 Communities with one.', card: COUNT_CARD }),
    coveredShare: t.float({
      nullable: true,
      description: '覆盖率 Share covered, 0 to 1; null without communities.',
      resolve: ({ communityCount, coveredCount }) => (communityCount === 0 ? null : coveredCount / communityCount),
    }),
    uncoveredCommunities: t.field({
      type: CommunityConnection,
      description: '未覆盖的社区（村） Communities without one, by code.',
      args: pageArguments(t.arg),
      resolve: ({ code, role }, page, context, info) =>
        pageBelow(
          uncoveredCommunityList,
          { column: 'k.key', cast: 'text', key: code },
          page,
          { sort: 'STAT_CODE', filter: { lacksRole: role } },
          context,
          info,
        ),
    }),
  }),
});

builder.queryField('engagementCoverage', (t) =>
  t.field({
    type: EngagementCoverage,
    description: '关系覆盖 Whether each community has e.g. a legal adviser (一社区一法律顾问).',
    args: {
      role: t.arg({ type: EngagementRole, required: true, description: '关系 Role towards a community.' }),
      divisionCode: t.arg.string({ required: true, description: '区划代码 Province to community.' }),
    },
    resolve: async (_root, { role, divisionCode }, { store, trace }) => {
      const code = requireDivisionCode('divisionCode', divisionCode, [2, 4, 6, 9, 12]);
      const [found] = await countEngagementCoverage(store, role, [code], trace);
      return found ?? { code, role, communityCount: 0, coveredCount: 0 };
    },
  }),
);
