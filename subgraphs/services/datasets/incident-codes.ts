import { departments } from '../../kit/codes/departments.ts';
import type {
  IncidentCategory,
  IncidentChannel,
  IncidentSeverity,
  IncidentState,
} from '../store/incidents/incident-rows.ts';

/** The enumerations of an incident as files write them: by code or by Chinese name. */
export const incidentCodes = {
  category: {
    HAZARD: '隐患',
    DISPUTE: '矛盾纠纷',
    ENVIRONMENT: '环境',
    CONSULTATION: '咨询',
    FACILITY_DAMAGE: '设施损坏',
    NOISE: '噪声',
    TRAFFIC: '交通',
    ELDER_CARE: '助老',
    DRUG_PREVENTION: '禁毒宣传',
    PUBLIC_SECURITY: '治安联防',
    CULTURE: '文化引领',
  } satisfies Record<IncidentCategory, string>,
  channel: {
    GRID_WORKER: '网格员',
    RESIDENT: '居民',
    HOTLINE_12345: '12345热线',
    VISION: '视频识别',
    MINI_PROGRAM: '城市小程序',
    COMMUNITY_LINE: '社区连线平台',
    WECHAT: '微信',
    TV_BOX: '电视机顶盒',
    KIOSK: '自助终端',
    WINDOW: '服务窗口',
  } satisfies Record<IncidentChannel, string>,
  severity: { GENERAL: '一般', MAJOR: '较大', SEVERE: '重大' } satisfies Record<IncidentSeverity, string>,
  state: {
    REPORTED: '上报',
    ACCEPTED: '受理',
    TRIAGED: '分流',
    DISPATCHED: '交办',
    HANDLING: '处置',
    FEEDBACK: '反馈',
    VERIFYING: '核查',
    EVALUATED: '评价',
    CLOSED: '结案',
  } satisfies Record<IncidentState, string>,
  handler: Object.fromEntries(Object.entries(departments).map(([code, { zh }]) => [code, zh])),
};
