import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import type { TransitionRow } from '../../../kit/machine/state-machine.ts';
import { findTransitions } from '../../../kit/store/transition-rows.ts';
import { electionMachine } from '../../rules/elections/election-machine.ts';
import {
  committeeMembers,
  communityElections,
  electionCandidates,
  electionList,
} from '../../store/elections/election-rows.ts';
import { builder, MOST_STEPS, Person, Provenance, transitionTypes } from '../builder.ts';
import { ORGANIZATION_CARD, PUBLIC_NAME } from '../cards.ts';
import {
  Committee,
  Community,
  candidateLoader,
  committeeLoader,
  communityLoader,
  Election,
  ElectionCandidate,
  ElectionConnection,
  electionLoader,
} from '../entities.ts';
import { globalIdOrNull, loadShortList } from '../entity-loading.ts';
import { CommitteeKind } from '../vocabulary.ts';

export const ElectionState = builder.enumType('ElectionState', {
  description: '选举状态 State of an election.',
  values: {
    PREPARED: { description: '筹备中 Prepared.' },
    ROLL_PUBLISHED: { description: '选民名单已公布 Roll published; nominations are open.' },
    NOMINATED: { description: '候选人已确定 Nominations closed.' },
    VOTED: { description: '已投票 The ballots are counted.' },
    CERTIFIED: { description: '已确认 Certified.' },
    VOID: { description: '选举无效 Void.' },
  },
});

export const Nomination = builder.enumType('Nomination', {
  description: '提名方式 How a candidate was nominated.',
  values: {
    SELF: { description: '自荐 By the person himself.' },
    JOINT: { description: '联名推荐 By several voters.' },
    ORGANIZATION: { description: '组织推荐 By an organization.' },
  },
});

const PERSONS = { unit: '人 persons' };
const BALLOTS = { unit: '张 ballots' };

Election.implement({
  description: '换届选举 An election of a committee: roll, nominations, ballots, result.',
  card: ORGANIZATION_CARD,
  entity: electionLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({ description: '全局编号 Global id.', card: KEY_CARD, resolve: ({ id }) => globalId('Election', id) }),
    committeeKind: t.field({
      type: CommitteeKind,
      description: '委员会类型 Kind of committee.',
      resolve: ({ committeeKind }) => committeeKind,
    }),
    termNumber: t.exposeInt('termNumber', { description: '届次 Number of the term.', card: { unit: '届 term' } }),
    byElection: t.exposeBoolean('byElection', { description: '是否补选 Whether it fills seats of the present term.' }),
    seats: t.exposeInt('seats', { description: '应选名额 Seats.', card: PERSONS }),
    state: t.field({ type: ElectionState, description: '状态 State.', resolve: ({ state }) => state }),
    rollPublishedOn: t.expose('rollPublishedOn', {
      type: 'LocalDate',
      nullable: true,
      description: '名单公布日 Day on which the roll was published.',
    }),
    votedOn: t.expose('votedOn', { type: 'LocalDate', nullable: true, description: '投票日 Day of the vote.' }),
    certifiedOn: t.expose('certifiedOn', {
      type: 'LocalDate',
      nullable: true,
      description: '结果确认日 Day on which the result was certified.',
    }),
    registeredVoters: t.exposeInt('registeredVoters', { description: '登记参选人数 Roll.', card: PERSONS }),
    ballotsCast: t.exposeInt('ballotsCast', { description: '投票数 Ballots cast.', card: BALLOTS }),
    validBallots: t.exposeInt('validBallots', { description: '有效票数 Valid ballots.', card: BALLOTS }),
    turnout: t.float({
      nullable: true,
      description: '参选率 Ballots cast by voters registered, 0 to 1; null without a roll.',
      card: { derivedFrom: 'ballotsCast / registeredVoters' },
      resolve: ({ ballotsCast, registeredVoters }) => (registeredVoters === 0 ? null : ballotsCast / registeredVoters),
    }),
    candidates: t.field({
      type: [ElectionCandidate],
      description: '候选人 Candidates, the most votes first.',
      card: KEY_CARD,
      resolve: ({ id }, _args, context) => loadShortList(electionCandidates, id, context),
    }),
    committee: t.field({
      type: Committee,
      nullable: true,
      description: '委员会 The committee that was elected; null until it is certified.',
      card: KEY_CARD,
      resolve: ({ committeeId }, _args, context) => {
        const id = globalIdOrNull('Committee', committeeId);
        return id === null ? null : committeeLoader.load(id, context);
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
    availableTransitions: t.field({
      type: [transitionTypes.Transition],
      description: '可用流转 What the caller may do next.',
      resolve: async (election, _args, context) => {
        const candidates = await loadShortList(electionCandidates, election.id, context);
        const subject = { seats: election.seats, candidateCount: candidates.length };
        return electionMachine.availableTransitions(election.state, context.caller, subject);
      },
    }),
    history: t.field({
      type: [transitionTypes.TransitionStep],
      description: '流转记录 Steps taken, in order.',
      resolve: async ({ id }, _args, { store, trace, loaders }) => {
        const rows = await loaders
          .get<TransitionRow[]>('transitions', (ids) => findTransitions(store.database, MOST_STEPS, ids, trace))
          .load(id);
        return rows.map((row) => ({ row, machine: STEP_NAMES }));
      },
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (election, _args, context) => loadProvenance(election.provenanceId, context),
    }),
  }),
});

/** The first step, the opening itself, is no transition of the machine. */
const OPENING = { zh: '启动选举', en: 'open' };
const { declaration } = electionMachine;
const STEP_NAMES = {
  stateName: (state: string) => declaration.states[state] ?? { zh: state, en: state },
  eventName: (event: string) => declaration.events[event] ?? OPENING,
};

ElectionCandidate.implement({
  description: '候选人 A candidate of an election, as posted; a member of the committee once elected.',
  card: ORGANIZATION_CARD,
  entity: candidateLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: ({ id }) => globalId('ElectionCandidate', id),
    }),
    name: t.exposeString('name', {
      description: '姓名 Name as posted.',
      card: { ...PUBLIC_NAME, grade: 2, category: 'PERSONAL' },
    }),
    person: t.field({
      type: Person,
      nullable: true,
      description: '本人 The candidate as a person.',
      card: KEY_CARD,
      resolve: ({ personId }) => ({ id: globalId('Person', personId) }),
    }),
    nomination: t.field({
      type: Nomination,
      description: '提名方式 How nominated.',
      resolve: ({ nomination }) => nomination,
    }),
    votes: t.exposeInt('votes', { description: '得票数 Votes.', card: { unit: '票 votes' } }),
    elected: t.exposeBoolean('elected', { description: '是否当选 Whether elected.' }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (candidate, _args, context) => loadProvenance(candidate.provenanceId, context),
    }),
  }),
});

builder.objectField(Community, 'elections', (t) =>
  t.field({
    type: [Election],
    description: '换届选举 Elections of the community, newest term first.',
    card: KEY_CARD,
    resolve: ({ statCode }, _args, context) => loadShortList(communityElections, statCode, context),
  }),
);

builder.objectField(Committee, 'members', (t) =>
  t.field({
    type: [ElectionCandidate],
    description: '当选成员 Those elected into the committee, the most votes first.',
    card: KEY_CARD,
    resolve: ({ id }, _args, context) => loadShortList(committeeMembers, id, context),
  }),
);

builder.queryField('elections', (t) =>
  t.field({
    type: ElectionConnection,
    description: '选举列表 Elections of a division by community.',
    args: {
      ...pageArguments(t.arg),
      divisionCode: t.arg.string({ required: true, description: '区划代码 Province to community.' }),
    },
    resolve: (_root, { divisionCode, ...page }, context, info) =>
      rootPage(electionList, page, { sort: 'COMMUNITY', filter: { divisionCode } }, context, info),
  }),
);
