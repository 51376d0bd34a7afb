import { defineMachine } from '../../../kit/machine/state-machine.ts';
import type { ElectionState } from '../../store/elections/election-rows.ts';

/** What the conditions of an election look at. */
export interface ElectionSubject {
  readonly seats: number;
  readonly candidateCount: number;
}

/** 换届选举: roll, nomination, vote, certification. */
export const electionMachine = defineMachine<ElectionSubject>()({
  name: 'Election',
  zh: '换届选举',
  en: 'Election of a residents’ or villagers’ committee.',
  initial: 'PREPARED' satisfies ElectionState,
  states: {
    PREPARED: { zh: '筹备中', en: 'prepared' },
    ROLL_PUBLISHED: { zh: '选民名单已公布', en: 'roll published' },
    NOMINATED: { zh: '候选人已确定', en: 'nominated' },
    VOTED: { zh: '已投票', en: 'voted' },
    CERTIFIED: { zh: '已确认', en: 'certified', terminal: true },
    VOID: { zh: '选举无效', en: 'void', terminal: true },
  },
  events: {
    publishRoll: { zh: '公布选民名单', en: 'publish the roll' },
    nominate: { zh: '提名候选人', en: 'nominate' },
    closeNominations: { zh: '确定候选人', en: 'close nominations' },
    recordBallots: { zh: '登记票数', en: 'record the ballots' },
    certify: { zh: '确认结果', en: 'certify' },
    declareVoid: { zh: '宣布无效', en: 'declare void' },
  },
  guards: {
    enoughCandidates: {
      zh: '候选人不少于应选名额',
      en: 'at least as many candidates as seats',
      holds: ({ seats, candidateCount }) => candidateCount >= seats,
    },
  },
  inputs: { registeredVoters: { zh: '登记参选人数', en: 'number of registered voters' } },
  transitions: [
    { event: 'publishRoll', from: ['PREPARED'], to: 'ROLL_PUBLISHED', inputs: ['registeredVoters'] },
    { event: 'nominate', from: ['ROLL_PUBLISHED'] },
    { event: 'closeNominations', from: ['ROLL_PUBLISHED'], to: 'NOMINATED', guards: ['enoughCandidates'] },
    { event: 'recordBallots', from: ['NOMINATED'], to: 'VOTED' },
    { event: 'certify', from: ['VOTED'], to: 'CERTIFIED' },
    { event: 'declareVoid', from: ['PREPARED', 'ROLL_PUBLISHED', 'NOMINATED', 'VOTED'], to: 'VOID' },
  ],
});
