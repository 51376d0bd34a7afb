import {
  engagementRoles,
  type OrganizationKind as Kind,
  organizationKinds,
  type EngagementRole as Role,
} from '../../store/bodies/organization-rows.ts';
import { builder } from '../builder.ts';

const KIND_NAMES: Record<Kind, string> = {
  GOVERNMENT_DEPARTMENT: '政府部门 Government department.',
  SUBDISTRICT_OFFICE: '街道办事处（镇政府） Sub-district office or town government.',
  OFFICE_UNIT: '内设机构 Unit of an office.',
  SOCIAL_ORGANIZATION: '社会组织 Social organization.',
  OWNERS_COMMITTEE: '业主委员会 Owners’ committee of an estate.',
  PROPERTY_SERVICE: '物业服务企业 Property service.',
  STATIONED_UNIT: '驻区单位 Unit stationed in a community.',
  INCUBATOR: '孵化基地（枢纽型服务中心） Incubator or hub of social organizations.',
  ALLIANCE: '联盟 Alliance of social organizations.',
  SOCIAL_WORK_STATION: '社会工作站 Social-work station of a township.',
  SOCIAL_WORK_STUDIO: '社会工作室 Social-work studio.',
  SERVICE_TEAM: '社区服务团队 Service team.',
  GRID_TEAM: '网格服务团队 Team that serves grids.',
  LEADING_GROUP: '领导小组 Leading group.',
  LAW_FIRM: '律师事务所 Law firm.',
};

const ROLE_NAMES: Record<Role, string> = {
  LEADER: '负责人 Leader of a body; one at a time.',
  MEMBER: '成员 Member of a body, from outside the city, too.',
  SUPERVISOR: '督导 Supervisor of a worker; one at a time.',
  LEGAL_ADVISER: '法律顾问 Legal adviser of a community; one at a time.',
  STATIONED: '驻区单位 Stationed in a community.',
  INCUBATEE: '入驻（在孵） Incubated by an incubator.',
  PROPERTY_MANAGER: '物业服务 Property service of an estate; one at a time.',
  SECONDED: '挂职 Seconded to a body.',
};

function described<Value extends string>(values: readonly Value[], names: Record<Value, string>) {
  return Object.fromEntries(values.map((value) => [value, { description: names[value] }])) as Record<
    Value,
    { description: string }
  >;
}

export const OrganizationKind = builder.enumType('OrganizationKind', {
  description: '组织类型 Kind of body.',
  values: described(organizationKinds, KIND_NAMES),
});

export const EngagementRole = builder.enumType('EngagementRole', {
  description: '关系类型 What somebody is to a body, a community or a worker.',
  values: described(engagementRoles, ROLE_NAMES),
});

export const SocialOrganizationForm = builder.enumType('SocialOrganizationForm', {
  description: '社会组织形式 Form of a social organization.',
  values: {
    SOCIAL_ASSOCIATION: { description: '社会团体 Association.' },
    SOCIAL_SERVICE_AGENCY: { description: '民办非企业单位（社会服务机构） Service agency.' },
    FOUNDATION: { description: '基金会 Foundation.' },
    COMMUNITY_SOCIAL_ORGANIZATION: { description: '社区社会组织 Community social organization.' },
  },
});

export const SocialOrganizationField = builder.enumType('SocialOrganizationField', {
  description: '社会组织领域（四类） Field of a social organization.',
  values: {
    LIVING_SERVICE: { description: '生活服务类 Services of daily life.' },
    CHARITY: { description: '公益慈善类 Charity.' },
    CULTURE_SPORTS: { description: '文体活动类 Culture and sports.' },
    MEDIATION: { description: '专业调处类 Mediation.' },
  },
});

export const SocialOrganizationRegistration = builder.enumType('SocialOrganizationRegistration', {
  description: '登记或备案 Registered or filed.',
  values: {
    REGISTERED: { description: '登记 Registered, with a credit code.' },
    FILED: { description: '备案 Filed with the township.' },
  },
});

export const OfficeStructure = builder.enumType('OfficeStructure', {
  description: '机构设置模式 How an office is set up.',
  values: {
    CONVENTIONAL: { description: '常规 Conventional departments.' },
    DEPARTMENTS_AND_CENTRE: { description: '部门与中心 A few departments and one centre.' },
    CENTRE_BASED: { description: '中心化运行、扁平化管理 Run by centres, flat.' },
  },
});

export const FundSource = builder.enumType('FundSource', {
  description: '经费来源 Where a fund’s money comes from.',
  values: {
    WORKING_BUDGET: { description: '专项工作经费 Working budget.' },
    DEVELOPMENT_FUND: { description: '专项发展基金 Development fund.' },
  },
});

export const FundEntryKind = builder.enumType('FundEntryKind', {
  description: '收支类型 Kind of entry.',
  values: {
    ALLOTMENT: { description: '拨入 Money in.' },
    SPENDING: { description: '支出 Money out.' },
  },
});
