import type { RefusalText } from './refusal-text.ts';

/** 项目与减负拒绝 — refusals about demands, money, contracts, linkages and what burdens communities. */
export const projectsRefusals = {
  COUNTY_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这个县(市、区)，请核对六位代码',
    en: 'no such county in your area; check its six digits',
  },
  DEPARTMENT_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有这个部门，请核对部门代码',
    en: 'no such department; check its code',
  },
  ADMISSION_NOT_IN_SEASON: {
    family: 'Conflict',
    zh: '准入清单每年只在 {month} 月调整，请届时提出（{basis}）',
    en: 'the admission list is changed in month {month} of a year only; propose it then ({basis})',
  },
  ADMISSION_ITEM_NOT_FOUND: {
    family: 'NotFound',
    zh: '该县(市、区)现行准入清单没有这一事项，请核对编号',
    en: 'the county’s list has no such item now; check the id',
  },
  ADMISSION_ITEM_NOT_YOURS: {
    family: 'Conflict',
    zh: '该事项属于其他部门，须由该部门提出调整',
    en: 'the item belongs to another department, which alone proposes its change',
  },
  ADMISSION_REPLACED_BY_CHANGE_ONLY: {
    family: 'Conflict',
    zh: '清单事项只能经审定的调整或退出而终止，请审定相应的申请',
    en: 'an item ends by a decided change only; decide on the proposal',
  },
  TASK_OFF_LIST: {
    family: 'Conflict',
    zh: '该事项不在本部门的准入清单内，不得交由社区承担；确需办理的，请以购买服务方式委托并支付费用（{basis}）',
    en: 'it is not on the admission list for your department and may not be asked of a community; commission it for a fee instead ({basis})',
  },
  COMMISSION_WITHOUT_FEE: {
    family: 'InvalidInput',
    zh: '委托清单外事项必须支付费用，费用须大于 0 元（{basis}）',
    en: 'what is off the list is commissioned for a fee above 0 yuan ({basis})',
  },
  TASK_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这项交办，请核对编号',
    en: 'no such task in your area; check the id',
  },
  FUNDING_NOT_FOUND: {
    family: 'NotFound',
    zh: '该社区所在区划没有这笔经费，请核对编号',
    en: 'the community’s divisions have no such money; check the id',
  },
  FUNDING_NOT_YOURS: {
    family: 'Conflict',
    zh: '该经费由其他部门管理，请使用本部门的经费',
    en: 'another department holds this money; use your own',
  },
  FUNDING_INSUFFICIENT: {
    family: 'Conflict',
    zh: '经费不足，余额 {left} 元，请减少金额',
    en: 'there is not enough money: {left} yuan are left; ask for less',
  },
  BURDEN_ITEM_NOT_FOUND: {
    family: 'NotFound',
    zh: '该社区没有这一减负清理事项，或并入的事项未保留，请核对编号',
    en: 'the community has no such item, or the one to merge into is not kept; check the id',
  },
  REPORT_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有您参与办理的这件举报，请核对编号',
    en: 'no such report in which you have a part; check the id',
  },
  REPORT_OF_DESK: {
    family: 'Conflict',
    zh: '举报受理部门不能受理对自身的举报，请向上级机关提出',
    en: 'the desk does not take reports of itself; turn to its superior',
  },
  WORK_LIST_NOT_FOUND: {
    family: 'NotFound',
    zh: '该社区没有这张清单，请核对编号',
    en: 'the community has no such list; check the id',
  },
  LIST_ENTRY_BREAKS_CHAIN: {
    family: 'Conflict',
    zh: '条目须承接同一社区第 {ordinal} 张清单的条目；第一张清单及不成链的清单不填承接',
    en: 'an entry continues one of list {ordinal} in the same community; those of a first list or of none in a chain continue nothing',
  },
  LIST_ENTRY_CONTINUED: {
    family: 'Conflict',
    zh: '该条目已被承接，请勿重复',
    en: 'that entry is continued already',
  },
  DIVISION_NOT_YOURS: {
    family: 'NotFound',
    zh: '辖区内没有这个区划，请核对代码',
    en: 'no such division in your area; check its code',
  },
  PURCHASE_MODE_REQUIRED: {
    family: 'InvalidInput',
    zh: '购买服务须注明专项或综合，其他合同不填',
    en: 'a purchase says whether it is special or comprehensive; other contracts do not',
  },
  CONTRACT_PERIOD_INVALID: {
    family: 'InvalidInput',
    zh: '合同结束日期不得早于开始日期，也不得晚于工作日历所及的年份',
    en: 'a contract does not end before it begins, nor in a year that the working calendar does not reach',
  },
  SUPPLIER_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有这个组织，请核对编号',
    en: 'no such organization; check the id',
  },
  PROJECT_WORKER_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有这名社区工作者，请核对编号',
    en: 'no such community worker; check the id',
  },
  PROJECT_NOT_FOUND: {
    family: 'NotFound',
    zh: '该社区没有这个民需项目，请核对编号',
    en: 'the community has no such project; check the id',
  },
  PROJECT_NOT_IN_DESIGN: {
    family: 'Conflict',
    zh: '项目须在统筹设计之后、评估之前签订合同',
    en: 'contracts are signed after the design of a project and before its evaluation',
  },
  PROJECT_NOT_EVALUATING: {
    family: 'Conflict',
    zh: '项目尚未进入双向评估，请先推进',
    en: 'the project is not being evaluated; advance it first',
  },
  ALREADY_EVALUATED: {
    family: 'Conflict',
    zh: '这一方已评估，每方一次',
    en: 'this side has given its evaluation; each gives one',
  },
  DEMAND_NOT_FOUND: {
    family: 'NotFound',
    zh: '该社区该领域没有这条民需，请核对编号',
    en: 'the community has no such demand of this field; check the id',
  },
  DEMAND_NOT_OPEN: {
    family: 'Conflict',
    zh: '民需已归入项目或已答复',
    en: 'the demand is in a project or answered already',
  },
  FUNDING_OF_OTHER_SOURCE: {
    family: 'Conflict',
    zh: '该经费来源与合同种类不符，请选择相应来源的经费',
    en: 'this money is of another source than the contract’s kind; choose money of that source',
  },
  CONTRACT_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这份合同，请核对编号',
    en: 'no such contract in your area; check the id',
  },
  CONTRACT_NOT_PAYABLE: {
    family: 'Conflict',
    zh: '合同在实施中或验收后才能付款',
    en: 'a contract is paid while it is performed or after its acceptance',
  },
  CONTRACT_OVERPAID: {
    family: 'Conflict',
    zh: '付款超过合同余额 {left} 元，请减少金额',
    en: 'that is more than is owed: {left} yuan; pay less',
  },
  CONTRACT_NOT_RUNNING: {
    family: 'Conflict',
    zh: '合同已验收或终止，不能再登记受益对象',
    en: 'the contract is over; nobody is enrolled any more',
  },
  SERVICE_OUTSIDE_CONTRACT: {
    family: 'InvalidInput',
    zh: '服务开始日期须在合同期内',
    en: 'service begins within the contract’s period',
  },
  BENEFICIARY_ALREADY_ENROLLED: {
    family: 'Conflict',
    zh: '此人已是该合同的受益对象',
    en: 'this person is served by the contract already',
  },
  LINKAGE_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这个联动，或已结束，请核对编号',
    en: 'no such linkage in your area, or it has ended; check the id',
  },
  LINKAGE_SIDE_MISSING: {
    family: 'InvalidInput',
    zh: '尚缺联动方：{sidesZh}，请补齐',
    en: 'sides are missing: {sidesEn}; add them',
  },
  LINKAGE_SIDE_UNKNOWN: {
    family: 'InvalidInput',
    zh: '该联动方式只有：{sidesZh}',
    en: 'this mode has only these sides: {sidesEn}',
  },
  LINKAGE_PARTY_TWICE: {
    family: 'InvalidInput',
    zh: '同一方重复，请删去一个',
    en: 'the same party twice; leave one out',
  },
  LINKAGE_PARTY_NOT_FOUND: {
    family: 'NotFound',
    zh: '该联动没有这一方，请核对编号',
    en: 'the linkage has no such party; check the id',
  },
} as const satisfies Record<string, RefusalText>;
