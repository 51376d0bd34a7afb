import type { RefusalText } from './refusal-text.ts';

/** 组织拒绝 — refusals of the organizations subgraph. */
export const organizationsRefusals = {
  GRID_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这个网格，请核对编号',
    en: 'no such grid in your area; check the id',
  },
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
  GRID_CHIEF_UNCHANGED: {
    family: 'Conflict',
    zh: '此人已是该网格的网格长',
    en: 'this worker is already the chief of the grid',
  },
  GRID_POST_HELD: {
    family: 'Conflict',
    zh: '此人已在该网格担任这一岗位',
    en: 'this person holds this post in the grid already',
  },
  FULL_TIME_POST_HELD: {
    family: 'Conflict',
    zh: '此人已是另一网格的专职网格员，专职岗位不可重叠，请先终止原岗位',
    en: 'this person holds a full-time post in another grid, and full-time posts do not overlap; end that one first',
  },
  MICRO_GRID_HAS_CHIEF: {
    family: 'Conflict',
    zh: '该微网格已有现任微网格长，请先终止其岗位',
    en: 'the micro-grid has a chief; end that post first',
  },
  MICRO_GRID_UNFIT: {
    family: 'InvalidInput',
    zh: '微网格长须给出该网格下的微网格，其他岗位不给',
    en: 'the chief of a micro-grid names one of this grid; other posts name none',
  },
  GRID_POST_HOLDER_AMBIGUOUS: {
    family: 'InvalidInput',
    zh: '须且只能给出社区工作者或居民之一',
    en: 'give exactly one of a community worker and a resident',
  },
  GRID_POST_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这一网格任职，请核对编号',
    en: 'no such post in a grid of your area; check the id',
  },
  GRID_POST_ENDED: {
    family: 'Conflict',
    zh: '该任职已终止',
    en: 'the post has ended already',
  },
  CERTIFICATE_NOT_FOUND: {
    family: 'NotFound',
    zh: '此人没有这个编号的证书，请核对证书编号',
    en: 'this person holds no certificate of this number; check the number',
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
  PROGRAMME_NOT_FOUND: {
    family: 'NotFound',
    zh: '本市没有这个创建项目，请核对代码',
    en: 'the city has no such programme; check the code',
  },
  PHASE_REQUIRED: {
    family: 'InvalidInput',
    zh: '分步推进的项目须注明批次（1 到 20）',
    en: 'a roll-out needs its phase, 1 to 20',
  },
  PHASE_NOT_SERVED: {
    family: 'InvalidInput',
    zh: '该项目不分批次，请去掉批次',
    en: 'this programme has no phases; leave the phase out',
  },
  DESIGNATION_EXISTS: {
    family: 'Conflict',
    zh: '该社区在该日已有此项命名，请先终止原命名',
    en: 'the community is under this programme on that day; end that designation first',
  },
  DESIGNATION_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这项命名，请核对编号',
    en: 'no such designation in your area; check the id',
  },
  DESIGNATION_ENDED: {
    family: 'Conflict',
    zh: '这项命名已终止',
    en: 'the designation has ended already',
  },
  FORUM_QUARTER_TAKEN: {
    family: 'Conflict',
    zh: '{year} 年第 {quarter} 季度已有论坛，每季度一次；请改期',
    en: 'the city already holds its forum of quarter {quarter} of {year}; choose another quarter',
  },
  COMMUNITY_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这个社区（村），请核对代码',
    en: 'no such community in your area; check the code',
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
  INDICATOR_NOT_FOUND: {
    family: 'NotFound',
    zh: '该城市没有这个指标，请核对代码',
    en: 'the city has no indicator of this code; check it',
  },
  INDICATOR_VALUE_INVALID: {
    family: 'InvalidInput',
    zh: '数值不合理（百分比须为 0 到 100）',
    en: 'the value is out of range (a percentage is 0 to 100)',
  },
  INDICATOR_REPORTED: {
    family: 'Conflict',
    zh: '该区划该日的指标已上报，请以另一日期上报更正值',
    en: 'a value was reported for this division and day; report the corrected one for another day',
  },
  DIVISION_ENDED: {
    family: 'Conflict',
    zh: '该区划已于 {validTo} 撤销，请改用现区划',
    en: 'the division ended on {validTo}; use the one that took its place',
  },
  DIVISION_CODE_UNFIT: {
    family: 'InvalidInput',
    zh: '代码须为同一县（市、区）内的 12 位村级代码，且不同于原代码',
    en: 'the code has 12 digits, of a village or community of the same county, and is not that of the former one',
  },
  DIVISION_CODE_TAKEN: {
    family: 'Conflict',
    zh: '该代码已在名单中，并入现有区划请用“合并”',
    en: 'the code is in the list already; to join an existing division, merge into it',
  },
  DIVISION_NAME_UNFIT: {
    family: 'InvalidInput',
    zh: '新设区划须给出名称，并入现有区划不给',
    en: 'a new division has a name; one that is merged into another gives none',
  },
  DIVISION_HAS_POSTS: {
    family: 'Conflict',
    zh: '其网格尚有 {posts} 个现任岗位，请先终止',
    en: '{posts} posts in its grids are live; end them first',
  },
  DIVISION_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这个区划（市、县、镇街、社区），请核对代码',
    en: 'no such city, county, township or community in your area; check the code',
  },
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
  ELECTION_NOT_FOUND: {
    family: 'NotFound',
    zh: '辖区内没有这次选举，请核对编号',
    en: 'no such election in your area; check the id',
  },
  COMMITTEE_NOT_FOUND: {
    family: 'NotFound',
    zh: '该社区没有这类委员会，请核对类型',
    en: 'the community has no committee of this kind; check the kind',
  },
  ELECTION_SEATS_INVALID: {
    family: 'InvalidInput',
    zh: '名额须为 {min} 到 {max}（现行规则）',
    en: 'the seats are {min} to {max} by the rule in force',
  },
  ELECTION_UNDER_WAY: {
    family: 'Conflict',
    zh: '该委员会已有选举在进行，请先完成或宣布无效',
    en: 'an election of this committee is under way; finish it or declare it void first',
  },
  ELECTION_COUNT_INVALID: {
    family: 'InvalidInput',
    zh: '数目须为 0 到 {max}（票数不超过名单，有效票不超过投票数，得票不超过有效票）',
    en: 'the number is 0 to {max}: no more ballots than voters, no more valid ones than cast, no more votes than valid ballots',
  },
  CANDIDATE_EXISTS: {
    family: 'Conflict',
    zh: '此人已是候选人，不重复提名',
    en: 'this person is a candidate already',
  },
  ELECTION_TOO_EARLY: {
    family: 'Conflict',
    zh: '名单公布期未满，最早 {earliest} 投票',
    en: 'the roll has not been posted long enough; vote on {earliest} or later',
  },
  ELECTION_VOTES_INCOMPLETE: {
    family: 'InvalidInput',
    zh: '须为全部 {candidates} 名候选人各填一次得票',
    en: 'give the votes of each of the {candidates} candidates exactly once',
  },
  ELECTION_UNDER_QUORUM: {
    family: 'Conflict',
    zh: '投票 {cast} 张，未达到有效所需的 {needed} 张；请宣布无效后重新选举',
    en: '{cast} ballots were cast of the {needed} needed; declare it void and elect anew',
  },
  ELECTION_NOBODY_ELECTED: {
    family: 'Conflict',
    zh: '没有候选人达到当选票数，请宣布无效后另行选举',
    en: 'nobody has the votes that elect; declare it void and hold a second round',
  },
} as const satisfies Record<string, RefusalText>;
