import type { RefusalText } from '../refusal-text.ts';

/** 协商拒绝 — refusals of deliberations, ballots and covenants. */
export const deliberationRefusals = {
  DELIBERATION_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这次协商，请核对编号',
    en: 'no such deliberation in your area; check the id',
  },
  CATALOG_ITEM_NOT_FOUND: {
    family: 'NotFound',
    zh: '本县(市、区)协商目录没有这一事项，请从目录中选择',
    en: 'the catalogue of this county has no such item; choose one of it',
  },
  PROPOSER_NOT_ELIGIBLE: {
    family: 'Conflict',
    zh: '该主体不能提出这一事项；可提出的有：{sidesZh}',
    en: 'this side cannot propose it; these can: {sidesEn}',
  },
  LEVEL_NOT_IN_CATALOG: {
    family: 'Conflict',
    zh: '目录未列入这一协商层面，请选择目录所列层面',
    en: 'the catalogue does not name this level; choose one that it names',
  },
  DELIBERATION_NOT_DISCUSSING: {
    family: 'Conflict',
    zh: '只有民议阶段可以发表意见',
    en: 'posts are taken only while it is being discussed',
  },
  DELIBERATION_POST_NOT_FOUND: {
    family: 'NotFound',
    zh: '这次协商没有这条意见',
    en: 'this deliberation has no such post',
  },
  VOTE_NOT_OPEN: {
    family: 'Conflict',
    zh: '表决尚未开始、已经结束或不以这种方式进行',
    en: 'the vote is not open, is over, or is not taken in this way',
  },
  VOTE_FULL: {
    family: 'Conflict',
    zh: '已收到全部 {count} 张选票',
    en: 'all {count} ballots are in',
  },
  VOTE_NOT_OVER: {
    family: 'Conflict',
    zh: '表决尚未结束，结果不能公开',
    en: 'the vote is not over; its result cannot be disclosed',
  },
  ALREADY_VOTED: {
    family: 'Conflict',
    zh: '此人已投票，一人一票',
    en: 'this person has voted; everybody has one ballot',
  },
  QUORUM_NOT_MET: {
    family: 'Conflict',
    zh: '到场 {present} 人，应到 {eligible} 人，至少需 {needed} 人，未达法定人数（{basis}）',
    en: '{present} of {eligible} are present, {needed} are needed: no quorum ({basis})',
  },
  DECISION_NOT_PASSED: {
    family: 'Conflict',
    zh: '只有达到法定人数并表决通过的协商才能备案公约（{basis}）',
    en: 'a covenant needs a decision that passed with a quorum ({basis})',
  },
  VOTE_ON_SITE: {
    family: 'Conflict',
    zh: '现场会议以举手计票，不接受网上投票；请用 recordDecision 记录表决',
    en: 'an assembly on site counts hands and takes no ballots; record its count with recordDecision',
  },
  DECISION_RECORDED: {
    family: 'Conflict',
    zh: '本次表决结果已经记录，不能改计',
    en: 'the result of this vote is recorded and is not counted again',
  },
  COVENANT_NEEDS_ASSEMBLY: {
    family: 'Conflict',
    zh: '该公约须由{zh}讨论通过（{basis}），请以{zh}形式协商表决',
    en: 'this covenant is adopted by: {en} ({basis}); deliberate and decide in that form',
  },
  COVENANT_ALREADY_FILED: {
    family: 'Conflict',
    zh: '这次协商通过的公约已经备案；修订须另行协商表决',
    en: 'the covenant that this deliberation adopted is filed already; a revision needs a deliberation of its own',
  },
} as const satisfies Record<string, RefusalText>;
