import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { submissionMachine } from '../../rules/register/submission-machine.ts';
import { catalogueSubmissionList } from '../../store/register/submission-rows.ts';
import { builder, Deadline, Department, Provenance, Transition, TransitionStep } from '../builder.ts';
import {
  CatalogueSubmission,
  CatalogueSubmissionConnection,
  MATTER_CARD,
  submissionLoader,
} from '../matters/entities.ts';
import { runningDeadline, stepsOf } from '../matters/matter-fields.ts';
import { CatalogueSubmissionState, SubmissionKind } from '../matters/vocabulary.ts';
import { DataCategory, SharingAttribute, UpdateCycle } from '../vocabulary.ts';

CatalogueSubmission.implement({
  description: '目录送审 What a department asks to have catalogued.',
  card: MATTER_CARD,
  entity: submissionLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: ({ id }) => globalId('CatalogueSubmission', id),
    }),
    kind: t.field({ type: SubmissionKind, description: '送审类型 What is asked.', resolve: ({ kind }) => kind }),
    coordinate: t.exposeString('coordinate', { description: '信息项坐标 Type.field.' }),
    itemName: t.exposeString('itemName', { description: '信息项名称 Chinese name of the item.' }),
    department: t.field({
      type: Department,
      description: '送审部门 The department that submitted it; its source.',
      resolve: ({ departmentCode }) => ({ code: departmentCode }),
    }),
    sharing: t.field({
      type: SharingAttribute,
      description: '共享属性 As submitted.',
      resolve: ({ sharing }) => sharing,
    }),
    sharingBasis: t.exposeString('sharingBasis', {
      nullable: true,
      description: '依据或条件 Legal ground or conditions, as submitted.',
    }),
    grade: t.exposeInt('grade', { description: '数据分级 1 to 4, as submitted.', card: { unit: '级 grade' } }),
    category: t.field({
      type: DataCategory,
      description: '数据分类 As submitted.',
      resolve: ({ category }) => category,
    }),
    updateCycle: t.field({
      type: UpdateCycle,
      description: '更新周期 As submitted.',
      resolve: ({ updateCycle }) => updateCycle,
    }),
    unit: t.exposeString('unit', { nullable: true, description: '计量单位 As submitted.' }),
    mask: t.exposeString('mask', { nullable: true, description: '脱敏规则 As submitted.' }),
    exceptionGround: t.exposeString('exceptionGround', {
      nullable: true,
      description: '例外依据 Ground on which a second collector collects.',
    }),
    state: t.field({ type: CatalogueSubmissionState, description: '状态 State.', resolve: ({ state }) => state }),
    submittedAt: t.expose('submittedAt', { type: 'DateTime', description: '送审时间 When it was submitted.' }),
    deadline: t.field({
      type: Deadline,
      nullable: true,
      description: '期限 Until when somebody has to act; null where nobody has to.',
      resolve: ({ id }, _args, context) => runningDeadline(id, context),
    }),
    availableTransitions: t.field({
      type: [Transition],
      description: '可用流转 What the caller may do with it now.',
      resolve: (row, _args, { caller }) => submissionMachine.availableTransitions(row.state, caller, row),
    }),
    steps: t.field({
      type: [TransitionStep],
      description: '办理记录 Every step, oldest first.',
      resolve: ({ id }, _args, context) => stepsOf(id, submissionMachine, context),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
    }),
  }),
});

const Filter = builder.inputType('CatalogueSubmissionFilter', {
  description: '送审筛选 Which submissions; all given conditions hold together.',
  fields: (t) => ({
    state: t.field({ type: CatalogueSubmissionState, description: '状态 State.' }),
    departmentCode: t.string({ description: '送审部门代码 Code of the department.' }),
    coordinate: t.string({ description: '信息项坐标 Item.' }),
  }),
});

builder.queryField('catalogueSubmissions', (t) =>
  t.field({
    type: CatalogueSubmissionConnection,
    description: '目录送审清单 Submissions, newest first: the department’s own, all for the data authority.',
    card: MATTER_CARD,
    args: { ...pageArguments(t.arg), filter: t.arg({ type: Filter, description: '筛选 Which submissions.' }) },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(catalogueSubmissionList, page, { sort: 'SUBMITTED_AT', filter: { ...filter } }, context, info),
  }),
);
