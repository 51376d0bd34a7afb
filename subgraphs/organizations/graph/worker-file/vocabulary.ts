import {
  OPEN_RECORD_KINDS,
  PAY_RECORD_KINDS,
  type WorkerRecordKind as RecordKind,
} from '../../store/workforce/worker-file-rows.ts';
import { builder } from '../builder.ts';

export const TrainingKind = builder.enumType('TrainingKind', {
  description: '培训类型 Kind of training.',
  values: {
    INDUCTION: { description: '初任培训 For those new in office.' },
    POST: { description: '岗位培训 For the post held.' },
    ADVANCED: { description: '进修培训 Advanced.' },
    CONTINUING: { description: '继续教育 Continuing education; its hours count for a registration.' },
  },
});

export const TrainingTier = builder.enumType('TrainingTier', {
  description: '培训层级 Tier that holds it.',
  values: {
    CITY: { description: '市级 City.' },
    COUNTY: { description: '县（市、区）级 County.' },
    TOWNSHIP: { description: '镇（街道）级 Township.' },
  },
});

export const TrainingMode = builder.enumType('TrainingMode', {
  description: '培训方式 How it is held.',
  values: {
    ONLINE: { description: '线上 Online.' },
    OFFLINE: { description: '线下 On site.' },
    MIXED: { description: '线上线下结合 Both.' },
  },
});

export const StudyScope = builder.enumType('StudyScope', {
  description: '考察学习范围 Where a study trip goes.',
  values: {
    OWN_CITY: { description: '本市学 Inside the city.' },
    OTHER_CITY: { description: '跨市学 To another city.' },
    ABROAD: { description: '出境学 Abroad.' },
  },
});

const KIND_NAMES: Record<RecordKind, string> = {
  AWARD: '表彰奖励 Award.',
  TALENT_TITLE: '人才称号 Talent title, e.g. leading talent.',
  CAREER_MOVE: '职业发展去向 Career move: civil service, public institution, township leadership.',
  SECONDMENT: '挂职交流 Secondment.',
  RESERVE_CADRE: '后备干部 Reserve cadre.',
  BASE_PAY: '基本工资 Base pay.',
  PERFORMANCE_PAY: '绩效工资 Performance pay.',
  ALLOWANCE: '职业津贴 Allowance for a certificate.',
  TALENT_SUPPORT: '人才专项支持 Support of a talent programme.',
  GREEN_CARD: '人才“绿卡” Talent green card.',
  GRADE_CHANGE: '等级调整 Change of the pay grade.',
  APPRAISAL: '能力评价 Appraisal of capability.',
};

function kinds<Kind extends RecordKind>(list: readonly Kind[]) {
  return Object.fromEntries(list.map((kind) => [kind, { description: KIND_NAMES[kind] }])) as Record<
    Kind,
    { description: string }
  >;
}

export const WorkerRecordKind = builder.enumType('WorkerRecordKind', {
  description: '档案记录类型 Kind of an entry in a worker’s file.',
  values: kinds<RecordKind>([...OPEN_RECORD_KINDS, ...PAY_RECORD_KINDS, 'APPRAISAL']),
});

export const OpenRecordKind = builder.enumType('OpenRecordKind', {
  description: '公开记录类型 Kinds that need no right.',
  values: kinds(OPEN_RECORD_KINDS),
});

export const PayRecordKind = builder.enumType('PayRecordKind', {
  description: '薪酬类记录类型 Kinds of pay; behind a right.',
  values: kinds(PAY_RECORD_KINDS),
});
