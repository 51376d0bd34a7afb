import { builder } from './builder.ts';

export const FacilityKind = builder.enumType('FacilityKind', {
  description: '设施类型 Kind of facility.',
  values: {
    PARTY_MASS_SERVICE_CENTRE: { description: '党群服务中心 Party and mass service centre.' },
    CONVENIENCE_CENTRE: { description: '便民服务中心 Convenience service centre.' },
    CONVENIENCE_STATION: { description: '便民服务站 Convenience service station.' },
    GOVERNMENT_SERVICE_CENTRE: { description: '政务服务中心 Government service centre of a city or county.' },
    RESIDENTS_LOUNGE: { description: '居民会客厅 Residents’ lounge.' },
    POLICE_ROOM: { description: '警务室 Police room.' },
    NEIGHBOUR_CENTRE: { description: '邻里中心 Neighbourhood centre.' },
    LEGAL_AID: { description: '法律援助工作站 Legal aid station.' },
    PUBLIC_SPACE: { description: '公共空间 Public space.' },
    ELDER_CARE_CENTRE: { description: '养老服务中心 Elder care centre.' },
    HEALTH_STATION: { description: '卫生服务站 Health station.' },
    DELIBERATION_ROOM: { description: '民情恳谈室 Room where people and officials talk.' },
  },
});

export const FacilityTier = builder.enumType('FacilityTier', {
  description: '设施层级 Tier that runs a facility.',
  values: {
    CITY: { description: '市级 The city.' },
    COUNTY: { description: '县(市、区)级 The county.' },
    TOWNSHIP: { description: '镇街 Sub-district or town.' },
    COMMUNITY: { description: '社区(村) Community or village.' },
  },
});

export const FacilityStage = builder.enumType('FacilityStage', {
  description: '建用管评阶段 Stage of a facility’s life.',
  values: {
    BUILD: { description: '建 Being built.' },
    USE: { description: '用 In use.' },
    MANAGE: { description: '管 Under management review.' },
    EVALUATE: { description: '评 Under evaluation.' },
    CLOSED: { description: '停用 Closed for good.' },
  },
});

export const ServiceItemType = builder.enumType('ServiceItemType', {
  description: '事项类型 Kind of administrative matter.',
  values: {
    LICENCE: { description: '行政许可 Licence.' },
    CONFIRMATION: { description: '行政确认 Confirmation.' },
    PAYMENT: { description: '行政给付 Payment.' },
    AWARD: { description: '行政奖励 Award.' },
    OTHER_POWER: { description: '其他行政权力 Other administrative power.' },
    PUBLIC_SERVICE: { description: '公共服务 Public service.' },
    LIVELIHOOD: { description: '便民生活服务 Service of daily life, ordered from a provider.' },
  },
});

export const ServiceReach = builder.enumType('ServiceReach', {
  description: '下沉层级 How far down an item is handled.',
  values: {
    COMMUNITY: { description: '社区(村) In the community or village.' },
    TOWNSHIP: { description: '镇街 In the sub-district or town.' },
    COUNTY: { description: '县(市、区) In the county.' },
  },
});

export const ServiceMode = builder.enumType('ServiceMode', {
  description: '办理方式 How an item is handled.',
  values: {
    IMMEDIATE: { description: '马上办 On the spot.' },
    ONLINE: { description: '网上办 Online.' },
    NEARBY: { description: '就近办 Nearby.' },
    ONCE: { description: '一次办 In one visit.' },
  },
});

export const IncidentCategory = builder.enumType('IncidentCategory', {
  description: '事件类别 What an incident is about.',
  values: {
    HAZARD: { description: '隐患 Hazard.' },
    DISPUTE: { description: '矛盾纠纷 Dispute.' },
    ENVIRONMENT: { description: '环境 Environment.' },
    CONSULTATION: { description: '咨询 Question.' },
    FACILITY_DAMAGE: { description: '设施损坏 Damaged facility.' },
    NOISE: { description: '噪声 Noise.' },
    TRAFFIC: { description: '交通 Traffic.' },
    ELDER_CARE: { description: '助老 Care for the elderly.' },
    DRUG_PREVENTION: { description: '禁毒宣传 Prevention of drug abuse.' },
    PUBLIC_SECURITY: { description: '治安联防 Joint public security.' },
    CULTURE: { description: '文化引领 Culture.' },
  },
});

export const IncidentState = builder.enumType('IncidentState', {
  description: '事件状态 Where an incident stands, in their order.',
  values: {
    REPORTED: { description: '上报 Reported.' },
    ACCEPTED: { description: '受理 Accepted; the deadline runs.' },
    TRIAGED: { description: '分流 Triaged.' },
    DISPATCHED: { description: '交办 Dispatched to a department.' },
    HANDLING: { description: '处置 Being handled.' },
    FEEDBACK: { description: '反馈 The handler has reported back.' },
    VERIFYING: { description: '核查 Being verified.' },
    EVALUATED: { description: '评价 Evaluated.' },
    CLOSED: { description: '结案 Closed.' },
  },
});

export const IncidentChannel = builder.enumType('IncidentChannel', {
  description: '上报渠道 How an incident came in.',
  values: {
    GRID_WORKER: { description: '网格员 Grid worker.' },
    RESIDENT: { description: '居民 Resident.' },
    HOTLINE_12345: { description: '12345热线 Hotline 12345.' },
    VISION: { description: '视频识别 Seen by a camera.' },
    MINI_PROGRAM: { description: '城市小程序 The city’s mini-program, under whatever name.' },
    COMMUNITY_LINE: { description: '社区连线平台 The platform that links a community’s residents.' },
    WECHAT: { description: '微信 WeChat.' },
    TV_BOX: { description: '电视机顶盒 Set-top box.' },
    KIOSK: { description: '自助终端 Self-service terminal.' },
    WINDOW: { description: '服务窗口 Service window.' },
  },
});

export const IncidentSeverity = builder.enumType('IncidentSeverity', {
  description: '严重程度 How grave an incident is.',
  values: {
    GENERAL: { description: '一般 General.' },
    MAJOR: { description: '较大 Major.' },
    SEVERE: { description: '重大 Severe.' },
  },
});

export const Satisfaction = builder.enumType('Satisfaction', {
  description: '好差评 Five grades of satisfaction.',
  values: {
    VERY_SATISFIED: { description: '非常满意 Very satisfied.' },
    SATISFIED: { description: '满意 Satisfied.' },
    BASICALLY_SATISFIED: { description: '基本满意 Basically satisfied.' },
    DISSATISFIED: { description: '不满意 Dissatisfied.' },
    VERY_DISSATISFIED: { description: '非常不满意 Very dissatisfied.' },
  },
});
