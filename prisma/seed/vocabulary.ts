/** The closed vocabularies of the demo city. Plain constants without dependencies, so that the graph can share them. */

export const demoCities = ['jiaxing', 'hangzhou', 'sanya', 'xuzhou', 'yantai'] as const;
/** One of the five cities whose articles this product is built on. */
export type DemoCity = (typeof demoCities)[number];

/** 区划层级 */
export const divisionLevels = ['PROVINCE', 'PREFECTURE', 'COUNTY', 'TOWNSHIP', 'VILLAGE'] as const;
export type DivisionLevel = (typeof divisionLevels)[number];

/** 区划类型 */
export const divisionKinds = [
  'PROVINCE',
  'PREFECTURE_CITY',
  'DISTRICT',
  'COUNTY',
  'COUNTY_LEVEL_CITY',
  'FUNCTIONAL_ZONE',
  'SUBDISTRICT',
  'TOWN',
  'RURAL_TOWNSHIP',
  'TOWNSHIP_LIKE',
  'PSEUDO_TOWNSHIP',
  'RESIDENTIAL_COMMUNITY',
  'ADMINISTRATIVE_VILLAGE',
] as const;
export type DivisionKind = (typeof divisionKinds)[number];

/** 城乡分类代码: 主城区, 城乡结合区, 镇中心区, 镇乡结合区, 特殊区域, 乡中心区, 村庄 */
export const urbanRuralClassCodes = ['111', '112', '121', '122', '123', '210', '220'] as const;
export type UrbanRuralClassCode = (typeof urbanRuralClassCodes)[number];

/** 社区类型: 社区, 行政村, 农场居 */
export const communityKinds = ['RESIDENTIAL_COMMUNITY', 'ADMINISTRATIVE_VILLAGE', 'FARM_COMMUNITY'] as const;
export type CommunityKind = (typeof communityKinds)[number];

/** 社区由来: 原有, 撤村建居 */
export const communityOrigins = ['ORIGINAL', 'CONVERTED_VILLAGE'] as const;
export type CommunityOrigin = (typeof communityOrigins)[number];

/** 网格类型: 一般网格, 专属网格 */
export const gridKinds = ['GENERAL', 'DEDICATED'] as const;
export type GridKind = (typeof gridKinds)[number];

/** 委员会: 居委会, 村委会, 农场居委会, 居(村)务监督委员会 */
export const committeeKinds = ['RESIDENTS', 'VILLAGERS', 'FARM_RESIDENTS', 'SUPERVISION'] as const;
export type CommitteeKind = (typeof committeeKinds)[number];

/** 三岗: 书记(主任), 副职, 专职 */
export const workerPosts = ['SECRETARY_DIRECTOR', 'DEPUTY', 'SPECIALIST'] as const;
export type WorkerPost = (typeof workerPosts)[number];

/** 社工类型: 一般, 全科, 全能, 项目 */
export const workerModes = ['GENERAL', 'GENERALIST', 'ALL_ROUND', 'PROJECT'] as const;
export type WorkerMode = (typeof workerModes)[number];

/** 社会工作者职业水平证书: 助理, 社会工作师, 高级 */
export const socialWorkCertificates = ['ASSISTANT', 'SOCIAL_WORKER', 'SENIOR'] as const;
export type SocialWorkCertificate = (typeof socialWorkCertificates)[number];

/** 网格任职: 网格长, 专职网格员, 兼职网格员, 网格指导员, 微网格长 */
export const gridRoles = [
  'GRID_CHIEF',
  'FULL_TIME_GRID_WORKER',
  'PART_TIME_GRID_WORKER',
  'GRID_INSTRUCTOR',
  'MICRO_GRID_CHIEF',
] as const;
export type GridRole = (typeof gridRoles)[number];

/** 户类型: 家庭户, 集体户 */
export const householdTypes = ['FAMILY', 'COLLECTIVE'] as const;
export type HouseholdType = (typeof householdTypes)[number];

/** 房屋用途: 自住, 出租, 集体宿舍, 空置 */
export const dwellingUsages = ['OWNER_OCCUPIED', 'RENTED', 'DORMITORY', 'VACANT'] as const;
export type DwellingUsage = (typeof dwellingUsages)[number];

/** 居住登记: 户籍, 常住, 流动, 候鸟 */
export const residenceKinds = ['REGISTERED', 'RESIDENT', 'MIGRANT', 'SEASONAL'] as const;
export type ResidenceKind = (typeof residenceKinds)[number];

/** 设施: 党群服务中心, 便民服务中心, 便民服务站, 政务服务中心, 居民会客厅, 警务室, 邻里中心, 法律援助工作站, 公共空间, 养老服务中心, 卫生服务站, 民情恳谈室 */
export const facilityKinds = [
  'PARTY_MASS_SERVICE_CENTRE',
  'CONVENIENCE_CENTRE',
  'CONVENIENCE_STATION',
  'GOVERNMENT_SERVICE_CENTRE',
  'RESIDENTS_LOUNGE',
  'POLICE_ROOM',
  'NEIGHBOUR_CENTRE',
  'LEGAL_AID',
  'PUBLIC_SPACE',
  'ELDER_CARE_CENTRE',
  'HEALTH_STATION',
  'DELIBERATION_ROOM',
] as const;
export type FacilityKind = (typeof facilityKinds)[number];

/** 设施阶段: 建, 用, 管, 评, 停用 */
export const facilityStages = ['BUILD', 'USE', 'MANAGE', 'EVALUATE', 'CLOSED'] as const;
export type FacilityStage = (typeof facilityStages)[number];

/** 设施层级: 市, 县(市、区), 镇街, 社区(村) */
export const facilityTiers = ['CITY', 'COUNTY', 'TOWNSHIP', 'COMMUNITY'] as const;
export type FacilityTier = (typeof facilityTiers)[number];

/** 事项类型: 行政许可, 行政确认, 行政给付, 行政奖励, 其他行政权力, 公共服务, 便民生活服务 */
export const serviceItemTypes = [
  'LICENCE',
  'CONFIRMATION',
  'PAYMENT',
  'AWARD',
  'OTHER_POWER',
  'PUBLIC_SERVICE',
  'LIVELIHOOD',
] as const;
export type ServiceItemType = (typeof serviceItemTypes)[number];

/** 办理方式: 马上办, 网上办, 就近办, 一次办 */
export const serviceModes = ['IMMEDIATE', 'ONLINE', 'NEARBY', 'ONCE'] as const;
export type ServiceMode = (typeof serviceModes)[number];

/** 事项下沉到: 社区(村), 镇街, 县(市、区) */
export const serviceReaches = ['COMMUNITY', 'TOWNSHIP', 'COUNTY'] as const;
export type ServiceReach = (typeof serviceReaches)[number];

/** 事件类别: 隐患, 纠纷, 环境, 咨询, 设施损坏, 噪声, 交通, 助老 */
export const incidentCategories = [
  'HAZARD',
  'DISPUTE',
  'ENVIRONMENT',
  'CONSULTATION',
  'FACILITY_DAMAGE',
  'NOISE',
  'TRAFFIC',
  'ELDER_CARE',
] as const;
export type IncidentCategory = (typeof incidentCategories)[number];

/** 事件状态, in their order: 上报, 受理, 分流, 交办, 处置, 反馈, 核查, 评价, 结案 */
export const incidentStates = [
  'REPORTED',
  'ACCEPTED',
  'TRIAGED',
  'DISPATCHED',
  'HANDLING',
  'FEEDBACK',
  'VERIFYING',
  'EVALUATED',
  'CLOSED',
] as const;
export type IncidentState = (typeof incidentStates)[number];

/** 上报渠道: 网格员, 居民, 12345热线, 视频识别, 微嘉园 */
export const incidentChannels = ['GRID_WORKER', 'RESIDENT', 'HOTLINE_12345', 'VISION', 'MINI_PROGRAM'] as const;
export type IncidentChannel = (typeof incidentChannels)[number];

/** 严重程度: 一般, 较大, 重大 */
export const incidentSeverities = ['GENERAL', 'MAJOR', 'SEVERE'] as const;
export type IncidentSeverity = (typeof incidentSeverities)[number];

/** 党组织: 党委, 党总支, 党支部, 网格党支部, 微网格党小组, 联合党支部 */
export const partyOrganizationKinds = [
  'COMMITTEE',
  'GENERAL_BRANCH',
  'BRANCH',
  'GRID_BRANCH',
  'MICRO_GRID_GROUP',
  'JOINT_BRANCH',
  'GROUP',
] as const;
export type PartyOrganizationKind = (typeof partyOrganizationKinds)[number];

/** 党员类别: 正式, 预备 */
export const partyMemberCategories = ['APPLICANT', 'ACTIVIST', 'CANDIDATE', 'PROBATIONARY', 'FULL'] as const;
export type PartyMemberCategory = (typeof partyMemberCategories)[number];

/** 培训类型: 初任, 岗位, 进修, 继续教育 */
export const trainingKinds = ['INDUCTION', 'POST', 'ADVANCED', 'CONTINUING'] as const;
export type TrainingKind = (typeof trainingKinds)[number];

/** 培训层级: 市, 县, 镇街 */
export const trainingTiers = ['CITY', 'COUNTY', 'TOWNSHIP'] as const;
export type TrainingTier = (typeof trainingTiers)[number];

/** 培训方式: 线上, 线下, 结合 */
export const trainingModes = ['ONLINE', 'OFFLINE', 'MIXED'] as const;
export type TrainingMode = (typeof trainingModes)[number];

/** 考察学习: 本市, 跨市, 出境 */
export const studyScopes = ['OWN_CITY', 'OTHER_CITY', 'ABROAD'] as const;
export type StudyScope = (typeof studyScopes)[number];

/** 招考渠道: 公开招考, 选干部进两委, 书记专门岗位 */
export const recruitmentChannels = ['OPEN_EXAMINATION', 'CADRE_SELECTION', 'SECRETARY_POSTS'] as const;
export type RecruitmentChannel = (typeof recruitmentChannels)[number];

/** 招考状态, in their order; the last is the other end */
export const recruitmentStates = [
  'ANNOUNCED',
  'REGISTERING',
  'EXAMINING',
  'PUBLICIZED',
  'COMPLETED',
  'CANCELLED',
] as const;
export type RecruitmentState = (typeof recruitmentStates)[number];

/** 档案记录: 表彰, 称号, 去向, 挂职, 后备; 基本工资, 绩效, 津贴, 支持, 绿卡, 等级调整; 评价 */
export const workerRecordKinds = [
  'AWARD',
  'TALENT_TITLE',
  'CAREER_MOVE',
  'SECONDMENT',
  'RESERVE_CADRE',
  'BASE_PAY',
  'PERFORMANCE_PAY',
  'ALLOWANCE',
  'TALENT_SUPPORT',
  'GREEN_CARD',
  'GRADE_CHANGE',
  'APPRAISAL',
] as const;
export type WorkerRecordKind = (typeof workerRecordKinds)[number];

/** 组织类型 */
export const organizationKinds = [
  'GOVERNMENT_DEPARTMENT',
  'SUBDISTRICT_OFFICE',
  'OFFICE_UNIT',
  'SOCIAL_ORGANIZATION',
  'OWNERS_COMMITTEE',
  'PROPERTY_SERVICE',
  'STATIONED_UNIT',
  'INCUBATOR',
  'ALLIANCE',
  'SOCIAL_WORK_STATION',
  'SOCIAL_WORK_STUDIO',
  'SERVICE_TEAM',
  'GRID_TEAM',
  'LEADING_GROUP',
  'LAW_FIRM',
] as const;
export type OrganizationKind = (typeof organizationKinds)[number];

/** 社会组织形式: 社团, 社会服务机构, 基金会, 社区社会组织 */
export const socialOrganizationForms = [
  'SOCIAL_ASSOCIATION',
  'SOCIAL_SERVICE_AGENCY',
  'FOUNDATION',
  'COMMUNITY_SOCIAL_ORGANIZATION',
] as const;
export type SocialOrganizationForm = (typeof socialOrganizationForms)[number];

/** 社会组织领域: 生活服务, 公益慈善, 文体活动, 专业调处 */
export const socialOrganizationFields = ['LIVING_SERVICE', 'CHARITY', 'CULTURE_SPORTS', 'MEDIATION'] as const;
export type SocialOrganizationField = (typeof socialOrganizationFields)[number];

/** 登记, 备案 */
export const socialOrganizationRegistrations = ['REGISTERED', 'FILED'] as const;
export type SocialOrganizationRegistration = (typeof socialOrganizationRegistrations)[number];

/** 机构设置: 常规, 五部一中心, 中心化 */
export const officeStructures = ['CONVENTIONAL', 'DEPARTMENTS_AND_CENTRE', 'CENTRE_BASED'] as const;
export type OfficeStructure = (typeof officeStructures)[number];

/** 关系: 负责人, 成员, 督导, 法律顾问, 驻区, 在孵, 物业, 挂职 */
export const engagementRoles = [
  'LEADER',
  'MEMBER',
  'SUPERVISOR',
  'LEGAL_ADVISER',
  'STATIONED',
  'INCUBATEE',
  'PROPERTY_MANAGER',
  'SECONDED',
] as const;
export type EngagementRole = (typeof engagementRoles)[number];

/** 经费来源: 专项工作经费, 专项发展基金 */
export const fundSources = ['WORKING_BUDGET', 'DEVELOPMENT_FUND'] as const;
export type FundSource = (typeof fundSources)[number];

/** 收支: 拨入, 支出 */
export const fundEntryKinds = ['ALLOTMENT', 'SPENDING'] as const;
export type FundEntryKind = (typeof fundEntryKinds)[number];

/** 关系的两端 */
export type HolderType = 'WORKER' | 'PERSON' | 'ORGANIZATION' | 'EXTERNAL';
export type SubjectType = 'ORGANIZATION' | 'COMMUNITY' | 'WORKER';

/** 选举状态, in their order; the last is the other end */
export const electionStates = ['PREPARED', 'ROLL_PUBLISHED', 'NOMINATED', 'VOTED', 'CERTIFIED', 'VOID'] as const;
export type ElectionState = (typeof electionStates)[number];

/** 提名: 自荐, 联名, 组织 */
export const nominations = ['SELF', 'JOINT', 'ORGANIZATION'] as const;
export type Nomination = (typeof nominations)[number];

/** 数源系统: 人口, 房屋, 民政委员会, 网格平台, 政务服务事项, 党建, 设施台账, 本图谱, 区划清单, 社区工作者队伍 */
export const sourceSystemCodes = [
  'population-register',
  'housing-register',
  'civil-affairs-committees',
  'grid-platform',
  'service-matters',
  'party-building',
  'discipline-supervision',
  'facility-ledger',
  'hub',
  'division-list',
  'civil-affairs-workforce',
  'civil-affairs-bodies',
  'care-register',
  'zhaoyuan-smart-community-5',
] as const;
export type SourceSystemCode = (typeof sourceSystemCodes)[number];

/** 城市装载状态: 装载中, 已装载 */
export const loadedCityStates = ['LOADING', 'LOADED'] as const;
export type LoadedCityState = (typeof loadedCityStates)[number];

/** 关爱与重点人群标签: 独居老人, 低保, 特困, 低边, 残疾人, 优抚, 退役军人, 困境儿童, 留守, 重点人群, 社区矫正, 帮教 */
export const careTagKinds = [
  'SOLITARY_ELDER',
  'SUBSISTENCE_ALLOWANCE',
  'EXTREME_POVERTY_SUPPORT',
  'MARGINAL_LOW_INCOME',
  'DISABILITY',
  'PREFERENTIAL_TREATMENT',
  'VETERAN',
  'CHILD_IN_NEED',
  'LEFT_BEHIND',
  'KEY_POPULATION',
  'COMMUNITY_CORRECTION',
  'AFTERCARE_SUPPORT',
] as const;
export type CareTagKind = (typeof careTagKinds)[number];

/** 服务分组: what a service item is about. */
export const serviceGroups = [
  'EMPLOYMENT',
  'SOCIAL_INSURANCE',
  'ELDER_CARE',
  'SOCIAL_ASSISTANCE',
  'HEALTH',
  'EDUCATION',
  'HOUSING',
  'DISABILITY',
  'VETERANS',
  'RESIDENCE',
  'LIVELIHOOD',
  'OTHER',
] as const;
export type ServiceGroup = (typeof serviceGroups)[number];

/** 办件状态 */
export const requestStates = [
  'PRE_ACCEPTED',
  'SUPPLEMENT_REQUIRED',
  'SUBMITTED',
  'ACCEPTED',
  'COMPLETED',
  'RATED',
  'RECTIFYING',
  'RECTIFIED',
  'RETURNED',
  'WITHDRAWN',
] as const;
export type RequestState = (typeof requestStates)[number];

/** 办理渠道 */
export const serviceChannels = [
  'WINDOW',
  'ONLINE',
  'APP',
  'WECHAT',
  'MINI_PROGRAM',
  'COMMUNITY_LINE',
  'KIOSK',
  'TV_BOX',
  'HOTLINE_12345',
  'GRID_WORKER',
] as const;
export type ServiceChannel = (typeof serviceChannels)[number];
