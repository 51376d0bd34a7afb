import type { RefusalText } from './refusal-text.ts';

/** 队伍拒绝 — refusals about community workers: posts, recruitment, training, registration, records. */
export const workforceRefusals = {
  WORKER_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这名社区工作者，请核对编号',
    en: 'no such community worker in your area; check the id',
  },
  WORKER_LEFT: {
    family: 'Conflict',
    zh: '该工作者已离职，不能任职',
    en: 'this worker has left service and cannot take a post',
  },
  WORKER_OUTSIDE_COMMUNITY: {
    family: 'Conflict',
    zh: '该工作者不属于网格所在社区，请先办理调动',
    en: "this worker does not belong to the grid's community; transfer the worker first",
  },
  CERTIFICATE_NOT_FOUND: {
    family: 'NotFound',
    zh: '此人没有这个编号的证书，请核对证书编号',
    en: 'this person holds no certificate of this number; check the number',
  },
  CERTIFICATE_EXISTS: {
    family: 'Conflict',
    zh: '该证书编号已登记，或此人已有同级有效证书，不重复登记',
    en: 'this certificate is on record, or the person holds a valid one of this level',
  },
  CERTIFICATE_INVALID: {
    family: 'InvalidInput',
    zh: '证书编号为 6 至 40 位字母、数字或连字符，取得年份为 2008 年至今',
    en: 'a certificate number has 6 to 40 letters, digits or hyphens, its year is 2008 to now',
  },
  CERTIFICATE_REVOKED: {
    family: 'Conflict',
    zh: '该证书已于 {revokedOn} 注销',
    en: 'the certificate was revoked on {revokedOn}',
  },
  CERTIFICATE_OUTSIDE_AREA: {
    family: 'NotFound',
    zh: '辖区内没有这份证书，请核对编号',
    en: 'no such certificate in your area; check the id',
  },
  WORKER_LEADS_GRIDS: {
    family: 'Conflict',
    zh: '此人仍是 {grids} 个网格的网格长，请先任命新的网格长',
    en: 'this worker leads {grids} grids; appoint other chiefs first',
  },
  COURSE_TIER_UNFIT: {
    family: 'InvalidInput',
    zh: '培训层级与区划不符：市级为市，县级为县（市、区），镇街级为镇（街道）',
    en: 'the tier does not fit the division: a city, a county or a township holds it',
  },
  COURSE_FIGURES_INVALID: {
    family: 'InvalidInput',
    zh: '总学时须为 1 到 {hours}，经费须为 0 到 {max} 元的整数',
    en: 'a course has 1 to {hours} hours and a budget of 0 to {max} whole yuan',
  },
  TRAINING_CATEGORY_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有这个培训类别，请核对代码',
    en: 'no such training category; check the code',
  },
  REGISTRATION_BEFORE_CERTIFICATE: {
    family: 'InvalidInput',
    zh: '登记日期早于证书取得年份（{year} 年），请核对',
    en: 'the registration would precede the certificate of {year}; check the day',
  },
  REGISTRATION_LIVE: {
    family: 'Conflict',
    zh: '此人已有有效的实名登记，有效期至 {expiresOn}；到期后再办理再登记',
    en: 'this person has a live registration until {expiresOn}; renew it when it has run out',
  },
  CONTINUING_EDUCATION_SHORT: {
    family: 'Conflict',
    zh: '继续教育 {hours} 学时，不足规定的 {required} 学时；补足后再登记',
    en: '{hours} hours of continuing education of the {required} required; complete them first',
  },
  RULE_NOT_CONFIGURED: {
    family: 'Conflict',
    zh: '本市尚未配置规则 {rule}，请先录入规则及其依据',
    en: 'the city has no rule {rule} yet; enter it with its legal basis first',
  },
  COURSE_NOT_FOUND: {
    family: 'NotFound',
    zh: '没有这个培训班，请核对编号',
    en: 'no such training course; check the id',
  },
  ATTENDANCE_HOURS_INVALID: {
    family: 'InvalidInput',
    zh: '学时须为 1 到 {max}（该班总学时）',
    en: 'hours must be 1 to {max}, the hours of the course',
  },
  ATTENDANCE_BEFORE_COURSE: {
    family: 'InvalidInput',
    zh: '参加日期早于开班日期 {startsOn}，请核对',
    en: 'the day lies before the course began on {startsOn}; check it',
  },
  ATTENDANCE_EXISTS: {
    family: 'Conflict',
    zh: '此人参加该班的记录已存在，不重复登记',
    en: 'that this person attended the course is recorded already',
  },
  POST_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内（该工作者所在社区）没有这个岗位，请核对编号',
    en: 'no such post in your area (the worker’s community); check the id',
  },
  POST_ABOLISHED: {
    family: 'Conflict',
    zh: '该岗位已撤销，请选择现有岗位',
    en: 'this post was abolished; choose a live one',
  },
  POST_FULL: {
    family: 'Conflict',
    zh: '该岗位职数 {headcount} 已满，请先腾出职数或调整岗位',
    en: 'all {headcount} places of the post are filled; free one or change the post first',
  },
  SERVICE_OVERLAP: {
    family: 'Conflict',
    zh: '与此人自 {from} 起的全职履历重叠；请先结束原履历，或选择同时结束现任',
    en: 'it would overlap the full-time record that began on {from}; end that one first, or ask to end the current one',
  },
  GRADE_OUT_OF_RANGE: {
    family: 'InvalidInput',
    zh: '薪酬等级须为 1 到 {max} 级',
    en: 'the grade must be 1 to {max}',
  },
  GRADE_OUTSIDE_POST: {
    family: 'Conflict',
    zh: '该岗位的等级区间为 {low} 到 {high} 级，请先调整岗位',
    en: 'the post held has grades {low} to {high}; change the post first',
  },
  GRADE_UNCHANGED: {
    family: 'Conflict',
    zh: '此人已是该等级',
    en: 'the worker has this grade already',
  },
  PERIOD_EMPTY: {
    family: 'InvalidInput',
    zh: '截止日期须晚于开始日期',
    en: 'the end must lie after the start',
  },
  SCORE_INVALID: {
    family: 'InvalidInput',
    zh: '得分须为 0 到 100',
    en: 'a score is 0 to 100',
  },
  AMOUNT_INVALID: {
    family: 'InvalidInput',
    zh: '金额须为 0 到 {max} 元的整数',
    en: 'an amount is 0 to {max} whole yuan',
  },
  RECORD_EXISTS: {
    family: 'Conflict',
    zh: '同一天的同一记录已存在，不重复登记',
    en: 'the same entry of the same day is recorded already',
  },
  POST_FIXED_THING_MISSING: {
    family: 'InvalidInput',
    zh: '“六定”缺少：{missingZh}；职数、职责、岗位、目标、考核、待遇须齐全',
    en: 'of the six fixed things of a post this one is missing: {missingEn}',
  },
  POST_HEADCOUNT_INVALID: {
    family: 'InvalidInput',
    zh: '职数须为 1 到 500',
    en: 'a headcount is 1 to 500',
  },
  RECRUITMENT_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这次招考，请核对编号',
    en: 'no such recruitment in your area; check the id',
  },
  RECRUITMENT_EXCEEDS_VACANCIES: {
    family: 'Conflict',
    zh: '招考人数须为 1 到空缺职数 {vacant}',
    en: 'the number to recruit is 1 to the {vacant} vacant places',
  },
  RECRUITMENT_COUNT_INVALID: {
    family: 'InvalidInput',
    zh: '人数须为 0 到 {max}（不超过招考职数与报名人数）',
    en: 'the number is 0 to {max}: at most the places and the applicants',
  },
} as const satisfies Record<string, RefusalText>;
