import { globalId } from '../../../kit/global-id.ts';
import { ACCESS_SUBJECT, personSubject } from '../../../kit/graph/access-subject.ts';
import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { type DataCard, KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import {
  type CareTagRow,
  type CareVisitRow,
  careTagKinds,
  careTagList,
  findCareTagsOfPersons,
  findVisitsOfTags,
  keyPopulationTagList,
} from '../../store/care/care-rows.ts';
import type { PeopleStore } from '../../store/people-store.ts';
import { builder, Provenance } from '../builder.ts';
import { CareTag, CareTagConnection, CareVisit, careTagLoader, Person, personLoader } from '../entities.ts';

const CARE_OPEN_CARD: DataCard = {
  source: 'civil-affairs',
  sharing: 'CONDITIONAL',
  grade: 4,
  category: 'SENSITIVE_PERSONAL',
  updateCycle: 'ON_CHANGE',
};
/** All but the key demands the right. */
const CARE_RIGHT = { right: 'person.care' } as const;
const CARE_CARD: DataCard = { ...CARE_OPEN_CARD, ...CARE_RIGHT };
export const KEY_POPULATION_CARD: Partial<DataCard> = { right: 'person.key-population' };

const KIND_TEXTS = {
  SOLITARY_ELDER: '独居老人 Elder living alone.',
  SUBSISTENCE_ALLOWANCE: '低保对象 Receives the subsistence allowance.',
  EXTREME_POVERTY_SUPPORT: '特困人员 Receives support for extreme poverty.',
  MARGINAL_LOW_INCOME: '低保边缘家庭成员 Of a family at the margin of low income.',
  DISABILITY: '残疾人 Person with a disability.',
  PREFERENTIAL_TREATMENT: '优抚对象 Entitled to preferential treatment.',
  VETERAN: '退役军人 Veteran.',
  CHILD_IN_NEED: '困境儿童 Child in need.',
  LEFT_BEHIND: '留守人员 Left behind by those who went elsewhere to work.',
  KEY_POPULATION: '重点人群 Key population; restricted.',
  COMMUNITY_CORRECTION: '社区矫正对象 Under community correction; restricted.',
  AFTERCARE_SUPPORT: '帮教对象 Receives aftercare support; restricted.',
} as const;

export const CareTagKind = builder.enumType('CareTagKind', {
  description: '关爱与重点人群标签 Why somebody is cared for, or watched over.',
  values: Object.fromEntries(careTagKinds.map((kind) => [kind, { value: kind, description: KIND_TEXTS[kind] }])) as {
    readonly [Kind in (typeof careTagKinds)[number]]: { readonly value: Kind; readonly description: string };
  },
});

export const CareVisitMode = builder.enumType('CareVisitMode', {
  description: '走访方式 How somebody was visited.',
  values: {
    HOME_VISIT: { description: '上门 At home.' },
    TELEPHONE: { description: '电话 By telephone.' },
    OFFICE_TALK: { description: '约谈 In the office.' },
  },
});

CareTag.implement({
  description:
    '关爱与重点人群标签 Why somebody is cared for, from when to when. Restricted kinds need the right person.key-population, too.',
  card: CARE_OPEN_CARD,
  rowRight: ({ restricted }) => (restricted ? 'person.key-population' : undefined),
  rowRightCode: 'person.key-population',
  entity: careTagLoader,
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
      resolve: ({ id }) => globalId('CareTag', id),
    }),
    live: t.boolean({
      description: '是否有效 Whether it holds; tells nobody whom it is about.',
      card: { grade: 2, category: 'GOVERNMENT', derivedFrom: 'validTo is null' },
      resolve: ({ validTo }) => validTo === null,
    }),
    kind: t.field({
      type: CareTagKind,
      nullable: true,
      card: CARE_RIGHT,
      description: '类型 Kind.',
      resolve: ({ kind }) => kind,
    }),
    person: t.field({
      type: Person,
      nullable: true,
      card: CARE_RIGHT,
      description: '对象 The person.',
      ...personLoader.below(({ personId }: { readonly personId: string }) => globalId('Person', personId)),
    }),
    validFrom: t.expose('validFrom', {
      type: 'LocalDate',
      nullable: true,
      card: CARE_RIGHT,
      description: '起 First day.',
    }),
    validTo: t.expose('validTo', {
      type: 'LocalDate',
      nullable: true,
      card: CARE_RIGHT,
      description: '止 First day on which it no longer holds; null while it does.',
    }),
    endReason: t.exposeString('endReason', { nullable: true, card: CARE_RIGHT, description: '终止原因 Why it ended.' }),
    visits: t.field({
      type: [CareVisit],
      nullable: true,
      card: CARE_RIGHT,
      description: '走访帮教记录 Visits, newest first; 50 at most.',
      resolve: ({ id }, _args, context) =>
        context.loaders
          .get<CareVisitRow[]>('careVisits', (ids) =>
            findVisitsOfTags(context.store, ids, context.caller, context.trace),
          )
          .load(id),
    }),
    provenance: t.field({
      type: Provenance,
      nullable: true,
      card: CARE_RIGHT,
      description: '数据来源 Which system brought this record.',
      resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
    }),
  }),
});

CareVisit.implement({
  description: '走访帮教记录 A visit to somebody who is cared for.',
  card: CARE_OPEN_CARD,
  rowRight: ({ restricted }) => (restricted ? 'person.key-population' : undefined),
  rowRightCode: 'person.key-population',
  fields: (t) => ({
    visitedOn: t.expose('visitedOn', { type: 'LocalDate', nullable: true, card: CARE_RIGHT, description: '日期 Day.' }),
    mode: t.field({
      type: CareVisitMode,
      nullable: true,
      card: CARE_RIGHT,
      description: '方式 How.',
      resolve: ({ mode }) => mode,
    }),
    note: t.exposeString('note', { nullable: true, card: CARE_RIGHT, description: '记录 What was noted.' }),
  }),
});

function tagsOf(
  personId: string,
  restricted: boolean,
  former: boolean,
  context: SubgraphContext<PeopleStore>,
): Promise<CareTagRow[]> {
  const { store, caller, trace, loaders } = context;
  return loaders
    .get<CareTagRow[]>(restricted ? 'keyPopulationTags' : 'careTags', (ids) =>
      findCareTagsOfPersons(store, ids, restricted, caller, trace),
    )
    .load(personId)
    .then((rows) => (former ? rows : rows.filter(({ validTo }) => validTo === null)));
}

const FORMER = '含已终止的 Ended ones, too.';

builder.objectFields(Person, (t) => ({
  careTags: t.field({
    type: [CareTag],
    nullable: true,
    description: '关爱标签 Why the person is cared for; restricted kinds are left out.',
    card: CARE_CARD,
    args: { former: t.arg.boolean({ defaultValue: false, required: true, description: FORMER }) },
    reads: ['id'],
    resolve: ({ id }, { former }, context) => tagsOf(id, false, former, context),
  }),
  keyPopulationTags: t.field({
    type: [CareTag],
    nullable: true,
    description: '重点人群标签 Restricted tags; a right of their own.',
    card: { ...CARE_CARD, ...KEY_POPULATION_CARD },
    args: { former: t.arg.boolean({ defaultValue: false, required: true, description: FORMER }) },
    reads: ['id'],
    resolve: ({ id }, { former }, context) => tagsOf(id, true, former, context),
  }),
}));

const CareTagFilter = builder.inputType('CareTagFilter', {
  description: '标签筛选 Which live tags.',
  fields: (t) => ({
    kind: t.field({ type: CareTagKind, required: true, description: '类型 Kind.' }),
    divisionCode: t.string({ description: '区划或网格代码 Inside this division or grid.' }),
  }),
});

builder.queryFields((t) => ({
  careTags: t.field({
    type: CareTagConnection,
    nullable: true,
    description: '关爱对象 Live tags of a kind in the caller’s area, restricted kinds left out.',
    card: CARE_CARD,
    args: {
      ...pageArguments(t.arg),
      filter: t.arg({ type: CareTagFilter, required: true, description: '筛选 Which.' }),
    },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(careTagList, page, { sort: 'ID', filter: { ...filter } }, context, info),
  }),
  keyPopulationTags: t.field({
    type: CareTagConnection,
    nullable: true,
    description: '重点人群 Live restricted tags of a kind in the caller’s area.',
    card: { ...CARE_CARD, ...KEY_POPULATION_CARD },
    args: {
      ...pageArguments(t.arg),
      filter: t.arg({ type: CareTagFilter, required: true, description: '筛选 Which.' }),
    },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(keyPopulationTagList, page, { sort: 'ID', filter: { ...filter } }, context, info),
  }),
}));
