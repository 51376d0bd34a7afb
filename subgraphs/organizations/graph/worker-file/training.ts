import { globalId } from '../../../kit/global-id.ts';
import { ACCESS_SUBJECT, personSubject } from '../../../kit/graph/access-subject.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import {
  findTrainingCategories,
  findTrainingCategoriesByCode,
  type TrainingCategoryRow,
  trainingCourseList,
} from '../../store/workforce/training-rows.ts';
import { workerAttendances, workerStudyTrips } from '../../store/workforce/worker-file-rows.ts';
import { builder, Provenance } from '../builder.ts';
import { ANNOUNCEMENT_CARD, WORKFORCE_CARD } from '../cards.ts';
import {
  attendanceLoader,
  CommunityWorker,
  courseLoader,
  TrainingAttendance,
  TrainingCourse,
  TrainingCourseConnection,
  workerLoader,
} from '../entities.ts';
import { loadShortList } from '../entity-loading.ts';
import { StudyScope, TrainingKind, TrainingMode, TrainingTier } from './vocabulary.ts';

const TrainingCategory = builder.objectRef<TrainingCategoryRow>('TrainingCategory').implement({
  description: '培训类别 A category of the city’s yearly training.',
  card: ANNOUNCEMENT_CARD,
  fields: (t) => ({
    code: t.exposeString('code', { description: '类别代码 Code.' }),
    ordinal: t.exposeInt('ordinal', { description: '序号 Place in the list.' }),
    name: t.exposeString('name', { nullable: true, description: '名称 Name; null: 待补.' }),
  }),
});

TrainingCourse.implement({
  description: '培训班 A training course; a study trip is one with a scope.',
  card: ANNOUNCEMENT_CARD,
  entity: courseLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: ({ id }) => globalId('TrainingCourse', id),
    }),
    title: t.exposeString('title', { description: '名称 Title.' }),
    kind: t.field({ type: TrainingKind, description: '类型 Kind.', resolve: ({ kind }) => kind }),
    tier: t.field({ type: TrainingTier, description: '层级 Tier.', resolve: ({ tier }) => tier }),
    mode: t.field({ type: TrainingMode, description: '方式 How it is held.', resolve: ({ mode }) => mode }),
    category: t.field({
      type: TrainingCategory,
      nullable: true,
      description: '类别 Category of the yearly plan.',
      resolve: ({ categoryCode }, _args, { store, trace, loaders }) =>
        categoryCode === null
          ? null
          : loaders
              .get<TrainingCategoryRow | null>('trainingCategory', (codes) =>
                findTrainingCategoriesByCode(store, codes, trace),
              )
              .load(categoryCode),
    }),
    studyScope: t.field({
      type: StudyScope,
      nullable: true,
      description: '考察学习范围 Scope of a study trip; null for an ordinary course.',
      resolve: ({ studyScope }) => studyScope,
    }),
    runNumber: t.exposeInt('runNumber', { description: '期次 Number of the run.', card: { unit: '期 run' } }),
    term: t.exposeString('term', { description: '年度（届次） Year or term that it belongs to.' }),
    startsOn: t.expose('startsOn', { type: 'LocalDate', description: '开班日期 First day.' }),
    hours: t.exposeInt('hours', { description: '总学时 Hours.', card: { unit: '学时 hours' } }),
    budgetYuan: t.exposeInt('budgetYuan', {
      nullable: true,
      description: '经费 Budget.',
      card: { unit: '元 yuan' },
    }),
    reportedAttendees: t.exposeInt('reportedAttendees', {
      nullable: true,
      description: '上报人数 Heads as reported; the recorded ones are counted.',
      card: { unit: '人 persons' },
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (course, _args, context) => loadProvenance(course.provenanceId, context),
    }),
  }),
});

TrainingAttendance.implement({
  description: '培训参加记录 That a worker attended a course.',
  card: WORKFORCE_CARD,
  entity: attendanceLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    accessSubject: t.id({
      ...ACCESS_SUBJECT,
      reads: ['personId'],
      resolve: ({ personId }) => personSubject(personId),
    }),
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: ({ id }) => globalId('TrainingAttendance', id),
    }),
    attendedOn: t.expose('attendedOn', { type: 'LocalDate', description: '参加日期 Day.' }),
    hours: t.exposeInt('hours', { description: '学时 Hours attended.', card: { unit: '学时 hours' } }),
    course: t.field({
      type: TrainingCourse,
      nullable: true,
      description: '培训班 The course.',
      card: KEY_CARD,
      ...courseLoader.below(({ courseId }: { readonly courseId: string }) => globalId('TrainingCourse', courseId)),
    }),
    worker: t.field({
      type: CommunityWorker,
      nullable: true,
      description: '社区工作者 The worker.',
      card: KEY_CARD,
      ...workerLoader.below(({ workerId }: { readonly workerId: string }) => globalId('CommunityWorker', workerId)),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (attendance, _args, context) => loadProvenance(attendance.provenanceId, context),
    }),
  }),
});

builder.objectFields(CommunityWorker, (t) => ({
  trainings: t.field({
    type: [TrainingAttendance],
    description: '培训经历 Courses attended, newest first.',
    card: KEY_CARD,
    resolve: ({ id }, _args, context) => loadShortList(workerAttendances, id, context),
  }),
  studyTrips: t.field({
    type: [TrainingAttendance],
    description: '考察学习经历 Study trips, newest first.',
    card: KEY_CARD,
    resolve: ({ id }, _args, context) => loadShortList(workerStudyTrips, id, context),
  }),
}));

const TrainingCell = builder.inputType('TrainingCellInput', {
  description: '培训矩阵单元 One cell of the matrix: kind and tier together.',
  fields: (t) => ({
    kind: t.field({ type: TrainingKind, required: true, description: '类型 Kind.' }),
    tier: t.field({ type: TrainingTier, required: true, description: '层级 Tier.' }),
  }),
});

builder.queryFields((t) => ({
  trainingCategories: t.field({
    type: [TrainingCategory],
    description: '培训类别 Categories of the city’s yearly training, those without a known name (待补) too.',
    card: ANNOUNCEMENT_CARD,
    resolve: (_root, _args, { store, trace }) => findTrainingCategories(store, trace),
  }),
  trainingCourses: t.field({
    type: TrainingCourseConnection,
    description: '培训班列表 Courses held in a division, newest first.',
    card: ANNOUNCEMENT_CARD,
    args: {
      ...pageArguments(t.arg),
      divisionCode: t.arg.string({ required: true, description: '区划代码 City, county or township.' }),
      cell: t.arg({ type: TrainingCell, description: '类型与层级 Kind and tier.' }),
    },
    resolve: (_root, { divisionCode, cell, ...page }, context, info) =>
      rootPage(trainingCourseList, page, { sort: 'NEWEST', filter: { divisionCode, cell } }, context, info),
  }),
}));
