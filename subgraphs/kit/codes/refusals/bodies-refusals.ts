import type { RefusalText } from './refusal-text.ts';

/** 机构拒绝 — refusals about bodies, their relations and funds. */
export const bodiesRefusals = {
  SOCIAL_ORGANIZATION_INCOMPLETE: {
    family: 'InvalidInput',
    zh: '社会组织须同时填写形式、领域和登记（备案）情况',
    en: 'a social organization needs its form, its field and whether it is registered or filed',
  },
  NOT_A_SOCIAL_ORGANIZATION: {
    family: 'InvalidInput',
    zh: '形式、领域和登记情况只用于社会组织',
    en: 'form, field and registration are for social organizations only',
  },
  USCC_REQUIRED: {
    family: 'InvalidInput',
    zh: '登记的社会组织须有统一社会信用代码',
    en: 'a registered social organization needs its credit code',
  },
  USCC_INVALID: {
    family: 'InvalidInput',
    zh: '统一社会信用代码第 {position} 位有误：{reasonZh}',
    en: 'the credit code is wrong at position {position}: {reasonEn}',
  },
  USCC_TAKEN: {
    family: 'Conflict',
    zh: '该统一社会信用代码已登记在另一组织名下，请核对',
    en: 'another body is registered under this credit code; check it',
  },
  ORGANIZATION_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有这个组织（或已注销），请核对编号',
    en: 'no such body, or it is dissolved; check the id',
  },
  ORGANIZATION_OUTSIDE_AREA: {
    family: 'NotFound',
    zh: '辖区内没有这个组织（或已注销），请核对编号',
    en: 'no such body in your area, or it is dissolved; check the id',
  },
  ORGANIZATION_UNCHANGED: {
    family: 'InvalidInput',
    zh: '没有任何变更，请给出与现登记不同的内容',
    en: 'nothing changes; give something that differs from the register',
  },
  ORGANIZATION_HAS_UNITS: {
    family: 'Conflict',
    zh: '尚有 {units} 个内设机构未注销，请先注销',
    en: '{units} units of it are live; dissolve them first',
  },
  ORGANIZATION_HAS_FUNDS: {
    family: 'Conflict',
    zh: '名下经费尚有余额 {balance} 元，请先结清',
    en: 'its funds hold {balance} yuan; settle them first',
  },
  PHONE_INVALID: {
    family: 'InvalidInput',
    zh: '电话应为 5 至 15 位数字，可带连字符',
    en: 'a telephone has 5 to 15 digits, with or without hyphens',
  },
  BODY_OF_A_TOWNSHIP: {
    family: 'InvalidInput',
    zh: '街道办事处（镇政府）和社会工作站设在街道（乡镇），请给出街道（乡镇）的区划代码',
    en: 'an office and a social-work station are of a sub-district or town; give its division code',
  },
  UNIT_WITHOUT_OFFICE: {
    family: 'InvalidInput',
    zh: '内设机构须给出所属的街道办事处（镇政府）',
    en: 'a unit is of a sub-district office or town government; name it',
  },
  ESTATE_REQUIRED: {
    family: 'InvalidInput',
    zh: '业主委员会须给出所在小区（标准地址）',
    en: 'an owners’ committee is of an estate; give its standard address',
  },
  ESTATE_UNFIT: {
    family: 'InvalidInput',
    zh: '须为小区（自然村）一级的标准地址',
    en: 'the address must be that of an estate, not of a building or stairwell',
  },
  ESTATE_HAS_OWNERS_COMMITTEE: {
    family: 'Conflict',
    zh: '该小区已有业主委员会，请先办理原委员会注销',
    en: 'the estate has an owners’ committee; dissolve that one first',
  },
  RATING_INVALID: {
    family: 'InvalidInput',
    zh: '评级为 1 至 5 星，只用于物业服务',
    en: 'a rating is 1 to 5 stars and is for property services only',
  },
  ENGAGEMENT_SUBJECT_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这个对象（组织、社区或在职工作者），请核对编号',
    en: 'no such body, community or worker in service in your area; check the id',
  },
  ENGAGEMENT_HOLDER_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有这个担任者（在职工作者或组织），请核对编号',
    en: 'no such worker in service or body; check the id',
  },
  ENGAGEMENT_HOLDER_AMBIGUOUS: {
    family: 'InvalidInput',
    zh: '担任者编号与外部名称须且只能给出一个',
    en: 'give the holder’s id or an external name, exactly one of them',
  },
  ENGAGEMENT_ROLE_UNFIT: {
    family: 'InvalidInput',
    zh: '这种关系不适用于该担任者或对象，请核对关系类型',
    en: 'this role does not fit the holder or the subject; check the role',
  },
  ENGAGEMENT_WITH_ITSELF: {
    family: 'InvalidInput',
    zh: '不能与自身建立关系',
    en: 'nobody stands in a relation to himself',
  },
  ENGAGEMENT_EXISTS: {
    family: 'Conflict',
    zh: '同一关系已存在，不重复建立',
    en: 'this very relation holds already',
  },
  ENGAGEMENT_ROLE_TAKEN: {
    family: 'Conflict',
    zh: '该对象已有人担任此职；请先终止，或选择同时终止前任',
    en: 'somebody holds this role already; end that first, or ask to end the former holder',
  },
  ENGAGEMENT_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这项关系，请核对编号',
    en: 'no such relation in your area; check the id',
  },
  ENGAGEMENT_ENDED: {
    family: 'Conflict',
    zh: '该关系已终止',
    en: 'the relation has ended already',
  },
  FUND_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这项经费，请核对编号',
    en: 'no such fund in your area; check the id',
  },
  FUND_AMOUNT_INVALID: {
    family: 'InvalidInput',
    zh: '金额须为 1 到 {max} 元的整数',
    en: 'an amount is 1 to {max} whole yuan',
  },
  FUND_INSUFFICIENT: {
    family: 'Conflict',
    zh: '余额 {balance} 元不足，请先拨入或减少支出',
    en: 'the balance of {balance} yuan does not suffice; allot money first or spend less',
  },
} as const satisfies Record<string, RefusalText>;
