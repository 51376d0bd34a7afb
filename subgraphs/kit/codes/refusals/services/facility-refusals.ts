import type { RefusalText } from '../refusal-text.ts';

/** 设施拒绝 — refusals of facilities, standards, bookings and devices of estates. */
export const facilityRefusals = {
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
  BOOKINGS_OUTSIDE_HOURS: {
    family: 'Conflict',
    zh: '新的开放时间之外还有 {count} 个未使用的预约，请先与预约人改期或取消',
    en: '{count} bookings to come lie outside of these hours; move or cancel them first',
  },
  NOTHING_CHANGED: {
    family: 'InvalidInput',
    zh: '没有给出任何变更内容',
    en: 'nothing is given that would change',
  },
  CITY_NOT_YOURS: {
    family: 'InvalidInput',
    zh: '城市代码须为 4 位，且全市在你的辖区内',
    en: 'a city code has 4 digits, and the whole city lies in your area',
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
