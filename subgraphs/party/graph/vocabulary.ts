import { builder } from './builder.ts';

export const PartyOrganizationKind = builder.enumType('PartyOrganizationKind', {
  description: '党组织类型 Kind of party organization.',
  values: {
    COMMITTEE: { description: '党委 Committee.' },
    GENERAL_BRANCH: { description: '党总支 General branch.' },
    BRANCH: { description: '党支部 Branch.' },
    GRID_BRANCH: { description: '网格党支部 Branch of a grid.' },
    MICRO_GRID_GROUP: { description: '微网格党小组 Group of a micro-grid.' },
    JOINT_BRANCH: { description: '联合党支部 Branch of several bodies.' },
    GROUP: { description: '党小组 Group, e.g. of a stairwell or a civic team.' },
  },
});

export const PartyHostKind = builder.enumType('PartyHostKind', {
  description: '依托单位类型 What an organization is set up in.',
  values: {
    CIVIC_TEAM: { description: '民间团队 Informal team of residents.' },
    STAIRWELL: { description: '楼道 Stairwell of a building.' },
    UNIT: { description: '单位 A unit.' },
  },
});

export const PartyMemberCategory = builder.enumType('PartyMemberCategory', {
  description: '党员类别 Category of a party member, and of those who are to become one.',
  values: {
    APPLICANT: { description: '入党申请人 Applicant; no member yet.' },
    ACTIVIST: { description: '入党积极分子 Activist; no member yet.' },
    CANDIDATE: { description: '发展对象 Candidate; no member yet.' },
    PROBATIONARY: { description: '预备党员 Probationary member.' },
    FULL: { description: '正式党员 Full member.' },
  },
});
