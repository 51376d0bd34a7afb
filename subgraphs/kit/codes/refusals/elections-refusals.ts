import type { RefusalText } from './refusal-text.ts';

/** 选举拒绝 — refusals about committees and their elections. */
export const electionsRefusals = {
  ELECTION_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这次选举，请核对编号',
    en: 'no such election in your area; check the id',
  },
  COMMITTEE_NOT_FOUND: {
    family: 'NotFound',
    zh: '该社区没有这类委员会，请核对类型',
    en: 'the community has no committee of this kind; check the kind',
  },
  ELECTION_SEATS_INVALID: {
    family: 'InvalidInput',
    zh: '名额须为 {min} 到 {max}（现行规则）',
    en: 'the seats are {min} to {max} by the rule in force',
  },
  ELECTION_UNDER_WAY: {
    family: 'Conflict',
    zh: '该委员会已有选举在进行，请先完成或宣布无效',
    en: 'an election of this committee is under way; finish it or declare it void first',
  },
  ELECTION_COUNT_INVALID: {
    family: 'InvalidInput',
    zh: '数目须为 0 到 {max}（票数不超过名单，有效票不超过投票数，得票不超过有效票）',
    en: 'the number is 0 to {max}: no more ballots than voters, no more valid ones than cast, no more votes than valid ballots',
  },
  CANDIDATE_EXISTS: {
    family: 'Conflict',
    zh: '此人已是候选人，不重复提名',
    en: 'this person is a candidate already',
  },
  CANDIDATE_NO_VOTER: {
    family: 'InvalidInput',
    zh: '候选人须年满十八周岁，且户籍在本社区（村）或在此居住',
    en: 'a candidate is eighteen or older and registered or living in the community',
  },
  COMMITTEE_KIND_UNFIT: {
    family: 'InvalidInput',
    zh: '该社区（村）不设这类委员会：村设村委会，社区设居委会，农场社区设农场居委会，监督委员会均可',
    en: 'the community has no committee of this kind: a village has villagers’, a community residents’, a farm farm residents’; each has a supervision committee',
  },
  ELECTION_TOO_EARLY: {
    family: 'Conflict',
    zh: '名单公布期未满，最早 {earliest} 投票',
    en: 'the roll has not been posted long enough; vote on {earliest} or later',
  },
  ELECTION_VOTES_INCOMPLETE: {
    family: 'InvalidInput',
    zh: '须为全部 {candidates} 名候选人各填一次得票',
    en: 'give the votes of each of the {candidates} candidates exactly once',
  },
  ELECTION_UNDER_QUORUM: {
    family: 'Conflict',
    zh: '投票 {cast} 张，未达到有效所需的 {needed} 张；请宣布无效后重新选举',
    en: '{cast} ballots were cast of the {needed} needed; declare it void and elect anew',
  },
  ELECTION_NOBODY_ELECTED: {
    family: 'Conflict',
    zh: '没有候选人达到当选票数，请宣布无效后另行选举',
    en: 'nobody has the votes that elect; declare it void and hold a second round',
  },
} as const satisfies Record<string, RefusalText>;
