import type { RefusalText } from './refusal-text.ts';

/** 服务拒绝 — refusals of the services subgraph. */
export const servicesRefusals = {
  INCIDENT_TITLE_INVALID: {
    family: 'InvalidInput',
    zh: '事件标题须为 2 到 120 个字符，且不含控制字符',
    en: 'an incident title has 2 to 120 characters and no control characters',
  },
  INCIDENT_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这个事件，请核对编号',
    en: 'no such incident in your area; check the id',
  },
  ALERT_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这条预警，请核对编号',
    en: 'no such alert in your area; check the id',
  },
  MEDIATION_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这次调解，请核对编号',
    en: 'no such mediation in your area; check the id',
  },
  COMMUNITY_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这个社区，请核对编号',
    en: 'no such community in your area; check the id',
  },
  EXTENSION_TOO_LONG: {
    family: 'InvalidInput',
    zh: '延期须为 1 到 {max} 个工作日',
    en: 'an extension has 1 to {max} working days',
  },
  CAMERA_CODE_INVALID: {
    family: 'InvalidInput',
    zh: '摄像机编码须为 4 到 40 个字母、数字或连字符',
    en: 'a camera code has 4 to 40 letters, digits or hyphens',
  },
  ATTACHMENTS_TOO_MANY: {
    family: 'InvalidInput',
    zh: '附件最多 {max} 个，请删减',
    en: 'at most {max} attachments; leave some out',
  },
  ATTACHMENT_INVALID: {
    family: 'InvalidInput',
    zh: '附件须为对象存储的引用，并附 SHA-256、大小（不超过 {maxBytes} 字节）与类型',
    en: 'an attachment is a reference to the object store with its SHA-256, its size (up to {maxBytes} bytes) and its media type',
  },
  USCC_INVALID: {
    family: 'InvalidInput',
    zh: '统一社会信用代码有误：18 位，末位为校验码',
    en: 'the unified social credit code is wrong: 18 characters, the last one a check',
  },
  DATE_IN_PAST: {
    family: 'InvalidInput',
    zh: '日期早于今天，请改为今天或以后',
    en: 'the date lies in the past; use today or later',
  },
  INSPECTION_ALREADY_PLANNED: {
    family: 'Conflict',
    zh: '本部门已计划在 {date} 检查该单位，不再重复检查',
    en: 'your department already inspects this organization on {date}; it is not inspected twice',
  },
  INCIDENT_NOT_MEDIABLE: {
    family: 'Conflict',
    zh: '只有未结的矛盾纠纷可以调解',
    en: 'only a dispute that is not closed can be mediated',
  },
  APPEAL_CHANNEL_INVALID: {
    family: 'InvalidInput',
    zh: '诉求由居民提出，请选择居民使用的渠道',
    en: 'appeals come from residents; choose a channel that residents use',
  },
  DELIBERATION_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这次协商，请核对编号',
    en: 'no such deliberation in your area; check the id',
  },
  CATALOG_ITEM_NOT_FOUND: {
    family: 'NotFound',
    zh: '本县(市、区)协商目录没有这一事项，请从目录中选择',
    en: 'the catalogue of this county has no such item; choose one of it',
  },
  PROPOSER_NOT_ELIGIBLE: {
    family: 'Conflict',
    zh: '该主体不能提出这一事项；可提出的有：{sidesZh}',
    en: 'this side cannot propose it; these can: {sidesEn}',
  },
  LEVEL_NOT_IN_CATALOG: {
    family: 'Conflict',
    zh: '目录未列入这一协商层面，请选择目录所列层面',
    en: 'the catalogue does not name this level; choose one that it names',
  },
  NUMBER_OUT_OF_RANGE: {
    family: 'InvalidInput',
    zh: '数值须在 {min} 到 {max} 之间',
    en: 'the number must lie between {min} and {max}',
  },
  DELIBERATION_NOT_DISCUSSING: {
    family: 'Conflict',
    zh: '只有民议阶段可以发表意见',
    en: 'posts are taken only while it is being discussed',
  },
  POST_NOT_FOUND: {
    family: 'NotFound',
    zh: '这次协商没有这条意见',
    en: 'this deliberation has no such post',
  },
  VOTE_NOT_OPEN: {
    family: 'Conflict',
    zh: '表决尚未开始、已经结束或不以这种方式进行',
    en: 'the vote is not open, is over, or is not taken in this way',
  },
  VOTE_FULL: {
    family: 'Conflict',
    zh: '已收到全部 {count} 张选票',
    en: 'all {count} ballots are in',
  },
  VOTE_NOT_OVER: {
    family: 'Conflict',
    zh: '表决尚未结束，结果不能公开',
    en: 'the vote is not over; its result cannot be disclosed',
  },
  ALREADY_VOTED: {
    family: 'Conflict',
    zh: '此人已投票，一人一票',
    en: 'this person has voted; everybody has one ballot',
  },
  QUORUM_NOT_MET: {
    family: 'Conflict',
    zh: '到场 {present} 人，应到 {eligible} 人，至少需 {needed} 人，未达法定人数（{basis}）',
    en: '{present} of {eligible} are present, {needed} are needed: no quorum ({basis})',
  },
  DECISION_NOT_PASSED: {
    family: 'Conflict',
    zh: '只有达到法定人数并表决通过的协商才能备案公约（{basis}）',
    en: 'a covenant needs a decision that passed with a quorum ({basis})',
  },
  ACTIVITY_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这项活动，请核对编号',
    en: 'no such activity in your area; check the id',
  },
  ACTIVITY_NOT_OVER: {
    family: 'Conflict',
    zh: '活动尚未结束，不能记录时长',
    en: 'the activity is not over; hours are recorded after it',
  },
  ACTIVITY_FULL: {
    family: 'Conflict',
    zh: '活动人数已满',
    en: 'the activity is full',
  },
  PERIOD_INVALID: {
    family: 'InvalidInput',
    zh: '结束时间须晚于开始时间，且不超过一天',
    en: 'it must end after it begins, within a day',
  },
  VOLUNTEER_ALREADY_RECORDED: {
    family: 'Conflict',
    zh: '此人在这项活动中的时长已记录',
    en: 'this person is recorded for the activity already',
  },
  VOLUNTEER_RECORD_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这条服务记录，请核对编号',
    en: 'no such record in your area; check the id',
  },
  VOLUNTEER_RECORD_CERTIFIED: {
    family: 'Conflict',
    zh: '这条服务记录已认定',
    en: 'this record is certified already',
  },
  CERTIFIER_IS_RECORDER: {
    family: 'Conflict',
    zh: '记录与认定不得为同一部门，请由其他部门认定',
    en: 'whoever records does not certify; let another department certify',
  },
  REWARD_CODE_INVALID: {
    family: 'InvalidInput',
    zh: '奖品代码须为 2 到 40 个大写字母、数字或连字符',
    en: 'a reward code has 2 to 40 capitals, digits or hyphens',
  },
  POINTS_NOT_ENOUGH: {
    family: 'Conflict',
    zh: '积分不足，请减少兑换数量',
    en: 'there are not enough points; redeem fewer',
  },
  SERVICE_ITEM_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有这个事项，请从事项清单中选择',
    en: 'there is no such item; choose one of the list',
  },
  SERVICE_ITEM_NOT_YOURS: {
    family: 'Conflict',
    zh: '办事指南由事项的实施部门发布',
    en: 'the guide is published by the department in charge of the item',
  },
  MATERIAL_CODE_INVALID: {
    family: 'InvalidInput',
    zh: '材料代码须为 2 到 40 个大写字母、数字或下划线，且不重复',
    en: 'a material code has 2 to 40 capitals, digits or underscores, each once',
  },
  CERTIFICATE_NOT_LISTED: {
    family: 'NotFound',
    zh: '证明事项清单没有这一项，请从清单中选择',
    en: 'the list has no such certificate; choose one of it',
  },
  CERTIFICATE_REMOVED: {
    family: 'Conflict',
    zh: '村（社区）不再出具「{name}」证明；请由{departmentZh}核查代替{checkZh}，核查只回答是或否',
    en: '“{name}” is not certified by villages and communities any more; a check by the {departmentEn}{checkEn} takes its place and answers yes or no only',
  },
  CERTIFICATE_NAME_PENDING: {
    family: 'Conflict',
    zh: '清单第 {code} 项名称待补，补齐名称和依据后方可出具',
    en: 'the name of {code} is still to be filled in; it can be issued once name and basis are known',
  },
  CERTIFICATE_ALREADY_NAMED: {
    family: 'Conflict',
    zh: '这一项的名称已明确为「{name}」',
    en: 'this one is named already: “{name}”',
  },
  SERVICE_ITEM_ORDERED: {
    family: 'Conflict',
    zh: '便民生活服务请用 orderService 预约',
    en: 'services of daily life are ordered by orderService',
  },
  SERVICE_ITEM_APPLIED_FOR: {
    family: 'Conflict',
    zh: '这是政务服务事项，请用 preAccept 或 submitRequest 申请',
    en: 'this is an administrative item; apply by preAccept or submitRequest',
  },
  GUIDE_NOT_PUBLISHED: {
    family: 'Conflict',
    zh: '该事项尚未发布办事指南，请联系实施部门',
    en: 'no guide of this item is in force; ask the department in charge',
  },
  MATERIAL_NOT_ASKED: {
    family: 'InvalidInput',
    zh: '办事指南没有这份材料，或重复提交；本件所需材料：{codes}',
    en: 'the guide does not ask for this material, or it is given twice; it asks for: {codes}',
  },
  APPLICANT_NOT_ONE: {
    family: 'InvalidInput',
    zh: '申请人编号与公民身份号码须且只能给出一个',
    en: 'give either the id of the applicant or the citizen number',
  },
  REQUEST_ALREADY_OPEN: {
    family: 'Conflict',
    zh: '申请人已有同一事项的在办件（{number}），请继续办理该件',
    en: 'the applicant has an open request for this item ({number}); go on with that one',
  },
  SERVICE_REQUEST_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这个办件，请核对编号',
    en: 'no such request in your area; check the id',
  },
  SERVICE_REQUEST_CLOSED: {
    family: 'Conflict',
    zh: '办件已办结，不能再代办',
    en: 'the request is closed; there is nothing left to do as an agent',
  },
  STEP_HAS_OWN_MUTATION: {
    family: 'InvalidInput',
    zh: '这一步请用 {mutation} 办理',
    en: 'this step is taken by {mutation}',
  },
  AGENCY_NEEDS_CONSENT: {
    family: 'Conflict',
    zh: '代办须有申请人同意的记录：请附同意日期和凭证',
    en: 'an agent needs the recorded consent of the applicant: give its day and its evidence',
  },
  AGENCY_LIVE: {
    family: 'Conflict',
    zh: '该办件已有代办人，请先结束原代办',
    en: 'somebody is the agent of this request already; end that agency first',
  },
  AGENCY_NOT_LIVE: {
    family: 'Conflict',
    zh: '该办件没有进行中的代办',
    en: 'nobody is the agent of this request',
  },
  SLOT_INVALID: {
    family: 'InvalidInput',
    zh: '预约时段须为整点、晚于现在且在 {days} 天内',
    en: 'a slot begins on the hour, later than now and within {days} days',
  },
  SLOT_TAKEN: {
    family: 'Conflict',
    zh: '该服务方这一时段已被预约，请另选时段',
    en: 'the provider is ordered for that hour already; choose another one',
  },
  VOLUNTEER_ALREADY_REGISTERED: {
    family: 'Conflict',
    zh: '此人已注册为志愿者',
    en: 'this person is registered as a volunteer already',
  },
  FACILITY_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这处设施，请核对编号',
    en: 'no such facility in your area; check the id',
  },
  FACILITY_CLOSED: {
    family: 'Conflict',
    zh: '设施已停用，请选择在用的设施',
    en: 'the facility is closed; choose one in service',
  },
  FACILITY_NOT_IN_SERVICE: {
    family: 'Conflict',
    zh: '设施在建或已停用，请选择在用的设施',
    en: 'the facility is being built or closed; choose one in service',
  },
  POSITION_INVALID: {
    family: 'InvalidInput',
    zh: '经度须在 -180 到 180 之间，纬度须在 -90 到 90 之间',
    en: 'a longitude lies between -180 and 180, a latitude between -90 and 90',
  },
  OPENING_HOURS_INVALID: {
    family: 'InvalidInput',
    zh: '开放时间须为 HH:MM，同时给出开始与结束，且开始早于结束；可预约的设施必须有开放时间',
    en: 'opening hours are HH:MM, both given, the first before the second; a facility that can be booked needs them',
  },
  COMMUNITY_HAS_CENTRE: {
    family: 'Conflict',
    zh: '该社区已由“{name}”服务，请先调整其服务范围',
    en: 'the community is served by {name} already; change what that one serves first',
  },
  UPGRADE_ALREADY_GRANTED: {
    family: 'Conflict',
    zh: '该社区 {year} 年已有提升完善补助',
    en: 'the community has a grant of {year} already',
  },
  STANDARD_NOT_FOUND: {
    family: 'NotFound',
    zh: '本市没有这项标准，请核对编号',
    en: 'no such standard in this city; check the id',
  },
  STANDARD_NOT_APPLICABLE: {
    family: 'Conflict',
    zh: '该标准不适用于这类设施',
    en: 'the standard is for another kind of facility',
  },
  STANDARD_WITHOUT_CLAUSES: {
    family: 'Conflict',
    zh: '该标准没有条款，请改用有条款的标准',
    en: 'the standard has no clauses; use one that has',
  },
  CLAUSE_INVALID: {
    family: 'InvalidInput',
    zh: '第 {clause} 条重复或不存在，该标准共 {count} 条',
    en: 'clause {clause} is given twice or is none; the standard has {count}',
  },
  CLAUSE_WITHOUT_VERDICT: {
    family: 'InvalidInput',
    zh: '第 {clause} 条缺少结论，每一条都须有结论',
    en: 'clause {clause} has no verdict; each needs one',
  },
  VERDICT_CONTRADICTS_LEDGER: {
    family: 'Conflict',
    zh: '台账面积 {area} 平方米，标准 {floor} 平方米，结论与之不符；请核对台账或改正结论',
    en: 'the ledger says {area} m², the floor is {floor} m²; correct the ledger or the verdict',
  },
  FACILITY_NOT_BOOKABLE: { family: 'Conflict', zh: '该设施不接受预约', en: 'the facility cannot be booked' },
  BOOKING_TIME_INVALID: {
    family: 'InvalidInput',
    zh: '预约须以半小时为单位，且结束晚于开始',
    en: 'bookings go by half-hours and end after they begin',
  },
  BOOKING_IN_PAST: {
    family: 'InvalidInput',
    zh: '预约开始时间已过，请选择以后的时间',
    en: 'the booking would begin in the past; choose a later time',
  },
  BOOKING_TOO_LONG: {
    family: 'InvalidInput',
    zh: '一次预约最长 {hours} 小时',
    en: 'a booking lasts {hours} hours at most',
  },
  BOOKING_TOO_FAR: {
    family: 'InvalidInput',
    zh: '最多提前 {days} 天预约',
    en: 'bookings are taken {days} days ahead at most',
  },
  OUTSIDE_OPENING_HOURS: {
    family: 'Conflict',
    zh: '开放时间为 {opens} 至 {closes}，请在此时间内预约',
    en: 'it is open from {opens} to {closes}; book within that',
  },
  FACILITY_TAKEN: {
    family: 'Conflict',
    zh: '{from} 至 {until} 已被预约，请另选时间',
    en: 'it is taken from {from} until {until}; choose another time',
  },
  BOOKING_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这次预约，请核对编号',
    en: 'no such booking in your area; check the id',
  },
  DEVICE_CODE_INVALID: {
    family: 'InvalidInput',
    zh: '设备编码须为 4 到 40 个字母、数字或连字符，且未被他处使用',
    en: 'a device code has 4 to 40 letters, digits or hyphens and is not used elsewhere',
  },
  DEVICE_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这台设备，请核对编码',
    en: 'no such device in your area; check the code',
  },
  DEVICE_COUNTS_NO_ENTRIES: { family: 'Conflict', zh: '该设备不记录出入', en: 'this device notes no passages' },
} as const satisfies Record<string, RefusalText>;
