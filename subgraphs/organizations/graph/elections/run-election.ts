import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import { NAME_FACT } from '../../../kit/names/register-name.ts';
import { certifyElection } from '../../rules/elections/certify-election.ts';
import type { ElectionChanged } from '../../rules/elections/election-step.ts';
import { openElection } from '../../rules/elections/open-election.ts';
import {
  closeNominations,
  declareVoid,
  nominate,
  publishRoll,
  recordBallots,
} from '../../rules/elections/run-election.ts';
import { builder } from '../builder.ts';
import { Election, electionLoader } from '../entities.ts';
import { answer, IDEMPOTENCY_KEY_DESCRIPTION, type Succeeded, steppedPayloadUnion } from '../mutations.ts';
import { CommitteeKind } from '../vocabulary.ts';
import { Nomination } from './election.ts';

const NAME = 'ElectionSuccess';
const ELECTION = '选举 The election.';

const OpenElectionInput = builder.inputType('OpenElectionInput', {
  description: '启动选举 Of which committee, for how many seats.',
  fields: (t) => ({
    communityId: t.id({ required: true, description: '社区 The community.' }),
    committeeKind: t.field({ type: CommitteeKind, required: true, description: '委员会类型 Kind of committee.' }),
    byElection: t.boolean({
      required: true,
      defaultValue: false,
      description: '是否补选 Whether it fills seats of the present term.',
    }),
    seats: t.int({ required: true, description: '应选名额 Seats, inside what the law sets.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const PublishRollInput = builder.inputType('PublishRollInput', {
  description: '公布选民名单 How many voters are registered.',
  fields: (t) => ({
    electionId: t.id({ required: true, description: ELECTION }),
    registeredVoters: t.int({ required: true, description: '登记参选人数 Voters on the roll.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const NominateInput = builder.inputType('NominateInput', {
  description: '提名 Who is nominated, and how.',
  fields: (t) => ({
    electionId: t.id({ required: true, description: ELECTION }),
    personId: t.id({
      references: { type: 'Person', refusal: 'PERSON_NOT_FOUND', facts: ['votingCommunityCodes', NAME_FACT] },
      required: true,
      description: '自然人 The candidate, who may vote in the community himself.',
    }),
    name: t.string({
      required: true,
      description: '姓名 As it will be posted: the one that the population register has, 2 to 40 characters.',
    }),
    nomination: t.field({ type: Nomination, required: true, description: '提名方式 How.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const VotesInput = builder.inputType('CandidateVotesInput', {
  description: '得票 Votes of one candidate.',
  fields: (t) => ({
    candidateId: t.id({ required: true, description: '候选人 The candidate.' }),
    votes: t.int({ required: true, description: '得票数 Votes.' }),
  }),
});

const RecordBallotsInput = builder.inputType('RecordBallotsInput', {
  description: '登记票数 The count of an election; every candidate has a line.',
  fields: (t) => ({
    electionId: t.id({ required: true, description: ELECTION }),
    ballotsCast: t.int({ required: true, description: '投票数 Ballots cast.' }),
    validBallots: t.int({ required: true, description: '有效票数 Valid ones among them.' }),
    votes: t.field({ type: [VotesInput], required: true, description: '各候选人得票 Votes by candidate.' }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const ElectionStepInput = builder.inputType('ElectionStepInput', {
  description: '选举流转 Which election.',
  fields: (t) => ({
    electionId: t.id({ required: true, description: ELECTION }),
    idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
  }),
});

const Success = builder.objectRef<Succeeded<ElectionChanged, typeof NAME>>(NAME).implement({
  description: '选举办理完成 The election as it now is.',
  card: GRAPH_CARD,
  fields: (t) => ({
    election: t.field({
      type: Election,
      nullable: true,
      description: ELECTION,
      resolve: ({ electionId }, _args, context) => electionLoader.load(electionId, context),
    }),
  }),
});

const Payload = steppedPayloadUnion('ElectionPayload', '选举办理结果 Done, or why not.', Success);
const CARD = { source: 'civil-affairs', right: 'election.write' } as const;

builder.mutationFields((t) => ({
  openElection: t.field({
    type: Payload,
    nullable: true,
    description: '启动选举 Opens the election of a committee.',
    card: CARD,
    args: { input: t.arg({ type: OpenElectionInput, required: true, description: '输入 What to elect.' }) },
    resolve: (_root, { input }, context) => answer(NAME, context, (rule) => openElection(rule, input)),
  }),
  publishRoll: t.field({
    type: Payload,
    nullable: true,
    description: '公布选民名单 Publishes the roll; nominations are open from then on.',
    card: CARD,
    args: { input: t.arg({ type: PublishRollInput, required: true, description: '输入 The roll.' }) },
    resolve: (_root, { input }, context) => answer(NAME, context, (rule) => publishRoll(rule, input)),
  }),
  nominate: t.field({
    type: Payload,
    nullable: true,
    description: '提名候选人 Nominates a candidate; self-nomination, too.',
    card: CARD,
    args: { input: t.arg({ type: NominateInput, required: true, description: '输入 The candidate.' }) },
    resolve: (_root, { input }, context) => answer(NAME, context, (rule) => nominate(rule, input)),
  }),
  closeNominations: t.field({
    type: Payload,
    nullable: true,
    description: '确定候选人 Closes the nominations.',
    card: CARD,
    args: { input: t.arg({ type: ElectionStepInput, required: true, description: '输入 Which election.' }) },
    resolve: (_root, { input }, context) => answer(NAME, context, (rule) => closeNominations(rule, input)),
  }),
  recordBallots: t.field({
    type: Payload,
    nullable: true,
    description: '登记票数 Records the count of the vote.',
    card: CARD,
    args: { input: t.arg({ type: RecordBallotsInput, required: true, description: '输入 The count.' }) },
    resolve: (_root, { input }, context) => answer(NAME, context, (rule) => recordBallots(rule, input)),
  }),
  certifyElection: t.field({
    type: Payload,
    nullable: true,
    description: '确认选举结果 Certifies the result; under the quorum of the rule in force it is refused.',
    card: CARD,
    args: { input: t.arg({ type: ElectionStepInput, required: true, description: '输入 Which election.' }) },
    resolve: (_root, { input }, context) => answer(NAME, context, (rule) => certifyElection(rule, input)),
  }),
  declareElectionVoid: t.field({
    type: Payload,
    nullable: true,
    description: '宣布选举无效 Ends an election without a result.',
    card: CARD,
    args: { input: t.arg({ type: ElectionStepInput, required: true, description: '输入 Which election.' }) },
    resolve: (_root, { input }, context) => answer(NAME, context, (rule) => declareVoid(rule, input)),
  }),
}));
