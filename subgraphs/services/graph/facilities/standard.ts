import { globalId } from '../../../kit/global-id.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { assessFacility } from '../../rules/facilities/assess-facility.ts';
import { registerStandard } from '../../rules/facilities/register-standard.ts';
import { type FindingRow, findFindings, type Verdict } from '../../store/facilities/assessment-rows.ts';
import type { FacilityKind as Kind } from '../../store/facilities/facility-rows.ts';
import {
  findStandardParts,
  type StandardKind,
  type StandardPartRow,
  standardList,
} from '../../store/facilities/standard-rows.ts';
import type { ServicesStore } from '../../store/services-store.ts';
import { builder, Department } from '../builder.ts';
import { Facility, facilityLoader } from '../entities.ts';
import { entityFields } from '../entity-fields.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { namedEnum } from '../named-enum.ts';
import { plainRefusals } from '../refusal-lists.ts';
import { FacilityKind } from '../vocabulary.ts';
import {
  assessmentLoader,
  FACILITY_CARD,
  FacilityAssessment,
  FacilityStandard,
  FacilityStandardConnection,
  standardLoader,
} from './facility-entities.ts';

const StandardKindType = namedEnum('StandardKind', '标准种类 What kind of paper.', {
  MEASURE: { zh: '建设办法', en: 'A measure of the city' },
  LOCAL_STANDARD: { zh: '地方标准', en: 'A local standard' },
  MANUAL: { zh: '建设手册', en: 'An illustrated manual' },
} satisfies Record<StandardKind, { zh: string; en: string }>);

const VerdictType = namedEnum('ClauseVerdict', '结论 What an assessment says of a clause.', {
  MET: { zh: '达标', en: 'Met' },
  NOT_MET: { zh: '不达标', en: 'Not met' },
  NOT_APPLICABLE: { zh: '不适用', en: 'Not applicable' },
} satisfies Record<Verdict, { zh: string; en: string }>);

type Context = SubgraphContext<ServicesStore>;

function partsOf(standardId: string, context: Context): Promise<StandardPartRow[]> {
  return context.loaders
    .get<StandardPartRow[]>('standard:parts', (ids) => findStandardParts(context.store, ids, context.trace))
    .load(standardId);
}

const StandardPart = builder.objectRef<StandardPartRow>('StandardPart');
StandardPart.implement({
  description: '标准内容 An aspect or a clause of a standard.',
  card: FACILITY_CARD,
  fields: (t) => ({
    ordinal: t.exposeInt('ordinal', { description: '序号 Its number, from 1.' }),
    name: t.exposeString('name', { nullable: true, description: '名称 Null while the city has not named it (待补).' }),
    namePending: t.boolean({
      description: '名称待补 Whether the name is still to come.',
      resolve: ({ name }) => name === null,
    }),
    aspect: t.field({
      type: StandardPart,
      nullable: true,
      description: '所属方面 The aspect of a clause; null for an aspect, and while the city has not said.',
      resolve: async ({ aspectId, standardId }, _args, context) =>
        aspectId === null ? null : ((await partsOf(standardId, context)).find(({ id }) => id === aspectId) ?? null),
    }),
    ruleCode: t.exposeString('ruleCode', {
      nullable: true,
      description: '量化规则 Rule that decides the clause by itself, out of the ledger; null where people judge.',
    }),
  }),
});

FacilityStandard.implement({
  description: '设施标准 What a kind of facility has to be like, by a paper of the city.',
  card: FACILITY_CARD,
  entity: standardLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    ...entityFields(t, 'FacilityStandard'),
    kind: t.field({ type: StandardKindType, description: '标准种类 Kind.', resolve: ({ kind }) => kind }),
    facilityKind: t.field({
      type: FacilityKind,
      description: '适用设施 Kind of facility that it is for.',
      resolve: ({ facilityKind }) => facilityKind as Kind,
    }),
    title: t.exposeString('title', { description: '标题 Title, as the source gives it.' }),
    issuer: t.exposeString('issuer', { nullable: true, description: '发布单位 Who issued it; null while 待补.' }),
    publishedOn: t.expose('publishedOn', {
      type: 'LocalDate',
      nullable: true,
      description: '发布日期 When; null while 待补.',
    }),
    documentReference: t.exposeString('documentReference', {
      nullable: true,
      description: '文件引用 Key of its text in the city’s object store; null while 待补.',
    }),
    basedOn: t.field({
      type: FacilityStandard,
      nullable: true,
      description: '依据标准 The paper that it illustrates or carries out.',
      card: KEY_CARD,
      ...standardLoader.below(({ basedOnId }: { readonly basedOnId: string | null }) =>
        basedOnId === null ? null : globalId('FacilityStandard', basedOnId),
      ),
    }),
    aspects: t.field({
      type: [StandardPart],
      description: '方面 Its aspects, in their order.',
      resolve: async ({ id }, _args, context) => (await partsOf(id, context)).filter(({ kind }) => kind === 'ASPECT'),
    }),
    clauses: t.field({
      type: [StandardPart],
      description: '条款 Its clauses, in their order.',
      resolve: async ({ id }, _args, context) => (await partsOf(id, context)).filter(({ kind }) => kind === 'CLAUSE'),
    }),
  }),
});

const ClauseFinding = builder.objectRef<FindingRow>('ClauseFinding').implement({
  description: '逐条结论 What an assessment says of one clause.',
  card: FACILITY_CARD,
  fields: (t) => ({
    clause: t.field({ type: StandardPart, description: '条款 The clause.', resolve: (row) => row }),
    verdict: t.field({ type: VerdictType, description: '结论 Verdict.', resolve: ({ verdict }) => verdict }),
    note: t.exposeString('note', { nullable: true, description: '说明 Note.' }),
  }),
});

const COUNT = { unit: '条 clauses', derivedFrom: 'count of ClauseFinding' };
FacilityAssessment.implement({
  description: '达标评估 A facility held against every clause of a standard.',
  card: FACILITY_CARD,
  entity: assessmentLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    ...entityFields(t, 'FacilityAssessment'),
    facility: t.field({
      type: Facility,
      nullable: true,
      description: '设施 The facility.',
      card: KEY_CARD,
      ...facilityLoader.below(({ facilityId }: { readonly facilityId: string }) => globalId('Facility', facilityId)),
    }),
    standard: t.field({
      type: FacilityStandard,
      nullable: true,
      description: '标准 The standard.',
      card: KEY_CARD,
      ...standardLoader.below(({ standardId }: { readonly standardId: string }) =>
        globalId('FacilityStandard', standardId),
      ),
    }),
    assessedOn: t.expose('assessedOn', { type: 'LocalDate', description: '评估日期 When.' }),
    assessedBy: t.field({
      type: Department,
      description: '评估部门 Who assessed it.',
      resolve: ({ departmentCode }) => ({ code: departmentCode }),
    }),
    meets: t.exposeBoolean('meets', {
      description: '是否达标 Whether no clause is unmet.',
      card: { derivedFrom: 'notMetCount = 0' },
    }),
    metCount: t.exposeInt('metCount', { description: '达标条数 Clauses met.', card: COUNT }),
    notMetCount: t.exposeInt('notMetCount', { description: '不达标条数 Clauses not met.', card: COUNT }),
    notApplicableCount: t.exposeInt('notApplicableCount', {
      description: '不适用条数 Clauses that do not apply.',
      card: COUNT,
    }),
    findings: t.field({
      type: [ClauseFinding],
      description: '逐条结论 What it says of each clause, in their order.',
      resolve: ({ id }, _args, context) =>
        context.loaders
          .get<FindingRow[]>('assessment:findings', (ids) => findFindings(context.store, ids, context.trace))
          .load(id),
    }),
  }),
});

builder.queryField('facilityStandards', (t) =>
  t.field({
    type: FacilityStandardConnection,
    description: '设施标准 Standards of facilities, of the whole city.',
    args: {
      ...pageArguments(t.arg),
      kind: t.arg({ type: StandardKindType, description: '标准种类 Only this kind.' }),
      facilityKind: t.arg({ type: FacilityKind, description: '适用设施 Only for this kind of facility.' }),
      cityCode: t.arg.string({ description: '市代码 Only of this city, 4 digits.' }),
    },
    resolve: (_root, { kind, facilityKind, cityCode, ...page }, context, info) =>
      rootPage(standardList, page, { sort: 'ID', filter: { kind, facilityKind, cityCode } }, context, info),
  }),
);

const FindingInput = builder.inputType('ClauseFindingInput', {
  description: '逐条结论 A verdict on one clause.',
  fields: (t) => ({
    clause: t.int({ required: true, description: '条款序号 Number of the clause.' }),
    verdict: t.field({ type: VerdictType, required: true, description: '结论 Verdict.' }),
    note: t.string({ description: '说明 2 to 500 characters.' }),
  }),
});

defineMutation(builder, {
  name: 'assessFacility',
  description: '达标评估 Holds a facility against every clause of a standard.',
  card: { source: 'civil-affairs', right: 'facility.assess' },
  input: builder.inputType('AssessFacilityInput', {
    description: '评估 Which facility, which standard, what of each clause.',
    fields: (t) => ({
      facilityId: t.id({ required: true, description: '设施 The facility, inside the caller’s area.' }),
      standardId: t.id({ required: true, description: '标准 A standard of its city for its kind.' }),
      findings: t.field({
        type: [FindingInput],
        required: true,
        description: '逐条结论 One per clause; a clause that a rule decides may be left out.',
      }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => assessFacility(context, input),
  result: {
    field: 'assessment',
    type: FacilityAssessment,
    description: '评估 The assessment.',
    load: ({ assessmentId }, context) => assessmentLoader.load(assessmentId, context),
  },
});

const StandardAspectInput = builder.inputType('StandardAspectInput', {
  description: '标准方面 An aspect, in its order.',
  fields: (t) => ({ name: t.string({ description: '名称 2 to 60 characters; none while 待补.' }) }),
});
const StandardClauseInput = builder.inputType('StandardClauseInput', {
  description: '标准条款 A clause, in its order.',
  fields: (t) => ({
    name: t.string({ description: '名称 2 to 200 characters; none while 待补.' }),
    aspect: t.int({ description: '所属方面 Number of its aspect, from 1; none while 待补.' }),
    byAreaFloor: t.boolean({
      required: true,
      defaultValue: false,
      description: '按面积判定 Whether the floor area of the ledger decides it by the rule in force.',
    }),
  }),
});

defineMutation(builder, {
  name: 'registerFacilityStandard',
  description: '登记设施标准 Enters a measure, a local standard or a manual of a city, with its aspects and clauses.',
  card: { source: 'civil-affairs', right: 'facility.standard' },
  input: builder.inputType('RegisterFacilityStandardInput', {
    description: '标准登记 What paper it is, and what it says.',
    fields: (t) => ({
      cityCode: t.string({ required: true, description: '城市代码 4 digits; the whole city is in the caller’s area.' }),
      kind: t.field({ type: StandardKindType, required: true, description: '标准种类 Kind.' }),
      facilityKind: t.field({ type: FacilityKind, required: true, description: '适用设施 Kind of facility.' }),
      title: t.string({ required: true, description: '标题 2 to 120 characters, as the source gives it.' }),
      issuer: t.string({ description: '发布单位 2 to 60 characters; none while 待补.' }),
      publishedOn: t.field({ type: 'LocalDate', description: '发布日期 None while 待补.' }),
      documentReference: t.string({ description: '文件引用 Key in the city’s object store; no address.' }),
      basedOnStandardId: t.id({
        description: '依据标准 The paper of the same city that it illustrates or carries out.',
      }),
      aspects: t.field({ type: [StandardAspectInput], description: '方面 Up to 50, in their order.' }),
      clauses: t.field({ type: [StandardClauseInput], description: '条款 Up to 300, in their order.' }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => registerStandard(context, input),
  result: {
    field: 'standard',
    type: FacilityStandard,
    description: '标准 The standard.',
    load: ({ standardId }, context) => standardLoader.load(standardId, context),
  },
});
