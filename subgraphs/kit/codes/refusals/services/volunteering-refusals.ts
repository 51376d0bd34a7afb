import type { RefusalText } from '../refusal-text.ts';

/** 志愿服务拒绝 — refusals of activities, hours and points. */
export const volunteeringRefusals = {
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
  VOLUNTEER_ALREADY_REGISTERED: {
    family: 'Conflict',
    zh: '此人已注册为志愿者',
    en: 'this person is registered as a volunteer already',
  },
} as const satisfies Record<string, RefusalText>;
