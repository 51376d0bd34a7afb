import type { RefusalText } from '../refusal-text.ts';

/** 办件拒绝 — refusals of items, certificates, requests, agency and orders. */
export const windowRefusals = {
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
  CERTIFICATE_STILL_ISSUED: {
    family: 'Conflict',
    zh: '{code} 仍可出具，没有替代核查：请直接开具证明',
    en: '{code} is still issued and has no check in its place: issue it',
  },
  CHECK_ALREADY_ASKED: {
    family: 'Conflict',
    zh: '本单位已就此人提出同一核查，尚待答复',
    en: 'your department has asked the same of this person and waits for the answer',
  },
  CERTIFICATE_CHECK_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有这项与本单位有关的核查，请核对编号',
    en: 'there is no such check in which your department has a part; check the id',
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
  APPLICANT_NOT_SELF: {
    family: 'Conflict',
    zh: '只能以令牌所载本人身份申办；为他人申办请到窗口或由代办人办理',
    en: 'a token that names a person applies for that person only; for others go to a window or an agent',
  },
  CHANNEL_NOT_YOURS: {
    family: 'InvalidInput',
    zh: '该渠道由工作人员使用；本人办理请选网上、移动应用、自助终端等渠道',
    en: 'this channel is used by staff; choose a website, an app or a terminal',
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
} as const satisfies Record<string, RefusalText>;
