import { dateInChina } from '../../../kit/clock.ts';
import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { deliberationMachine, type DeliberationState as State } from '../../rules/deliberation/deliberation-machine.ts';
import {
  type DeliberationForm,
  type DeliberationLevel,
  type DeliberationSide,
  type DeliberationVenue,
  deliberationForms,
  deliberationLevels,
  deliberationSides,
  deliberationVenues,
} from '../../rules/deliberation/forms.ts';
import { leastReaching, outcome, quorumRule } from '../../rules/deliberation/quorum.ts';
import {
  catalogList,
  type DeliberationRow,
  deliberationList,
  findPosts,
  type PostRow,
} from '../../store/deliberation/deliberation-rows.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder } from '../builder.ts';
import {
  Deliberation,
  DeliberationCatalogItem,
  DeliberationCatalogItemConnection,
  DeliberationConnection,
  deliberationCatalogItemLoader,
  deliberationLoader,
} from '../entities.ts';
import { communityField, entityFields, machineFields } from '../entity-fields.ts';
import { ruleInForce } from '../governance-rule.ts';
import { stateEnum } from '../machine-events.ts';
import { namedEnum } from '../named-enum.ts';

export const DELIBERATION_CARD: DataCard = {
  source: 'civil-affairs',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  category: 'PUBLIC',
  updateCycle: 'REALTIME',
};

export const DeliberationFormType = namedEnum('DeliberationForm', '协商形式 Who comes together.', deliberationForms);
export const DeliberationLevelType = namedEnum('DeliberationLevel', '协商层面 At which level.', deliberationLevels);
export const DeliberationVenueType = namedEnum('DeliberationVenue', '议事场所 Where.', deliberationVenues);
export const DeliberationSideType = namedEnum('DeliberationSide', '协商主体 Which side.', deliberationSides);
const DeliberationStateType = stateEnum('DeliberationState', deliberationMachine);

DeliberationCatalogItem.implement({
  description: '协商目录事项 Something that a county lets its communities deliberate.',
  card: DELIBERATION_CARD,
  entity: deliberationCatalogItemLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    ...entityFields(t, 'DeliberationCatalogItem'),
    countyCode: t.exposeString('countyCode', { description: '县(市、区)代码 County whose catalogue it is in.' }),
    content: t.exposeString('content', { description: '协商内容 What is deliberated.' }),
    sides: t.field({
      type: [DeliberationSideType],
      description: '协商主体 Who may propose it.',
      resolve: (item) => item.sides as DeliberationSide[],
    }),
    levels: t.field({
      type: [DeliberationLevelType],
      description: '协商层面 At which levels.',
      resolve: (item) => item.levels as DeliberationLevel[],
    }),
    procedure: t.exposeString('procedure', { description: '协商程序 How.' }),
    agenda: t.exposeString('agenda', { description: '协商议程 In which order.' }),
    useOfResult: t.exposeString('useOfResult', { description: '成果运用 What becomes of the result.' }),
  }),
});

const DeliberationPost = builder.objectRef<PostRow>('DeliberationPost').implement({
  description: '议事意见 What somebody said, or replied.',
  card: DELIBERATION_CARD,
  fields: (t) => ({
    id: t.id({ description: '编号 Id.', card: KEY_CARD, resolve: (post) => globalId('DeliberationPost', post.id) }),
    parentId: t.id({
      nullable: true,
      description: '回复的意见 The post that it replies to.',
      card: KEY_CARD,
      resolve: ({ parentId }) => (parentId === null ? null : globalId('DeliberationPost', parentId)),
    }),
    side: t.field({
      type: DeliberationSideType,
      description: '发言主体 Side that spoke.',
      resolve: (post) => post.side as DeliberationSide,
    }),
    text: t.exposeString('text', { description: '内容 What was said.' }),
    postedAt: t.expose('postedAt', { type: 'DateTime', description: '时间 When.' }),
  }),
});

interface TallyShape {
  readonly eligibleVoters: number;
  readonly ballotsCast: number;
  readonly ballotsNeeded: number;
  readonly quorumMet: boolean;
  readonly counts: { readonly yes: number; readonly no: number; readonly abstain: number } | null;
  readonly passed: boolean;
  readonly final: boolean;
  readonly rule: { readonly code: string; readonly legalBasis: string; readonly basisConfirmed: boolean };
}

const Tally = builder.objectRef<TallyShape>('Tally').implement({
  description: '计票 How a vote stands; who chose what is counted only once it is over.',
  card: { ...DELIBERATION_CARD, derivedFrom: 'ballots and the quorum rule in force when it was opened' },
  fields: (t) => ({
    eligibleVoters: t.exposeInt('eligibleVoters', {
      description: '应到人数 Entitled to vote.',
      card: { unit: '人 people' },
    }),
    ballotsCast: t.exposeInt('ballotsCast', { description: '已投票数 Ballots so far.', card: { unit: '票 ballots' } }),
    ballotsNeeded: t.exposeInt('ballotsNeeded', {
      description: '法定最少票数 Ballots that the quorum needs.',
      card: { unit: '票 ballots' },
    }),
    quorumMet: t.exposeBoolean('quorumMet', { description: '是否达到法定人数 Whether the quorum is met.' }),
    yes: t.int({
      nullable: true,
      description: '赞成 For; null until it is over.',
      resolve: ({ counts }) => counts?.yes ?? null,
    }),
    no: t.int({
      nullable: true,
      description: '反对 Against; null until it is over.',
      resolve: ({ counts }) => counts?.no ?? null,
    }),
    abstain: t.int({
      nullable: true,
      description: '弃权 Abstained; null until it is over.',
      resolve: ({ counts }) => counts?.abstain ?? null,
    }),
    passed: t.boolean({
      nullable: true,
      description: '是否通过 Whether it passed; null until it is final.',
      resolve: ({ final, passed }) => (final ? passed : null),
    }),
    final: t.exposeBoolean('final', {
      description: '结果是否有效 Whether the vote is over with a quorum; without one nothing is decided.',
    }),
    ruleCode: t.string({ description: '法定人数规则 Code of the rule.', resolve: ({ rule }) => rule.code }),
    legalBasis: t.string({ description: '法律依据 Law and article.', resolve: ({ rule }) => rule.legalBasis }),
    basisConfirmed: t.boolean({
      description: '依据已核对 Whether the figure was checked against the law’s text.',
      resolve: ({ rule }) => rule.basisConfirmed,
    }),
  }),
});

type Context = SubgraphContext<ServicesStore>;

async function tallyOf(row: DeliberationRow, context: Context): Promise<TallyShape> {
  const kept = await ruleInForce(row.quorumRuleCode, row.openedAt, context);
  const rule = quorumRule(kept.parameters);
  const { quorumMet, passed } = outcome(row, rule);
  const { eligibleVoters, yes, no, abstain, votingEndsAt } = row;
  const over = votingEndsAt !== null && votingEndsAt <= context.clock.now();
  return {
    ...{ eligibleVoters, ballotsCast: yes + no + abstain, quorumMet, passed, rule: kept },
    ballotsNeeded: leastReaching(eligibleVoters, rule.present),
    counts: over ? { yes, no, abstain } : null,
    final: over && quorumMet,
  };
}

Deliberation.implement({
  description: '社区协商 A deliberation in six ordered steps.',
  card: DELIBERATION_CARD,
  entity: deliberationLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    ...entityFields(t, 'Deliberation'),
    ...machineFields(t, deliberationMachine, async (row, context) => {
      const kept = await ruleInForce(row.quorumRuleCode, row.openedAt, context);
      const now = context.clock.now();
      return deliberationMachine.availableTransitions(row.state as State, context.caller, {
        ...outcome(row, quorumRule(kept.parameters)),
        ...{ posts: row.postCount, disclosed: row.disclosedAt !== null },
        votingOver: row.votingEndsAt !== null && row.votingEndsAt <= now,
      });
    }),
    title: t.exposeString('title', { description: '议题 What it is about.' }),
    form: t.field({
      type: DeliberationFormType,
      description: '协商形式 Who comes together.',
      resolve: (row) => row.form as DeliberationForm,
    }),
    level: t.field({
      type: DeliberationLevelType,
      description: '协商层面 Level.',
      resolve: (row) => row.level as DeliberationLevel,
    }),
    venue: t.field({
      type: DeliberationVenueType,
      description: '议事场所 Where.',
      resolve: (row) => row.venue as DeliberationVenue,
    }),
    proposedBy: t.field({
      type: DeliberationSideType,
      description: '提出主体 Which side proposed it.',
      resolve: (row) => row.side as DeliberationSide,
    }),
    catalogItem: t.field({
      type: DeliberationCatalogItem,
      nullable: true,
      description: '目录事项 What the catalogue says of it.',
      ...deliberationCatalogItemLoader.below(({ catalogItemId }: { readonly catalogItemId: string }) =>
        globalId('DeliberationCatalogItem', catalogItemId),
      ),
    }),
    step: t.field({
      type: DeliberationStateType,
      description: '六步所处步骤 Which of the six steps.',
      resolve: (row) => row.state as State,
    }),
    openedOn: t.field({
      type: 'LocalDate',
      description: '提出日期 When it was proposed.',
      resolve: (row) => dateInChina(row.openedAt),
    }),
    votingEndsAt: t.expose('votingEndsAt', {
      type: 'DateTime',
      nullable: true,
      description: '表决截止 When the vote ends; null before the third step.',
    }),
    disclosedAt: t.expose('disclosedAt', {
      type: 'DateTime',
      nullable: true,
      description: '结果公开时间 When the result was disclosed.',
    }),
    tally: t.field({
      type: Tally,
      description: '计票 How the vote stands.',
      resolve: (row, _args, context) => tallyOf(row, context),
    }),
    posts: t.field({
      type: [DeliberationPost],
      description: '议事意见 What was said, oldest first, the first 200.',
      resolve: (row, _args, context) =>
        context.loaders
          .get<PostRow[]>('deliberation:posts', (ids) => findPosts(context.store, ids, context.trace))
          .load(row.id),
    }),
    community: communityField(t),
  }),
});

const DeliberationFilter = builder.inputType('DeliberationFilter', {
  description: '协商筛选 Which deliberations; all given conditions hold together.',
  fields: (t) => ({
    state: t.field({ type: DeliberationStateType, description: '步骤 In this step.' }),
    level: t.field({ type: DeliberationLevelType, description: '层面 At this level.' }),
    venue: t.field({ type: DeliberationVenueType, description: '场所 Held there.' }),
    divisionCode: t.string({ description: '区划代码 4, 6, 9 or 12 digits.' }),
  }),
});

builder.queryFields((t) => ({
  deliberations: t.field({
    type: DeliberationConnection,
    description: '协商列表 Deliberations in the caller’s area, the newest first.',
    args: { ...pageArguments(t.arg), filter: t.arg({ type: DeliberationFilter, description: '筛选 Which ones.' }) },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(deliberationList, page, { sort: 'OPENED_AT', filter: { ...filter } }, context, info),
  }),
  deliberationCatalog: t.field({
    type: DeliberationCatalogItemConnection,
    description: '协商目录 What may be deliberated.',
    args: {
      ...pageArguments(t.arg),
      countyCode: t.arg.string({ description: '县(市、区)代码 Only this county’s catalogue.' }),
    },
    resolve: (_root, { countyCode, ...page }, context, info) =>
      rootPage(catalogList, page, { sort: 'ID', filter: { countyCode } }, context, info),
  }),
}));
