import type { RefusalText } from './refusal-text.ts';

/** 党建拒绝 — refusals of the party subgraph. */
export const partyRefusals = {
  MEMBER_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这名党员，请核对编号',
    en: 'no such party member in your area; check the id',
  },
  PARTY_ORGANIZATION_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有这个党组织，请核对编号',
    en: 'no such party organization; check the id',
  },
  MEMBERSHIP_UNCHANGED: {
    family: 'Conflict',
    zh: '该党员已在这个党组织',
    en: 'the member already belongs to this party organization',
  },
  PARTY_ORGANIZATION_CANNOT_HOLD_MEMBERS: {
    family: 'Conflict',
    zh: '组织关系只能转入支部或党小组所属支部，请选择支部',
    en: 'members belong to branches; choose a branch',
  },
} as const satisfies Record<string, RefusalText>;
