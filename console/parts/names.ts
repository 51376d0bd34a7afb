import { useText } from '../language.ts';

type Names = Readonly<Record<string, readonly [zh: string, en: string]>>;

export const SHARING_NAMES: Names = {
  UNCONDITIONAL: ['无条件共享', 'Unconditional'],
  CONDITIONAL: ['有条件共享', 'Conditional'],
  NOT_SHARED: ['不予共享', 'Not shared'],
};

export const HEALTH_NAMES: Names = {
  UP: ['正常', 'Up'],
  DEGRADED: ['部分异常', 'Degraded'],
  DOWN: ['中断', 'Down'],
  NOT_CONNECTED: ['未接入', 'Not connected'],
};

export const HEALTH_COLOURS: Readonly<Record<string, string>> = {
  UP: 'success',
  DEGRADED: 'warning',
  DOWN: 'error',
  NOT_CONNECTED: 'default',
};

export const TIER_NAMES: Names = {
  CLOUD: ['一朵云', 'Cloud'],
  BRAIN: ['城市大脑', 'Brain'],
  PLATFORM: ['平台', 'Platform'],
  SYSTEM: ['部门系统', 'System'],
  MODULE: ['功能板块', 'Module'],
};

export const DECISION_NAMES: Names = {
  READ: ['已读取', 'Read'],
  UNMASKED: ['已去脱敏', 'Unmasked'],
  REFUSED: ['已拒绝', 'Refused'],
  WRITE: ['写入', 'Write'],
};

export const CATEGORY_NAMES: Names = {
  PUBLIC: ['公开数据', 'Public'],
  GOVERNMENT: ['政务数据', 'Government'],
  PERSONAL: ['个人信息', 'Personal'],
  SENSITIVE_PERSONAL: ['敏感个人信息', 'Sensitive personal'],
  GRAPH: ['图谱结构', 'Graph only'],
};

export const CYCLE_NAMES: Names = {
  REALTIME: ['实时', 'Real time'],
  DAILY: ['每日', 'Daily'],
  MONTHLY: ['每月', 'Monthly'],
  YEARLY: ['每年', 'Yearly'],
  ON_CHANGE: ['变更时', 'On change'],
};

export const ORIGIN_NAMES: Names = {
  SOURCE: ['来自数源系统', 'From a source system'],
  DERIVED: ['按口径派生', 'Derived'],
  UNREGISTERED: ['来源未登记', 'Source not registered'],
};

export const REQUEST_STATE_NAMES: Names = {
  SUBMITTED: ['已提交', 'Submitted'],
  SUPPLEMENT_REQUIRED: ['待补充', 'To be supplemented'],
  APPROVED: ['已同意', 'Approved'],
  DELIVERED: ['已提供', 'Delivered'],
  REFUSED: ['已拒绝', 'Refused'],
  REFUSAL_FINAL: ['拒绝生效', 'Refusal final'],
  DISPUTE_NEGOTIATION: ['争议协商', 'Dispute: negotiation'],
  DISPUTE_MEDIATION: ['争议协调', 'Dispute: mediation'],
  DISPUTE_RULING: ['争议裁决', 'Dispute: ruling'],
  WITHDRAWN: ['已撤回', 'Withdrawn'],
};

export const MATTER_NAMES: Names = {
  CatalogueSubmission: ['目录送审', 'Catalogue submission'],
  SharingRequest: ['共享申请', 'Sharing request'],
  VerificationTicket: ['校核申请', 'Verification ticket'],
};

export const IMPORT_STATE_NAMES: Names = {
  RECEIVING: ['接收中', 'Being received'],
  MERGED: ['已入库', 'Merged'],
  REFUSED: ['整批拒收', 'Refused'],
  ABANDONED: ['已中止', 'Cut off'],
};

export const IMPORT_COLOURS: Readonly<Record<string, string>> = {
  RECEIVING: 'processing',
  MERGED: 'success',
  REFUSED: 'error',
  ABANDONED: 'default',
};

export const OUTCOME_NAMES: Names = {
  UNCHANGED: ['未变', 'Unchanged'],
  HELD: ['暂缓', 'Held'],
  REJECTED: ['拒收', 'Rejected'],
};

export const RULE_NAMES: Names = {
  SOURCE_STANDS: ['一数一源：以数源为准', 'The source’s word stands'],
  RECORDED_ELSEWHERE: ['另有办理程序', 'Changes by a procedure of its own'],
};

export const CLIENT_KIND_NAMES: Names = {
  SYSTEM: ['部门系统', 'System'],
  APPLICATION: ['应用', 'Application'],
  STEWARD: ['数据专员', 'Steward'],
};

export const DIMENSION_NAMES: Names = {
  COMPLETENESS: ['完整性', 'Completeness'],
  CONFORMITY: ['规范性', 'Conformity'],
  CONSISTENCY: ['一致性', 'Consistency'],
  TIMELINESS: ['时效性', 'Timeliness'],
};

export const CHANGE_LEVEL_NAMES: Names = {
  BREAKING: ['破坏性', 'Breaking'],
  DANGEROUS: ['有风险', 'Dangerous'],
  SAFE: ['安全', 'Safe'],
};

export const PROPOSAL_STATE_NAMES: Names = {
  DRAFT: ['草拟', 'Draft'],
  REVIEWED: ['已评审', 'Reviewed'],
  APPROVED: ['已审定', 'Approved'],
  PUBLISHED: ['已发布', 'Published'],
  REJECTED: ['不予采纳', 'Rejected'],
  WITHDRAWN: ['已撤回', 'Withdrawn'],
};

export const PROPOSAL_COLOURS: Readonly<Record<string, string>> = {
  DRAFT: 'default',
  REVIEWED: 'processing',
  APPROVED: 'processing',
  PUBLISHED: 'success',
  REJECTED: 'error',
};

export const VERDICT_NAMES: Names = {
  PASSED: ['通过', 'Passed'],
  FAILED: ['不通过', 'Failed'],
};

export const VERDICT_COLOURS: Readonly<Record<string, string>> = {
  PASSED: 'success',
  FAILED: 'error',
};

export const VERSION_ORIGIN_NAMES: Names = {
  START: ['代码上线', 'Newer code'],
  PROPOSAL: ['提案发布', 'Proposal'],
  ROLLBACK: ['退回旧版', 'Roll-back'],
  ADMISSION: ['外部子图接入', 'A department joined'],
  END: ['外部子图退出', 'A department left'],
};

export const LEVEL_NAMES: Names = {
  PROVINCE: ['省', 'Province'],
  PREFECTURE: ['市', 'City'],
  COUNTY: ['区县', 'Districts'],
  TOWNSHIP: ['街道（镇）', 'Townships'],
  VILLAGE: ['社区（村）', 'Communities'],
  GRID: ['网格', 'Grids'],
};

/** The name of a code in the page's language; the code itself where none is known. */
export function useName(): (names: Names, code: string) => string {
  const text = useText();
  return (names, code) => {
    const found = names[code];
    return found === undefined ? code : text(found[0], found[1]);
  };
}

export const INCIDENT_STATE_NAMES: Names = {
  ACCEPTED: ['受理', 'Accepted; the deadline runs'],
  CLOSED: ['结案', 'Closed'],
  DISPATCHED: ['交办', 'Dispatched to a department'],
  EVALUATED: ['评价', 'Evaluated'],
  FEEDBACK: ['反馈', 'The handler has reported back'],
  HANDLING: ['处置', 'Being handled'],
  REPORTED: ['上报', 'Reported'],
  TRIAGED: ['分流', 'Triaged'],
  VERIFYING: ['核查', 'Being verified'],
};
