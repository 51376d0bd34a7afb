import type { OrganizationKind, OrganizationRow } from '../store/bodies/organization-rows.ts';

/** The enumerations of a body as files write them: by code or by Chinese name. */
export const organizationCodes = {
  kind: {
    GOVERNMENT_DEPARTMENT: '政府部门',
    SUBDISTRICT_OFFICE: '街道办事处',
    OFFICE_UNIT: '内设机构',
    SOCIAL_ORGANIZATION: '社会组织',
    OWNERS_COMMITTEE: '业主委员会',
    PROPERTY_SERVICE: '物业服务企业',
    STATIONED_UNIT: '驻区单位',
    INCUBATOR: '孵化基地',
    ALLIANCE: '联盟',
    SOCIAL_WORK_STATION: '社会工作站',
    SOCIAL_WORK_STUDIO: '社会工作室',
    SERVICE_TEAM: '社区服务团队',
    GRID_TEAM: '网格服务团队',
    LEADING_GROUP: '领导小组',
    LAW_FIRM: '律师事务所',
  } satisfies Record<OrganizationKind, string>,
  form: {
    SOCIAL_ASSOCIATION: '社会团体',
    SOCIAL_SERVICE_AGENCY: '社会服务机构',
    FOUNDATION: '基金会',
    COMMUNITY_SOCIAL_ORGANIZATION: '社区社会组织',
  } satisfies Record<NonNullable<OrganizationRow['form']>, string>,
  field: {
    LIVING_SERVICE: '生活服务类',
    CHARITY: '公益慈善类',
    CULTURE_SPORTS: '文体活动类',
    MEDIATION: '专业调处类',
  } satisfies Record<NonNullable<OrganizationRow['field']>, string>,
  registration: { REGISTERED: '登记', FILED: '备案' } satisfies Record<
    NonNullable<OrganizationRow['registration']>,
    string
  >,
};
