import { readCodeList } from '../../kit/graph/code-lists.ts';
import { builder } from './builder.ts';

export const urbanRuralClassCodes = readCodeList('urban-rural-class');

export const DivisionLevel = builder.enumType('DivisionLevel', {
  description: '区划层级 Tier of a division.',
  values: {
    PROVINCE: { description: '省级 Province.' },
    PREFECTURE: { description: '地级 Prefecture-level city.' },
    COUNTY: { description: '县级 County, district or county-level city.' },
    TOWNSHIP: { description: '乡级 Sub-district, town or township.' },
    VILLAGE: { description: '村级 Community or village.' },
  },
});

export const DivisionKind = builder.enumType('DivisionKind', {
  description: '区划类型 What a division is, by its code.',
  values: {
    PROVINCE: { description: '省 Province.' },
    PREFECTURE_CITY: { description: '地级市 Prefecture-level city.' },
    DISTRICT: { description: '市辖区 District.' },
    COUNTY: { description: '县 County.' },
    COUNTY_LEVEL_CITY: { description: '县级市 County-level city.' },
    FUNCTIONAL_ZONE: { description: '功能区（统计用） Zone that statistics count like a county.' },
    SUBDISTRICT: { description: '街道 Sub-district.' },
    TOWN: { description: '镇 Town.' },
    RURAL_TOWNSHIP: { description: '乡 Rural township.' },
    TOWNSHIP_LIKE: { description: '类似乡级单位 Township-like unit.' },
    PSEUDO_TOWNSHIP: { description: '虚拟乡级 A township that exists in the list only.' },
    RESIDENTIAL_COMMUNITY: { description: '居委会 Residential community.' },
    ADMINISTRATIVE_VILLAGE: { description: '村委会 Administrative village.' },
  },
});

export const CommunityKind = builder.enumType('CommunityKind', {
  description: '社区类型 Kind of community.',
  values: {
    RESIDENTIAL_COMMUNITY: { description: '社区 Residential community.' },
    ADMINISTRATIVE_VILLAGE: { description: '行政村 Administrative village.' },
    FARM_COMMUNITY: { description: '农场居 Residents of a former state farm.' },
  },
});

export const CommunityOrigin = builder.enumType('CommunityOrigin', {
  description: '社区由来 How the community came to be.',
  values: {
    ORIGINAL: { description: '原有 Has always been one.' },
    CONVERTED_VILLAGE: { description: '撤村建居 A village turned into a community.' },
  },
});

export const GridKind = builder.enumType('GridKind', {
  description: '网格类型 Kind of grid.',
  values: {
    GENERAL: { description: '一般网格 General grid.' },
    DEDICATED: { description: '专属网格 Grid of one estate, market or institution.' },
  },
});

export const CommitteeKind = builder.enumType('CommitteeKind', {
  description: '委员会类型 Kind of committee.',
  values: {
    RESIDENTS: { description: '居民委员会 Residents’ committee.' },
    VILLAGERS: { description: '村民委员会 Villagers’ committee.' },
    FARM_RESIDENTS: { description: '农场居民委员会 Farm residents’ committee.' },
    SUPERVISION: { description: '居（村）务监督委员会 Supervision committee.' },
  },
});

export const WorkerPost = builder.enumType('WorkerPost', {
  description: '岗位（三岗） Post of a community worker.',
  values: {
    SECRETARY_DIRECTOR: { description: '书记（主任） Secretary and director.' },
    DEPUTY: { description: '副职 Deputy.' },
    SPECIALIST: { description: '专职 Specialist.' },
  },
});

export const WorkerMode = builder.enumType('WorkerMode', {
  description: '社工类型 How a community worker is deployed.',
  values: {
    GENERAL: { description: '一般社工 One line of work.' },
    GENERALIST: { description: '全科社工 All matters at one desk.' },
    ALL_ROUND: { description: '全能社工 Desk and grid alike.' },
    PROJECT: { description: '项目社工 Hired for a project.' },
  },
});

export const SocialWorkCertificate = builder.enumType('SocialWorkCertificate', {
  description: '社会工作者职业水平证书 Certificate of social work.',
  values: {
    ASSISTANT: { description: '助理社会工作师 Assistant social worker.' },
    SOCIAL_WORKER: { description: '社会工作师 Social worker.' },
    SENIOR: { description: '高级社会工作师 Senior social worker.' },
  },
});

export const GridRole = builder.enumType('GridRole', {
  description: '网格职务 Post in a grid (1+3+N).',
  values: {
    GRID_CHIEF: { description: '网格长 Grid chief; one live chief per grid at most.' },
    FULL_TIME_GRID_WORKER: { description: '专职网格员 Full-time grid worker.' },
    PART_TIME_GRID_WORKER: { description: '兼职网格员 Part-time grid worker.' },
    GRID_INSTRUCTOR: { description: '网格指导员 Grid instructor.' },
    MICRO_GRID_CHIEF: { description: '微网格长 Micro-grid chief; one live chief per micro-grid at most.' },
  },
});
