import type { RightText } from './right-text.ts';

/** 党建权限 — rights that the party subgraph's cards demand. */
export const partyRights = {
  'party.membership': { zh: '党员身份信息', en: 'party membership of a person' },
  'membership.write': { zh: '办理组织关系转接', en: 'transfer party memberships' },
  'party.write': { zh: '办理党建事务', en: 'record party life: meetings, posts, pairings, lists' },
  'party-organization.import': { zh: '批量导入党组织', en: 'import party organizations in batches' },
  'party-member.import': { zh: '批量导入党员', en: 'import party members in batches' },
  'party.supervision': { zh: '监督问题', en: 'findings of party supervision' },
} as const satisfies Record<string, RightText>;
