import type { RefusalText } from './refusal-text.ts';

/** 党建拒绝 — refusals of the party subgraph. */
export const partyRefusals = {
  MEMBER_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这名党员，请核对编号',
    en: 'no such party member in your area; check the id',
  },
  PARTY_ORGANIZATION_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有这个党组织，请核对编号',
    en: 'no such party organization; check the id',
  },
  PERSON_ON_PARTY_RECORD: {
    family: 'Conflict',
    zh: '该人员已有入党申请或党员档案，不能重复登记',
    en: 'this person is on record as an applicant or member already',
  },
  CATEGORY_TOO_EARLY: {
    family: 'Conflict',
    zh: '时间未到：须自 {since} 起满 {months} 个月（{basis}）',
    en: 'too early: {months} months from {since} must have passed ({basis})',
  },
  PARTY_NAME_TAKEN: {
    family: 'Conflict',
    zh: '同一上级下已有同名党组织，请核对',
    en: 'the organization above has one of this name already; check it',
  },
  GRID_HAS_BRANCH: {
    family: 'Conflict',
    zh: '该网格已有网格党支部，一个网格一个支部',
    en: 'the grid has its branch already; a grid has one',
  },
  PARTY_PARENT_UNFIT: {
    family: 'InvalidInput',
    zh: '上级党组织不能领导这类组织，或与所在区划不符，请另选',
    en: 'the organization above does not lead such organizations, or lies elsewhere; choose another',
  },
  PARTY_HOST_REQUIRED: {
    family: 'InvalidInput',
    zh: '党小组须写明依托单位类型与名称（楼道、民间团队、单位）',
    en: 'a group names what it is set up in: a stairwell, a team, a unit',
  },
  PARTY_UNITS_UNFIT: {
    family: 'InvalidInput',
    zh: '联合党支部须列出所覆盖的两个以上单位，名称不重复；其他党组织不列',
    en: 'a joint branch names the units that it covers, two or more and none twice; no other organization does',
  },
  MICRO_GRID_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有该微网格，或不在上级党组织所在的网格内，请核对编号',
    en: 'no such micro-grid, or it lies outside the grid of the organization above; check the id',
  },
  MICRO_GRID_HAS_GROUP: {
    family: 'Conflict',
    zh: '该微网格已有党小组，一个微网格一个党小组',
    en: 'the micro-grid has its group already; a micro-grid has one',
  },
  BRANCH_TOO_SMALL: {
    family: 'Conflict',
    zh: '正式党员不足 {min} 人，不能成立支部，请成立联合支部（{basis}）',
    en: 'fewer than {min} full members do not make a branch; set up a joint branch ({basis})',
  },
  TERM_NOT_LONGER: {
    family: 'Conflict',
    zh: '换届日期须晚于本届起始日，且新届满日须晚于现届满日',
    en: 'the election must lie after the last one, and the new term must end after the present one',
  },
  ORGANIZATION_WITHOUT_TERM: {
    family: 'Conflict',
    zh: '党小组没有任期，不需换届',
    en: 'a group has no term to renew',
  },
  POST_CLAIM_NOT_FOUND: {
    family: 'NotFound',
    zh: '该党员没有在任的这个岗位，请核对岗位名称',
    en: 'the member holds no such post; check its name',
  },
  MEMBERSHIP_UNCHANGED: {
    family: 'Conflict',
    zh: '该党员已在这个党组织',
    en: 'the member already belongs to this party organization',
  },
  PARTY_ORGANIZATION_CANNOT_HOLD_MEMBERS: {
    family: 'Conflict',
    zh: '组织关系只能转入支部或党小组所属支部，请选择支部',
    en: 'members belong to branches; choose a branch',
  },
  COMMUNITY_WITHOUT_PARTY: {
    family: 'NotFound',
    zh: '辖区内没有这个社区的党组织，请核对社区编号',
    en: 'no community of your area with a party organization has this id; check it',
  },
  HOLDER_NAME_REQUIRED: {
    family: 'InvalidInput',
    zh: '请写明担任人姓名',
    en: 'name who holds it',
  },
  EXPIRY_REQUIRED: {
    family: 'InvalidInput',
    zh: '结对共建协议须写明到期日',
    en: 'a pairing agreement says when it expires',
  },
  EXPIRY_BEFORE_START: {
    family: 'InvalidInput',
    zh: '到期日须晚于起始日',
    en: 'the expiry must lie after the start',
  },
  FIRST_SECRETARY_IN_OFFICE: {
    family: 'Conflict',
    zh: '该社区已有在任第一书记，请先终止其任期',
    en: 'the community has a first secretary in office; end that term first',
  },
  ENGAGEMENT_IS_LIVE: {
    family: 'Conflict',
    zh: '同一联系仍在有效期内，请先终止',
    en: 'the same relation is live already; end it first',
  },
  PARTY_ENGAGEMENT_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这项党建联系，请核对编号',
    en: 'no such relation in your area; check the id',
  },
  ENGAGEMENT_HAS_ENDED: {
    family: 'Conflict',
    zh: '这项党建联系已终止',
    en: 'this relation has ended',
  },
  REPORT_OF_UNIT_OR_MEMBER: {
    family: 'InvalidInput',
    zh: '报到须写明单位或党员之一，不能同时或都不写',
    en: 'a report is that of a unit or of a member: give exactly one',
  },
  SERVICE_MODE_REQUIRED: {
    family: 'InvalidInput',
    zh: '资源和随叫须写明服务方式（菜单式、组团式、联盟式）',
    en: 'a resource or a call-out says its mode: menu, group or alliance',
  },
  LIST_ENTRY_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这个清单条目，请核对编号',
    en: 'no such entry in your area; check the id',
  },
  LIST_ENTRY_CLAIMED: {
    family: 'Conflict',
    zh: '条目已被认领，请另选一项',
    en: 'the entry is claimed already; choose another',
  },
  LIST_ENTRY_NOT_CLAIMED: {
    family: 'Conflict',
    zh: '条目尚未认领，请先认领',
    en: 'nobody has claimed the entry yet; claim it first',
  },
  LIST_ENTRY_FULFILLED: {
    family: 'Conflict',
    zh: '条目已完成',
    en: 'the entry is done already',
  },
  LIST_ENTRY_IS_OWN: {
    family: 'Conflict',
    zh: '不能认领自己提出的条目，请由另一方认领',
    en: 'an entry is claimed by the other side, not by its owner',
  },
  POST_NEEDS_ALL_THREE: {
    family: 'InvalidInput',
    zh: '认岗须同时定岗位、定责任、定奖惩，请补齐',
    en: 'a claim fixes post, duty and rewards, all three; fill in what is missing',
  },
  POST_IS_CLAIMED: {
    family: 'Conflict',
    zh: '该党员已认领同一岗位',
    en: 'the member holds this post already',
  },
  GRID_WITHOUT_BRANCH: {
    family: 'NotFound',
    zh: '辖区内没有这个网格的党支部，请核对网格编号',
    en: 'no grid of your area with a branch has this id; check it',
  },
  ATTENDANCE_INVALID: {
    family: 'InvalidInput',
    zh: '实到人数须在 0 与应到人数之间，应到人数不少于 1',
    en: 'attendance lies between 0 and the number expected, which is 1 or more',
  },
  MEETING_IS_RECORDED: {
    family: 'Conflict',
    zh: '该组织当日同类组织生活已登记',
    en: 'this kind of meeting is recorded for this day already',
  },
  FINDING_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这个监督问题，请核对编号',
    en: 'no such finding in your area; check the id',
  },
} as const satisfies Record<string, RefusalText>;
