import {
  countTrainingMatrix,
  summariseTerm,
  type TrainingCellRow,
  type TrainingSummaryRow,
} from '../../store/workforce/training-rows.ts';
import { builder } from '../builder.ts';
import { ANNOUNCEMENT_CARD } from '../cards.ts';
import { TrainingKind, TrainingTier } from './vocabulary.ts';

const REPORTED = '上报人数合计 Heads as reported, together.';
const RECORDED = '登记人次 Attendances recorded here, counted.';
const FIGURE_CARD = { ...ANNOUNCEMENT_CARD, derivedFrom: 'TrainingCourse, TrainingAttendance' };

const TrainingMatrixCell = builder.objectRef<TrainingCellRow>('TrainingMatrixCell').implement({
  description: '培训矩阵单元 Courses of one kind at one tier.',
  card: FIGURE_CARD,
  fields: (t) => ({
    kind: t.field({ type: TrainingKind, description: '类型 Kind.', resolve: ({ kind }) => kind }),
    tier: t.field({ type: TrainingTier, description: '层级 Tier.', resolve: ({ tier }) => tier }),
    courseCount: t.exposeInt('courseCount', { description: '班次 Courses.', card: { unit: '班 courses' } }),
    hours: t.exposeInt('hours', { description: '学时合计 Hours together.', card: { unit: '学时 hours' } }),
    reportedAttendees: t.exposeInt('reportedAttendees', { description: REPORTED, card: { unit: '人 persons' } }),
    recordedAttendees: t.exposeInt('recordedAttendees', { description: RECORDED, card: { unit: '人次 attendances' } }),
    budgetYuan: t.exposeInt('budgetYuan', { description: '经费合计 Budget together.', card: { unit: '元 yuan' } }),
  }),
});

const TrainingSummary = builder.objectRef<TrainingSummaryRow>('TrainingSummary').implement({
  description: '换届培训汇总 Training runs of a term at one tier.',
  card: FIGURE_CARD,
  fields: (t) => ({
    tier: t.field({ type: TrainingTier, description: '层级 Tier.', resolve: ({ tier }) => tier }),
    runs: t.exposeInt('runs', { description: '期数 Runs.', card: { unit: '期 runs' } }),
    reportedAttendees: t.exposeInt('reportedAttendees', { description: REPORTED, card: { unit: '人 persons' } }),
    recordedAttendees: t.exposeInt('recordedAttendees', { description: RECORDED, card: { unit: '人次 attendances' } }),
  }),
});

builder.queryFields((t) => ({
  trainingMatrix: t.field({
    type: [TrainingMatrixCell],
    description: '培训矩阵 Training by kind and tier: twelve cells, empty ones too.',
    card: FIGURE_CARD,
    args: {
      divisionCode: t.arg.string({ required: true, description: '区划代码 City, county or township.' }),
      fromDay: t.arg({ type: 'LocalDate', required: true, description: '自该日起 Begun on this day or later.' }),
      beforeDay: t.arg({ type: 'LocalDate', required: true, description: '该日之前 Begun before this day.' }),
    },
    resolve: (_root, { divisionCode, fromDay, beforeDay }, { store, trace }) =>
      countTrainingMatrix(store, divisionCode, fromDay, beforeDay, trace),
  }),
  trainingSummary: t.field({
    type: [TrainingSummary],
    description: '换届培训汇总 Training of a term of office by tier.',
    card: FIGURE_CARD,
    args: { term: t.arg.string({ required: true, description: '年度（届次） Term, e.g. 2017.' }) },
    resolve: (_root, { term }, { store, trace }) => summariseTerm(store, term, trace),
  }),
}));
