import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { openTrainingCourse } from '../../rules/workforce/open-training-course.ts';
import { builder, refusalTypes } from '../builder.ts';
import { courseLoader, TrainingCourse } from '../entities.ts';
import { IDEMPOTENCY_KEY_DESCRIPTION } from '../mutations.ts';
import { StudyScope, TrainingKind, TrainingMode, TrainingTier } from './vocabulary.ts';

defineMutation(builder, {
  name: 'openTrainingCourse',
  description: '开设培训班 Announces a training course or study trip of a city, county or township.',
  card: { source: 'civil-affairs', right: 'workforce.write' },
  input: builder.inputType('OpenTrainingCourseInput', {
    description: '培训班 What is taught, by whom, when.',
    fields: (t) => ({
      title: t.string({ required: true, description: '名称 2 to 120 characters.' }),
      kind: t.field({ type: TrainingKind, required: true, description: '类型 Kind.' }),
      tier: t.field({ type: TrainingTier, required: true, description: '层级 Tier; that of the division.' }),
      divisionCode: t.string({ required: true, description: '区划代码 City, county or township that holds it.' }),
      categoryCode: t.string({ description: '类别代码 Category of the yearly plan.' }),
      mode: t.field({ type: TrainingMode, required: true, description: '方式 How it is held.' }),
      studyScope: t.field({ type: StudyScope, description: '考察学习范围 Of a study trip only.' }),
      term: t.string({ required: true, description: '年度（届次） 2 to 20 characters; runs are counted within it.' }),
      startsOn: t.field({ type: 'LocalDate', required: true, description: '开班日期 First day; may lie ahead.' }),
      hours: t.int({ required: true, description: '总学时 1 to 400.' }),
      budgetYuan: t.int({ description: '经费 Whole yuan.' }),
      idempotencyKey: t.string({ required: true, description: IDEMPOTENCY_KEY_DESCRIPTION }),
    }),
  }),
  refusals: [refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
  run: (input, context) => openTrainingCourse(context, input),
  result: {
    field: 'course',
    type: TrainingCourse,
    description: '培训班 The course.',
    load: ({ courseId }, context) => courseLoader.load(courseId, context),
  },
});
