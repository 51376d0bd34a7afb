import type {
  EngagementRole,
  HolderType,
  OrganizationKind,
  SubjectType,
} from '../../store/bodies/organization-rows.ts';

interface EngagementKind {
  readonly holders: readonly HolderType[];
  readonly subjects: readonly SubjectType[];
  /** Kinds of organizations it may be about; any when left out. */
  readonly subjectKinds?: readonly OrganizationKind[];
  /** A subject has one holder at a time; a partial unique index says the same. */
  readonly exclusive: boolean;
}

/** 关系类型 — who may stand in which relation to what. */
export const engagementKinds: Record<EngagementRole, EngagementKind> = {
  LEADER: { holders: ['WORKER', 'PERSON', 'EXTERNAL'], subjects: ['ORGANIZATION'], exclusive: true },
  MEMBER: { holders: ['WORKER', 'PERSON', 'ORGANIZATION', 'EXTERNAL'], subjects: ['ORGANIZATION'], exclusive: false },
  SUPERVISOR: { holders: ['WORKER'], subjects: ['WORKER'], exclusive: true },
  LEGAL_ADVISER: { holders: ['ORGANIZATION', 'EXTERNAL'], subjects: ['COMMUNITY'], exclusive: true },
  STATIONED: { holders: ['ORGANIZATION'], subjects: ['COMMUNITY'], exclusive: false },
  INCUBATEE: { holders: ['ORGANIZATION'], subjects: ['ORGANIZATION'], subjectKinds: ['INCUBATOR'], exclusive: false },
  PROPERTY_MANAGER: {
    holders: ['ORGANIZATION'],
    subjects: ['ORGANIZATION'],
    subjectKinds: ['OWNERS_COMMITTEE'],
    exclusive: true,
  },
  SECONDED: { holders: ['WORKER'], subjects: ['ORGANIZATION'], exclusive: false },
};
