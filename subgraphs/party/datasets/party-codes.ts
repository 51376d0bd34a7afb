import type { MemberCategory } from '../store/member-rows.ts';
import type { PartyOrganizationKind } from '../store/organization-rows.ts';

/** The enumerations of party organizations and members as files write them: by code or by Chinese name. */
export const partyCodes = {
  kind: {
    COMMITTEE: '党委',
    GENERAL_BRANCH: '党总支',
    BRANCH: '党支部',
    GRID_BRANCH: '网格党支部',
    MICRO_GRID_GROUP: '微网格党小组',
    JOINT_BRANCH: '联合党支部',
    GROUP: '党小组',
  } satisfies Record<PartyOrganizationKind, string>,
  /** Whoever is to become a member is brought on in the hub, step by step. */
  category: { PROBATIONARY: '预备党员', FULL: '正式党员' } satisfies Partial<Record<MemberCategory, string>>,
};
